"""First asked: a tap or Enter, a few fields, one digit; the notice; the tap that receives it."""

import pytest
from textual.widgets import Input

from drivers.events import CardPresented, DeviceDown
from kiosk.demo.names import BLOCKED_UID, UNKNOWN_UID
from kiosk.demo.tray import badge_of
from kiosk.desk import journal
from kiosk.enquiries import service
from kiosk.ui.row_list import RowList

READER, PRINTER = "读卡器", "会客单打印机"
LI_NA, WANG = "1002", "1006"  # the demo's enquiry Q1 was led to 1006


def field(walk, name):
    return walk.app.screen.query_one(f"#{name} Input", Input)


def tap(walk, uid):
    """Tap a card that the question in front takes without a verdict."""
    walk.say(CardPresented(READER, bytes.fromhex(uid), "type2", "name", walk.tick()))


def newest(walk, code):
    with walk.app.kiosk.desk.read() as book:
        found = [
            one for one in journal.entries(book.connection, walk.app.kiosk.desk.gate)
            if one.code == code
        ]  # fmt: skip
    return found[-1]


async def begin(walk):
    await walk.open_desk()
    await walk.press("f2")
    await walk.front("VisitorsScreen")
    await walk.press("ctrl+t")
    await walk.front("WhoWasAsked")


async def written(walk, duty="2"):
    """Fill the form in front and end it with the digit for own duty."""
    for text in ("徐桂兰", "", "13300133000", "低保怎么办"):
        await walk.line(text)
    await walk.press(duty)
    await walk.front("EnquiryScreen")
    await walk.until(lambda: "徐桂兰" in walk.text(), "the enquiry")


async def open_demo_enquiry(walk):
    await walk.open_desk()
    await walk.press("f6")
    await walk.front("OpenThingsScreen")
    shown = walk.app.screen.query_one(RowList)
    await walk.until(lambda: any(row.cells[0] == "Q1" for row in shown.rows), "Q1")
    while shown.current.cells[0] != "Q1":
        await walk.press("down")
    await walk.press("enter")
    await walk.front("EnquiryScreen")
    await walk.until(lambda: "徐桂兰" in walk.text(), "the enquiry")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_who_was_asked_taps_and_the_enquirer_is_led_on(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await begin(walk)
        tap(walk, badge_of(LI_NA))
        await walk.front("NewEnquiry")
        assert ("李娜 was asked first" if language == "en" else "首问人：李娜") in walk.text()
        await written(walk)
        first = walk.app.screen.query_one("#acts", RowList).rows[0].cells[1]
        assert first == ("Lead to whose duty it is" if language == "en" else "引导到经办科室")
        await walk.press("1")
        await walk.front("AskPerson")
        await walk.line("zhw")
        await walk.front("EnquiryScreen")
        await walk.until(lambda: "enquiry.led" in walk.codes(), "the leading")
        opened = newest(walk, "enquiry.opened")
        assert (opened.by, '"means":"badge"' in opened.facts) == (LI_NA, True)
        assert ".." not in walk.text()


async def test_enter_means_who_works_at_this_desk_and_esc_nobody(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        await walk.press("escape")
        await walk.front("VisitorsScreen")
        await walk.press("ctrl+t")
        await walk.front("WhoWasAsked")
        await walk.press("enter")
        await walk.front("NewEnquiry")
        await written(walk, duty="1")
        assert '"means":"operator"' in newest(walk, "enquiry.opened").facts
        await walk.press("1")
        await walk.front("VisitorsScreen")
        assert '"ending":"handled"' in newest(walk, "enquiry.closed").facts


@pytest.mark.parametrize("uid", [UNKNOWN_UID, BLOCKED_UID])
async def test_a_card_that_is_nobodys_or_blocked_was_not_asked(kiosk_at, uid):
    async with kiosk_at() as walk:
        await begin(walk)
        await walk.card(uid)
        assert "NewEnquiry" in {type(one).__name__ for one in walk.app.screen_stack}
        assert "enquiry.opened" not in walk.codes()[-3:]


async def test_what_is_wrong_is_said_at_its_field_and_stays_typed(kiosk_at):
    async with kiosk_at() as walk:
        await begin(walk)
        await walk.press("enter")
        await walk.front("NewEnquiry")
        before = walk.codes().count("enquiry.opened")
        for text in ("徐桂兰", "", "没有电话", "低保"):
            await walk.line(text)
        await walk.press("f5")
        await walk.until(lambda: "Press 1 for yes" in walk.text(), "the missing duty")
        await walk.press("2")
        await walk.until(lambda: "no telephone number" in walk.text(), "the phone")
        assert field(walk, "phone").value == "没有电话"
        assert field(walk, "matter").value == "低保"
        assert walk.codes().count("enquiry.opened") == before


async def test_only_the_tap_of_whom_it_was_led_to_receives_it(kiosk_at):
    async with kiosk_at() as walk:
        await open_demo_enquiry(walk)
        await walk.badge(LI_NA)
        assert "enquiry.received" not in walk.codes()
        walk.forget_question()
        tap(walk, badge_of(WANG))
        await walk.front("OpenThingsScreen")
        entry = newest(walk, "enquiry.received")
        assert (entry.by, '"first":"2001"' in entry.facts) == (WANG, True)


async def test_whom_it_was_led_to_is_told_at_the_tap_without_details(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.badge(WANG)
        await walk.until(lambda: "1 enquirer was led to you" in walk.text(), "the note")
        assert "徐桂兰" not in walk.text()


async def test_without_a_badge_number_and_pin_receive_it(kiosk_at):
    async with kiosk_at() as walk:
        await open_demo_enquiry(walk)
        await walk.press("4")
        await walk.front("AskProof")
        await walk.line(WANG)
        await walk.line("2580")
        await walk.front("OpenThingsScreen")
        assert '"means":"no_badge"' in newest(walk, "enquiry.received").facts


async def test_the_notice_is_chosen_by_digits_and_own_words_and_printed(kiosk_at):
    async with kiosk_at() as walk:
        await open_demo_enquiry(walk)
        await walk.press("2")
        await walk.front("NoticeDialog")
        await walk.press("enter")
        await walk.until(lambda: "Nothing is chosen yet" in walk.text(), "the refusal")
        assert "enquiry.notice_printed" not in walk.codes()
        await walk.press("1", "3", "3", "w")
        await walk.front("AskText")
        await walk.line("低保证复印件")
        await walk.front("NoticeDialog")
        await walk.press("enter")
        await walk.front("EnquiryScreen")
        assert '"lines":2' in newest(walk, "enquiry.notice_printed").facts
        await walk.until(lambda: "Notices" in walk.text(), "the count")
        await walk.press("3")
        await walk.front("Choose")
        await walk.press("1")
        await walk.front("OpenThingsScreen")
        assert '"reason":"with_notice"' in newest(walk, "enquiry.closed").facts


async def test_without_a_printer_nothing_is_recorded_and_the_lines_stay(kiosk_at):
    async with kiosk_at() as walk:
        await open_demo_enquiry(walk)
        walk.say(DeviceDown(PRINTER, "absent"))
        await walk.press("2")
        await walk.front("NoticeDialog")
        await walk.press("1", "enter")
        await walk.until(lambda: "Nothing is printed now (lost)" in walk.text(), "the reason")
        assert "enquiry.notice_printed" not in walk.codes()
        assert "[x]" in walk.text()


async def test_one_closed_meanwhile_offers_nothing_more(kiosk_at):
    async with kiosk_at() as walk:
        await open_demo_enquiry(walk)
        kiosk, enquiry = walk.app.kiosk, walk.app.screen._enquiry_id
        await kiosk.pen.write(service.leaves, kiosk.desk, kiosk.by, enquiry, "gave_up")
        kiosk.changed()
        await walk.until(lambda: "closed; it stays" in walk.text(), "the closed enquiry")
        await walk.press("1", "enter")
        assert type(walk.app.screen).__name__ == "EnquiryScreen"
