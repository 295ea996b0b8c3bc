"""At the window: a call is written down and read back, parcels come and go, all by a few keys."""

import pytest
from textual.widgets import Input

from drivers.events import CardPresented, CodeScanned, DeviceDown
from kiosk.demo.tray import badge_of
from kiosk.desk import journal
from kiosk.desk.people import person_by_staff_no
from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.parcels import service as parcels
from kiosk.parcels.models import Kind
from kiosk.parcels.rules import Arrived
from kiosk.ui.row_list import RowList
from kiosk.ui.tap_area import TapArea

READER, SCANNER, PRINTER = "读卡器", "扫码枪", "会客单打印机"
LI_NA, ZHOU, ZHANG = "1002", "1003", "1001"
WORDS = "水表检修改到下午三点，请回电"  # what was said in the demo's message N1


def said(walk):
    """Return what the tap area in front says."""
    return walk.app.screen.query_one("#tap", TapArea).verdict


def tap(walk, staff_no):
    """Tap a badge that the question in front takes without a verdict."""
    uid = bytes.fromhex(badge_of(staff_no))
    walk.say(CardPresented(READER, uid, "type2", "name", walk.tick()))


def scan(walk, code):
    walk.say(CodeScanned(SCANNER, code, walk.tick()))


def facts(walk, code):
    """Return the facts of the newest entry with this code."""
    with walk.app.kiosk.desk.read() as book:
        found = [
            one for one in journal.entries(book.connection, walk.app.kiosk.desk.gate)
            if one.code == code
        ]  # fmt: skip
    return found[-1].facts


def waiting(walk, staff_no):
    """Return the messages that wait for somebody, and what lies here for them."""
    with walk.app.kiosk.desk.read() as book:
        person = person_by_staff_no(book, staff_no).id
        return messages.waiting_for(book, person), parcels.lying_for(book, person)


def field(walk, name):
    return walk.app.screen.query_one(f"#{name} Input", Input)


async def write(walk, use_case, *args):
    kiosk = walk.app.kiosk
    done = await kiosk.pen.write(use_case, kiosk.desk, kiosk.by, *args)
    kiosk.changed()
    return done


async def open_things(walk):
    await walk.press("f6")
    await walk.front("OpenThingsScreen")


async def go_to(walk, number, screen):
    """From F6 to the open thing with this number."""
    await open_things(walk)
    shown = walk.app.screen.query_one(RowList)
    await walk.until(
        lambda: any(row.cells[0] == number for row in shown.rows), f"{number} in the list"
    )
    while shown.current.cells[0] != number:
        await walk.press("down")
    await walk.press("enter")
    await walk.front(screen)
    await walk.until(lambda: number in walk.text(), "what it is about")


# A call is taken.


async def begin_message(walk, who="zhw"):
    await walk.open_desk()
    await open_things(walk)
    await walk.press("n")
    await walk.front("AskPerson")
    await walk.line(who)
    await walk.front("NewMessage")


async def test_a_call_is_written_down_read_back_and_told_at_the_next_tap(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        assert "Message for 张伟" in walk.text()
        await walk.line("Wang of the water works")
        await walk.line("13900001234")
        await walk.line("please call back today")
        await walk.front("ReadMessageBack")
        assert "Please read it back" in walk.text()
        assert "please call back today" in walk.text()
        assert "message.taken" not in walk.codes()[-1:]
        await walk.press("u", "enter")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "N2 is written down."
        assert '"urgent":true' in facts(walk, "message.taken")
        await walk.until(lambda: "N2" in walk.text(), "the message in the list")
        assert "please call back today" not in walk.text()
        await walk.home()
        walk.forget_question()
        await walk.badge(ZHANG)
        assert said(walk).lines[-1] == "1 message, urgent: to the window, please"
        assert "please call back" not in walk.text()


async def test_u_twice_is_not_urgent_and_esc_goes_back_to_what_was_typed(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        for line in ("Wang", "", "call back"):
            await walk.line(line)
        await walk.front("ReadMessageBack")
        await walk.press("escape")
        await walk.front("NewMessage")
        assert field(walk, "words").value == "call back"
        await walk.press("enter")
        await walk.front("ReadMessageBack")
        await walk.press("u", "u", "enter")
        await walk.front("OpenThingsScreen")
        assert '"urgent":false' in facts(walk, "message.taken")
        (kept,) = waiting(walk, ZHANG)[0]
        assert (kept.caller, kept.phone, kept.words) == ("Wang", "", "call back")


async def test_nobody_chosen_is_no_message(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await open_things(walk)
        await walk.press("N")
        await walk.front("AskPerson")
        await walk.press("escape")
        await walk.front("OpenThingsScreen")
        assert walk.codes().count("message.taken") == 1  # yesterday's


async def test_what_is_missing_is_said_at_its_field(kiosk_at):
    async with kiosk_at() as walk:
        await begin_message(walk)
        for line in ("Wang", "soon", "call back"):
            await walk.line(line)
        await walk.until(lambda: "no telephone number" in walk.text(), "the reason")
        assert field(walk, "phone").has_focus
        assert field(walk, "words").value == "call back"
        assert walk.codes().count("message.taken") == 1


async def test_who_comes_by_while_it_is_asked_for_whom_signs_in_as_always(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await open_things(walk)
        await walk.press("n")
        await walk.front("AskPerson")
        await walk.badge("5050")
        assert type(walk.app.screen).__name__ == "AskPerson"
        assert '"person":"5050"' in facts(walk, "staff.signed_in")


# It reaches its addressee.


async def test_it_is_shown_only_after_the_addressees_tap_and_a_key(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("enter", "p")
        assert WORDS not in walk.text()
        await walk.badge(ZHANG)  # somebody else: the usual answer
        assert said(walk).name == "张伟"
        await walk.press("enter")
        assert WORDS not in walk.text()
        assert "message.received" not in walk.codes()
        await walk.badge(LI_NA)
        assert (said(walk).name, said(walk).headline) == ("李娜", "打印按 P，看屏幕按回车。")
        await walk.until(lambda: "按回车在此显示" in walk.text(), "the tap to be taken")
        assert WORDS not in walk.text()
        await walk.press("enter")
        await walk.until(lambda: WORDS in walk.text(), "the words")
        await walk.press("enter")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "已收留言 1 条"
        assert '"means":"badge"' in facts(walk, "message.received")
        await walk.until(lambda: "N1" not in walk.text(), "the list without it")


async def test_p_prints_all_of_his_at_once_for_him_alone(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await write(walk, messages.take, LI_NA, Said("Liu", "bring the report"))
        await go_to(walk, "N2", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "P prints it" in walk.text(), "the tap to be taken")
        await walk.press("p")
        await walk.front("OpenThingsScreen")
        assert (said(walk).headline, said(walk).notes) == (
            "2 messages received", ("The slip is being printed.",),
        )  # fmt: skip
        assert '"on_paper":true' in facts(walk, "message.received")
        assert waiting(walk, LI_NA)[0] == []


async def test_without_a_printer_nothing_is_received_unread(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        walk.say(DeviceDown(PRINTER, "absent"))
        await go_to(walk, "N1", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "P prints it" in walk.text(), "the tap to be taken")
        await walk.press("p")
        await walk.until(lambda: "Nothing is printed now (lost)" in walk.text(), "the reason")
        assert "message.received" not in walk.codes()
        await walk.press("enter", "enter")
        await walk.front("OpenThingsScreen")
        assert '"on_paper":false' in facts(walk, "message.received")


async def test_without_a_badge_number_and_pin_are_the_addressees_own(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(ZHANG)
        await walk.line("2580")
        await walk.front("DeliverMessages")
        await walk.until(lambda: "Only its addressee" in walk.text(), "the refusal")
        await walk.press("enter")
        assert WORDS not in walk.text()
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(LI_NA)
        await walk.line("2580")
        await walk.front("DeliverMessages")
        await walk.until(lambda: "P prints it" in walk.text(), "the proof to be taken")
        await walk.press("enter", "enter")
        await walk.front("OpenThingsScreen")
        assert '"means":"no_badge"' in facts(walk, "message.received")


async def test_a_locked_desk_hides_the_words_until_he_taps_again(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        tap(walk, LI_NA)
        await walk.until(lambda: "按回车在此显示" in walk.text(), "the tap to be taken")
        await walk.press("enter")
        await walk.until(lambda: WORDS in walk.text(), "the words")
        await walk.press("f10")
        await walk.front("HomeScreen")
        assert WORDS not in walk.text()
        await walk.open_desk()
        await walk.front("DeliverMessages")
        await walk.until(lambda: "请李娜刷卡" in walk.text(), "the question again")
        assert WORDS not in walk.text()
        await walk.press("enter")
        assert WORDS not in walk.text()


async def test_a_wrong_message_is_voided_with_its_reason(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "N1", "DeliverMessages")
        await walk.press("v")
        await walk.front("AskText")
        await walk.press("enter")
        await walk.until(lambda: "type something first" in walk.text(), "the reason to be asked")
        await walk.line("wrong person")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "N1 is void; it stays in the register."
        assert waiting(walk, LI_NA)[0] == []


# Parcels come.


async def begin_parcel(walk):
    await walk.open_desk()
    await open_things(walk)
    await walk.press("p")
    await walk.front("NewParcel")


async def test_the_second_parcel_of_a_courier_is_one_scan_and_two_letters(kiosk_at):
    async with kiosk_at() as walk:
        await begin_parcel(walk)
        scan(walk, "sf0000001")
        await walk.until(lambda: field(walk, "sender").has_focus, "the scan to be taken")
        for line in ("SF", "shelf 3", "", ""):
            await walk.line(line)
        await walk.front("AskPerson")
        await walk.line("zhw")
        await walk.front("NewParcel")
        assert said(walk).headline == "P2: write it on the parcel"
        scan(walk, "SF0000002")
        await walk.front("AskPerson")
        await walk.line("zhy")
        await walk.front("NewParcel")
        assert (said(walk).headline, said(walk).name) == ("P3: write it on the parcel", "周海燕")
        (one,) = waiting(walk, ZHANG)[1]
        assert (one.tracking, one.sender, one.shelf) == ("SF0000001", "SF", "shelf 3")
        assert field(walk, "tracking").has_focus


async def test_a_registered_letter_of_two_is_written_down_without_a_scan(kiosk_at):
    async with kiosk_at() as walk:
        await begin_parcel(walk)
        for line in ("", "post", "drawer", "2", "2"):
            await walk.line(line)
        await walk.front("AskPerson")
        await walk.line(ZHANG)
        await walk.front("NewParcel")
        (one,) = waiting(walk, ZHANG)[1]
        assert (one.kind, one.count, one.tracking) == (Kind.REGISTERED, 2, "")


@pytest.mark.parametrize(
    ("lines", "where", "told"),
    [
        (("SF1390000123456", "SF", "3", "", ""), "tracking", "lies here already: P1"),
        (("", "", "3", "", ""), "sender", "From whom is it?"),
        (("", "SF", "3", "9", ""), "kind", "1, 2 or 3"),
        (("", "SF", "3", "", "x"), "count", "How many pieces?"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(kiosk_at, lines, where, told):
    async with kiosk_at() as walk:
        await begin_parcel(walk)
        for line in lines:
            await walk.line(line)
        await walk.until(lambda: told in walk.text(), "the reason")
        assert field(walk, where).has_focus
        assert field(walk, "shelf").value == "3"
        assert walk.codes().count("parcel.arrived") == 1  # yesterday's


async def test_a_visitors_slip_scanned_over_the_form_still_goes_where_it_belongs(kiosk_at):
    async with kiosk_at() as walk:
        await begin_parcel(walk)
        scan(walk, "V1:GATE:20261123-001:1:00000000")
        await walk.until(lambda: said(walk) is not None, "the visit's answer")
        assert "code was not made by this house" in said(walk).headline
        assert field(walk, "tracking").value == ""


# Parcels go.


async def test_one_tap_takes_everything_but_what_space_keeps_here(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await write(walk, parcels.arrive, ZHOU, Arrived("post", "drawer", kind=Kind.REGISTERED))
        await write(walk, parcels.arrive, ZHOU, Arrived("JD", "floor"))
        await go_to(walk, "P1", "HandOut")
        await walk.press("enter")
        await walk.until(lambda: "without a tap" in walk.text(), "that the tap does it")
        await walk.press("down", "down", "space")
        tap(walk, ZHOU)
        await walk.front("OpenThingsScreen")
        assert (said(walk).headline, said(walk).place) == ("3 parcels handed out", "2号架, drawer")
        assert said(walk).lines == ("1 parcel: at the window",)
        assert [one.number for one in waiting(walk, ZHOU)[1]] == ["P3"]
        assert '"word":"own"' in facts(walk, "parcel.handed_out")


async def test_a_colleague_takes_it_only_once_the_addressees_word_is_told(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "P1", "HandOut")
        await walk.badge(LI_NA)  # the usual answer: nobody's sign-in is lost in a question
        assert "parcel.handed_out" not in walk.codes()
        await walk.press("c")
        await walk.front("Choose")
        await walk.press("1")
        await walk.front("HandOut")
        await walk.until(lambda: "colleague taps now" in walk.text(), "the colleague to be asked")
        tap(walk, LI_NA)
        await walk.front("OpenThingsScreen")
        told = facts(walk, "parcel.handed_out")
        for fact in ('"addressee":"1003"', '"receiver":"1002"', '"word":"phone"'):
            assert fact in told


async def test_nothing_chosen_hands_nothing_out(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "P1", "HandOut")
        await walk.press("space")
        tap(walk, ZHOU)
        await walk.until(lambda: "Space chooses a line" in walk.text(), "the reason")
        assert "parcel.handed_out" not in walk.codes()


async def test_without_a_badge_it_is_collected_by_number_and_pin(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "P1", "HandOut")
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(ZHANG)
        await walk.line("2580")
        await walk.front("HandOut")
        await walk.until(lambda: "张伟 is not 周海燕" in walk.text(), "the refusal")
        await walk.press("n")
        await walk.front("AskProof")
        await walk.line(ZHOU)
        await walk.line("2580")
        await walk.front("OpenThingsScreen")
        assert '"means":"no_badge"' in facts(walk, "parcel.handed_out")


@pytest.mark.parametrize(
    ("digit", "code", "fact"),
    [
        ("1", "parcel.returned", '"how":"refused"'),
        ("2", "parcel.returned", '"how":"returned"'),
        ("3", "parcel.voided", '"number":"P1"'),
    ],
)
async def test_back_to_the_carrier_or_void_asks_why(kiosk_at, digit, code, fact):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await go_to(walk, "P1", "HandOut")
        await walk.press("b")
        await walk.front("Choose")
        await walk.press(digit)
        await walk.front("AskText")
        await walk.line("not ordered")
        await walk.front("OpenThingsScreen")
        assert fact in facts(walk, code)
        assert waiting(walk, ZHOU)[1] == []


# What the person who taps is told.


async def test_a_tap_on_the_locked_screen_tells_the_count_and_nothing_else(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.badge(ZHOU)
        assert said(walk).lines[-1] == "快递信件 2 件，请到窗口领"
        await walk.badge(LI_NA)
        assert said(walk).lines[-1] == "紧急留言 1 条，请到窗口"
        for hidden in (WORDS, "王小明", "顺丰", "2号架"):
            assert hidden not in walk.text()


async def test_the_desks_reader_tells_it_too_where_staff_sign_in_at_the_door(kiosk_at, site_copy):
    file = site_copy / "kiosk.toml"
    door = '\n[[readers]]\nname = "门口"\naddress = "nfc+pn532:/dev/null"\nrole = "door"\n'
    file.write_text(file.read_text(encoding="utf-8") + door, encoding="utf-8")
    async with kiosk_at("zh_CN") as walk:
        await walk.badge(ZHOU)
        assert said(walk).lines == ("快递信件 2 件，请到窗口领",)


async def test_who_opens_the_desk_is_told_too(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await write(walk, messages.take, "2001", Said("Liu", "call home"))
        await walk.press("f10")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the lock")
        await walk.open_desk()
        assert said(walk).lines == ("1 message: to the window, please",)
