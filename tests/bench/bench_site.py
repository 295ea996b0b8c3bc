"""The site every benchmark works on: as many people as asked, each with a badge."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk import features  # noqa: F401 - registers every feature's tables
from kiosk.desk import settings as desk_settings
from kiosk.desk.clock import Clock
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge, BadgeState, Department, Person, Rank, Role
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings

_FOUNDING = threading.Lock()  # Alembic migrates one book at a time in a process
SECTIONS = 10
GUARD = "0000"
"""The staff number of who may open the desk; everybody else only signs in and out."""


@dataclass
class MovableClock:
    """A clock that moves only when it is told to."""

    now: datetime = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> None:
        """Move on by ``minutes=``, ``milliseconds=`` ..."""
        self.now += timedelta(**step)


def settings_in(
    folder: Path, *, reader: str = "", printer: str = "", role: str = "door"
) -> Settings:
    """Write the ``kiosk.toml`` of a site in ``folder`` with these devices; return it read."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "kiosk.toml"
    answers: dict[str, object] = {
        "site.gate": "bench", "site.name": "测试单位", "site.gate_name": "东门传达室",
        "site.language": "zh_CN", "desk.idle_lock_s": 3600, "desk.sounds": False,
        "readers": _listed(name="reader", address=reader, role=role),
        "printers": _listed(name="printer", address=printer),
    }  # fmt: skip
    desk_settings.write_example(file, answers)
    return desk_settings.load(file, {})


def _listed(**device: str) -> list[Mapping[str, str]]:
    return [device] if device["address"] else []


def uid_of(number: int) -> str:
    """Return the badge number of the person ``number``: 7 bytes in hex."""
    return f"04{number:010d}80"


def section_of(number: int, sections: int = SECTIONS) -> str:
    """Return the section of the person ``number``."""
    return f"科室{number % sections:04}"


def found(
    settings: Settings, people: int = 120, clock: Clock | None = None, sections: int = SECTIONS
) -> Desk:
    """Make the book with ``people`` members of staff, each with a badge; return the open desk."""
    SiteKey.create(settings.desk.site_key)
    with _FOUNDING:
        desk = Desk.open(settings, clock or MovableClock())
    with desk.write() as tx:
        made = [tx.put(Department(name=section_of(i, sections))) for i in range(sections)]
        for number in range(people + 1):  # number 0 is the guard
            person = tx.put(_person(number, made[number % sections].id))
            tx.put(
                Badge(
                    uid=uid_of(number), person_id=person.id, state=BadgeState.ACTIVE,
                    enrolled_at=tx.now,
                )
            )  # fmt: skip
        tx.record("people.imported", people=people)
    return desk


def _person(number: int, section: str) -> Person:
    staff_no = f"{number:04}"
    return Person(
        staff_no=staff_no, name=f"张{chr(0x4E00 + number)}", rank=Rank.ORDINARY,
        role=Role.GUARD if staff_no == GUARD else Role.STAFF, department_id=section,
    )  # fmt: skip
