"""The handover by hand, at both sizes and in both languages."""

import time
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Static

from kiosk.desk import posts
from kiosk.desk.bearer import StaffCard
from kiosk.desk.words import use
from kiosk.ui.row_list import RowList
from shift_handover import frozen as view
from shift_handover import matters, service
from shift_handover.exits.screens_questions import ReadBackStep
from shift_handover.matters import Entrusting
from shift_handover.models import Found, GiverKind, HandoverState, Mark
from shift_handover.papers.history import page
from shift_handover.papers.sought import sought
from shift_handover.rules import Finding
from shift_handover.safety import faults, reporting
from shift_handover.safety import service as safety
from shift_handover.safety.results import last_results
from shift_handover.safety.screens_faults import CloseFault
from shift_handover.safety.screens_report import ReportRound
from shift_handover.safety.screens_round import SafetyScreen
from shift_handover.screens import SCREENS
from shift_handover.screens_done import DoneScreen
from shift_handover.screens_earlier import DocumentScreen
from shift_handover.screens_home import HandoverHome
from shift_handover.screens_matters import CloseMatter, MattersScreen
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_review import ReviewScreen
from shift_handover.screens_rows import GroupedList
from shift_handover.screens_signing import WhoReads

pytestmark = pytest.mark.usefixtures("people", "compiled_words")

OUTGOING_BADGE = "04A1B2C3D4E502"
SIZES = [(80, 24), (120, 36)]
LANGUAGES = ["en", "zh_CN"]
both = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
either = pytest.mark.parametrize(
    ("size", "language"), [(SIZES[0], "zh_CN"), (SIZES[1], "en")], ids=["80x24-zh", "120x36-en"]
)
languages = pytest.mark.parametrize("language", LANGUAGES)


async def until(pilot, true, seconds=8.0):
    """Wait until the screens have come to what is asked."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still at {pilot.app.screen}\n{text(pilot.app)}"
        await pilot.pause()


async def to(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted)
    await pilot.pause()


@asynccontextmanager
async def opened(app, size=(80, 24), language="en"):
    use(language)
    async with app.run_test(size=size) as pilot:
        await to(pilot, HandoverHome)
        await until(pilot, lambda: app.screen.query_one("#actions", RowList).rows)
        yield pilot


def text(app):
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def frozen_screen(pilot):
    await pilot.press("3")
    await to(pilot, ReviewScreen)
    await until(pilot, lambda: pilot.app.screen.query_one(GroupedList).rows)
    await pilot.press("enter")
    await to(pilot, WhoReads)
    await pilot.press(*"2002", "enter")
    await to(pilot, ReadScreen)
    await until(pilot, lambda: pilot.app.screen.query_one(GroupedList).rows)


async def known(pilot, key="space"):
    """Mark the line as known; of a red one the next step is read back first."""
    reading = pilot.app.screen
    left = len(reading._frozen.unread)
    await pilot.press(key)
    await until(
        pilot,
        lambda: len(reading._frozen.unread) < left or isinstance(pilot.app.screen, ReadBackStep),
    )
    if isinstance(pilot.app.screen, ReadBackStep):
        await pilot.press(str(pilot.app.screen.right + 1))
    await until(pilot, lambda: len(reading._frozen.unread) < left)
    await until(pilot, lambda: pilot.app.screen is reading)


async def sign(pilot, uid, person, pin="2580"):
    title = pilot.app.screen
    await until(pilot, lambda: title.is_mounted)
    await pilot.pause()
    await title.take_card(StaffCard(uid, person))
    await pilot.pause()  # until the cursor stands where the PIN goes, or the card is refused
    await pilot.press(*pin, "enter")
    return title


@both
@languages
@pytest.mark.usefixtures("checked")
async def test_a_whole_handover_by_hand(app, desk, people, size, language):
    async with opened(app, size, language) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        for left in (3, 2, 1, 0):
            await known(pilot, "enter")
            assert len(reading._frozen.unread) == left
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not reading)
        first = await sign(pilot, "04A1B2C3D4E502", people["2001"])
        await until(pilot, lambda: app.screen not in {first, reading})
        await sign(pilot, "04A1B2C3D4E503", people["2002"])
        await to(pilot, DoneScreen)
        await until(pilot, lambda: app.screen._accepted.fingerprint in text(app))
        assert app.context.operator.staff_no == "2002"
        await pilot.press("enter")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"


@pytest.mark.usefixtures("checked")
async def test_a_wrong_pin_says_how_many_tries_are_left_and_loses_nothing(app, desk, people):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        for _ in range(4):
            await known(pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.screen is not reading)
        dialog = await sign(pilot, "04A1B2C3D4E502", people["2001"], "1357")
        await until(pilot, lambda: "left: 4" in text(app))
        assert app.screen is dialog
        await pilot.press(*"2580", "enter")
        await until(pilot, lambda: app.screen not in {dialog, reading})
        incoming = await sign(pilot, "04A1B2C3D4E502", people["2001"])
        await until(pilot, lambda: "has signed" in text(app))
        assert app.screen is incoming
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"
        assert not view.open_handover(book, desk.gate).unread


@pytest.mark.usefixtures("checked")
async def test_another_than_who_read_taps_and_reads_the_lines_first(app, desk, people, open_list):
    frozen = service.freeze(desk, "2001", open_list)
    for thing in frozen.document.things:
        service.mark(desk, "3001", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    async with opened(app) as pilot:
        await pilot.press("3")
        await to(pilot, ReadScreen)
        reading = app.screen
        await until(pilot, lambda: reading._frozen is not None)
        await pilot.press("s")
        await until(pilot, lambda: app.screen is not reading)
        first = await sign(pilot, OUTGOING_BADGE, people["2001"])
        await until(pilot, lambda: app.screen not in {first, reading})
        await sign(pilot, "04A1B2C3D4E503", people["2002"])
        await to(pilot, WhoReads)
        await until(pilot, lambda: app.answers)
        await app.screen.take_card(StaffCard("04A1B2C3D4E503", people["2002"]))
        await until(pilot, lambda: len(reading._frozen.unread) == 4)
        assert "王磊" in text(app)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"


async def read_all(pilot):
    reading = pilot.app.screen
    while reading._frozen.unread:
        await known(pilot)
    return reading


@pytest.mark.usefixtures("checked")
async def test_a_badge_of_the_wrong_side_is_told_so_and_signs_nobody_in_or_out(app, people):
    outgoing, incoming = (StaffCard(no, people[no]) for no in ("2001", "2002"))
    async with opened(app) as pilot:
        await pilot.press("3")
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: app.screen.query_one(GroupedList).rows)
        await pilot.press("enter")
        await to(pilot, WhoReads)
        assert app.screen.accepts(outgoing)
        await app.screen.take_card(outgoing)
        await until(pilot, lambda: "This is for the incoming" in text(app))
        await app.screen.take_card(incoming)
        await to(pilot, ReadScreen)
        await until(pilot, lambda: "王磊 reads" in text(app))
        reading = await read_all(pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.screen is not reading)
        first = app.screen
        assert first.accepts(incoming)
        assert not first.accepts(StaffCard("3001", people["3001"]))  # she only goes home
        await first.take_card(incoming)
        await until(pilot, lambda: "李建国 hands over and signs first" in text(app))
        await sign(pilot, OUTGOING_BADGE, people["2001"])
        await until(pilot, lambda: app.screen not in {first, reading})
        await until(pilot, lambda: "within 60 seconds" in text(app))
        assert app.screen.accepts(outgoing)
        await app.screen.take_card(outgoing)
        await until(pilot, lambda: "李建国 has signed already" in text(app))


@pytest.mark.usefixtures("checked")
async def test_the_outgoing_cannot_sign_the_refusal(app, people):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        await pilot.press("r", *"keys", "enter")
        await until(pilot, lambda: app.screen.query("#pin"))
        await app.screen.take_card(StaffCard(OUTGOING_BADGE, people["2001"]))
        await until(pilot, lambda: "This is for the incoming" in text(app))
        assert app.screen is not reading


@pytest.mark.usefixtures("checked")
async def test_a_question_asks_for_words_and_is_shown(app):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is not reading)
        await pilot.press(*"why", "enter")
        await until(pilot, lambda: app.screen is reading and reading._frozen.notes)
        assert reading._frozen.marks[reading._frozen.document.things[0].key] is Mark.QUESTION


@pytest.mark.usefixtures("checked")
async def test_one_key_marks_the_rest_of_a_group_but_nothing_red(app, open_list, inside):
    open_list.things += [inside(f"v-{n}", f"0{n}") for n in (30, 31)]
    async with opened(app, (120, 36)) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        await pilot.press("a")
        await until(pilot, lambda: app.answers[-1].headline.startswith("Red"))
        await pilot.press("end", "a")
        await until(pilot, lambda: len(reading._frozen.unread) == 3)
        assert {thing.number for thing in reading._frozen.unread} == {"017", "L4", "015"}


@pytest.mark.usefixtures("checked")
async def test_new_since_the_freeze_is_shown_and_red_freezes_again(app, open_list, waiting):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        await known(pilot, "enter")
        assert len(reading._frozen.unread) == 3
        open_list.things.append(waiting("v-22", "022"))
        app.changed()
        await until(pilot, lambda: "022" in text(app))
        await pilot.press("f5")
        await until(pilot, lambda: reading._frozen.number == "H2")
        assert len(reading._frozen.unread) == 4


@pytest.mark.usefixtures("checked")
async def test_refused_and_withdrawn_leave_the_post_where_it_is(app, desk, people):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        await pilot.press("w")
        await until(pilot, lambda: app.screen.query("#choices"))
        await pilot.press("1")
        await to(pilot, HandoverHome)
        await frozen_screen(pilot)
        reading = app.screen
        await pilot.press("r")
        await until(pilot, lambda: app.screen is not reading)
        reason = app.screen
        await pilot.press(*"keys", "enter")
        await until(pilot, lambda: app.screen not in {reason, reading})
        await sign(pilot, "04A1B2C3D4E503", people["2002"])
        await to(pilot, HandoverHome)
    with desk.read() as book:
        states = [one.state for one in page(book, desk.gate, sought(desk, ""), 0, 9)]
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"
    assert states == [HandoverState.REFUSED, HandoverState.WITHDRAWN]


async def test_without_a_check_the_freeze_is_refused_and_says_what_to_do(app):
    async with opened(app) as pilot:
        await pilot.press("3")
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: app.screen.query_one(GroupedList).rows)
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
        assert isinstance(app.screen, ReviewScreen)


@either
async def test_the_safety_round_item_by_item(app, desk, size, language):
    async with opened(app, size, language) as pilot:
        await pilot.press("1")
        await to(pilot, SafetyScreen)
        screen = app.screen
        await until(pilot, lambda: screen._progress)
        await pilot.press("1")
        await until(pilot, lambda: len(screen._progress.found) == 1)
        await pilot.press("2")
        await until(pilot, lambda: app.screen.query("#measure"))
        fault = app.screen
        await pilot.press(*"dark", "enter", "enter", *"sign", "enter", "enter")
        await until(pilot, lambda: app.screen is screen and len(screen._progress.found) == 2)
        assert app.screen is not fault
        await pilot.press("3")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"locked", "enter")
        await until(pilot, lambda: app.screen is screen and len(screen._progress.found) == 3)
        for done in range(4, 13):
            await pilot.press("1")
            await until(pilot, lambda done=done: len(screen._progress.found) == done)
        await until(pilot, lambda: app.screen.query("#whom"))
        await pilot.press(*"boss", "enter", "enter", "enter")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        results = last_results(book, desk.gate)
    assert [result.count(Found.FAULT) for result in results] == [1, 0, 0, 0]
    assert sum(result.count(Found.NOT_CHECKED) for result in results) == 1


async def test_a_wrong_answer_is_taken_back_with_backspace(app):
    async with opened(app) as pilot:
        await pilot.press("1")
        await to(pilot, SafetyScreen)
        screen = app.screen
        await until(pilot, lambda: screen._progress)
        first = screen._progress.next_item
        await pilot.press("1")
        await until(pilot, lambda: screen._progress.next_item != first)
        await pilot.press("backspace")
        await until(pilot, lambda: screen._progress.next_item == first)
        assert screen._progress.found == {}


async def test_leaving_the_round_keeps_what_is_answered(app):
    async with opened(app) as pilot:
        await pilot.press("1")
        await to(pilot, SafetyScreen)
        await until(pilot, lambda: app.screen._progress)
        await pilot.press("1")
        await until(pilot, lambda: len(app.screen._progress.found) == 1)
        await pilot.press("escape")
        await to(pilot, HandoverHome)
        await pilot.press("1")
        await to(pilot, SafetyScreen)
        await until(pilot, lambda: app.screen._progress and len(app.screen._progress.found) == 1)


@either
async def test_a_matter_is_written_read_back_and_closed_by_a_tap(app, desk, people, size, language):
    async with opened(app, size, language) as pilot:
        await pilot.press("2")
        await to(pilot, MattersScreen)
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query("#choices"))
        await pilot.press("2")
        await until(pilot, lambda: app.screen.query("#giver"))
        form = app.screen
        assert form.accepts(StaffCard("x", people["3001"]))
        await form.take_card(StaffCard("x", people["3001"]))
        await pilot.press("enter")
        await pilot.press(*"later", "enter", *"bag", "enter", *"99", "enter")
        await until(pilot, lambda: form.query_one("#due").has_class("-wrong"))
        await pilot.press("backspace", "backspace", *"16", "enter")
        assert app.screen is form
        await until(pilot, lambda: form.query_one("#receiver").has_class("-wrong"))
        await form.take_card(StaffCard("x", people["1001"]))
        await pilot.press("enter", "enter", "enter")
        await until(pilot, lambda: app.screen.query("#read-back"))
        await pilot.press("enter")
        await to(pilot, MattersScreen)
        await until(pilot, lambda: app.screen.query_one("#matters", RowList).rows)
        await pilot.press("enter")
        await to(pilot, CloseMatter)
        await until(pilot, lambda: app.screen._receiver)
        await pilot.press("2")
        await until(pilot, lambda: app.screen.query("#text"))
        await app.screen.take_card(StaffCard("04A1B2C3D4E501", people["1001"]))
        await to(pilot, MattersScreen)
        await until(pilot, lambda: not app.screen.query_one("#matters", RowList).rows)
    with desk.read() as book:
        assert matters.open_matters(book) == []


@pytest.mark.usefixtures("checked")
async def test_open_things_lead_to_their_dialogs(app, desk, open_list):
    progress = safety.begin(desk, "2001")
    fault = Finding(Found.FAULT, what="灯不亮", where="楼梯", measure="警示牌")
    safety.answer(desk, "2001", progress.round_id, "nobody_left", fault)
    matters.entrust(desk, "2001", Entrusting(GiverKind.VISITOR, "王小明", "张科长", "图纸"))
    with desk.read() as book:
        things = {thing.kind: thing for thing in open_list(desk, book)}
    async with opened(app) as pilot:
        app.push_screen(SCREENS.goes_to["matter"](things["matter"]))
        await to(pilot, CloseMatter)
        await until(pilot, lambda: "M1" in text(app))
        await pilot.press("escape")
        app.push_screen(SCREENS.goes_to["safety.fault"](things["safety.fault"]))
        await to(pilot, CloseFault)
        await until(pilot, lambda: "S1" in text(app))
        for words in ("1", *("boss", "enter")):
            await pilot.press(*([words] if words == "enter" else words))
            await pilot.pause()
        await to(pilot, HandoverHome)
    with desk.read() as book:
        assert faults.open_faults(book)[0].facts["told"] == "boss"


@both
@languages
@pytest.mark.usefixtures("checked")
async def test_nothing_is_cut_off_and_every_screen_shows_its_keys(app, size, language):
    async with opened(app, size, language) as pilot:
        await frozen_screen(pilot)
        await pilot.press("escape")
        await to(pilot, HandoverHome)
        for digit in "1234":
            await pilot.press(digit)
            await until(pilot, lambda: not isinstance(app.screen, HandoverHome))
            if digit == "3":  # the frozen one asks at first who reads
                await to(pilot, WhoReads)
                await pilot.press("escape")
                await to(pilot, ReadScreen)
            await pilot.pause()
            keys = str(app.screen.query_one("#keys", Static).render())
            assert "Esc" in keys
            assert ".." not in keys
            await pilot.press("escape")
            await to(pilot, HandoverHome)


@pytest.mark.usefixtures("checked")
async def test_an_earlier_handover_can_be_looked_at(app):
    async with opened(app) as pilot:
        await frozen_screen(pilot)
        await pilot.press("escape")
        await to(pilot, HandoverHome)
        await pilot.press("4")
        await until(pilot, lambda: app.screen.query("#earlier"))
        await until(pilot, lambda: app.screen.query_one("#earlier", RowList).rows)
        await pilot.press("enter")
        await to(pilot, DocumentScreen)
        await until(pilot, lambda: app.screen._shown and "H1" in text(app))


@pytest.mark.usefixtures("checked")
async def test_behind_a_locked_desk_every_screen_outlives_a_change(app, people):
    async with opened(app) as pilot:
        for digit in "1234":
            await pilot.press(digit)
            await until(pilot, lambda: not isinstance(app.screen, HandoverHome))
            app.context.operator = None
            app.changed()
            await pilot.pause()
            app.context.operator = people["2001"]
            await pilot.press("escape")
            await to(pilot, HandoverHome)
        assert app.is_running


async def test_a_check_nobody_was_told_of_is_reported_later(app, desk, desk_clock, check_all):
    check_all(desk, desk_clock, told="")
    with desk.read() as book:
        [thing] = reporting.unreported(desk, book)
    async with opened(app) as pilot:
        app.push_screen(SCREENS.goes_to["safety.report"](thing))
        await to(pilot, ReportRound)
        await pilot.press("enter", "enter", "enter")
        assert app.screen.query_one("#whom").has_focus_within
        await pilot.press(*"boss", "enter", "enter", "enter")
        await to(pilot, HandoverHome)
    with desk.read() as book:
        assert reporting.unreported(desk, book) == []
