"""The last person out and the night without a successor, by cards and keys at the real kiosk."""

import pytest
from textual.widgets import Static
from window_desk import facts, go_to, said, tap

from kiosk.attendance import service as taps
from kiosk.desk import journal, posts
from kiosk.desk.people import BADGES_OF
from kiosk.ui.row_list import RowList
from shift_handover.last_out.presence import still_in

ZHANG, LI_NA, TODAY = "1001", "1002", "2026-11-23"
sizes = pytest.mark.parametrize(
    ("size", "language"),
    [((80, 24), "zh_CN"), ((120, 36), "en")],
    ids=["80x24-zh", "120x36-en"],
)


async def to_last_out(walk):
    await walk.open_desk()
    await walk.press("f3")
    await walk.front("HandoverHome")
    await walk.until(lambda: walk.app.screen.query_one("#actions", RowList).rows, "the jobs")
    await walk.press("8")
    await walk.front("LastOutHome")
    await walk.until(lambda: walk.app.screen.query_one("#still-in", RowList).rows, "who is in")


async def answer_list(walk, reason="broken"):
    """Answer six of the seven lines as done, the windows as not done."""
    await walk.press("l")
    await walk.front("SignList")
    await walk.press("1", "1", "1", "1", "2")
    await walk.front("AskText")
    await walk.line(reason)
    await walk.front("SignList")
    await walk.press("1", "1", "enter")
    await walk.front("LeaversSign")


def signers(walk):
    return str(walk.app.screen.query_one("#signers", Static).visual)


def count(walk, code):
    """Return how many such entries this day has: the site's last evening had its own list."""
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        entries = list(journal.entries(book.connection, desk.gate))
    return sum(one.code == code and one.at[:10] == TODAY for one in entries)


@sizes
async def test_two_who_leave_together_both_tap(kiosk_at, size, language):
    async with kiosk_at(language, size) as walk:
        await to_last_out(walk)
        await answer_list(walk)
        await walk.press("enter")
        assert count(walk, "lastout.signed") == 0  # nobody has tapped
        tap(walk, ZHANG)
        await walk.until(lambda: "张伟" in signers(walk), "the first tap")
        tap(walk, LI_NA)
        await walk.until(lambda: "李娜" in signers(walk), "the second tap")
        await walk.press("enter")
        await walk.front("LastOutHome")
        await walk.until(lambda: count(walk, "lastout.signed") == 1, "the signed list")
        await walk.until(lambda: said(walk) and "U2" in said(walk).headline, "the answer")
        assert '[["1001","badge"],["1002","badge"]]' in facts(walk, "lastout.signed")


async def test_a_list_with_an_unanswered_line_is_not_signed(kiosk_at):
    async with kiosk_at() as walk:
        await to_last_out(walk)
        await walk.press("l")
        await walk.front("SignList")
        await walk.press("1", "enter")
        await walk.until(lambda: "6 lines of the list have no answer yet" in walk.text(), "why")
        await walk.press("escape")
        await walk.front("SignList")
        assert "Esc once more" in walk.text()
        await walk.press("escape")
        await walk.front("LastOutHome")


async def test_without_a_badge_number_and_pin_sign_the_list(kiosk_at):
    async with kiosk_at() as walk:
        await to_last_out(walk)
        await answer_list(walk)
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(ZHANG)
        await walk.line("2580")
        await walk.front("LeaversSign")
        await walk.until(lambda: "张伟" in signers(walk), "the proof")
        await walk.press("enter")
        await walk.until(lambda: count(walk, "lastout.signed") == 1, "the signed list")


@sizes
async def test_the_round_confirms_or_disputes_and_a_dispute_is_settled(kiosk_at, size, language):
    async with kiosk_at(language, size) as walk:
        await to_last_out(walk)
        await answer_list(walk)
        tap(walk, ZHANG)
        await walk.until(lambda: "张伟" in signers(walk), "the tap")
        await walk.press("enter")
        await walk.front("LastOutHome")
        await walk.press("r")
        await walk.front("RoundScreen")
        await walk.until(lambda: walk.app.screen.query_one("#look", RowList).rows, "the lines")
        await walk.press("2")
        await walk.front("AskText")
        await walk.line("light on upstairs")
        await walk.front("RoundScreen")
        await walk.until(lambda: count(walk, "lastout.disputed") == 1, "the dispute")
        for n in range(1, 7):
            await walk.press("1")
            await walk.until(lambda n=n: count(walk, "lastout.confirmed") == n, f"line {n}")
        await walk.front("LastOutHome")
        await walk.home()
        await go_to(walk, "U2.1", "SettleDispute")
        await walk.until(lambda: "light on upstairs" in walk.text(), "what was found")
        await walk.line("switched off, owner told")
        await walk.until(lambda: count(walk, "lastout.settled") == 1, "the settling")


async def test_the_last_tap_of_the_day_is_told_and_the_one_before_is_not(kiosk_at):
    async with kiosk_at() as walk:
        desk = walk.app.kiosk.desk
        with desk.read() as book:
            inside = [one.person for one in still_in(desk, book)]
            uid = book.all(BADGES_OF, person=inside[-1].id)[0].uid
        assert len(inside) > 2
        for person in inside[:-2]:
            await walk.app.kiosk.pen.write(taps.tap, desk, person, "")
        result = await walk.app.kiosk.pen.write(taps.tap, desk, inside[-2], "")
        assert not any("last out" in note for note in walk.app.kiosk.notes(result.person))
        await walk.card(uid)
        assert said(walk).name == inside[-1].name
        assert "You are the last out." in said(walk).lines[-1]


@sizes
async def test_the_night_ends_without_a_successor_and_the_morning_reads_it(
    kiosk_at, size, language
):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk()
        desk = walk.app.kiosk.desk
        await walk.press("f3")
        await walk.front("HandoverHome")
        await walk.until(lambda: walk.app.screen.query_one("#actions", RowList).rows, "the jobs")
        await walk.press("3")
        await walk.front("ReviewScreen")
        await walk.press("u")
        await walk.front("LockUpForm")
        await walk.line("赵主任")
        await walk.line("15:20")
        await walk.line("可以锁门")
        await walk.line("")
        await walk.line("柜内 12 把")
        await walk.front("LockUpForm")  # the doors are missing
        assert walk.app.screen.query_one("#doors Input").has_focus
        await walk.line("大门已锁")
        await walk.press("enter")
        await walk.front("ReadLockUpBack")
        assert "可以锁门" in walk.text()
        await walk.press("enter")
        await walk.front("SignedAct")
        await walk.sign("2001")
        await walk.until(lambda: count(walk, "handover.locked_up") == 1, "the record")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the lock")
        await walk.front("HomeScreen")
        await walk.until(lambda: said(walk) and "H3" in said(walk).headline, "the answer")
        with desk.read() as book:
            assert posts.on_duty(book, desk.gate) is None
        await walk.open_desk("2002")
        with desk.read() as book:
            (record,) = (
                one for one in walk.app.kiosk.outstanding(desk, book)
                if one.kind == "handover.locked_up"
            )  # fmt: skip
        await go_to(walk, record.number, "ReadLockUp")
        await walk.until(lambda: "可以锁门" in walk.text(), "what the leader said")
        await walk.press("s")
        await walk.front("SignedAct")
        await walk.sign("2002")
        await walk.until(lambda: count(walk, "lockup.read") == 1, "the reader's signature")


@sizes
async def test_who_was_seen_to_go_is_in_no_more(kiosk_at, size, language):
    async with kiosk_at(language, size) as walk:
        await to_last_out(walk)
        shown = walk.app.screen.query_one("#still-in", RowList)
        first, before = shown.rows[0].cells[0], len(shown.rows)
        await walk.press("g")
        await walk.front("SeenGone")
        assert first in walk.text()
        await walk.press(*["backspace"] * 5, *"0:01", "enter")
        await walk.front("SeenGone")
        assert count(walk, "presence.seen_gone") == 0
        await walk.press(*["backspace"] * 4, *"15:32", "enter")
        await walk.front("LastOutHome")
        await walk.until(lambda: len(shown.rows) == before - 1, "one colleague less")
        assert count(walk, "presence.seen_gone") == 1


@sizes
async def test_every_column_of_who_is_in_has_its_heading(kiosk_at, size, language):
    async with kiosk_at(language, size) as walk:
        await to_last_out(walk)
        heading = "Room or note" if language == "en" else "房间或说明"
        assert heading in walk.text()
