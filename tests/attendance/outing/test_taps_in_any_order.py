"""Whatever order taps, changes, voids and outings come in, presence, day and outing agree."""

from datetime import timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlmodel import select

from kiosk.attendance import service as taps
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest.service import void
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.attendance.outing import service
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.desk.absence import Outing
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means

GUARD, ZHANG, LI_NA = "2001", "1001", "3001"
IN, OUT = Whereabouts.IN, Whereabouts.OUT
ACTS = st.lists(
    st.sampled_from(["tap", "tap", "change", "void", "go", "plan", "later"]),
    min_size=3,
    max_size=14,
)


class House:
    """One person of the house, as these orders need her."""

    def __init__(self, desk: Desk, clock) -> None:
        self.desk, self.clock = desk, clock
        with desk.read() as book:
            self.person = person_by_staff_no(book, LI_NA)
            self.head = person_by_staff_no(book, ZHANG)

    def day(self):
        with self.desk.read() as book:
            today = self.desk.today()
            return days_between(self.desk, book, today, today).of(self.person, today)

    def last(self):
        return next((one for one in reversed(self.day().taps) if not one.void), None)

    def outings(self) -> list[Outing]:
        with self.desk.read() as book:
            return book.all(select(Outing))

    def presence(self):
        with self.desk.read() as book:
            found = book.one(PRESENCE, person=self.person.id)
        return None if found is None else (found.state, found.tapped_at)

    def voided(self) -> set[str]:
        with self.desk.read() as book:
            return {one.tap_id for one in book.all(select(TapVoid))}

    def do(self, act: str) -> None:
        self.clock.advance(seconds=1)
        match act:
            case "tap":
                self.clock.advance(minutes=6)
                taps.tap(self.desk, self.person, "door")
            case "later":
                self.clock.advance(minutes=7)
            case "change" | "void":
                last = self.last()
                if last is not None and act == "change":
                    taps.change(self.desk, last.tap.id, by=GUARD)
                elif last is not None:
                    void(self.desk, GUARD, last.tap.id, VoidReason.NOT_HOLDER)
            case _:
                leaves = self.clock() + timedelta(minutes=10) if act == "plan" else None
                said = Going("镇政府", "开会", leaves=leaves)
                approval = Approval(self.head, Means.BADGE)
                service.start(self.desk, GUARD, LI_NA, said, approval)


@examples(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_clause_26_in_any_order_presence_day_and_outing_agree(
    settings_in, tmp_path_factory, built, acts, desk_clock
):
    clock = type(desk_clock)()  # one for each order
    settings = settings_in(tmp_path_factory.mktemp("house"))
    built.copy("people", settings)
    desk = Desk.open(settings, clock)
    house = House(desk, clock)
    try:
        for act in acts:
            before = house.outings()
            try:
                house.do(act)
            except Refused:
                assert house.outings() == before
            last = house.last()
            assert house.presence() == (None if last is None else (last.kind, last.tap.at))
            assert house.day().inside is (last is not None and last.kind is IN)
            for one in house.outings():
                assert one.ended_at is None or one.ended_at >= one.started_at
            runs_before = [one for one in before if one.ended_at is None]
            if act == "tap" and last is not None and last.kind is IN and len(runs_before) == 1:
                # Two run at one time only where a return was turned round after the second was
                # planned; the tap in ends the first of them.
                assert not any(
                    one.ended_at is None and one.started_at <= last.tap.at
                    for one in house.outings()
                )
    finally:
        desk.close()
