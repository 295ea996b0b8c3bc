"""A desk, its people and two things to carry out: what the tests about passes begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from kiosk import all_reports, features
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.people import Department, Person, Rank, person_by_staff_no
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.passes import approving, asking
from kiosk.passes.models import GoodsPass
from kiosk.passes.reading import PassShown, pass_by_id, shown
from kiosk.passes.rules import Asking, Item

GUARD, OTHER_GUARD, ZHANG, LI_NA, OFFICE = "2001", "2002", "1001", "3001", "9001"
TWO = Asking((Item("激光打印机", 1, "ZC-2031"), Item("硒鼓", 3)), "送修", "顺达维修 刘师傅")


@dataclass
class Passes:
    """The desk as the tests of the passes use it: ask, approve, and look."""

    desk: Desk
    people: Mapping[str, Person]

    def ask(self, what: Asking = TWO, asker: str = LI_NA, carrier: str = "") -> str:
        return asking.ask(self.desk, GUARD, asker, what, carrier)

    def proof(self, staff_no: str = ZHANG) -> Proof:
        return Proof(self.people[staff_no], Means.BADGE, self.desk.clock())

    def approve(self, pass_id: str, staff_no: str = ZHANG) -> str:
        return approving.approve(self.desk, GUARD, pass_id, self.proof(staff_no))

    def valid(self, what: Asking = TWO, asker: str = LI_NA, carrier: str = "") -> str:
        """Ask for a pass and have it approved."""
        pass_id = self.ask(what, asker, carrier)
        self.approve(pass_id)
        return pass_id

    def row(self, pass_id: str) -> GoodsPass:
        with self.desk.read() as book:
            return pass_by_id(book, pass_id)

    def shown(self, pass_id: str) -> PassShown:
        with self.desk.read() as book:
            return shown(self.desk, book, pass_by_id(book, pass_id))

    def open_things(self):
        with self.desk.read() as book:
            found = features.outstanding(self.desk, book)
        return [one for one in found if one.kind.startswith("pass.")]

    def entries(self, code: str) -> list[str]:
        """Return the facts of every entry with this code."""
        with self.desk.read() as book:
            all_ = list(journal.entries(book.connection, self.desk.gate))
        return [one.facts for one in all_ if one.code == code]

    def report(self, name: str, who: str = "", first: date | None = None):
        today = self.desk.today()
        with self.desk.read() as book:
            return all_reports.reports()[name](self.desk, book, Period(first or today, today, who))

    def make_manager(self, staff_no: str) -> None:
        """Make somebody a leader, for those rules that ask for a second one."""
        with self.desk.write() as tx:
            person = person_by_staff_no(tx, staff_no)
            person.rank = Rank.LEADER_IN_CHARGE
            tx.put(person)
            tx.record("test.promoted", person=staff_no)
        self.people = {**self.people, staff_no: person}

    def move(self, staff_no: str, section: str) -> None:
        """Put somebody into a new section of the house."""
        with self.desk.write() as tx:
            person = person_by_staff_no(tx, staff_no)
            person.department_id = tx.put(Department(name=section)).id
            tx.put(person)
            tx.record("test.moved", person=staff_no)


@pytest.fixture
def passes(desk, people) -> Passes:
    return Passes(desk, people)
