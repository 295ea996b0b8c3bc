"""The key bar of the busiest screens at 80 columns: each key stands apart from its word."""

import pytest

from kiosk.ui.bars import KeyBar


def bar(walk):
    return str(walk.app.screen.query_one(KeyBar).render())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("key", "front"), [("f2", "VisitorsScreen"), ("f6", "OpenThingsScreen")])
async def test_keys_and_words_stand_apart_at_80_columns(kiosk_at, language, key, front):
    async with kiosk_at(language, size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press(key)
        await walk.front(front)
        await walk.until(lambda: "Esc" in bar(walk), "the keys")
        assert "Enter " in bar(walk)
        assert "Esc " in bar(walk)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_key_of_attendance_fits_80_columns_while_the_clock_is_in_doubt(
    kiosk_at, language
):
    async with kiosk_at(language, size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.badge("1002")
        walk.clock.advance(hours=-3)
        await walk.badge("1001")
        await walk.press("f7")
        await walk.front("AttendanceScreen")
        await walk.until(lambda: "K" in bar(walk), "the key for the clock")
        shown = walk.text().splitlines()[-1]
        assert all(f" {key} " in shown for key in (*"NCBTVLK", "Esc")), shown


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_help_says_what_to_do_for_an_ambulance_and_for_a_question(kiosk_at, language):
    async with kiosk_at(language, size=(80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f1")
        await walk.front("HelpScreen")
        await walk.picture()
        shown = walk.text()
        assert "Ctrl+G" in shown
        assert ("首问" if language == "zh_CN" else "asked first") in shown
        away = "走开一会" if language == "zh_CN" else "You step away"
        [line] = [one for one in shown.splitlines() if away in one]
        assert "F3" in line
        assert "F10" in line
