"""Days of the house for tests of counters, made with its own use cases and rows."""

from datetime import date, datetime, time, timedelta
from typing import Any

from kiosk.attendance import service as attendance
from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.counters import service
from kiosk.attendance.counters.marking import days_to_count
from kiosk.attendance.counters.models import OPEN_CASES, AttendanceCase
from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=n) for n in range(5)]
LATE = "08:42"
PRINCIPAL, IN_CHARGE = "04A1B2C3D4E511", "04A1B2C3D4E512"


class Office:
    """Days of the house, made with its own use cases and rows; the clock goes with them."""

    def __init__(self, desk: Desk, clock: Any) -> None:
        self.desk, self.clock = desk, clock

    def at(self, day: date, hour: str) -> datetime:
        self.clock.now = datetime.combine(day, time.fromisoformat(hour), self.desk.zone)
        return self.clock.now

    def tap(self, person: Person, day: date, hour: str) -> str:
        self.at(day, hour)
        return attendance.tap(self.desk, person, "door").tap_id

    def works(self, person: Person, day: date, came: str = "08:20", went: str = "17:35") -> str:
        tap = self.tap(person, day, came)
        self.tap(person, day, went)
        return tap

    def next_morning(self, day: date, hour: str = "07:00") -> None:
        self.at(day + timedelta(days=1), hour)

    def close(self, person: Person, *days: date) -> None:
        with self.desk.write(by=person.staff_no) as tx:
            for day in days:
                closing = DayClosing(
                    day=day, closed_at=tx.now, closed_by_id=person.id, gaps=0, outcome="{}"
                )
                tx.put(closing)
            tx.record("day.closed", days=[day.isoformat() for day in days])

    def excuse(self, person: Person, day: date, number: str, about: About = About.LATE) -> None:
        """Write a remark that has both signatures now."""
        with self.desk.write() as tx:
            tx.put(
                Remark(
                    number=number, subject="", person_id=person.id, day=day, about=about, cause="",
                    written_at=tx.now, written_by=person.staff_no, head_id=person.id,
                    head_at=tx.now, leader_id=person.id, leader_at=tx.now,
                )
            )  # fmt: skip
            tx.record("remark.entered", number=number)

    def count(self) -> None:
        """Count as the full hours do, until nothing is left to count."""
        with self.desk.read() as book:
            due = days_to_count(self.desk, book)
        for _hour in due:
            service.lapse(self.desk)

    def open_cases(self) -> list[AttendanceCase]:
        with self.desk.read() as book:
            return [case for case, _person in book.all(OPEN_CASES)]


def workdays(desk: Desk, first: date, n: int) -> list[date]:
    """Return the first ``n`` workdays from ``first`` on."""
    found: list[date] = []
    day = first
    while len(found) < n:
        if desk.calendar.is_workday(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def late_week(office: Office, person: Person, n: int = 3) -> None:
    """Let somebody be late on the first ``n`` days of the week, and count."""
    for day in DAYS[:n]:
        office.works(person, day, LATE)
    office.next_morning(DAYS[n - 1])
    office.count()
