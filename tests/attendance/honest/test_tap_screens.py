"""Second proof, void taps and what is looked into, at the screen: real taps, real keys."""

from dataclasses import replace

import pytest
from on_screen import picture, rows, settle

from kiosk.attendance.honest.reading import Odd, odd_taps
from kiosk.attendance.honest.screens_look import LookInto, MayLook
from kiosk.attendance.honest.screens_prove import ProveTap
from kiosk.attendance.honest.screens_void import VoidTap
from kiosk.attendance.models import VOIDS_BETWEEN
from kiosk.attendance.screens import AttendanceScreen
from kiosk.desk import journal
from kiosk.desk.presence import PRESENCE
from kiosk.desk.settings_attendance import Attendance
from kiosk.desk.words import use
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone

ZHANG, LI_NA = "04A1B2C3D4E501", "04A1B2C3D4E504"
SIZES = [(80, 24), (120, 36)]


def choose(desk, proof: str) -> None:
    """Set the desk's second proof, as ``kiosk.toml`` would."""
    desk.settings = replace(desk.settings, attendance=Attendance(proof=proof))


def odd(desk) -> list:
    with desk.read() as book:
        found = odd_taps(desk, book, desk.today(), desk.today())
    return [(one.odd, one.person.staff_no) for one in found]


def codes(desk) -> list[str]:
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate, 0)]


async def until(pilot, true) -> None:
    """Wait for what runs beside the screen, such as a PIN's hash: a busy machine takes longer."""
    for _ in range(600):
        if true():
            return
        await pilot.pause(0.1)
    raise AssertionError(picture(pilot.app))


async def test_clause_22_the_guard_sees_title_and_number_under_the_name(app, desk):
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await pilot.pause()
        await until(pilot, lambda: "科长 1001" in picture(app))
        choose(desk, "none")
        await app.tap(LI_NA)
    assert [one.notes for one in app.said] == [("科长 1001",), ()]


async def test_clause_22_at_a_locked_desk_nothing_more_is_shown(app):
    app.context.operator = None
    async with app.run_test():
        await app.tap(ZHANG)
    assert [one.notes for one in app.said] == [()]


@pytest.mark.usefixtures("compiled_words")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_clause_22_v_and_a_digit_make_the_newest_tap_void(app, desk, people, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(AttendanceScreen())
        await app.tap(LI_NA)
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, VoidTap)
        asked = {"en": "Void this tap? 张伟 1001", "zh_CN": "作废这次刷卡？张伟（1001）"}
        await until(pilot, lambda: asked[language] in picture(app))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, AttendanceScreen))
        await settle(pilot)
    head = {"en": "This tap is void", "zh_CN": "此次刷卡作废"}
    assert (app.said[-1].name, app.said[-1].headline) == ("张伟", head[language])
    assert len(app.said[-1].lines) == 2
    with desk.read() as book:
        assert book.one(PRESENCE, person=people["1001"].id) is None
        [voided] = book.all(VOIDS_BETWEEN, first=desk.today(), last=desk.today())
    assert voided.by == "2001"


async def test_clause_22_who_tapped_anothers_badge_is_noted_by_letters(app, desk, people):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press("v", "2")
        await settle(pilot)
        await pilot.press(*"1001", "enter")  # the holder himself: the question stays
        await settle(pilot)
        await until(pilot, lambda: "whose badge it is" in picture(app))
        await pilot.press(*["backspace"] * 4, *"wl")
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AttendanceScreen))
    with desk.read() as book:
        [voided] = book.all(VOIDS_BETWEEN, first=desk.today(), last=desk.today())
    assert voided.hand_id == people["2002"].id


async def test_v_means_the_newest_tap_until_somebody_is_pointed_at(app):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await app.tap(LI_NA)
        await until(pilot, lambda: len(rows(app)) == 1)
        await app.tap(ZHANG)
        await until(pilot, lambda: len(rows(app)) == 2)
        await pilot.press("v")
        await until(pilot, lambda: "Void this tap? 张伟 1001" in picture(app))
        await pilot.press("escape", "down")
        await pilot.press("v")
        await until(pilot, lambda: "Void this tap? 李娜 3001" in picture(app))


async def test_esc_leaves_the_tap_and_nobody_to_void_is_said(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.press("v")
        await settle(pilot)
        assert app.said[-1].headline.startswith("Nobody has tapped today")
        await app.tap(ZHANG)
        await settle(pilot)
        head = desk.head
        await pilot.press("v", "escape")
        await settle(pilot)
    assert desk.head == head


async def test_clause_22_the_pin_proves_a_tap_and_is_sent_once(app, desk):
    choose(desk, "pin")
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, ProveTap)
        await until(pilot, lambda: "张伟, your PIN please" in picture(app))
        await pilot.press("enter")  # an empty PIN is no proof
        await settle(pilot)
        assert isinstance(app.screen, ProveTap)
        await pilot.press(*"2580", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert app.said[-1].headline == "Proved by PIN"
    assert codes(desk).count("tap.proved") == 1
    assert codes(desk).count("pin.wrong") == 0


async def test_clause_22_a_wrong_pin_is_said_and_esc_leaves_the_tap_unproven(app, desk, desk_clock):
    choose(desk, "pin")
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press(*"1111", "enter")
        await until(pilot, lambda: "pin.wrong" in codes(desk))
        await settle(pilot)
        assert isinstance(app.screen, ProveTap)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert (app.said[-1].tone, app.said[-1].name) == (Tone.AMBER, "张伟")
    desk_clock.advance(seconds=21)
    assert odd(desk) == [(Odd.UNPROVEN, "1001")]


async def test_clause_22_who_taps_meanwhile_is_in_the_book_and_asked_next(app, desk, desk_clock):
    choose(desk, "pin")
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press(*"25")
        await app.tap(LI_NA)
        await settle(pilot)
        await until(pilot, lambda: "张伟, your PIN please" in picture(app))
        await pilot.press(*"80", "enter")
        await until(pilot, lambda: "李娜, your PIN please" in picture(app))
        await pilot.press(*"2580", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert codes(desk).count("tap.proved") == 2
    desk_clock.advance(minutes=1)
    assert odd(desk) == []


async def test_clause_22_no_pin_in_time_keeps_the_tap_and_closes_the_question(
    app, desk, desk_clock
):
    desk.rules = replace(desk.rules, proof_wait_s=5)
    choose(desk, "pin")
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        question = app.screen
        desk_clock.advance(seconds=6)
        question._too_late()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert app.said[-1].headline == "No PIN: the tap is kept as unproven"
    assert odd(desk) == [(Odd.UNPROVEN, "1001")]


@pytest.mark.parametrize(("drawn", "asked"), [(9, True), (10, False)])
async def test_clause_22_a_share_of_taps_is_asked_as_it_is_drawn(app, desk, drawn, asked):
    choose(desk, "share")
    app.context.draw = lambda most: drawn % most
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, ProveTap) is asked


async def test_a_tap_that_is_only_shown_again_asks_for_no_pin(app, desk, desk_clock):
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        choose(desk, "pin")
        desk_clock.advance(minutes=1)
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert app.said[-1].headline == "Already signed in"


@pytest.mark.usefixtures("compiled_words")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_the_office_looks_into_it_and_a_guard_does_not(app, desk, desk_clock, size, language):
    use(language)
    choose(desk, "pin")
    async with app.run_test(size=size) as pilot:
        await app.tap(ZHANG)
        await settle(pilot)
        await pilot.press("escape")
        desk_clock.advance(minutes=1)
        await app.push_screen(AttendanceScreen())
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(app.screen, MayLook)
        await pilot.press(*"2001", "enter", *"2580", "enter")
        no = {"en": "may not see this list", "zh_CN": "无权查看"}
        await until(pilot, lambda: no[language] in picture(app))
        await pilot.press("escape", "l")
        await settle(pilot)
        await pilot.press(*"9001", "enter", *"2580", "enter")
        await until(pilot, lambda: isinstance(app.screen, LookInto))
        await until(pilot, lambda: bool(rows(app)))
        what = {"en": "in: not proven", "zh_CN": "签到: 未经证实"}
        assert rows(app)[0][:3] == ("11-23 08:20", "张伟", what[language])
        await until(pilot, lambda: what[language] in picture(app))
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, AttendanceScreen)


async def test_the_clock_in_doubt_is_said_once_and_k_ends_it(app, desk, desk_clock):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await app.tap(ZHANG)
        desk_clock.advance(days=20)
        await app.tap(ZHANG)
        await app.tap(LI_NA)
        await settle(pilot)
        await until(pilot, lambda: "Clock OK" in picture(app))
        await pilot.press("k")
        await until(pilot, lambda: "clock.confirmed" in codes(desk))
        await settle(pilot)
        await until(pilot, lambda: "Clock OK" not in picture(app))
    told = ["clock" in " ".join(one.lines) for one in app.said]
    assert told == [False, True, False, False]
