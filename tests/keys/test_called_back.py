"""What is called back is wanted now; late it is only after the time it was lent for (ask 12)."""

from datetime import UTC, timedelta

import pytest

from kiosk.attendance import service as attendance
from kiosk.attendance.verdicts import verdict_of
from kiosk.desk.loans import Approved, Ended, Thing, ThingKind
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.slip import Slip
from kiosk.desk.words import use
from kiosk.keys import (
    asking,
    board_pages,
    booking,
    chasing,
    enrolling,
    papers,
    reports,
    returning,
    service,
    slips,
)
from kiosk.keys.board_pages import Show, Sought, tally
from kiosk.keys.card import thing_card
from kiosk.keys.outstanding import outstanding
from kiosk.keys.screens_board_rows import row_of
from kiosk.keys.screens_card_words import history_row
from kiosk.keys.screens_holdings import HoldingsScreen
from kiosk.keys.screens_return import TakeBack
from kiosk.keys.service import Given, Handed, Terms
from kiosk.ui import palette
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from shift_handover.from_open_things import record_of
from shift_handover.records_of_loans import LoanOut

HEAD_OF_SUN = "Tell 周海燕 (head of section of 孙建华), extension 8006"
KINDS = {
    "12号柜钥匙": ThingKind.CABINET_KEY, "306": ThingKind.OFFICE_KEY, "307": ThingKind.OFFICE_KEY,
}  # fmt: skip


@pytest.fixture
def things(desk) -> tuple[Thing, ...]:
    return tuple(
        enrolling.add_thing(desk, "2001", f"04FFFFFFFFFF0{n}", label, kind)
        for n, (label, kind) in enumerate(KINDS.items())
    )


@pytest.fixture
def lent(desk, people, things, desk_clock) -> Handed:
    """The first thing, taken by 李娜 at 08:20 until 17:30 and called back at 08:50."""
    lent = service.lend(desk, things[0].id, people["3001"], "2001")
    desk_clock.advance(minutes=30)
    chasing.recall(desk, lent.loan_id, "2001", "盘点")
    return lent


@pytest.fixture
def kept(desk, managers, things, desk_clock) -> Handed:
    """The second thing, held for good by 孙建华 for a month, and called back."""
    kept = for_good(desk, things[1], managers["1005"], managers["1006"])
    desk_clock.advance(days=28)
    chasing.recall(desk, kept.loan_id, "2001", "换锁")
    return kept


def for_good(desk, thing, holder, approver) -> Handed:
    word = Given(Approved.TAP, (approver,))
    return service.lend(desk, thing.id, holder, "2001", Terms(permanent=True, given=word))


def listed(desk) -> OpenThing:
    with desk.read() as book:
        return next(one for one in outstanding(desk, book) if one.kind == "loan.out")


def board(desk, show=Show.ALL) -> list[tuple[str, ...]]:
    """Return label and due column of every line of the board."""
    sought = Sought(show, "", desk.clock())
    with desk.read() as book:
        long = board_pages.lengths(book, sought)
        rows = board_pages.page(book, sought, long, 0, 64)
    return [row_of(desk, one, desk.clock()).cells[0:4:3] for one in rows]


def overdue(desk) -> int:
    with desk.read() as book:
        return len(reports.overdue(desk, book, Period(desk.today(), desk.today())).rows)


def return_sheet(desk, loan_id: str) -> str:
    number = papers.print_return(desk, "2001", [loan_id])
    with desk.read() as book:
        [job] = book.all(JOBS_OF, slip=slips.RETURN, number=number)
        return Slip.from_json(book.unseal(job.document)).to_json()


@pytest.mark.parametrize(
    ("after", "urgency", "late"),
    [
        (timedelta(0), Urgency.WAITING, False),
        (timedelta(minutes=20), Urgency.WAITING, False),
        (timedelta(hours=8, minutes=39), Urgency.WAITING, False),
        (timedelta(hours=8, minutes=41), Urgency.WAITING, True),
        (timedelta(hours=8, minutes=55), Urgency.NOW, True),
    ],
)
def test_who_brings_it_before_its_time_is_not_late(desk, lent, desk_clock, after, urgency, late):
    desk_clock.advance(seconds=after.total_seconds())
    found = listed(desk)
    assert (found.urgency, found.due) == (urgency, lent.due_at.astimezone(UTC))
    assert found.what.text() == "12号柜钥匙: 李娜, called back: 盘点"
    assert found.next_step.text() == "Remind 李娜, extension 8001"
    assert overdue(desk) == late
    back = returning.give_back(desk, lent.thing_id, "2001", Ended.TAG)
    assert back.late is late
    assert ("late" in return_sheet(desk, lent.loan_id)) is late
    [past] = thing_card(desk, lent.thing_id).history
    assert (history_row(desk, past).colour == palette.AMBER) is late


def test_the_head_is_told_an_hour_after_its_time_and_not_after_the_call(desk, lent, desk_clock):
    desk_clock.advance(hours=2)
    assert listed(desk).next_step.text() == "Remind 李娜, extension 8001"
    desk_clock.now = lent.due_at.astimezone(UTC) + timedelta(hours=1)
    assert listed(desk).next_step.text() == "Tell 张伟 (head of section of 李娜), extension 8001"


@pytest.mark.parametrize(
    ("after", "urgency", "step"),
    [
        (timedelta(0), Urgency.WAITING, "Remind 孙建华, extension 8005"),
        (timedelta(minutes=14), Urgency.WAITING, "Remind 孙建华, extension 8005"),
        (timedelta(minutes=15), Urgency.NOW, "Remind 孙建华, extension 8005"),
        (timedelta(minutes=60), Urgency.NOW, HEAD_OF_SUN),
        (timedelta(days=40), Urgency.NOW, HEAD_OF_SUN),
    ],
)
def test_what_is_held_for_good_is_chased_from_the_call_on_and_never_late(
    desk, kept, desk_clock, after, urgency, step
):
    since = desk.clock()
    desk_clock.advance(seconds=after.total_seconds())
    found = listed(desk)
    assert (found.urgency, found.due, found.since) == (urgency, None, since)
    assert found.next_step.text() == step
    assert thing_card(desk, kept.thing_id).head_is_due is (step == HEAD_OF_SUN)
    assert type(record_of(found)) is LoanOut
    assert not returning.give_back(desk, kept.thing_id, "2001", Ended.TAG).late


def test_its_head_is_told_once(desk, kept, desk_clock):
    desk_clock.advance(hours=1)
    chasing.tell_head(desk, kept.loan_id, "2001")
    assert listed(desk).next_step.text() == "Remind 孙建华, extension 8005"


@pytest.mark.usefixtures("lent", "kept")
def test_it_stands_first_among_what_is_overdue_as_called_back(desk):
    with desk.read() as book:
        rows = reports.overdue(desk, book, Period(desk.today(), desk.today())).rows
    assert [(row[1], row[5]) for row in rows] == [
        ("306", "called back 2026-12-21 08:50"), ("12号柜钥匙", "2026-11-23 17:30"),
    ]  # fmt: skip


@pytest.mark.parametrize("which", ["lent", "kept"])
def test_who_borrows_more_is_told_of_it_before(desk, people, managers, things, which, request):
    held = request.getfixturevalue(which)
    person = people["3001"] if which == "lent" else managers["1005"]
    [asked] = asking.ask(desk, (things[2].id,), person)
    assert [one.text() for one in asked.warnings] == [
        f"{person.name} still has {held.label}, which is called back."
    ]


@pytest.mark.parametrize("which", ["lent", "kept"])
@pytest.mark.usefixtures("people", "managers")
def test_it_is_called_back_once_and_the_first_reason_stays(desk, desk_clock, which, request):
    held = request.getfixturevalue(which)
    first, head = thing_card(desk, held.thing_id), desk.head
    desk_clock.advance(hours=1)
    with pytest.raises(Refused) as refused:
        chasing.recall(desk, held.loan_id, "2001", "别的事")
    at = desk.local(first.loan.recalled_at).strftime("%m-%d %H:%M")
    assert (refused.value.code, refused.value.facts["at"]) == ("keys.called_already", at)
    again = thing_card(desk, held.thing_id)
    assert (again.recall_reason, again.loan.recalled_at) == (
        first.recall_reason, first.loan.recalled_at,
    )  # fmt: skip
    assert desk.head == head


@pytest.mark.usefixtures("kept")
def test_an_office_key_called_back_is_still_the_one_of_its_manager(desk, managers, things):
    with pytest.raises(Refused) as refused:
        for_good(desk, things[2], managers["1005"], managers["1006"])
    assert refused.value.code == "keys.one_office_key"


def test_passed_on_it_is_held_for_good_still(desk, kept, people, managers):
    word = Terms(given=Given(Approved.TAP, (people["1001"],)))
    passed = service.pass_on(desk, kept.thing_id, managers["1005"], managers["1006"], "2001", word)
    assert passed.due_at is None
    assert thing_card(desk, kept.thing_id).loan.recalled_at is not None


@pytest.mark.parametrize("which", ["lent", "kept"])
@pytest.mark.usefixtures("people", "managers")
def test_who_reserves_it_is_not_told_to_call_it_back_again(desk, which, request):
    held = request.getfixturevalue(which)
    assert booking.out_then(desk, held.thing_id, desk.clock() + timedelta(minutes=5)) is None


@pytest.mark.usefixtures("lent", "kept")
def test_it_stands_first_on_the_board_and_among_what_is_overdue(desk, people, managers, things):
    word = Terms(given=Given(Approved.TAP, (managers["1005"],)))
    service.lend(desk, things[2].id, people["1001"], "2001", word)
    assert board(desk)[:2] == [("12号柜钥匙", "late 27 d"), ("306", "called back")]
    assert [label for label, _ in board(desk, Show.OVERDUE)] == ["12号柜钥匙", "306"]
    with desk.read() as book:
        assert tally(book, desk.clock()).overdue == 2
    assert [label for label, _ in board(desk, Show.OUT)] == ["12号柜钥匙", "306", "307"]


@pytest.mark.parametrize("which", ["lent", "kept"])
def test_the_holders_next_tap_says_so_in_amber(desk, people, managers, which, request):
    held = request.getfixturevalue(which)
    person = people["3001"] if which == "lent" else managers["1005"]
    said = verdict_of(desk, attendance.tap(desk, person, "door"))
    assert said.tone is Tone.AMBER
    assert f"Called back, please bring it now: {held.label}" in said.lines
    assert not [one for one in said.lines if "Overdue" in one or "still hold" in one]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Called back 08:50: 盘点"), ("zh_CN", "08:50 已通知收回：盘点")],
)
@pytest.mark.usefixtures("compiled_words")
async def test_the_question_about_it_says_so_and_why(app, lent, language, words):
    use(language)
    async with app.run_test(size=(80, 24)):
        app.push_screen(TakeBack(lent.loan_id))
        await app.front(TakeBack)
        await app.until(lambda: "李娜" in app.words(), "who has it")
        assert words in app.words()


async def test_the_question_about_what_is_not_called_back_does_not(app, desk, people, things):
    lent = service.lend(desk, things[0].id, people["3001"], "2001")
    async with app.run_test(size=(80, 24)):
        app.push_screen(TakeBack(lent.loan_id))
        await app.front(TakeBack)
        await app.until(lambda: "李娜" in app.words(), "who has it")
        assert "alled back" not in app.words()


async def test_the_holders_list_says_so(app, managers, kept):
    async with app.run_test(size=(120, 36)):
        app.push_screen(HoldingsScreen(managers["1005"].id))
        await app.front(HoldingsScreen)
        await app.until(lambda: app.screen.query_one(RowList).rows, "the list")
        [row] = app.screen.query_one(RowList).rows
    assert (row.cells[0], row.cells[4]) == (kept.number, "called back")
    assert row.colour == palette.AMBER
