"""At the window: parcels come and go by a scan and a few keys."""

import pytest
from window_desk import (
    LI_NA,
    WORDS,
    ZHANG,
    ZHOU,
    begin_parcel,
    facts,
    field,
    go_to,
    said,
    scan,
    tap,
    waiting,
    write,
)

from kiosk.messages import service as messages
from kiosk.messages.rules import Said
from kiosk.parcels import service as parcels
from kiosk.parcels.models import Kind
from kiosk.parcels.rules import Arrived


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
        assert "1 parcel: at the window" in said(walk).lines
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


async def test_a_tap_on_the_locked_screen_tells_the_count_and_nothing_else(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.badge(ZHOU)
        assert "快递信件 2 件，请到窗口领" in said(walk).lines
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
        assert "快递信件 2 件，请到窗口领" in said(walk).lines


async def test_who_opens_the_desk_is_told_too(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await write(walk, messages.take, "2001", Said("Liu", "call home"))
        await walk.press("f10")
        await walk.until(lambda: walk.app.kiosk.operator is None, "the lock")
        await walk.open_desk()
        assert said(walk).lines == ("1 message: to the window, please",)
