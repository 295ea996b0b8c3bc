"""What is booked ahead: nothing for who has left, nothing that cannot be kept, no word in vain."""

from datetime import timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.leaving import leave
from kiosk.desk.loans import Approval, Approved, Condition, Thing, ThingKind
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.features import end_for_leaver, holdings
from kiosk.keys import booking, chasing, enrolling, losing, service
from kiosk.keys.board_pages import tally
from kiosk.keys.card import thing_card
from kiosk.keys.enrolling import Described
from kiosk.keys.models import OVERTIME_BETWEEN
from kiosk.keys.outstanding import outstanding
from kiosk.keys.screens_card import ThingScreen
from kiosk.keys.screens_reserve import AskSpan
from kiosk.keys.service import Given, Terms
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from shift_handover.from_open_things import record_of
from shift_handover.records_of_loans import LoanOut

GUARD, LI_NA = "2001", "04A1B2C3D4E504"


@pytest.fixture
def key(desk, people) -> Thing:
    del people
    return enrolling.add_thing(desk, GUARD, "04FFFFFFFFFF01", "12号柜钥匙", ThingKind.CABINET_KEY)


@pytest.fixture
def span(desk):
    """From in three hours until in twenty days."""
    return desk.clock() + timedelta(hours=3), desk.clock() + timedelta(days=20)


def proof(desk, person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


def refusal_of(act, *args) -> str:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code


def codes(desk) -> list[str]:
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate)]


def spells(desk) -> list[str]:
    with desk.read() as book:
        found = book.all(OVERTIME_BETWEEN, first=desk.today(), last=desk.today())
    return [spell.number for spell, _ in found]


def loan_lines(desk) -> list[OpenThing]:
    with desk.read() as book:
        return [one for one in outstanding(desk, book) if one.kind == "loan.out"]


def loan_line(desk) -> tuple[Urgency, str]:
    [one] = loan_lines(desk)
    return one.urgency, one.next_step.text() if one.next_step is not None else ""


def test_who_leaves_keeps_nothing_reserved_and_no_overtime(desk, people, key, span):
    gone = people["3001"]
    booking.reserve(desk, key.id, gone, GUARD, *span)
    booking.reserve(desk, key.id, people["2002"], GUARD, span[1], span[1] + timedelta(hours=1))
    signed = proof(desk, people["1001"])
    booking.ask_overtime(desk, gone, GUARD, *span, "301", signed, (key.id,))
    booking.ask_overtime(desk, people["2002"], GUARD, *span, "302", signed)
    leave(desk, proof(desk, people["9001"]), "3001", holdings, end_for_leaver)
    assert codes(desk)[-4:-1] == [
        "badge.blocked",
        "loan.reservation_cancelled",
        "overtime.cancelled",
    ]
    assert [one.number for one, _ in thing_card(desk, key.id).booked] == ["R2"]
    assert spells(desk) == ["O2"]


def test_what_is_still_booked_for_who_is_gone_keeps_nobody_waiting(desk, people, key, span):
    """A list of the staff from another place may take somebody away without this kiosk's word."""
    booking.reserve(desk, key.id, people["3001"], GUARD, *span)
    booking.ask_overtime(desk, people["3001"], GUARD, *span, "301", proof(desk, people["1001"]))
    with desk.write(by="9001") as tx:
        gone = tx.one(BY_STAFF_NO, staff_no="3001")
        gone.active = False
        tx.put(gone)
        tx.record("person.left", person="3001")
    assert thing_card(desk, key.id).booked == ()
    assert spells(desk) == []
    with desk.read() as book:
        assert tally(book, desk.clock()).reserved == 0
    desk.clock.advance(hours=4)
    assert service.lend(desk, key.id, people["2002"], GUARD).holder == "王磊"
    booking.reserve(desk, key.id, people["2002"], GUARD, desk.clock(), span[1])


def _lose(desk, people, key):
    losing.report_lost(desk, key.id, people["3001"], GUARD, desk.clock())


def _block(desk, _people, key):
    losing.block(desk, key.id, GUARD, Condition.BENT)


def _retire(desk, people, key):
    losing.retire(desk, key.id, proof(desk, people["9001"]))


@pytest.mark.parametrize(
    ("befalls", "code"), [(_lose, "keys.lost"), (_block, "keys.blocked"), (_retire, "keys.gone")]
)
def test_what_nobody_can_have_is_not_reserved(desk, people, key, span, befalls, code):
    befalls(desk, people, key)
    head = desk.head
    assert refusal_of(booking.reserve, desk, key.id, people["3001"], GUARD, *span) == code
    assert desk.head == head


def test_who_has_it_when_the_reservation_begins_is_known(desk, people, managers, key, span):
    assert booking.out_then(desk, key.id, span[0]) is None
    lent = service.lend(desk, key.id, people["2002"], GUARD)
    loan, holder = booking.out_then(desk, key.id, lent.due_at - timedelta(minutes=1))
    assert (loan.number, holder.name) == (lent.number, "王磊")
    assert booking.out_then(desk, key.id, lent.due_at) is None
    other = enrolling.add_thing(desk, GUARD, "04FFFFFFFFFF02", "13号柜", ThingKind.CABINET_KEY)
    said = Given(Approved.TAP, (managers["1005"],))
    service.lend(desk, other.id, people["1001"], GUARD, Terms(permanent=True, given=said))
    assert booking.out_then(desk, other.id, span[1]) is not None


def test_what_is_out_when_somebody_else_needs_it_is_an_open_thing_to_call_back(
    desk, people, key, span
):
    service.lend(desk, key.id, people["2002"], GUARD)
    assert loan_line(desk) == (Urgency.QUIET, "")
    booking.reserve(desk, key.id, people["2002"], GUARD, *span)
    assert loan_line(desk) == (Urgency.QUIET, "")
    booking.cancel(desk, thing_card(desk, key.id).booked[0][0].id, GUARD)
    booking.reserve(desk, key.id, people["3001"], GUARD, *span)
    assert loan_line(desk) == (
        Urgency.SOON, "Call it back: 李娜 has reserved it from 11-23 11:20"
    )  # fmt: skip


def test_who_has_it_and_has_reserved_it_again_hides_nobody_elses_reservation(
    desk, people, key, span
):
    service.lend(desk, key.id, people["2002"], GUARD)
    own = desk.clock() + timedelta(hours=1)
    booking.reserve(desk, key.id, people["2002"], GUARD, own, span[0])
    booking.reserve(desk, key.id, people["3001"], GUARD, *span)
    assert loan_line(desk) == (
        Urgency.SOON, "Call it back: 李娜 has reserved it from 11-23 11:20"
    )  # fmt: skip


def test_what_is_held_for_good_and_reserved_is_an_open_thing_until_called_back(
    desk, people, managers, key, span
):
    word = Given(Approved.TAP, (managers["1005"],))
    kept = service.lend(desk, key.id, people["1001"], GUARD, Terms(permanent=True, given=word))
    booking.reserve(desk, key.id, people["1001"], GUARD, desk.clock(), span[0])
    assert loan_lines(desk) == []
    later = span[1] + timedelta(days=1)
    for who, since, until in (("3001", *span), ("2002", span[1], later)):
        booking.reserve(desk, key.id, people[who], GUARD, since, until)
    [found] = loan_lines(desk)
    assert found.what.text() == "12号柜钥匙: 张伟"
    assert loan_line(desk) == (
        Urgency.SOON, "Call it back: 李娜 has reserved it from 11-23 11:20"
    )  # fmt: skip
    assert type(record_of(found)) is LoanOut
    chasing.recall(desk, kept.loan_id, GUARD, "预约")
    assert loan_line(desk) == (Urgency.WAITING, "Remind 张伟, extension 8001")


def test_one_word_for_what_two_must_agree_to_is_not_taken(desk, people, span):
    with desk.write(by="9001") as tx:
        described = Described(label="金柜", kind=ThingKind.CABINET_KEY, approval=Approval.TWO)
        safe = enrolling.enrol(tx, described, "")
    wish = (booking.reserve, desk, safe.id, people["3001"], GUARD, *span)
    assert refusal_of(*wish, proof(desk, people["1001"])) == "keys.two_at_hand_out"
    assert booking.reserve(*wish[1:]).approver_id is None


async def _reserve(app, pilot, thing: Thing, since: str, until: str) -> None:
    """Answer for whom and when, up to the question for a manager's word."""
    await app.push_screen(ThingScreen(thing.id))
    await app.front(ThingScreen)
    acts = app.screen.query_one("#acts", RowList)
    await app.until(lambda: acts.rows, "the acts")
    await pilot.press(
        next(d for d, said in (row.cells for row in acts.rows) if said == "Reserve it")
    )
    await app.front(AskPerson)
    await app.tap(LI_NA)
    await app.front(AskSpan)
    await pilot.press(*since, "enter", *until, "enter")
    await app.front(Choose)


async def test_a_reservation_says_that_the_thing_is_out_until_later(app, desk, people, key):
    service.lend(desk, key.id, people["2002"], GUARD)
    async with app.run_test(size=(120, 36)) as pilot:
        await _reserve(app, pilot, key, "14:00", "16:00")
        await pilot.press("1")
        await app.until(lambda: app.said, "an answer")
    said = app.said[-1]
    assert (said.tone, said.headline) == (Tone.AMBER, "12号柜钥匙 is reserved, R1")
    assert said.lines == ("王磊 has it until 17:30: call it back on its card.",)


async def test_a_reservation_asks_no_single_manager_where_two_must_agree(app, desk, people):
    del people
    with desk.write(by="9001") as tx:
        described = Described(label="金柜", kind=ThingKind.CABINET_KEY, approval=Approval.TWO)
        safe = enrolling.enrol(tx, described, "")
    async with app.run_test(size=(120, 36)) as pilot:
        await _reserve(app, pilot, safe, "14:00", "16:00")
        assert "Reserve it; two managers say yes when it goes out" in app.words()
        assert "A manager says yes now" not in app.words()
        await pilot.press("1")
        await app.until(lambda: app.said, "an answer")
    assert app.said[-1].headline == "金柜 is reserved, R1"
