"""Signing in at the screen: what the person sees, in both languages and at both sizes."""

import pytest
from on_screen import picture, rows, settle
from textual.widgets import Static

from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.screens_enrol import EnrolCard
from kiosk.desk.people import BADGE
from kiosk.desk.words import use
from kiosk.ui.home import HomeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.tap_area import TapArea

SIZES = [(80, 24), (120, 36)]
ZHANG, LI_NA, UNKNOWN = "04A1B2C3D4E501", "04A1B2C3D4E504", "04AABBCCDDEE01"


@pytest.mark.usefixtures("words_zh")
@pytest.mark.parametrize("size", SIZES)
async def test_a_tap_shows_name_and_way_large(app, size):
    async with app.run_test(size=size) as pilot:
        await app.tap(ZHANG)
        await pilot.pause()
        verdict = app.screen.query_one("#tap", TapArea).verdict
    assert (verdict.name, verdict.headline, verdict.time, verdict.place) == (
        "张伟", "签到", "08:20:00", "办公室 C改签退",
    )  # fmt: skip


async def test_late_early_and_again_are_said(app, desk_clock):
    desk_clock.advance(minutes=55)
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        desk_clock.advance(minutes=1)
        await app.tap(ZHANG)
        desk_clock.advance(minutes=9)
        await app.tap(ZHANG)
        await pilot.pause()
    assert [(one.tone, one.headline, one.time, one.lines) for one in app.said] == [
        (
            Tone.GOOD, "Signed in", "09:15:00",
            ("Late by 45 min. Please give the reason as a remark.",),
        ),
        (Tone.INFO, "Already signed in", "09:15:00", ()),
        (
            Tone.GOOD, "Signed out", "09:25:00",
            ("Before 17:30: counts as early unless you come back today.",),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("compiled_words")
async def test_the_list_of_today_shows_everybody_newest_first(app, desk_clock, size, language):
    use(language)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.pause()
        empty = {"en": "Nobody has signed in today.", "zh_CN": "今天还没有人签到。"}
        assert empty[language] in picture(app)
        await app.tap(ZHANG)
        desk_clock.advance(minutes=20)
        await app.tap(LI_NA)
        await settle(pilot)
        assert [row[0] for row in rows(app)] == ["李娜", "张伟"]
        late = {"en": "late 10 min", "zh_CN": "迟到 10 分钟"}
        assert rows(app)[0][2:5] == ("08:40", "", late[language])
        assert all(words in picture(app) for words in ("张伟", "李娜", late[language], "Esc"))


async def test_without_a_badge_pin_and_the_guards_word_sign_in(app):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.press("n")
        await pilot.press(*"1001", "enter", *"2580", "enter")
        await settle(pilot)
        title = app.screen.query_one("#dialog-title", Static)
        assert "张伟" in str(title.content)
        await pilot.press("1")
        await settle(pilot)
        assert rows(app)[0][0] == "张伟"
        assert "no badge" in rows(app)[0][4]
    assert app.said[-1].lines == ("No badge: confirmed at the desk",)


async def test_a_colleagues_badge_is_not_taken_for_the_one_who_has_none(app):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await pilot.press("n", *"10")
        await app.tap(LI_NA)
        await pilot.press(*"01", "enter", *"2580", "enter")
        await settle(pilot)
        assert "张伟" in str(app.screen.query_one("#dialog-title", Static).content)
    assert (app.said[-1].name, app.said[-1].headline) == ("李娜", "Signed in")


async def test_a_person_the_guard_does_not_see_is_not_signed_in(app, desk):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        head = desk.head
        await pilot.press("n", *"1001", "enter", *"2580", "enter")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert isinstance(app.screen, AttendanceScreen)
    assert desk.head == head


async def test_the_newest_tap_is_turned_round_with_one_key(app, desk_clock):
    async with app.run_test() as pilot:
        await app.push_screen(AttendanceScreen())
        await app.tap(ZHANG)
        desk_clock.advance(seconds=3)
        await pilot.press("c")
        await settle(pilot)
        assert app.said[-1].headline == "Changed to sign-out"
        desk_clock.advance(seconds=3)
        await pilot.press("c")
        await settle(pilot)
        assert app.said[-1].tone is Tone.AMBER


async def test_an_unknown_card_is_enrolled_by_two_letters(app, desk, people):
    async with app.run_test(size=(80, 24)) as pilot:
        await app.tap(UNKNOWN)
        await settle(pilot)
        assert isinstance(app.screen, EnrolCard)
        await pilot.press(*"zw")
        await settle(pilot)
        assert [row[1] for row in rows(app)] == ["张伟"]
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.said[-1].name == "张伟"
        await app.tap(UNKNOWN)
        await settle(pilot)
    assert app.said[-1].headline == "Signed in"
    with desk.read() as book:
        assert book.one(BADGE, uid=UNKNOWN).person_id == people["1001"].id


async def test_arrows_choose_among_those_who_fit(app, desk, people):
    async with app.run_test() as pilot:
        await app.tap(UNKNOWN)
        await settle(pilot)
        await pilot.press(*"200")
        await settle(pilot)
        assert [row[0] for row in rows(app)] == ["2001", "2002"]
        await pilot.press("down", "enter")
        await settle(pilot)
    with desk.read() as book:
        assert book.one(BADGE, uid=UNKNOWN).person_id == people["2002"].id


async def test_nobody_chosen_and_esc_change_nothing(app, desk):
    head = desk.head
    async with app.run_test() as pilot:
        await app.tap(UNKNOWN)
        await settle(pilot)
        await pilot.press("enter")
        assert "Choose somebody first" in picture(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert desk.head == head


async def test_a_phone_says_at_once_that_it_cannot_be_a_badge(app):
    async with app.run_test() as pilot:
        await app.tap("08112233")
        await settle(pilot)
        assert "shows a new number at every tap" in " ".join(picture(app).split())


async def test_a_second_unknown_card_takes_the_place_of_the_first(app, desk):
    async with app.run_test() as pilot:
        await app.tap("08112233")
        await settle(pilot)
        await app.tap(UNKNOWN)
        await settle(pilot)
        await pilot.press(*"1001", "enter")
        await settle(pilot)
    with desk.read() as book:
        assert book.one(BADGE, uid=UNKNOWN) is not None


async def test_a_colleagues_tap_gets_its_answer_while_a_card_is_enrolled(app):
    async with app.run_test() as pilot:
        await app.tap(UNKNOWN)
        await settle(pilot)
        await pilot.press(*"zh")
        await app.tap(LI_NA)
        await pilot.pause()
        assert isinstance(app.screen, EnrolCard)
        assert app.screen.query_one("#who").text == "zh"
    assert (app.said[-1].name, app.said[-1].headline) == ("李娜", "Signed in")
