"""F8 in the whole kiosk: from anywhere, at a locked desk too; scans, taps and keys mark people."""

import pytest

from drivers.events import CodeScanned, DeviceDown, DeviceUp
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.print_job import IN_STATE, JOBS_OF, JobState
from kiosk.roll_call.models import OPEN_ROLL, Mark, RollKind
from kiosk.roll_call.standing import Standing, standing
from kiosk.ui.bars import KeyBar
from kiosk.ui.home import HomeScreen
from kiosk.ui.row_list import RowList
from visitors import slip_code
from visitors.exit import lending
from visitors.models import HERE, State

SIZES = [(80, 24), (120, 36)]


def now(walk):
    found = standing(walk.app.kiosk.desk, "", walk.app.kiosk.inside)
    assert isinstance(found, Standing)
    return found


def marks(walk):
    return {one.said.name: one.mark.state for one in now(walk).entries}


def visitor_inside(walk):
    desk = walk.app.kiosk.desk
    with desk.read() as book:
        [visit] = [v for v, _host in book.all(HERE) if v.state is State.ADMITTED]
        return book.unseal(visit.name), slip_code.made(desk, visit, visit.copy_no)


def papers(walk):
    with walk.app.kiosk.desk.read() as book:
        return book.all(JOBS_OF, slip="rollcall.list", number="D1")


async def opened(walk):
    await walk.press("f8")
    await walk.front("RollCallScreen")
    await walk.until(lambda: walk.app.screen.now is not None, "the list")


async def begun(walk, key="1"):
    await opened(walk)
    await walk.press(key)
    await walk.until(lambda: walk.app.screen.runs is not None, "the roll call")
    await walk.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_two_keys_begin_it_show_everybody_and_print_the_list(kiosk_at, language, size):
    async with kiosk_at(language, size) as walk:
        await walk.open_desk()
        await begun(walk, "3")
        name, _code = visitor_inside(walk)
        assert now(walk).roll.kind is RollKind.REAL
        assert len(papers(walk)) == 1
        shown = walk.text()
        assert ("未找到112" if language == "zh_CN" else "missing 112") in shown
        assert ("只点名" if language == "zh_CN" else "Nobody signs in or out") in shown
        assert name in marks(walk)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_key_bar_is_whole_at_eighty_cells(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        await begun(walk)
        bar = walk.app.screen.query_one(KeyBar)
        await walk.picture()
        assert bar.render_line(0).text.rstrip().endswith("返回" if language == "zh_CN" else "Back")


@pytest.mark.parametrize("before", [["f2"], ["f2", "f5"], ["f2", "f7"], ["f4"], ["f7"], ["f6"]])
async def test_it_opens_from_every_list_and_form_and_leads_back(kiosk_at, before):
    async with kiosk_at() as walk:
        await walk.open_desk()
        for key in before:
            await walk.press(key)
            await walk.pilot.pause()
        behind = walk.app.screen
        await opened(walk)
        await walk.press("escape")
        await walk.until(lambda: walk.app.screen is behind, "the way back")


async def test_it_opens_over_a_question_and_the_question_waits(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f4", "p")
        await walk.front("AskPerson")
        question = walk.app.screen
        await opened(walk)
        await walk.press("escape")
        await walk.until(lambda: walk.app.screen is question, "the question")


async def test_f7_writes_an_appointment_on_the_visitors_screen_only(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f2")
        await walk.front("VisitorsScreen")
        await walk.press("f7")
        await walk.front("AppointmentScreen")
        await walk.home()
        await walk.press("f7")
        await walk.front("AttendanceScreen")


async def test_a_locked_desk_prints_at_once_and_shows_no_name(kiosk_at):
    async with kiosk_at() as walk:
        await walk.press("f8")
        await walk.front("AskProof")
        await walk.until(lambda: papers(walk), "the paper")
        await walk.pilot.pause()
        name, _code = visitor_inside(walk)
        assert name not in walk.text()
        assert "the list is being printed" in walk.text()
        await walk.press("f8")
        assert len(papers(walk)) == 1
        await walk.sign("2001")
        await walk.front("RollCallScreen")
        await walk.until(lambda: walk.app.screen.runs is not None, "the roll call")
        assert now(walk).roll.kind is RollKind.REAL
        await walk.press("k")
        await walk.front("ChooseOne")
        await walk.press("2")
        await walk.until(lambda: now(walk).roll.kind is RollKind.TEST, "the kind")


async def test_a_locked_desk_with_its_question_open_prints_too(kiosk_at):
    async with kiosk_at() as walk:
        await walk.press("f10")
        await walk.front("AskProof")
        await walk.press("f8")
        await walk.until(lambda: papers(walk), "the paper")


async def test_with_the_printer_away_it_runs_and_says_so(kiosk_at):
    async with kiosk_at() as walk:
        walk.say(DeviceDown("会客单打印机", "absent"))
        await walk.open_desk()
        await begun(walk)
        assert "waits for the printer" in walk.text()
        with walk.app.kiosk.desk.read() as book:
            waiting = book.all(IN_STATE, state=JobState.QUEUED, gate=walk.app.kiosk.desk.gate)
        assert "D1" in {job.number for job in waiting}
        await walk.badge("1001")
        assert marks(walk)["张伟"] is Mark.FOUND
        walk.say(DeviceUp("会客单打印机"))


async def test_a_badge_and_a_slip_mark_and_do_nothing_else(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        name, code = visitor_inside(walk)
        before = len(walk.codes())
        await walk.badge("1001")
        answers = walk.app.answers
        walk.say(CodeScanned("扫码枪", code, walk.tick()))
        await walk.until(lambda: walk.app.answers > answers, "the answer to the slip")
        assert (marks(walk)["张伟"], marks(walk)[name]) == (Mark.FOUND, Mark.FOUND)
        assert [c for c in walk.codes()[before:] if not c.startswith("slip.")] == [
            "rollcall.marked", "rollcall.marked",
        ]  # fmt: skip
        await walk.press("e")
        await walk.front("ChooseOne")
        await walk.badge("1002")
        assert marks(walk)["李娜"] is Mark.FOUND
        assert walk.codes()[-1] == "rollcall.marked"


def card_of_visitor(walk):
    """Tie a visitor card to the visit that is inside; return its tag and the visitor's name."""
    desk = walk.app.kiosk.desk
    name, _code = visitor_inside(walk)
    with desk.write(by="2001") as tx:
        [visit] = [v for v, _host in tx.all(HERE) if v.state is State.ADMITTED]
        card = tx.put(Thing(label="访客卡7", kind=ThingKind.VISITOR_CARD, tag="04AA0000000107"))
        tx.record("thing.added", thing=card.label)
    lending.lend(desk, "2001", visit.id, card.id)
    return card.tag, name


async def test_a_visitor_card_marks_its_visitor_and_lets_nobody_go(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        tag, name = card_of_visitor(walk)
        await begun(walk)
        before = len(walk.codes())
        await walk.card(tag)
        assert marks(walk)[name] is Mark.FOUND
        assert visitor_inside(walk)[0] == name
        assert [c for c in walk.codes()[before:] if not c.startswith("slip.")] == [
            "rollcall.marked",
        ]  # fmt: skip
        await walk.press("a")
        await walk.front("AskName")
        await walk.card(tag)
        assert visitor_inside(walk)[0] == name


@pytest.mark.parametrize("torn", ["V1:", "V1:gate-1:20261123-001:1:00000000", "4006381333931"])
async def test_a_torn_or_foreign_code_marks_nobody_and_lets_nobody_out(kiosk_at, torn):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        answers = walk.app.answers
        walk.say(CodeScanned("扫码枪", torn, walk.tick()))
        await walk.until(lambda: walk.app.answers > answers, "the refusal")
        assert not any(marks(walk).values())
        visitor_inside(walk)


async def test_keys_mark_who_is_under_the_cursor_and_go_on_to_the_next(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        shown = walk.app.screen.query_one("#roll", RowList)
        first, second, third = (row.cells[1] for row in shown.rows[:3])
        for key in ("enter", "n"):
            await walk.press(key)
            await walk.pilot.pause()
        await walk.press("H")
        await walk.pilot.pause()
        found = marks(walk)
        assert (found[first], found[second]) == (Mark.FOUND, Mark.NOT_INSIDE)
        assert found[third] is Mark.NEEDS_HELP
        shown.action_move(-1000)
        assert shown.current.cells[1] == third  # who needs help stands on top
        await walk.press("u")
        await walk.until(lambda: marks(walk)[third] is None, "the mark to be taken back")


async def test_a_name_is_found_by_letters_and_marked_with_enter(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        await walk.press("space", *"wxm", "enter")
        await walk.until(lambda: marks(walk)["王小明"] is Mark.FOUND, "the mark")


async def test_some_of_a_group_and_somebody_on_no_list(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        await walk.press("space", *"wxm", "escape", "g")
        await walk.front("AskHowMany")
        await walk.line("3")
        await walk.until(lambda: "1 to 2" in walk.text(), "the refusal")
        await walk.press("g")
        await walk.front("AskHowMany")
        await walk.line("1")
        await walk.until(lambda: now(walk).counts.found == 1, "one of two")
        assert "1 of 2 found" in walk.text()
        await walk.press("a")
        await walk.front("AskName")
        await walk.line("路人甲")
        await walk.until(lambda: "路人甲" in marks(walk), "the added one")
        assert now(walk).counts.added == 1


async def test_it_stays_open_until_it_is_ended_and_the_next_is_compared(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        await walk.home()
        await walk.press("f6")
        await walk.front("OpenThingsScreen")
        await walk.until(lambda: "Roll call D1 (drill) runs" in walk.text(), "open thing")
        await walk.press("f8")
        await walk.front("RollCallScreen")
        await walk.until(lambda: walk.app.screen.runs is not None, "the roll call")
        walk.clock.advance(minutes=5)
        await walk.press("e")
        await walk.front("ChooseOne")
        await walk.press("1")
        await walk.until(lambda: "first of its kind" in walk.text(), "the end")
        await walk.press("f8")
        await walk.until(lambda: "who is inside now" in walk.text(), "a new one")
        await walk.press("1")
        await walk.until(lambda: walk.app.screen.runs is not None, "the second")
        await walk.press("e")
        await walk.front("ChooseOne")
        await walk.press("1")
        await walk.until(lambda: "D1: 05:00" in walk.text(), "the comparison")
        with walk.app.kiosk.desk.read() as book:
            assert book.one(OPEN_ROLL) is None


async def test_idle_time_locks_the_screen_and_the_same_guard_finds_it_again(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await begun(walk)
        await walk.press("f10")
        await walk.until(lambda: isinstance(walk.app.screen, HomeScreen), "the lock")
        assert "王小明" not in walk.text()
        await walk.open_desk()
        await walk.front("RollCallScreen")
