"""Whatever people try, in any order: what was signed stays, and one person never signs twice."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from kiosk.desk import posts
from kiosk.desk.people import DESK_ROLES
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from shift_handover import frozen as view
from shift_handover import service
from shift_handover.models import HANDOVER, Handover, HandoverState, Mark

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")

SIGNED = {HandoverState.ACCEPTED, HandoverState.ACCEPTED_WITH_EXCEPTIONS}
NEWEST = select(Handover).order_by(col(Handover.id).desc()).limit(1)
STAFF = ("1001", "2001", "2002", "3001")
STEP = st.tuples(
    st.sampled_from(["freeze", "read", "question", "withdraw", "refuse", "accept", "accept"]),
    st.sampled_from(STAFF),
    st.sampled_from(STAFF),
)


class Night:
    """People trying things at one desk; everything signed is remembered as it was then."""

    def __init__(self, desk, people, open_list):
        self.desk, self.people, self.open_list = desk, people, open_list
        self.signed = {}

    def proof(self, staff_no):
        return Proof(self.people[staff_no], Means.BADGE, self.desk.clock())

    def newest(self):
        with self.desk.read() as book:
            return book.one(NEWEST)

    def holder(self):
        with self.desk.read() as book:
            return posts.on_duty(book, self.desk.gate)[1].staff_no

    def attempt(self, what, one, other):
        """Try one thing; a refusal is an answer, and nothing moves what is signed."""
        before = self.holder()
        with suppress(Refused):
            self.do(what, one, other)
        if what != "accept":
            assert self.holder() == before
        for row_id, image in self.signed.items():
            assert self.image(row_id) == image

    def do(self, what, one, other):
        row = self.newest()
        if what == "freeze":
            service.freeze(self.desk, one, self.open_list)
        elif row is None:
            return
        elif what == "read":
            with self.desk.read() as book:
                things = view.handover_by_id(book, row.id).document.things
            for thing in things:
                service.mark(
                    self.desk, other, row.id, thing.key, Mark.KNOWN, picked=thing.next_step
                )
        elif what == "question":
            with self.desk.read() as book:
                key = view.handover_by_id(book, row.id).document.things[0].key
            service.mark(self.desk, other, row.id, key, Mark.QUESTION, "?")
        elif what == "withdraw":
            service.withdraw(self.desk, one, row.id)
        elif what == "refuse":
            service.refuse(self.desk, row.id, self.proof(one), "no")
        else:
            self.accept(row, one, other)

    def accept(self, row, one, other):
        before = self.holder()
        service.accept(self.desk, row.id, self.proof(one), self.proof(other), self.open_list)
        assert one == before
        assert one != other
        assert self.people[other].role in DESK_ROLES
        assert self.holder() == other
        self.signed[row.id] = self.image(row.id)

    def image(self, row_id):
        with self.desk.read() as book:
            row = book.one(HANDOVER, id=row_id)
            return row.stamp, row.document, row.state, view.handover_by_id(book, row_id)


@given(steps=st.lists(STEP, max_size=14))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_signed_never_changes_and_the_post_moves_only_by_two(
    desk, people, open_list, steps
):
    night = Night(desk, people, open_list)
    for what, one, other in steps:
        night.attempt(what, one, other)
    holder = night.holder()
    for what in ("freeze", "read", "accept"):
        night.do(what, holder, "3001" if holder == "2002" else "2002")
    assert night.signed
    for what, one, other in steps:
        night.attempt(what, one, other)
