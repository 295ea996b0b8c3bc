"""At the gate with goods: a pass is asked, signed, scanned, compared and used, by a few keys."""

import pytest
from textual.widgets import Input

from drivers.events import CodeScanned, DeviceDown
from kiosk.desk import journal
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.signing import Means, Proof
from kiosk.passes import approving, asking, pass_code
from kiosk.passes.models import BY_NUMBER, State
from kiosk.passes.reading import shown
from kiosk.passes.rules import Asking, Item
from kiosk.ui.row_list import RowList
from kiosk.ui.tap_area import TapArea

SCANNER, PRINTER = "扫码枪", "会客单打印机"
MANAGER, LEADER, LI_NA, ZHOU = "4001", "1005", "1002", "1003"
TWO = Asking((Item("printer", 1, "A-17"), Item("toner", 300)), "repair", "Shunda, Liu")


def said(walk):
    """Return what the tap area in front says."""
    return walk.app.screen.query_one("#tap", TapArea).verdict


def scan(walk, code):
    walk.say(CodeScanned(SCANNER, code, walk.tick()))


def one(walk, number="W2"):
    """Return the pass with this number, opened."""
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        return shown(desk, book, book.one(BY_NUMBER, number=number))


def facts(walk, code):
    """Return the facts of the newest entry with this code."""
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        found = [e for e in journal.entries(book.connection, desk.gate) if e.code == code]
    return found[-1].facts


def field(walk, name):
    return walk.app.screen.query_one(f"#{name} Input", Input)


async def asked(walk, what=TWO, carrier="", *, approved=True):
    """Have a pass asked for, and approved; return its code."""
    kiosk = walk.app.kiosk
    pass_id = await kiosk.pen.write(asking.ask, kiosk.desk, kiosk.by, LI_NA, what, carrier)
    if approved:
        with kiosk.desk.read() as book:
            proof = Proof(person_by_staff_no(book, MANAGER), Means.BADGE, kiosk.desk.clock())
        await kiosk.pen.write(approving.approve, kiosk.desk, kiosk.by, pass_id, proof)
    kiosk.changed()
    return pass_code.made(kiosk.desk, "W2")


async def scanned(walk, code):
    """Scan a pass at the home screen and wait until its lines are there."""
    scan(walk, code)
    await walk.front("PassScreen")
    await walk.until(lambda: walk.app.screen.query_one("#pass-items", RowList).rows, "its lines")


async def begin(walk):
    await walk.open_desk()
    await walk.press("f6", "w")
    await walk.front("StartPass")
    await walk.press("1")
    await walk.front("NewPass")


async def test_a_pass_is_asked_and_approved_on_the_spot(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        for line in ("printer", "A-17", "", "toner", "", "3", "", "repair", "+7", ""):
            await walk.line(line)
        await walk.front("AskPerson")
        await walk.line(LI_NA)
        await walk.until(lambda: "Who carries it?" in walk.text(), "the carrier's question")
        await walk.line(ZHOU)
        await walk.front("SignedAct")
        assert one(walk).state is State.WAITING
        await walk.sign(MANAGER)
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "W2 is approved and printed."
        made = one(walk)
        assert [(i.what, i.serial, i.quantity) for i in made.items] == [
            ("printer", "A-17", 1), ("toner", "", 3),
        ]  # fmt: skip
        assert (made.carrier, made.purpose, made.state) == ("周海燕", "repair", State.VALID)
        with walk.app.kiosk.desk.read() as book:
            assert len(book.all(JOBS_OF, slip="pass", number="W2")) == 1


async def test_without_a_manager_it_waits_and_he_is_told_at_his_tap(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        for line in ("printer", "", "", "", "repair", "", "Shunda, Liu"):
            await walk.line(line)
        await walk.front("AskPerson")
        await walk.line(LI_NA)
        await walk.front("SignedAct")
        await walk.press("escape")
        await walk.home()
        walk.forget_question()
        await walk.badge(LEADER)
        assert "1 pass to approve: at the desk" in said(walk).lines
        assert "Shunda" not in walk.text()
        assert "printer" not in walk.text().replace("Printer", "")


async def test_the_wrong_pin_and_the_wrong_manager_approve_nothing(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await asked(walk, Asking(TWO.items, "repair"), MANAGER, approved=False)
        await walk.press("f6", "w", "2")
        await walk.front("PassByNumber")
        await walk.line("w7")
        assert "There is no pass W7" in walk.text()
        await walk.press("backspace")
        await walk.line("2")
        await walk.front("PassScreen")
        await walk.until(lambda: "manager says no" in walk.text(), "what can be done")
        await walk.press("enter")
        await walk.front("SignedAct")
        await walk.line(MANAGER)
        await walk.line("0000")
        await walk.until(lambda: "PIN" in walk.text() and "4" in walk.text(), "the refusal")
        assert "pin.wrong" in walk.codes()
        await walk.line("2580")
        await walk.until(lambda: "carries the goods" in walk.text(), "the refusal")
        assert one(walk).state is State.WAITING
        assert walk.codes().count("pass.approved") == 1  # yesterday's


async def test_the_scan_opens_it_and_the_ticks_let_it_out_once(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        code = await asked(walk)
        await scanned(walk, code)
        await walk.press("enter")
        await walk.until(lambda: said(walk) is not None, "the refusal")
        assert said(walk).headline.startswith("Nothing is ticked")
        scan(walk, code)
        await walk.until(lambda: "is open here" in said(walk).headline, "the answer")
        await walk.press("1", "2", "enter")
        await walk.until(lambda: said(walk).headline == "301 pieces let out", "the release")
        assert one(walk).state is State.USED
        scan(walk, code)
        await walk.until(lambda: "was used at" in said(walk).headline, "the second scan")
        assert "李建国" in said(walk).headline
        await walk.front("HomeScreen")
        assert walk.codes().count("pass.used") == 2  # one was yesterday's


async def test_never_more_than_the_pass_and_fewer_only_when_confirmed(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await scanned(walk, await asked(walk))
        await walk.press("1", "+")
        assert "Line 1: 1 and no more" in walk.text()
        await walk.press("down", "h")
        await walk.front("AskPieces")
        await walk.line("301")
        assert "Line 2: 300 and no more" in walk.text()
        await walk.press(*["backspace"] * 3)
        await walk.line("299")
        await walk.front("PassScreen")
        await walk.press("-", "enter")
        await walk.front("Choose")
        await walk.press("2")
        await walk.front("PassScreen")
        assert one(walk).state is State.VALID
        await walk.press("enter", "1")
        await walk.until(lambda: one(walk).state is State.USED, "the release")
        assert '"pieces":[1,298]' in facts(walk, "pass.used")
        assert said(walk).lines == ("2 pieces stay here",)


async def test_it_comes_back_line_by_line(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        today = walk.app.kiosk.desk.today()
        code = await asked(walk, Asking(TWO.items, "repair", "Shunda, Liu", today))
        await scanned(walk, code)
        await walk.press("1", "2", "enter")
        await walk.until(lambda: one(walk).state is State.OUT, "the release")
        await walk.home()
        await scanned(walk, code)
        await walk.press("1", "enter")
        await walk.until(lambda: walk.codes().count("pass.returned") == 2, "the first piece")
        assert said(walk).lines == ("300 pieces are still out",)
        await walk.home()
        await scanned(walk, code)
        await walk.press("2", "enter")
        await walk.until(lambda: one(walk).state is State.RETURNED, "the rest")
        await walk.home()
        scan(walk, code)
        await walk.until(lambda: "is back. It works once" in said(walk).headline, "the answer")


async def test_without_a_printer_it_is_approved_and_the_paper_waits(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await asked(walk, approved=False)
        walk.say(DeviceDown(PRINTER, "gone"))
        await walk.press("f6", "w", "2")
        await walk.line("2")
        await walk.front("PassScreen")
        await walk.until(lambda: "manager says no" in walk.text(), "what can be done")
        await walk.press("enter")
        await walk.front("SignedAct")
        await walk.sign(MANAGER)
        await walk.front("PassScreen")
        assert "The paper waits" in said(walk).headline
        await walk.until(lambda: "approved, not used yet" in walk.text(), "the state")
        await walk.press("1", "2", "enter")
        await walk.until(lambda: one(walk).state is State.USED, "the release")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("P1:gate-9:W2:00000000", "was not made by this house"),
        ("P1:torn", "torn or not from a pass"),
    ],
)
async def test_a_strange_code_opens_nothing(kiosk_at, code, told):
    async with kiosk_at() as walk:
        await walk.open_desk()
        scan(walk, code)
        await walk.until(lambda: told in said(walk).headline, "the answer")
        await walk.front("HomeScreen")


async def test_a_locked_desk_opens_no_pass(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        code = await asked(walk)
        await walk.press("f10")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the lock")
        scan(walk, code)
        await walk.until(lambda: "open the desk first" in said(walk).headline, "the answer")
        assert "Shunda" not in walk.text()


async def test_goods_stay_with_one_letter_at_the_list_and_at_the_pass(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        code = await asked(walk)
        await walk.press("f6", "x")
        await walk.front("KeepGoods")
        await walk.line("two chairs")
        await walk.press("enter")
        await walk.until(lambda: "Who wanted to take it out?" in walk.text(), "the reason")
        await walk.line("van 12345")
        await walk.front("OpenThingsScreen")
        assert '"why":"no_pass"' in facts(walk, "pass.goods_kept")
        await walk.home()
        await scanned(walk, code)
        await walk.press("s")
        await walk.front("KeepGoods")
        await walk.line("a third chair")
        await walk.front("PassScreen")
        assert '"on_pass":"W2","why":"not_on_pass"' in facts(walk, "pass.goods_kept")
        assert one(walk).state is State.VALID


async def test_a_no_a_cancel_and_a_for_good_each_need_a_reason_and_the_right_hand(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await asked(walk, approved=False)
        await walk.press("f6", "w", "2")
        await walk.line("2")
        await walk.front("PassScreen")
        await walk.until(lambda: "manager says no" in walk.text(), "what can be done")
        await walk.press("l", "s", "p", "h")  # none of these belongs to a pass that waits
        await walk.front("PassScreen")
        await walk.press("n")
        await walk.line("still new")
        await walk.front("SignedAct")
        await walk.sign(MANAGER)
        await walk.until(lambda: one(walk).state is State.REFUSED, "the no")
        assert one(walk).reason == "still new"
        await walk.home()
        await asked(walk)
        await walk.press("f6", "w", "2")
        await walk.line("3")
        await walk.front("PassScreen")
        await walk.until(lambda: "Tick" in walk.text(), "what can be done")
        await walk.press("c")
        await walk.line("not needed")
        await walk.until(lambda: one(walk, "W3").state is State.CANCELLED, "the cancel")


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        for line in ("printer", "A-17", "0"):
            await walk.line(line)
        assert "How many pieces?" in walk.text()
        assert field(walk, "what").value == "printer"
        await walk.press("backspace")
        await walk.line("10000")
        assert "from 1 to 999" in walk.text()
        await walk.press(*["backspace"] * 5)
        for line in ("2", "", "", "tomorrow", "X"):
            await walk.line(line)
        assert "A day like 11-30" in walk.text()
        assert field(walk, "back").value == "tomorrow"
        await walk.press(*["backspace"] * 8, "enter", "enter")
        assert "What for? Repair" in walk.text()
        assert field(walk, "carrier").value == "X"


async def test_delete_takes_the_last_line_back_and_deletes_elsewhere(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        for line in ("printer", "A-17", "2"):
            await walk.line(line)
        await walk.press("delete")
        assert [field(walk, name).value for name in ("what", "serial", "count")] == [
            "printer", "A-17", "2",
        ]  # fmt: skip
        await walk.press("home", "delete")
        assert field(walk, "what").value == "rinter"
        await walk.press("enter", "enter", "enter")
        assert len(walk.app.screen.query_one("#pass-lines", RowList).rows) == 1
