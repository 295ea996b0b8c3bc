"""F9 in the whole kiosk: from anywhere, over questions and at a locked desk; calls and reports."""

import pytest

from drivers.events import DeviceDown
from kiosk.desk.print_job import IN_STATE, JobState
from kiosk.incidents.models import OPEN, Kind
from kiosk.ui.bars import KeyBar
from kiosk.ui.form import LabelledInput
from kiosk.ui.home import HomeScreen
from kiosk.ui.row_list import RowList

SIZES = [(80, 24), (120, 36)]
NAMES = ("张科长", "周主任", "保卫科")


async def f9(walk):
    await walk.press("f9")
    await walk.front("EmergencyScreen")
    await walk.until(lambda: walk.app.screen.query_one("#calls", RowList).rows, "the numbers")


async def opened(walk, key="1"):
    await f9(walk)
    await walk.press(key)
    await walk.until(lambda: walk.app.screen.now.running, "the incident")
    await walk.pilot.pause()


def contact_sheets(walk):
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        waiting = [*book.all(IN_STATE, state=JobState.QUEUED, gate=desk.gate)]
        waiting += book.all(IN_STATE, state=JobState.UNKNOWN, gate=desk.gate)
    return [job for job in waiting if job.slip == "incident.contacts"]


def open_incidents(walk):
    with walk.app.kiosk.desk.read() as book:
        return book.all(OPEN)


def cursor(walk):
    return walk.app.screen.query_one("#calls", RowList).current.key


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_one_key_shows_every_number_and_prints_the_sheet(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk()
        await f9(walk)
        await walk.until(lambda: contact_sheets(walk), "the contact sheet")
        await walk.picture()
        shown = walk.text()
        places = [shown.index(f"  {phone} ") for phone in ("110", "119", "120", "8110", "8101")]
        assert places == sorted(places)
        assert "8009" in shown
        bar = walk.app.screen.query_one(KeyBar)
        assert bar.render_line(0).text.rstrip().endswith("返回" if language == "zh_CN" else "Back")
        await walk.press("1")
        await walk.until(lambda: walk.app.screen.now.running, "the incident")
        await walk.picture()
        assert bar.render_line(0).text.rstrip().endswith("返回" if language == "zh_CN" else "Back")
        assert "119" in walk.text()


async def test_digits_log_each_call_and_the_cursor_goes_on_to_who_is_next(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await opened(walk)
        assert open_incidents(walk)[0].kind is Kind.FIRE
        assert cursor(walk) == "119"
        await walk.press("1", "2")
        await walk.until(lambda: cursor(walk) == "security.1", "security")
        await walk.press("1")
        assert "60 s left" in walk.text() or "59 s left" in walk.text()
        await walk.press("3")
        await walk.until(lambda: cursor(walk) == "superior.1", "the superior")
        assert "duty leader" in walk.text()
        steps = [code for code in walk.codes() if code == "incident.step"]
        assert len(steps) == 4


@pytest.mark.parametrize("before", [["f2"], ["f2", "f5"], ["f4"], ["f6"], ["f3"]])
async def test_it_opens_from_every_list_and_form_and_leads_back(kiosk_at, before):
    async with kiosk_at() as walk:
        await walk.open_desk()
        for key in before:
            await walk.press(key)
            await walk.pilot.pause()
        behind = walk.app.screen
        await f9(walk)
        await walk.press("escape")
        await walk.until(lambda: walk.app.screen is behind, "the way back")


async def test_it_opens_over_a_question_and_the_question_waits(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f4", "p")
        await walk.front("AskPerson")
        question = walk.app.screen
        await f9(walk)
        await walk.press("escape")
        await walk.until(lambda: walk.app.screen is question, "the question")


async def test_a_locked_desk_opens_logs_and_prints_and_shows_no_name(kiosk_at):
    async with kiosk_at() as walk:
        await opened(walk, "2")
        await walk.until(lambda: contact_sheets(walk), "the contact sheet")
        assert cursor(walk) == "120"
        await walk.press("1", "2")
        await walk.until(lambda: walk.codes().count("incident.step") == 2, "two steps")
        shown = walk.text()
        assert "8110" in shown
        assert not [name for name in NAMES if name in shown]
        assert walk.app.kiosk.operator is None
        await walk.press("escape")
        await walk.until(lambda: isinstance(walk.app.screen, HomeScreen), "the locked home")


async def test_over_the_question_for_the_pin_too(kiosk_at):
    async with kiosk_at() as walk:
        await walk.press("f10")
        await walk.front("AskProof")
        question = walk.app.screen
        await f9(walk)
        await walk.press("escape")
        await walk.until(lambda: walk.app.screen is question, "the question")


async def test_the_lock_leaves_it_in_front_without_names_and_covers_all_else(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await opened(walk)
        assert "张科长" in walk.text()
        await walk.app.lock("idle")
        await walk.front("EmergencyScreen")
        await walk.until(lambda: walk.app.screen.now.running, "the same incident")
        await walk.picture()
        assert not [name for name in NAMES if name in walk.text()]
        await walk.press("escape")
        await walk.until(lambda: isinstance(walk.app.screen, HomeScreen), "the locked home")


async def test_a_report_at_a_locked_desk_asks_who_is_there_and_comes_back(kiosk_at):
    async with kiosk_at() as walk:
        await opened(walk)
        await walk.press("r")
        await walk.front("AskProof")
        await walk.sign("2001")
        await walk.front("EmergencyScreen")
        await walk.until(lambda: walk.app.screen.now.running, "the incident again")
        assert "张科长" in walk.text()


async def test_f10_opens_the_desk_and_the_emergency_is_still_in_front(kiosk_at):
    async with kiosk_at() as walk:
        await opened(walk)
        await walk.press("f10")
        await walk.front("AskProof")
        await walk.sign("2001")
        await walk.front("EmergencyScreen")
        await walk.until(lambda: "张科长" in walk.text(), "the names")
        await walk.press("escape")
        await walk.until(lambda: isinstance(walk.app.screen, HomeScreen), "the home screen")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_reports_from_the_first_to_the_final_one(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk()
        await opened(walk)
        await walk.press("e")
        assert walk.app.screen.now.running
        await walk.press("r")
        await walk.front("ReportForm")
        fields = list(walk.app.screen.query(LabelledInput))
        await walk.press("ctrl+s")
        assert type(walk.app.screen).__name__ == "ReportForm"
        await walk.picture()
        assert fields[0].has_class("-wrong")
        last = fields[-1].region
        assert last.bottom <= walk.app.screen.query_one(KeyBar).region.y
        await walk.press(*"smoke", "ctrl+s")
        await walk.front("EmergencyScreen")
        await walk.until(lambda: walk.app.screen.now.reports, "the first report")
        await walk.picture()
        assert "smoke" in walk.text()
        await walk.press("e")
        await walk.front("ReportForm")
        await walk.line("over")
        assert fields[0] is not walk.app.screen.query(LabelledInput).first()
        await walk.press(*["enter"] * 7)
        await walk.front("EmergencyScreen")
        await walk.until(lambda: not open_incidents(walk), "the end")
        assert walk.codes()[-2:] == ["incident.reported", "incident.closed"]


async def test_what_is_typed_is_not_lost_by_one_esc_nor_by_f9(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await opened(walk)
        await walk.press("r")
        await walk.front("ReportForm")
        await walk.press(*"smoke", "escape")
        assert walk.app.screen.query_one("#what", LabelledInput).text == "smoke"
        await f9(walk)
        await walk.press("escape")
        await walk.front("ReportForm")
        assert walk.app.screen.query_one("#what", LabelledInput).text == "smoke"


async def test_a_drill_is_marked_ends_with_two_keys_and_a_new_one_may_begin_beside_it(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await f9(walk)
        await walk.press("d", "4")
        await walk.until(lambda: walk.app.screen.now.running, "the drill")
        assert "DRILL I1" in walk.text()
        await walk.press("n")
        await walk.until(lambda: walk.app.screen.now.incident is None, "the kinds again")
        await walk.press("1")
        await walk.until(lambda: walk.app.screen.now.running, "the real one")
        assert {one.number: one.drill for one in open_incidents(walk)} == {"I1": True, "I2": False}
        await walk.home()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        assert "I2" in walk.text()


async def test_vehicles_are_let_in_with_one_key(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await opened(walk)
        before = walk.app.screen
        await walk.press("a")
        await walk.until(lambda: walk.app.screen is not before, "the emergency admission")
        assert "visitors" in type(walk.app.screen).__module__


async def test_with_printer_and_reader_away_it_works_and_says_so(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        for name in ("会客单打印机", "读卡器"):
            walk.say(DeviceDown(name, "gone"))
        await opened(walk)
        await walk.press("1", "2")
        await walk.until(lambda: walk.codes().count("incident.step") == 2, "two steps")
        assert contact_sheets(walk)
