"""Three desks, a real hub's claims, cuts and returns in any order: one desk at a time may lend.

Loans are ordered by fence, never by a clock. Whatever the desks did while they were cut, afterwards
every book says the same and no thing has two open loans.
"""

import itertools
from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from site_books import carry, desks_of, heal, intact, tables_of
from sqlmodel import col, select

from kiosk.desk import custody
from kiosk.desk.custody_rows import Receipt
from kiosk.desk.desk import Desk
from kiosk.desk.forks import open_forks
from kiosk.desk.hub_line import Answer, Claim
from kiosk.desk.loans import THING, Ended, Loan, Thing, ThingKind
from kiosk.desk.people import EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.hub.wire import Wire
from kiosk.keys import custody as keeping
from kiosk.keys import enrolling, returning, service

GUARD = "2001"
DESK, THING_NO = st.integers(0, 2), st.integers(0, 1)
_labels = itertools.count()
_LOANS = select(Loan).order_by(col(Loan.id))


class Keys(RuleBasedStateMachine):
    """Three books and one hub; a desk that is cut hears and asks nobody."""

    def __init__(self, desks: list[Desk], wires: list[Wire]) -> None:
        super().__init__()
        self.desks, self.wires = desks, wires
        self.cut: set[int] = set()
        with desks[0].read() as book:
            self.people = book.all(EVERYONE)
        self.things: list[Thing] = []
        for number in range(2):  # of each example its own: claims of the last one are left behind
            label = f"物品{next(_labels)}"
            self.things.append(
                enrolling.add(
                    desks[number], GUARD, enrolling.Described(label=label, kind=ThingKind.OTHER), ""
                )
            )
        heal(desks)

    def kept(self, desk: int, thing: Thing) -> custody.Kept:
        with self.desks[desk].read() as book:
            return custody.kept(book, book.one(THING, id=thing.id), self.desks[desk].gate)

    def carried(self) -> None:
        """Everything goes everywhere there is a line to."""
        up = [desk for number, desk in enumerate(self.desks) if number not in self.cut]
        heal(up)

    @rule(desk=DESK)
    def cable(self, desk: int) -> None:
        self.cut ^= {desk}

    @rule()
    def hear(self) -> None:
        self.carried()
        for number, desk in enumerate(self.desks):
            if number not in self.cut:
                keeping.settle(desk)

    @rule(desk=DESK, which=THING_NO, who=st.integers(0, 4))
    def lend(self, desk: int, which: int, who: int) -> None:
        with suppress(Refused):
            service.lend(self.desks[desk], self.things[which].id, self.people[who], GUARD)

    @rule(desk=DESK, which=THING_NO)
    def come_back(self, desk: int, which: int) -> None:
        with suppress(Refused):
            returning.give_back(self.desks[desk], self.things[which].id, GUARD, Ended.TAG)

    @rule(desk=DESK, which=THING_NO, lost=st.booleans())
    def ask(self, desk: int, which: int, lost: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
        """Ask through the hub; the answer may be lost on its way."""
        thing, found = self.things[which], self.kept(desk, self.things[which])
        if desk in self.cut or found.gate == self.desks[desk].gate:
            return
        asked = self.wires[desk].ask(thing.id, found.gate, found.fence, "")
        keeper = next(n for n, one in enumerate(self.desks) if one.gate == found.gate)
        mine = asked.by_gate == self.desks[desk].gate and asked.state == "asked"
        if not mine or keeper in self.cut or lost:
            return
        said = keeping.answer(
            self.desks[keeper], Claim(thing.id, asked.by_gate, asked.fence - 1, "")
        )
        yes = said.answer is Answer.GIVEN
        now = self.wires[keeper].answer(thing.id, asked.fence, yes=yes, why=said.why)
        assert now is not None
        assert now.state == ("given" if yes else "refused")
        carry(self.desks[keeper], self.desks[desk])

    @rule(desk=DESK)
    def sign(self, desk: int) -> None:
        """Somebody finds a disputed thing on this board."""
        here = self.desks[desk]
        with here.read() as book:
            open_now = [one for one, _thing in book.all(custody.OPEN_RECEIPTS)]
        disputed = [one for one in open_now if one.state is Receipt.DISPUTED]
        if disputed:
            with suppress(Refused):
                proof = Proof(self.people[1], Means.BADGE, here.clock())
                keeping.hangs_here(here, disputed[0].id, proof)

    @invariant()
    def one_desk_at_a_time_may_lend(self) -> None:
        for thing in self.things:
            may = [
                number for number, desk in enumerate(self.desks)
                if self.kept(number, thing).gate == desk.gate
            ]  # fmt: skip
            assert len(may) <= 1, may

    @invariant()
    def at_most_one_loan_runs_by_any_book(self) -> None:
        """Also across the books: every loan that any of them has open is the same one."""
        for thing in self.things:
            running: dict[str, int] = {}
            ended: set[str] = set()
            for desk in self.desks:
                with desk.read() as book:
                    for loan in book.all(_LOANS):
                        if loan.thing_id == thing.id and loan.returned_at is None:
                            running[loan.id] = loan.fence
                        elif loan.thing_id == thing.id:
                            ended.add(loan.id)
            assert len(running.keys() - ended) <= 1

    def teardown(self) -> None:
        """The cables are mended, and all books are one."""
        self.cut.clear()
        for _round in range(4):
            self.hear()
        self.carried()
        first = tables_of(self.desks[0])
        for desk in self.desks:
            assert intact(desk)
            tables = tables_of(desk)
            assert tables["loan"] == first["loan"]
            assert tables["custody"] == first["custody"]
            assert tables["received"] == first["received"]
            with desk.read() as book:
                told = {fork.table for fork in open_forks(book)}
            assert not told & {"loan", "custody"}
            with desk.read() as book:
                waiting = [
                    one for one, _thing in book.all(custody.OPEN_RECEIPTS)
                    if one.state is Receipt.WAITING
                ]  # fmt: skip
            assert waiting == []


def test_three_desks_with_cuts_have_one_holder_for_one_thing(
    hub, desk_clock, built, settings_in, tmp_path
):
    desks = desks_of(settings_in(tmp_path), desk_clock, 3, built)
    wires = [hub.wire(desk.gate, wait_s=5.0) for desk in desks]
    try:
        run_state_machine_as_test(
            lambda: Keys(desks, wires),
            settings=settings(
                max_examples=40,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        for desk in desks:
            desk.close()
