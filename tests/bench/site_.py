"""The site every benchmark works on: the demo's 120 people, or as many as asked, in a fresh folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk import features  # noqa: F401 - registers every feature's tables
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge, BadgeState, Department, Person, Rank, Role
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import DeskFiles, Printer, Reader, Settings, Site


@dataclass
class MovableClock:
    """A clock that moves only when it is told to."""

    now: datetime = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> None:
        self.now += timedelta(**step)


def settings_in(folder: Path, reader: str = "", printer: str = "") -> Settings:
    """Return settings whose files lie in ``folder``."""
    return Settings(
        site=Site(gate="bench", name="测试单位", gate_name="东门传达室"),
        desk=DeskFiles(
            database=folder / "kiosk.db", site_key=folder / "site.key", sounds=False, idle_lock_s=3600
        ),
        readers=(Reader("reader", reader, "desk"),) if reader else (),
        printers=(Printer("printer", printer),) if printer else (),
    )


def uid_of(number: int) -> str:
    """Return the badge number of the person ``number``."""
    return f"04{number:010d}80"


def found(settings: Settings, people: int = 120, clock: MovableClock | None = None) -> Desk:
    """Make the book with ``people`` members of staff, each with a badge; return the open desk."""
    if not settings.desk.site_key.exists():
        SiteKey.create(settings.desk.site_key)
    desk = Desk.open(settings, clock or MovableClock())
    with desk.write() as tx:
        sections = [tx.put(Department(name=f"科室{i}")) for i in range(10)]
        for number in range(1, people + 1):
            person = tx.put(
                Person(
                    staff_no=f"{number:04}", name=f"张{chr(0x4E00 + number)}", rank=Rank.ORDINARY,
                    role=Role.STAFF, department_id=sections[number % 10].id,
                )
            )
            tx.put(Badge(uid=uid_of(number), person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
        tx.record("people.imported", people=people)
    return desk
