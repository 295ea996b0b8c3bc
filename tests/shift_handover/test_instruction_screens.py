"""Instructions by hand: written down at F3 7, known by tap, closed, at both sizes and languages."""

import time
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from kiosk.desk.bearer import StaffCard
from kiosk.desk.words import use
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.row_list import RowList
from shift_handover.instructions import service
from shift_handover.instructions.models import Sort
from shift_handover.instructions.rules import LONGEST_WORDS, Said
from shift_handover.screens import SCREENS
from shift_handover.screens_home import HandoverHome
from shift_handover.screens_instruct import NewInstruction, ReadInstructionBack
from shift_handover.screens_instructions import InstructionsScreen
from shift_handover.screens_known import ReadInstruction
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_review import ReviewScreen
from shift_handover.screens_rows import GroupedList
from shift_handover.screens_signing import WhoReads

pytestmark = pytest.mark.usefixtures("people", "compiled_words")
WORDS = "二号楼今晚停电来车一律走西门"
both = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
languages = pytest.mark.parametrize("language", ["en", "zh_CN"])


async def until(pilot, true, seconds=8.0):
    """Wait until the screens have come to what is asked."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still at {pilot.app.screen}\n{text(pilot.app)}"
        await pilot.pause()


async def to(pilot, kind):
    await until(pilot, lambda: type(pilot.app.screen) is kind and pilot.app.screen.is_mounted)
    await pilot.pause()


def text(app):
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def opened(app, size=(80, 24), language="en"):
    use(language)
    async with app.run_test(size=size) as pilot:
        await to(pilot, HandoverHome)
        await until(pilot, lambda: app.screen.query_one("#actions", RowList).rows)
        await pilot.press("7")
        await to(pilot, InstructionsScreen)
        yield pilot


def order(desk, words=WORDS, sort=Sort.INSTRUCTION):
    said = Said(sort, words, desk.clock() + timedelta(hours=2))
    return service.give(desk, "2001", "1001", said)


def in_force(desk):
    with desk.read() as book:
        return service.in_force(desk, book)


async def form(pilot, digit="1", giver="1001"):
    await pilot.press("n")
    await to(pilot, Choose)
    await pilot.press(digit)
    await to(pilot, AskPerson)
    await until(pilot, lambda: pilot.app.screen._people)
    await pilot.press(*giver)
    await until(pilot, lambda: pilot.app.screen.query_one("#matches", RowList).rows)
    await pilot.press("enter")


@both
@languages
async def test_an_instruction_by_hand(app, desk, size, language):
    async with opened(app, size, language) as pilot:
        await form(pilot)
        await to(pilot, NewInstruction)
        await pilot.press(*WORDS, "enter", *"+1", "enter")
        await to(pilot, ReadInstructionBack)
        await until(pilot, lambda: WORDS in text(app))
        await pilot.press("enter")
        await to(pilot, InstructionsScreen)
        await until(pilot, lambda: app.screen.query_one("#instructions", RowList).rows)
        assert "Z1" in text(app)
        assert ".." not in text(app)
    [one] = in_force(desk)
    assert (one.number, one.words, one.giver.staff_no) == ("Z1", WORDS, "1001")
    assert desk.local(one.valid_until).strftime("%H:%M") == "23:59"


async def test_what_is_wrong_is_said_at_its_field_and_what_is_typed_stays(app, desk):
    async with opened(app) as pilot:
        await form(pilot)
        await to(pilot, NewInstruction)
        await pilot.press(*"abc", "enter", "enter")
        await until(pilot, lambda: "Until when?" in text(app))
        await pilot.press(*"soon", "enter")
        await until(pilot, lambda: "An hour such as 18:30" in text(app))
        assert app.screen.query_one("#words").text == "abc"
    assert in_force(desk) == []


async def test_a_guard_instructs_nobody_and_is_told_so(app):
    async with opened(app) as pilot:
        await form(pilot, giver="2002")
        await until(pilot, lambda: app.answers)
        await to(pilot, AskPerson)
        assert "王磊" in app.answers[-1].headline


async def test_one_tap_says_that_it_is_known_and_enter_does_for_the_next(app, desk, people):
    order(desk)
    order(desk, "西门钥匙交李科长")
    async with opened(app) as pilot:
        await until(pilot, lambda: "李建国 has 2 to read" in text(app))
        await pilot.press("enter")
        await to(pilot, ReadInstruction)
        await until(pilot, lambda: "停电" in text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert not in_force(desk)[0].known_to  # nobody has tapped yet
        card = StaffCard("04A1B2C3D4E502", people["2001"])
        assert app.screen.accepts(card)
        await app.screen.take_card(card)
        await until(pilot, lambda: "西门钥匙" in text(app))
        await pilot.press("enter")
        await to(pilot, InstructionsScreen)
        await until(pilot, lambda: "to read" not in text(app))
    assert all(one.is_known_to(people["2001"].id) for one in in_force(desk))


async def test_a_badge_of_somebody_without_a_desk_is_not_taken(app, desk, people):
    order(desk)
    async with opened(app) as pilot:
        await until(pilot, lambda: "Z1" in text(app))
        await pilot.press("enter")
        await to(pilot, ReadInstruction)
        await until(pilot, lambda: "停电" in text(app))
        assert not app.screen.accepts(StaffCard("04A1B2C3D4E501", people["1001"]))


async def test_without_a_badge_number_and_pin_do(app, desk, people):
    order(desk)
    async with opened(app) as pilot:
        await until(pilot, lambda: "Z1" in text(app))
        await pilot.press("enter")
        await to(pilot, ReadInstruction)
        await until(pilot, lambda: "停电" in text(app))
        await pilot.press("n")
        await to(pilot, AskProof)
        await pilot.press(*"2001", "enter", *"2580", "enter")
        await to(pilot, InstructionsScreen)
    assert in_force(desk)[0].is_known_to(people["2001"].id)


@languages
async def test_what_is_over_is_closed_with_how_it_ended(app, desk, language):
    order(desk, "灭火器送检", Sort.NOTICE)
    async with opened(app, language=language) as pilot:
        await until(pilot, lambda: "Z1" in text(app))
        await pilot.press("enter")
        await to(pilot, ReadInstruction)
        await until(pilot, lambda: "灭火器" in text(app))
        await pilot.press("c")
        await to(pilot, AskText)
        await pilot.press(*"已送检", "enter")
        await to(pilot, InstructionsScreen)
        await until(pilot, lambda: "Z1" not in text(app))
    assert in_force(desk) == []


async def test_the_open_thing_leads_to_it(app, desk):
    order(desk)
    with desk.read() as book:
        thing = next(one for one in app.context.outstanding(desk, book) if one.number == "Z1")
    async with opened(app) as pilot:
        app.push_screen(SCREENS.goes_to[thing.kind](thing))
        await until(pilot, lambda: "停电" in text(app))


@both
async def test_the_incoming_can_read_the_longest_instruction_whole(app, desk, checked, size):
    del checked
    words = "".join(chr(0x4E00 + 7 * i) for i in range(LONGEST_WORDS))
    order(desk, words)
    use("zh_CN")
    async with app.run_test(size=size) as pilot:
        await to(pilot, HandoverHome)
        await until(pilot, lambda: app.screen.query_one("#actions", RowList).rows)
        await pilot.press("3")
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: app.screen.query_one(GroupedList).rows)
        await pilot.press("enter")
        await to(pilot, WhoReads)
        await pilot.press(*"2002", "enter")
        await to(pilot, ReadScreen)
        detail = app.screen.query_one("#read-detail")
        await until(pilot, lambda: words[:10] in str(detail.render()))
        region = detail.region
        shown = "".join(line.strip() for line in text(app).splitlines()[region.y : region.bottom])
        assert words in shown
