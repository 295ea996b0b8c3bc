"""A house with sections, heads and leaders: what the tests about leave begin with."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk import all_reports, features
from kiosk.attendance.leave import asking, ending, granting, reading
from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.rules import Asking
from kiosk.desk import journal, signing
from kiosk.desk.absence import Half, Leave, LeaveKind, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Badge, BadgeState, Department, Person, Rank, Role
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof

AM, PM = Half.MORNING, Half.AFTERNOON
ZHAO, ZHOU, WU, ZHENG, FENG, CHEN = "5001", "5002", "5003", "5004", "5005", "5006"
"""赵 is ordinary and 周 his head, 吴 leads, 郑 is principal, 冯 a team member, 陈 the office."""
_MORE = (
    (ZHAO, "赵敏", Rank.ORDINARY, Role.STAFF),
    (ZHOU, "周涛", Rank.HEAD_OF_STATION, Role.STAFF),
    (WU, "吴刚", Rank.LEADER_IN_CHARGE, Role.STAFF),
    (ZHENG, "郑和", Rank.PRINCIPAL_LEADER, Role.STAFF),
    (FENG, "冯远", Rank.TEAM_MEMBER, Role.STAFF),
    (CHEN, "陈一", Rank.ORDINARY, Role.CLERK),
)
_PIN_TOO = frozenset({ZHAO, ZHOU})
_STAND_IN_OF = select(StandIn).where(col(StandIn.for_id) == bindparam("leave"))


def span(
    first: int, last: int, first_half: Half = AM, last_half: Half = PM, month: int = 11
) -> Span:
    """Return a span of days of November 2026 (or another month)."""
    return Span(date(2026, month, first), first_half, date(2026, month, last), last_half)


@dataclass
class Leaves:
    """The desk as the tests of leave use it: ask, sign, look, and come back."""

    desk: Desk
    people: Mapping[str, Person]

    span = staticmethod(span)

    def asking(self, over: Span, kind: LeaveKind = LeaveKind.ANNUAL, **more: str) -> Asking:
        words = {"reason": "回老家", "contact": "13800000000", "matters": "无", "stand_in": "3001"}
        return Asking(kind, over, **(words | more))

    def ask(
        self, over: Span, who: str = ZHAO, kind: LeaveKind = LeaveKind.ANNUAL, **more: str
    ) -> str:
        """Ask, and let the stand-in accept; return the leave's id."""
        asked = asking.ask(self.desk, "2001", self.proof(who), self.asking(over, kind, **more))
        self.accept(asked)
        return asked

    def accept(self, leave_id: str) -> None:
        with self.desk.write() as tx:
            for one in tx.all(_STAND_IN_OF, leave=leave_id):
                one.accepted_at, one.accepted_means = tx.now, Means.BADGE
                tx.put(one)
                tx.record("test.accepted", number=one.number)

    def granted(self, over: Span, who: str = ZHAO, kind: LeaveKind = LeaveKind.ANNUAL) -> str:
        """Ask, and have every rung signed."""
        asked = self.ask(over, who, kind)
        while (waiting := self.whole(asked).waits_for) is not None:
            self.sign(asked, waiting.people[0].staff_no)
        return asked

    def sign(self, leave_id: str, who: str) -> Leave:
        return granting.approve(self.desk, "2001", leave_id, self.proof(who))

    def back(self, who: str = ZHAO) -> ending.Returned:
        return ending.report_back(self.desk, "2001", self.people[who], Means.BADGE)

    def proof(self, who: str) -> Proof:
        return Proof(self.people[who], Means.BADGE, self.desk.clock())

    def row(self, leave_id: str) -> Leave:
        with self.desk.read() as book:
            return reading.leave_by_id(book, leave_id)

    def whole(self, leave_id: str, reader: str = ZHAO) -> reading.Whole:
        with self.desk.read() as book:
            return reading.whole(self.desk, book, leave_id, self.people[reader])

    def open_kinds(self) -> list[str]:
        with self.desk.read() as book:
            found = features.outstanding(self.desk, book)
        return [one.kind for one in found if one.kind.startswith("leave.")]

    def note(self, who: str) -> str:
        return " ".join(features.notes(self.desk, self.people[who]))

    def codes(self, prefix: str = "leave.") -> list[str]:
        return [one.code for one in self.entries() if one.code.startswith(prefix)]

    def entries(self) -> list[journal.Entry]:
        with self.desk.read() as book:
            return list(journal.entries(book.connection, self.desk.gate))

    def report(
        self, who: str = "", first: date = date(2026, 11, 1), last: date = date(2026, 12, 31)
    ):
        with self.desk.read() as book:
            return all_reports.reports()["leave"](self.desk, book, Period(first, last, who))


@pytest.fixture
def at(desk_clock):
    """Move the clock: ``at(24, 8, 20)`` is November 24, 08:20 at the site."""

    def move(day: int, hour: int = 8, minute: int = 20, month: int = 11) -> None:
        desk_clock.now = datetime(2026, month, day, hour - 8, minute, tzinfo=UTC)

    return move


@pytest.fixture
def house(desk: Desk, people: Mapping[str, Person]) -> Leaves:
    assert people
    return furnished(desk)


@pytest.fixture
def new_house(
    tmp_path_factory: pytest.TempPathFactory, built, settings_in
) -> Iterator[Callable[[], Leaves]]:
    """Make houses one after the other, each with a desk and a clock of its own."""
    opened: list[Desk] = []

    def make() -> Leaves:
        settings = settings_in(tmp_path_factory.mktemp("leave"))
        built.copy("people", settings)
        opened.append(Desk.open(settings, MovableClock()))
        return furnished(opened[-1])

    yield make
    for desk in opened:
        desk.close()


@dataclass
class MovableClock:
    """A clock that stands until a test moves it, at 08:20 of a Monday."""

    now: datetime = datetime(2026, 11, 23, 0, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def furnished(desk: Desk) -> Leaves:
    """Engage the section's people at a desk that has the usual ones."""
    with desk.write() as tx:
        section = tx.put(Department(name="便民中心"))
        for at, (staff_no, name, rank, role) in enumerate(_MORE):
            person = tx.put(
                Person(
                    staff_no=staff_no, name=name, department_id=section.id, rank=rank, role=role
                )
            )  # fmt: skip
            uid = f"04A1B2C3D4E5{at + 16:02X}"
            tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
            tx.record("person.added", person=staff_no)
            if staff_no in _PIN_TOO:
                signing.set_pin(tx, desk.site_key, person, "2580")
    with desk.read() as book:
        people = {one.staff_no: one for one in book.all(EVERYONE)}
    return Leaves(desk, people)
