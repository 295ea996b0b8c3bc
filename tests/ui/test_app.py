"""What a person at the kiosk notices: answers, locks, languages, devices, keys."""

import threading

import pytest
from textual.widgets import Input

from drivers.events import CardPresented, DeviceDown, DeviceUp
from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.demo.names import KEYS, PIN
from kiosk.demo.tray import badge_of
from kiosk.desk import leftovers
from kiosk.desk.bearer import StaffCard
from kiosk.desk.people import person_by_staff_no
from kiosk.ui import palette
from kiosk.ui.bars import StatusBar
from kiosk.ui.home import HomeScreen
from kiosk.ui.tap_area import TapArea
from visitors import cards, reception
from visitors.models import State
from visitors.rules import Details

READER = "读卡器"
NAMES = ("李志强", "周敏", "王小明", "孙强", "吕丽", "东川供水公司")


def verdict(walk):
    """Return what the tap area in front says."""
    return walk.app.screen.query_one("#tap", TapArea).verdict


async def typed_name(walk, name="吴桂英"):
    """Open the walk-in form at the open desk and type a name into it."""
    await walk.open_desk()
    await walk.press("f2")
    await walk.front("VisitorsScreen")
    await walk.press("f5")
    await walk.front("WalkInScreen")
    await walk.press(*name)


def name_field(walk):
    return walk.app.screen.query(Input).first().value


async def test_a_tap_is_green_only_when_it_is_in_the_journal(kiosk_at, monkeypatch):
    async with kiosk_at() as walk:
        before = walk.codes().count("staff.signed_in")
        seen = []
        shown = TapArea.answer

        def look(area, said, *args):
            seen.append((said.tone, walk.codes().count("staff.signed_in")))
            shown(area, said, *args)

        monkeypatch.setattr(TapArea, "answer", look)
        await walk.badge("1002")
    assert seen == [(palette.Tone.GOOD, before + 1)]


async def test_a_locked_screen_shows_no_names(kiosk_at):
    async with kiosk_at("zh_CN", (120, 36)) as walk:
        await walk.until(lambda: "在访人员" in walk.text() and "1批" in walk.text(), "the counts")
        assert not [name for name in NAMES if name in walk.text()]
        await walk.open_desk()
        await walk.until(lambda: "王小明" in walk.text(), "the names at the open desk")
        await walk.press("f10")
        await walk.until(lambda: "王小明" not in walk.text(), "the names to go")
        assert not [name for name in NAMES if name in walk.text()]


async def test_the_same_person_finds_the_form_as_it_was(kiosk_at):
    async with kiosk_at() as walk:
        await typed_name(walk)
        walk.app.last_key_at = walk.app.now() - 10_000
        walk.app.tick()
        await walk.front("HomeScreen")
        assert "吴桂英" not in walk.text()
        await walk.open_desk("2001")
        await walk.front("WalkInScreen")
        assert name_field(walk) == "吴桂英"


async def test_another_person_starts_at_home(kiosk_at):
    async with kiosk_at() as walk:
        await typed_name(walk)
        await walk.press("f10")
        await walk.front("HomeScreen")
        await walk.open_desk("9001")
        await walk.front("HomeScreen")
        await walk.press("escape")
        assert "吴桂英" not in walk.text()
        assert [type(screen).__name__ for screen in walk.app.screen_stack] == ["HomeScreen"]


async def test_a_tap_signs_in_while_a_form_is_open(kiosk_at):
    async with kiosk_at() as walk:
        await typed_name(walk)
        await walk.badge("1002")
        assert (verdict(walk).tone, verdict(walk).name) == (palette.Tone.GOOD, "李娜")
        assert walk.codes()[-1] == "staff.signed_in"
        assert name_field(walk) == "吴桂英"


async def test_a_tap_right_after_a_question_is_asked_for_again(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await walk.press("f10")
        await walk.front("AskProof")
        await walk.press("escape")
        await walk.front("HomeScreen")
        before = walk.codes()
        await walk.badge("1002")
        assert verdict(walk).headline == "请再刷一次"
        assert walk.codes() == before
        walk.forget_question()
        await walk.badge("1002")
        assert verdict(walk).tone is palette.Tone.GOOD


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f6", "f7"])
async def test_function_keys_ask_for_a_pin_at_the_locked_desk(kiosk_at, key):
    async with kiosk_at() as walk:
        await walk.press(key)
        await walk.front("AskProof")
        await walk.sign("2001")
        await walk.until(
            lambda: type(walk.app.screen).__name__ not in {"AskProof", "HomeScreen"}, key
        )


async def test_a_bug_says_that_nothing_was_saved_and_the_kiosk_lives(kiosk_at, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    async with kiosk_at("en", (120, 36)) as walk:
        right = attendance.tap
        monkeypatch.setattr(attendance, "tap", broken)
        before = walk.codes()
        await walk.badge("1002")
        assert verdict(walk).tone is palette.Tone.RED
        assert "Nothing was saved" in walk.text()
        assert walk.codes() == before
        monkeypatch.setattr(attendance, "tap", right)
        await walk.badge("1002")
        assert verdict(walk).tone is palette.Tone.GOOD


async def test_c_turns_the_newest_tap_round(kiosk_at):
    async with kiosk_at() as walk:
        await walk.badge("1002")
        walk.clock.advance(seconds=4)
        await walk.press("c")
        await walk.until(lambda: "Changed to sign-out" in walk.text(), "the change")
        walk.clock.advance(seconds=6)
        answers, before = walk.app.answers, walk.codes()
        await walk.press("c")
        await walk.until(lambda: walk.app.answers > answers, "the refusal")
        assert verdict(walk).tone is palette.Tone.AMBER
        assert walk.codes() == before


async def test_a_number_typed_by_a_machine_signs_in_and_reaches_no_field(kiosk_at):
    machine = {
        "KIOSK_WEDGE__ENABLED": "true", "KIOSK_WEDGE__CARD_FORMAT": "hex",
        "KIOSK_WEDGE__MAX_GAP_MS": "200", "KIOSK_WEDGE__MIN_LENGTH": "8",
    }  # fmt: skip
    async with kiosk_at(**machine) as walk:
        await typed_name(walk)
        await walk.until(lambda: name_field(walk) == "吴桂英", "the name")
        answers = walk.app.answers
        await walk.press(*badge_of("1002"), "enter")
        await walk.until(lambda: walk.app.answers > answers, "the answer to the number")
        assert verdict(walk).name == "李娜"
        assert name_field(walk) == "吴桂英"
        assert walk.codes()[-1] == "staff.signed_in"


@pytest.mark.parametrize(
    "key", ["ctrl+c", "ctrl+p", "ctrl+z", "ctrl+d", "ctrl+backslash", "ctrl+s"]
)
async def test_no_key_leaves_the_kiosk_or_opens_a_palette(kiosk_at, key):
    async with kiosk_at() as walk:
        await walk.press(key)
        await walk.pilot.pause()
        assert walk.app.is_running
        assert type(walk.app.screen).__name__ == "HomeScreen"
        await walk.badge("1002")
        assert verdict(walk).tone is palette.Tone.GOOD


async def test_only_an_administrator_stops_the_kiosk(kiosk_at):
    async with kiosk_at() as walk:
        for staff_no in ("2001", "9001"):
            await walk.press("ctrl+q")
            await walk.front("AskProof")
            if staff_no == "9001":
                await walk.sign(staff_no)
            else:
                await walk.line(staff_no)
                await walk.line(PIN)
                await walk.front("HomeScreen")
                assert verdict(walk).tone is palette.Tone.AMBER
                walk.forget_question()
        await walk.until(lambda: walk.app.return_code is not None or walk.app._exit, "the end")


async def test_a_lost_reader_is_red_in_the_status_bar_and_heals(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        bar = walk.app.screen.query_one(StatusBar)

        def colour_of(words):
            drawn = bar.content
            at = drawn.plain.find(words)
            return next((str(s.style) for s in drawn.spans if s.start <= at < s.end), "")

        walk.say(DeviceDown(READER, "gone"))
        await walk.until(lambda: "断开" in walk.text(), "the loss")
        assert palette.RED in colour_of("读卡器")
        assert walk.app.context.reader_lost()
        walk.say(DeviceUp(READER))
        await walk.until(lambda: "断开" not in walk.text(), "the reader")
        assert palette.GOOD in colour_of("读卡器")
        assert not walk.app.context.reader_lost()


async def test_an_open_form_follows_the_language(kiosk_at):
    async with kiosk_at("zh_CN") as walk:
        await typed_name(walk)
        await walk.press("f12")
        await walk.until(lambda: "Walk-in" in walk.text(), "English")
        assert name_field(walk) == "吴桂英"
        await walk.press("f12")
        await walk.until(lambda: "临时来访登记" in walk.text(), "Chinese")
        assert name_field(walk) == "吴桂英"


async def test_the_same_card_within_two_seconds_is_one_tap(kiosk_at):
    async with kiosk_at() as walk:
        at = walk.tick()
        for later in (0.0, 0.4, 1.9):
            walk.say(
                CardPresented(READER, bytes.fromhex(badge_of("1002")), "type2", "name", at + later)
            )
        await walk.until(lambda: verdict(walk) is not None, "the answer")
        await walk.pilot.pause()
        assert walk.app.answers == 1


async def test_the_running_kiosk_closes_whom_nobody_saw_at_the_turn_of_the_day(kiosk_at):
    async with kiosk_at() as walk:
        await walk.until(lambda: walk.app.hours.newest is not None, "the first hour")
        assert "visit.no_show" not in walk.codes()
        today = cards.todays(walk.app.kiosk.desk)
        still_expected = sum(visit.state is State.EXPECTED for visit in today)
        walk.clock.now = walk.clock.now.replace(hour=23, minute=59)
        walk.app.tick()
        walk.clock.advance(minutes=1)
        walk.app.tick()
        await walk.until(lambda: "visit.no_show" in walk.codes(), "the end of the day")
        closed = walk.codes().count("visit.no_show")
        walk.clock.advance(hours=1)
        walk.app.tick()
        await walk.app.kiosk.pen.write(lambda: None)
        assert walk.codes().count("visit.no_show") == closed == still_expected


async def test_the_running_kiosk_purges_bite_by_bite_at_the_full_hour(kiosk_at):
    async with kiosk_at() as walk:
        await walk.until(lambda: walk.app.hours.newest is not None, "the first hour")
        desk = walk.app.kiosk.desk

        def turn_away():
            details = Details(name="龘靐齉", matter="推销", phone="13800138000")
            visit = reception.walk_in(desk, "2001", details, "1001")
            reception.refuse(desk, "2001", visit, "no_purpose")

        for _turn in range(25):
            await walk.app.kiosk.pen.write(turn_away)
        walk.clock.advance(days=200)
        walk.app.tick()

        def left():
            with desk.read() as book:
                return sum(features.overdue(desk, book).values())

        await walk.until(lambda: left() == 0, "the purge")
        await walk.app.kiosk.pen.write(lambda: None)
        assert walk.codes().count("subjects.purged") >= 3
        # A reader of this test may have held the log; the kiosk would empty it at the next hour.
        assert any([await walk.app.kiosk.pen.write(desk.empty_log) for _try in range(100)])
        folder = desk.settings.desk.database.parent
        assert leftovers.holding(folder, {"龘靐齉"}) == []


async def test_a_question_answered_while_the_desk_locks_takes_no_lock_away(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await walk.press("f4")
        await walk.front("KeyBoard")
        await walk.card(KEYS[0].tag)
        await walk.front("LendKey")
        lend, go_on = walk.app.screen, threading.Event()
        walk.app.kiosk.pen.queue(go_on.wait)  # the pen is busy: the answer waits for its record
        with walk.app.kiosk.desk.read() as book:
            borrower = person_by_staff_no(book, "1002")
        walk.app.run_worker(lend.take_card(StaffCard("", borrower)))
        await walk.pilot.pause()
        walk.app.run_worker(walk.app.lock("idle"))
        await walk.front("HomeScreen")
        go_on.set()
        await walk.until(lambda: walk.codes()[-2:] == ["loan.out", "desk.locked"], "the records")
        await walk.until(lambda: walk.app.answers, "the answer")
        await walk.pilot.pause()
        assert (type(walk.app.screen), walk.app.kiosk.operator) == (HomeScreen, None)
        await walk.open_desk()
        await walk.front("KeyBoard")
