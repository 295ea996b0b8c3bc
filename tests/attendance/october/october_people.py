"""A site of 120 people for October 2026: six sections, their heads, leaders, clerks and guards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from kiosk.attendance.hours import roster_import
from kiosk.desk import signing
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge, BadgeState, Department, Person, Rank, Role
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.settings_hours import Hours, HoursProfile, WorkShift
from kiosk.desk.table_file import FileRow

BEFORE = datetime(2026, 9, 30, 1, 0, tzinfo=UTC)
SECTIONS = ("党政办", "财政所", "农技站", "民政所", "国土所", "综治办")
PEOPLE = 120
IN_SECTION = 20
RANKS = {
    "2001": Rank.PRINCIPAL_LEADER, "2002": Rank.TEAM_MEMBER, "2003": Rank.LEADER_IN_CHARGE,
    "2004": Rank.HEAD_OF_STATION, "2040": Rank.HEAD_OF_STATION, "2059": Rank.HEAD_OF_STATION,
    "2079": Rank.HEAD_OF_STATION, "2099": Rank.HEAD_OF_STATION, "2101": Rank.HEAD_OF_STATION,
}  # fmt: skip
CLERKS = ("2119", "2120")
GUARDS = ("2115", "2116", "2117", "2118")
_WINTER = {
    "start": time(8, 30), "end": time(17, 30), "noon_from": time(12), "noon_to": time(13, 30),
}  # fmt: skip
"""Winter hours, 08:30-12:00 and 13:30-17:30."""


@dataclass
class Clock:
    """A clock that stands until the next thing happens."""

    now: datetime = BEFORE

    def __call__(self) -> datetime:
        return self.now


def hours(settings: Settings) -> Settings:
    """Return the settings with winter hours, ten minutes of grace from the 26th, and nights."""
    return replace(
        settings,
        hours=Hours(**_WINTER),
        hours_profiles=(
            HoursProfile(
                name="宽限十分钟", **_WINTER, grace_minutes=10, valid_from=date(2026, 10, 26)
            ),
        ),
        work_shifts=(WorkShift(name="夜班", start=time(22), end=time(6)),),
    )  # fmt: skip


def founded(settings: Settings, clock: Clock) -> tuple[Desk, Mapping[str, Person]]:
    """Return the desk of the site with everybody in it, and the people by staff number."""
    SiteKey.create(settings.desk.site_key)
    desk = Desk.open(settings, clock)
    people: dict[str, Person] = {}
    with desk.write() as tx:
        sections = [tx.put(Department(name=name)) for name in SECTIONS]
        for n in range(1, PEOPLE + 1):
            staff_no = str(2000 + n)
            people[staff_no] = tx.put(
                Person(
                    staff_no=staff_no, name=f"员工{n}", rank=RANKS.get(staff_no, Rank.ORDINARY),
                    department_id=sections[(n - 1) // IN_SECTION].id, role=_role(staff_no),
                )
            )  # fmt: skip
            tx.put(
                Badge(
                    uid=f"04A1B2C3{n:06X}", person_id=people[staff_no].id,
                    state=BadgeState.ACTIVE, enrolled_at=tx.now,
                )
            )  # fmt: skip
            tx.record("person.added", person=staff_no)
        signing.set_same_pin(tx, desk.site_key, list(people.values()), "2580")
    _roster(desk)
    return desk, people


def _role(staff_no: str) -> Role:
    if staff_no in CLERKS:
        return Role.CLERK
    return Role.GUARD if staff_no in GUARDS else Role.STAFF


def guard_of(night: int) -> str:
    """Return whose night it is that begins on a day of October."""
    return GUARDS[(night - 1) % len(GUARDS)]


def _roster(desk: Desk) -> None:
    rows = [
        FileRow(n + 1, {"staff_no": guard_of(n), "day": f"2026-10-{n:02}", "shift": "夜班"})
        for n in range(1, 32)
    ]
    with desk.write() as tx:
        roster_import.apply(tx, roster_import.check(tx, rows, ["夜班"]))
