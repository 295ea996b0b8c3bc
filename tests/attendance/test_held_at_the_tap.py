"""What somebody still holds, said at the tap; who has it for too long stops there in amber."""

from datetime import timedelta

import pytest

from kiosk.attendance import service
from kiosk.attendance.verdicts import verdict_of
from kiosk.desk.loans import Loan, Thing, ThingKind
from kiosk.desk.presence import Whereabouts
from kiosk.ui.palette import Tone

pytestmark = pytest.mark.usefixtures("people")

IN, OUT = Whereabouts.IN, Whereabouts.OUT


def test_who_leaves_hears_what_they_still_hold(desk, people, desk_clock):
    person = people["1001"]
    with desk.write() as tx:
        thing = tx.put(Thing(label="12号柜钥匙", kind=ThingKind.CABINET_KEY))
        tx.put(
            Loan(
                number="K1",
                thing_id=thing.id,
                holder_id=person.id,
                out_at=tx.now,
                due_at=tx.now + timedelta(hours=9),
            )
        )
        tx.record("loan.out")
    assert service.tap(desk, person, "door").holds == ()
    desk_clock.advance(minutes=30)
    assert service.tap(desk, person, "door").holds == ("12号柜钥匙",)
    desk_clock.advance(days=1)
    assert service.tap(desk, person, "door").holds == ("12号柜钥匙",)  # overdue: said at once


@pytest.mark.parametrize(
    ("minutes", "tone", "said"),
    [
        (-1, Tone.GOOD, []),
        (0, Tone.GOOD, ["You still hold: 12号柜钥匙"]),
        (14, Tone.GOOD, ["You still hold: 12号柜钥匙"]),
        (15, Tone.AMBER, ["Overdue, please bring back: 12号柜钥匙"]),
    ],
)
def test_a_tap_of_who_has_something_overdue_stops_in_amber(
    desk, people, desk_clock, minutes, tone, said
):
    lent_until(desk, people["1001"], desk_clock.now - timedelta(minutes=minutes))
    verdict = verdict_of(desk, service.tap(desk, people["1001"], "door"))
    assert verdict.tone is tone
    assert [line for line in verdict.lines if "12号柜钥匙" in line] == said


@pytest.mark.parametrize(
    ("minutes", "tone", "said"),
    [
        (-1, Tone.INFO, []),
        (0, Tone.INFO, ["You still hold: 12号柜钥匙"]),
        (14, Tone.INFO, ["You still hold: 12号柜钥匙"]),
        (15, Tone.AMBER, ["Overdue, please bring back: 12号柜钥匙"]),
    ],
)
def test_a_tap_that_is_only_shown_again_stops_for_it_too(
    desk, people, desk_clock, minutes, tone, said
):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(minutes=1)
    lent_until(desk, people["1001"], desk_clock.now - timedelta(minutes=minutes))
    head = desk.head
    again = service.tap(desk, people["1001"], "door")
    verdict = verdict_of(desk, again)
    assert (again.shown_again, verdict.tone, list(verdict.lines)) == (True, tone, said)
    assert desk.head == head


def lent_until(desk, person, due_at) -> None:
    with desk.write() as tx:
        thing = tx.put(Thing(label="12号柜钥匙", kind=ThingKind.CABINET_KEY))
        tx.put(Loan(
            number="K1", thing_id=thing.id, holder_id=person.id,
            out_at=due_at - timedelta(hours=1), due_at=due_at,
        ))  # fmt: skip
        tx.record("loan.out")
