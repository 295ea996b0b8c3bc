"""The ways out of a handover by hand, at both sizes and in both languages."""

import time
from contextlib import asynccontextmanager

import pytest
from sqlmodel import select
from textual.widgets import Input

from kiosk.desk import posts, spool
from kiosk.desk.bearer import StaffCard
from kiosk.desk.people import Rank, person_by_staff_no
from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import RowList
from shift_handover import frozen as view
from shift_handover import service
from shift_handover.exits import counts, relief
from shift_handover.exits.models import Counted
from shift_handover.exits.screens_preview import PreviewScreen
from shift_handover.exits.screens_questions import (
    LeaderSigns,
    ReadBackStep,
    SignsWords,
    TakesOver,
)
from shift_handover.exits.screens_ways import Ways
from shift_handover.models import Handover, HandoverState, Mark
from shift_handover.papers.screens_history import HistoryScreen
from shift_handover.screens_done import DoneScreen
from shift_handover.screens_earlier import DocumentScreen
from shift_handover.screens_home import HandoverHome
from shift_handover.screens_reading import ReadScreen
from shift_handover.screens_review import ReviewScreen
from shift_handover.screens_rows import GroupedList
from shift_handover.screens_signing import IncomingSigns, OutgoingSigns, WhoReads
from shift_handover.wording import said

pytestmark = pytest.mark.usefixtures("people", "compiled_words", "checked")

OUTGOING_BADGE, INCOMING_BADGE, LEADER_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503", "04A1B2C3D4E501"
either = pytest.mark.parametrize(
    ("size", "language"),
    [((80, 24), "zh_CN"), ((120, 36), "en")],
    ids=["80x24-zh", "120x36-en"],
)


async def until(pilot, true, seconds=8.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still at {pilot.app.screen}\n{text(pilot.app)}"
        await pilot.pause()


async def to(pilot, kind):
    await until(pilot, lambda: type(pilot.app.screen) is kind and pilot.app.screen.is_mounted)
    await pilot.pause()
    return pilot.app.screen


def text(app):
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def at_review(app, size=(80, 24), language="en"):
    use(language)
    async with app.run_test(size=size) as pilot:
        await to(pilot, HandoverHome)
        await until(pilot, lambda: app.screen.query_one("#actions", RowList).rows)
        await pilot.press("3")
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: app.screen.query_one(GroupedList).rows)
        yield pilot


async def reading(pilot):
    await pilot.press("enter")
    await to(pilot, WhoReads)
    await pilot.press(*"2002", "enter")
    screen = await to(pilot, ReadScreen)
    await until(pilot, lambda: screen.query_one(GroupedList).rows)
    return screen


async def go(pilot, way):
    """Choose one of the other ways by its digit."""
    await pilot.press("x")
    ways = await to(pilot, Ways)
    await until(pilot, lambda: ways.query_one("#choices", RowList).rows)
    place = next(i for i, (key, _words) in enumerate(ways._choices, 1) if key == way)
    await pilot.press(str(place))


async def type_line(pilot, words):
    """Type a line, of any script, and confirm it."""
    screen = await to(pilot, AskText)
    screen.query_one(Input).value = words
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not screen)


async def sign(pilot, kind, uid, person, pin="2580"):
    screen = await to(pilot, kind)
    await screen.take_card(StaffCard(uid, person))
    await until(pilot, lambda: screen.focused is screen.query_one("#pin", LabelledInput).input)
    await pilot.press(*pin, "enter")
    await until(pilot, lambda: pilot.app.screen is not screen)


async def by_telephone(pilot):
    await to(pilot, Choose)
    await pilot.press("1")
    await type_line(pilot, "赵局长")
    await type_line(pilot, "先守着，我找人")


@either
async def test_no_relief_by_telephone(app, desk, size, language):
    async with at_review(app, size, language) as pilot:
        await go(pilot, "unrelieved")
        await by_telephone(pilot)
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: "V1" in text(app))
    with desk.read() as book:
        assert [one.number for one in relief.outstanding(desk, book)] == ["V1"]
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"


@either
async def test_a_takeover_with_the_leader_at_the_desk(app, desk, people, size, language):
    with desk.write() as tx:
        boss = person_by_staff_no(tx, "1001")
        boss.rank = Rank.DUTY_LEADER
        tx.put(boss)
        tx.record("person.changed", person="1001")
    async with at_review(app, size, language) as pilot:
        await go(pilot, "takeover")
        await type_line(pilot, "人晕倒了")
        await to(pilot, Choose)
        await pilot.press("2")
        await sign(pilot, LeaderSigns, LEADER_BADGE, boss)
        await sign(pilot, TakesOver, INCOMING_BADGE, people["2002"])
        await to(pilot, HandoverHome)
        assert app.context.operator.staff_no == "2002"
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"
        [row] = book.all(select(Handover))
    assert (row.state, row.incoming_id) == (HandoverState.TAKEN_OVER_ALONE, people["2002"].id)
    assert "人晕倒了" in spool.next_job(desk)[1].to_json()


async def test_a_guard_whom_nobody_called_a_leader_gives_no_word(app, desk, people):
    async with at_review(app) as pilot:
        await go(pilot, "takeover")
        await type_line(pilot, "人不见了")
        await to(pilot, Choose)
        await pilot.press("2")
        asked = await to(pilot, LeaderSigns)
        await asked.take_card(StaffCard("04A1B2C3D4E504", people["3001"]))
        await until(pilot, lambda: "no leader" in text(app))
        await pilot.press("escape")
        await to(pilot, Ways)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"


@either
async def test_the_relief_stands_beside_and_reads_ahead(app, desk, size, language):
    async with at_review(app, size, language) as pilot:
        await go(pilot, "come")
        await to(pilot, WhoReads)
        await pilot.press(*"2002", "enter")
        await to(pilot, ReviewScreen)
        await until(pilot, lambda: "王磊" in text(app))
        await go(pilot, "preview")
        await to(pilot, WhoReads)
        await pilot.press(*"2002", "enter")
        preview = await to(pilot, PreviewScreen)
        await until(pilot, lambda: preview.query_one(GroupedList).rows)
        assert "017" in text(app)
        await pilot.press(*"nkux")
        assert app.screen is preview
        await pilot.press("enter")
        await to(pilot, ReviewScreen)
    with desk.read() as book:
        assert view.open_handover(book, desk.gate) is None
        assert [person.staff_no for _row, person in relief.beside(book, desk.gate)] == ["2002"]


@either
async def test_a_red_line_asks_for_its_next_step(app, size, language):
    async with at_review(app, size, language) as pilot:
        screen = await reading(pilot)
        await pilot.press("enter")
        asked = await to(pilot, ReadBackStep)
        assert text(app).count(said(screen._frozen.document.things[0].next_step)) == 1
        wrong = next(one for one in (1, 2, 3) if one != asked.right + 1)
        await pilot.press(str(wrong))
        await until(pilot, lambda: str(asked.query_one("#dialog-wrong").render()).strip())
        assert app.screen is asked
        assert len(screen._frozen.unread) == 4
        await pilot.press(str(asked.right + 1))
        await until(pilot, lambda: len(screen._frozen.unread) == 3)


async def read_all(pilot, screen):
    while left := len(screen._frozen.unread):
        await pilot.press("space")
        await until(
            pilot,
            lambda left=left: (
                len(screen._frozen.unread) < left or type(pilot.app.screen) is ReadBackStep
            ),
        )
        if type(pilot.app.screen) is ReadBackStep:
            await pilot.press(str(pilot.app.screen.right + 1))
            await until(pilot, lambda left=left: len(screen._frozen.unread) < left)


@either
async def test_a_question_is_answered_before_both_sign(app, desk, people, size, language):
    async with at_review(app, size, language) as pilot:
        screen = await reading(pilot)
        await pilot.press("question_mark")
        await type_line(pilot, "问过几次")
        await until(pilot, lambda: screen._frozen.unanswered)
        await read_all(pilot, screen)
        await pilot.press("s")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("t")
        await type_line(pilot, "三次，都没人接")
        await until(pilot, lambda: not screen._frozen.unanswered)
        await pilot.press("s")
        await sign(pilot, OutgoingSigns, OUTGOING_BADGE, people["2001"])
        await sign(pilot, IncomingSigns, INCOMING_BADGE, people["2002"])
        await to(pilot, DoneScreen)
        await until(pilot, lambda: "017" in text(app))
    assert "三次，都没人接" in spool.next_job(desk)[1].to_json()


async def test_a_first_signature_older_than_a_minute_is_asked_again(app, desk, people, desk_clock):
    async with at_review(app) as pilot:
        screen = await reading(pilot)
        await read_all(pilot, screen)
        await pilot.press("s")
        await sign(pilot, OutgoingSigns, OUTGOING_BADGE, people["2001"])
        await to(pilot, IncomingSigns)
        desk_clock.advance(seconds=desk.rules.signature_window_s + 1)
        await sign(pilot, IncomingSigns, INCOMING_BADGE, people["2002"])
        await sign(pilot, OutgoingSigns, OUTGOING_BADGE, people["2001"])
        await sign(pilot, IncomingSigns, INCOMING_BADGE, people["2002"])
        await to(pilot, DoneScreen)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"


async def test_helmets_are_counted_together_and_a_difference_is_told(app, desk):
    async with at_review(app) as pilot:
        screen = await reading(pilot)
        await go(pilot, "helmet")
        await type_line(pilot, "many")
        await until(pilot, lambda: "whole number" in text(app))
        await pilot.press("escape")
        await to(pilot, ReadScreen)
        await go(pilot, "helmet")
        await type_line(pilot, "12")
        await to(pilot, ReadScreen)
        await until(pilot, lambda: "first time" in text(app))
        first = screen._handover_id
    with desk.read() as book:
        [one] = counts.counts_of(book, first)
    assert (one.counted, one.found, one.expected) == (Counted.HELMET, 12, None)


@either
async def test_words_are_added_to_a_signed_handover_by_one_tap(
    app, desk, people, open_list, prove, size, language
):
    frozen = service.freeze(desk, "2001", open_list)
    for thing in frozen.document.things:
        service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)
    use(language)
    async with app.run_test(size=size) as pilot:
        await to(pilot, HandoverHome)
        await pilot.press("4")
        shown = await to(pilot, HistoryScreen)
        await until(pilot, lambda: shown.query_one("#earlier", RowList).rows)
        await pilot.press("enter")
        page = await to(pilot, DocumentScreen)
        await until(pilot, lambda: page.query_one(GroupedList).rows)
        await pilot.press("a")
        await type_line(pilot, "伞在门后")
        asked = await to(pilot, SignsWords)
        await asked.take_card(StaffCard(OUTGOING_BADGE, people["2001"]))
        await to(pilot, DocumentScreen)
        await until(pilot, lambda: "伞在门后" in text(app))
