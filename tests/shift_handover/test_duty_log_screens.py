"""The duty log by hand (F3, 6), at both sizes and in both languages."""

import time
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from textual.widgets import Static

from kiosk.desk import posts
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.desk.words import use
from kiosk.ui.dialogs import AskText
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import RowList
from shift_handover.duty_log.screens import DutyLogScreen
from shift_handover.duty_log.screens_write import WriteLine
from shift_handover.duty_log.service import write
from shift_handover.screens_home import HandoverHome

pytestmark = pytest.mark.usefixtures("people", "compiled_words")
either = pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "zh_CN"), ((120, 36), "en")], ids=["80x24-zh", "120x36-en"]
)


async def until(pilot, true, seconds=8.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still at {pilot.app.screen}\n{text(pilot.app)}"
        await pilot.pause()


def text(app):
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def shown(app):
    """Return the words of the lines of the log on the screen."""
    return [row.cells[2] for row in app.screen.query_one("#log", RowList).rows]


async def front(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted)
    await pilot.pause()


@asynccontextmanager
async def log_open(app, size=(80, 24), language="en"):
    use(language)
    async with app.run_test(size=size) as pilot:
        await front(pilot, HandoverHome)
        await until(pilot, lambda: app.screen.query_one("#actions", RowList).rows)
        await pilot.press("6")
        await front(pilot, DutyLogScreen)
        await until(pilot, lambda: app.screen.query_one("#log", RowList).rows)
        yield pilot


@either
async def test_a_line_is_written_and_corrected_with_a_few_keys(app, size, language):
    async with log_open(app, size, language) as pilot:
        assert shown(app) == ["李建国接班上岗" if language == "zh_CN" else "李建国 took the post"]
        await pilot.press("n")
        await front(pilot, WriteLine)
        await pilot.press(*"lamp off", "enter")
        await front(pilot, DutyLogScreen)
        await until(pilot, lambda: len(shown(app)) == 2)
        assert shown(app)[1] == "B1 lamp off"
        assert "B1" in text(app)
        await pilot.press("c")
        await front(pilot, WriteLine)
        assert "lamp off" in str(app.screen.query_one("#line-title", Static).render())
        await pilot.press(*" at gate 2", "enter")
        await front(pilot, DutyLogScreen)
        await until(pilot, lambda: len(shown(app)) == 3)
        assert shown(app)[2].endswith("lamp off at gate 2")
        assert "B2" in shown(app)[1]
        await pilot.press("escape")
        await front(pilot, HandoverHome)


async def test_a_refusal_keeps_what_was_typed(app, desk):
    write(desk, "2001", "lamp off")
    async with log_open(app) as pilot:
        await pilot.press("c")
        await front(pilot, WriteLine)
        write(desk, "2001", "lamp on", corrects="B1")
        await pilot.press(*" now", "enter")
        await until(pilot, lambda: "Correct B2 instead" in text(app))
        assert app.screen.query_one("#words", LabelledInput).text == "lamp off now"
        await pilot.press("escape")
        assert isinstance(app.screen, WriteLine)
        await pilot.press("escape")
        await front(pilot, DutyLogScreen)


async def test_the_kiosks_own_line_is_not_corrected(app):
    async with log_open(app) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "Write a new one with N" in app.answers[-1].headline)
        assert isinstance(app.screen, DutyLogScreen)


@either
async def test_days_shifts_and_a_word(app, desk, desk_clock, size, language):
    write(desk, "2001", "lamp off")
    write(desk, "2001", "door mended")
    desk_clock.advance(hours=24)
    with desk.write(by="2001") as tx:
        outgoing, incoming = (person_by_staff_no(tx, who) for who in ("2001", "2002"))
        posts.relieve(tx, desk.gate, outgoing, incoming)
    write(desk, "2002", "the next day")
    async with log_open(app, size, language) as pilot:
        assert shown(app)[-1] == "B3 the next day"
        await pilot.press("left")
        await until(pilot, lambda: shown(app)[-1] == "B2 door mended")
        assert f"{desk.today() - timedelta(days=1)}" in text(app)
        await pilot.press("f")
        await front(pilot, AskText)
        await pilot.press(*"LAMP", "enter")
        await front(pilot, DutyLogScreen)
        await until(pilot, lambda: shown(app) == ["B1 lamp off"])
        await pilot.press("escape")
        await until(pilot, lambda: len(shown(app)) == 3)
        await pilot.press("right", "right")
        await until(pilot, lambda: shown(app)[-1] == "B3 the next day")
        await pilot.press("s")
        await until(pilot, lambda: "王磊" in text(app))
        await pilot.press("left")
        await until(pilot, lambda: "B2 door mended" in shown(app))
        assert "B3 the next day" not in shown(app)
        await pilot.press("left", "left", "left")
        await until(pilot, lambda: "B2 door mended" in shown(app))


async def test_f12_says_the_kiosks_own_lines_in_the_other_language(app):
    async with log_open(app) as pilot:
        use("zh_CN")
        app.screen.translate()
        await until(pilot, lambda: shown(app) == ["李建国接班上岗"])
        assert "值班日志" in text(app)


async def test_the_day_is_printed(app, desk):
    async with log_open(app) as pilot:
        await pilot.press("p")
        await until(pilot, lambda: app.answers)
        with desk.read() as book:
            jobs = book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)
        assert [job.slip for job in jobs] == ["report.duty-log"]
        assert f"{desk.today()}" in app.answers[-1].headline
