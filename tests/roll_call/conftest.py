"""A house with people in it: visitors certain and doubtful, staff by their taps, a key out."""

from dataclasses import dataclass

import pytest

from kiosk import refusals  # noqa: F401 - registers every sentence
from kiosk.attendance import service as attendance
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.loans import ThingKind
from kiosk.keys import enrolling
from kiosk.keys import service as keys
from visitors import reception
from visitors.models import Answer, How
from visitors.rules import Details

GUARD, HOST = "2001", "1001"


@dataclass
class House:
    """The desk with what a test does in it; ``visit`` ids by the visitor's name."""

    desk: Desk
    people: dict

    def admit(self, name, people=1, area="", host=HOST):
        details = Details(
            name=name, form="Mr", unit="东川供水", matter="抄表", people=people, area=area
        )
        visit = reception.walk_in(self.desk, GUARD, details, host)
        reception.answer(self.desk, GUARD, visit, Answer.YES, How.IN_PERSON)
        reception.admit(self.desk, GUARD, visit)
        return visit

    def tap(self, staff_no):
        attendance.tap(self.desk, self.people[staff_no], "door")

    def take_post(self, staff_no=GUARD):
        with self.desk.write() as tx:
            posts.take(tx, self.desk.gate, self.people[staff_no])

    def lend(self, label, staff_no):
        tag = f"04DD{len(label):010X}"
        thing = enrolling.add_thing(self.desk, GUARD, tag, label, ThingKind.DESK_KEY, "A")
        keys.lend(self.desk, thing.id, self.people[staff_no], GUARD)


@pytest.fixture
def house(desk, people):
    return House(desk, people)
