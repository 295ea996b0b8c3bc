"""The demo's believable site: 120 people, keys, yesterday's handover, this morning."""

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.demo.clock import DemoClock
from kiosk.demo.history import expect_visitors, hand_over_yesterday, morning
from kiosk.demo.history_office import Office
from kiosk.demo.history_weeks import Weeks, begins, roster_of_the_guards
from kiosk.demo.names import BLOCKED_UID, HOUSE, KEYS, KNOWN, PIN, Worker, workers
from kiosk.demo.stage import Stage
from kiosk.desk import badges, signing, spool
from kiosk.desk import settings as desk_settings
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.desk import Desk
from kiosk.desk.loans import ThingKind
from kiosk.desk.names import pinyin_of
from kiosk.desk.people import BlockReason, Department, Person, sealed_for
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.keys import enrolling

ZONE = ZoneInfo("Asia/Shanghai")
_CLERK = "4001"


def write_settings(folder: Path, stage: Stage, language: str) -> Settings:
    """Write ``kiosk.toml`` with the addresses that the demo's devices have this time."""
    file = folder / "kiosk.toml"
    file.unlink(missing_ok=True)
    desk_settings.write_example(
        file,
        {
            "site.gate": "east", "site.name": HOUSE, "site.gate_name": "东门传达室",
            "site.language": language, "site.hotline": "0717-2046204",
            "site.emergency_phone": "8119",
            "site.house_rules": [
                "请佩戴来客联，按指定区域活动", "请勿吸烟，不拍照", "离开时交回回执",
            ],
            "site.notice_lines": [
                "身份证原件", "身份证复印件一份", "户口簿", "申请表（本人签字）",
                "单位介绍信（盖章）", "授权委托书和受托人身份证",
            ],
            "desk.idle_lock_s": 900,
            "contacts": [
                {"role": "security", "name": "保卫科", "phone": "8110"},
                {"role": "superior", "name": "张科长", "phone": "8101"},
                {"role": "leader", "name": "周主任", "phone": "8009"},
            ],
            "shifts": [
                {"name": "白班", "start": "08:00", "tolerance_min": 10},
                {"name": "夜班", "start": "18:00", "tolerance_min": 30},
            ],
            "work_shifts": [
                {"name": "白班", "start": "08:00", "end": "18:00"},
                {"name": "夜班", "start": "18:00", "end": "08:00"},
            ],
            "readers": [{"name": "读卡器", "address": stage.reader.address, "role": "desk"}],
            "printers": [{"name": "会客单打印机", "address": stage.printer.address}],
            "scanners": [{"name": "扫码枪", "address": stage.scanner.address}],
            "id_readers": [{"name": "身份证", "address": stage.id_reader.address}],
        },
    )  # fmt: skip
    return desk_settings.load(file, {})


def last_workday(settings: Settings, now: datetime) -> datetime:
    """Return the last whole working day before ``now`` (site's local), at midnight.

    The day that the demo plays is over then: whoever looks at the book later finds no entry of an
    hour that has not come yet.
    """
    calendar = WorkCalendar(settings)
    day = now.date() - timedelta(days=1)
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(), now.tzinfo)


def found(settings: Settings, today: datetime, *, play: bool) -> None:
    """Make the book: the house, yesterday, and for a person who tries it this morning too.

    ``today`` is the site's local moment at which the demo starts, or the day that is played.
    """
    SiteKey.create(settings.desk.site_key)
    midnight = datetime.combine(today.date(), time(), ZONE)
    first = midnight - timedelta(days=1)
    if not play:
        first = datetime.combine(begins(WorkCalendar(settings), today.date()), time(), ZONE)
    clock = DemoClock(first + timedelta(hours=7))
    desk = Desk.open(settings, clock)
    try:
        with desk.made_in_one_go():
            _engage(desk, clock)
            _fill_board(desk)
            _live(desk, clock, today, midnight, play=play)
            _print_nothing_old(desk)
    finally:
        desk.close()


def _live(
    desk: Desk, clock: DemoClock, today: datetime, midnight: datetime, *, play: bool
) -> None:  # fmt: skip
    """Let the weeks before today happen; a played day begins with yesterday and an empty house."""
    if play:
        hand_over_yesterday(desk, clock, midnight)
        expect_visitors(desk, midnight + timedelta(hours=9))
        return
    roster_of_the_guards(desk, today.date())
    weeks = Weeks(desk, clock, today.date())
    office = Office(desk, clock, weeks, today.date())
    weeks.live(office.acts)
    hand_over_yesterday(desk, clock, midnight, office)
    morning(desk, clock, today, office)


def _engage(desk: Desk, clock: DemoClock) -> None:
    everybody = list(workers())
    # One PIN for all makes one hash enough: 120 of them would take twelve seconds.
    with desk.write() as tx:
        tx.record("site.founded", gate=desk.gate)
        sections = {
            name: tx.put(Department(name=name)).id
            for name in dict.fromkeys(worker.section for worker in everybody)
        }
        people = [tx.put(_person(worker, sections)) for worker in everybody]
        tx.record("people.imported", people=len(people))
        for worker, person in zip(everybody, people, strict=True):
            badges.enrol(tx, worker.uid, person)
            if worker.mobile:
                person.mobile = sealed_for(tx, person, worker.mobile)
                tx.put(person)
                tx.record("person.changed", person=worker.staff_no)
        signing.set_same_pin(tx, desk.site_key, people[:KNOWN], PIN)
        lost = badges.enrol(tx, BLOCKED_UID, people[0])
        badges.block(tx, lost, people[0], BlockReason.LOST)
    clock.advance(minutes=1)


def _person(worker: Worker, sections: dict[str, str]) -> Person:
    pinyin, initials = pinyin_of(worker.name)
    return Person(
        staff_no=worker.staff_no, name=worker.name, pinyin=pinyin, initials=initials,
        department_id=sections[worker.section], title=worker.title, rank=worker.rank,
        role=worker.role, address_form=worker.address_form, extension=worker.extension,
        room=worker.room, deputy_no=worker.deputy_no,
    )  # fmt: skip


def _fill_board(desk: Desk) -> None:
    for key in KEYS:
        enrolling.add_thing(desk, _CLERK, key.tag, key.label, ThingKind(key.kind), key.place)


def _print_nothing_old(desk: Desk) -> None:
    """Slips of yesterday were printed yesterday: the demo's printer starts with a clean tray."""
    while (waiting := spool.next_job(desk)) is not None:
        spool.start(desk, waiting[0].id)
        spool.confirm(desk, waiting[0].id, weak=False)
