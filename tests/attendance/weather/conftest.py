"""A house under a weather signal: people out, a leader, and the screen that asks after them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from kiosk import features
from kiosk.attendance.weather import service
from kiosk.attendance.weather.models import SIGNAL_ON, WeatherSignal
from kiosk.desk import journal
from kiosk.desk.absence import Outing, OutingKind
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number

GUARD, ZHANG, LI_NA, OFFICE = "2001", "1001", "3001", "9001"
BLACK_RAIN, RED_TYPHOON = "黑色暴雨", "红色台风"


@dataclass
class Weather:
    """The desk as these tests use it."""

    desk: Desk
    people: dict

    def out(self, staff_no: str = ZHANG, place: str = "河堤", phone: str = "13800000000") -> str:
        """Write down that somebody goes out, as the approved outing stands in the book."""
        with self.desk.write(by=GUARD) as tx:
            subject = tx.new_subject()
            made = tx.put(
                Outing(
                    number=f"WC{next_number(tx, 'outing')}", subject=subject,
                    person_id=self.people[staff_no].id, kind=OutingKind.BUSINESS,
                    day=self.desk.work_day(tx.now), place=tx.seal(subject, place),
                    companions=tx.seal(subject, "王工"), phone=tx.seal(subject, phone),
                    written_at=tx.now, started_at=tx.now, written_by=GUARD,
                )
            )  # fmt: skip
            tx.record("outing.started", number=made.number)
        return made.id

    def back(self, outing_id: str) -> None:
        with self.desk.write(by=GUARD) as tx:
            outing = tx.one(service.OUTING, id=outing_id)[0]
            outing.ended_at = tx.now
            tx.put(outing)
            tx.record("outing.ended", number=outing.number)

    def on(self, name: str = BLACK_RAIN, source: str = "气象台") -> service.GivenOut:
        return service.switch_on(self.desk, GUARD, name, source, features.inside)

    def signals(self) -> list[WeatherSignal]:
        with self.desk.read() as book:
            return book.all(SIGNAL_ON)

    def off(self) -> tuple:
        return service.switch_off(self.desk, GUARD, self.signals()[0].id)

    def things(self) -> dict[str, list]:
        """Return the open things of the weather by kind."""
        with self.desk.read() as book:
            found = features.outstanding(self.desk, book)
        kinds: dict[str, list] = {}
        for one in found:
            if one.kind.startswith("weather."):
                kinds.setdefault(one.kind, []).append(one)
        return kinds

    def facts(self, code: str) -> list[dict]:
        with self.desk.read() as book:
            found = list(journal.entries(book.connection, self.desk.gate))
        return [one.facts_made() for one in found if one.code == code]


@pytest.fixture
def weather(desk, people) -> Weather:
    return Weather(desk, people)


@pytest.fixture
def at(desk_clock):
    """Set the clock to an hour of the first day, on the site's wall clock."""
    start: datetime = desk_clock.now - timedelta(hours=8, minutes=20)

    def set_to(hour: int, minute: int = 0, day: int = 0) -> None:
        desk_clock.now = start + timedelta(days=day, hours=hour, minutes=minute)

    return set_to
