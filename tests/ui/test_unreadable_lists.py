"""A list that cannot be read says so and stops nothing: the gate goes on taking taps."""

import sqlite3
from contextlib import closing

import pytest

from kiosk.ui import palette
from kiosk.ui.tap_area import TapArea


def on_disk(walk, *statements):
    database = walk.app.settings.desk.database
    with closing(sqlite3.connect(database)) as book, book:
        for statement in statements:
            assert book.execute(statement).rowcount > 0


async def look_again(walk):
    walk.app.changed()
    await walk.until(lambda: not walk.app._stale, "a look at the book")
    await walk.pilot.pause()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This list cannot be read"), ("zh_CN", "这个列表读不出")]
)
async def test_a_list_that_cannot_be_read_says_so_until_it_can(kiosk_at, language, words):
    async with kiosk_at(language) as walk:
        on_disk(walk, "UPDATE visit SET from_at = 'x' || from_at")
        await look_again(walk)
        await walk.until(lambda: words in walk.text(), "the red line")
        await walk.badge("1002")
        assert walk.app.screen.query_one("#tap", TapArea).verdict.tone is palette.Tone.GOOD
        await look_again(walk)
        assert walk.text().count(words) == 1
        on_disk(walk, "UPDATE visit SET from_at = substr(from_at, 2)")
        await look_again(walk)
        await walk.until(lambda: words not in walk.text(), "the line to go")


async def test_every_screen_with_a_list_outlives_what_cannot_be_read(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        on_disk(walk, "UPDATE visit SET from_at = 'x' || from_at")
        for key, screen in (
            ("f2", "VisitorsScreen"), ("f3", "HandoverHome"), ("f6", "OpenThingsScreen")
        ):  # fmt: skip
            await walk.press(key)
            await walk.front(screen)
            await walk.until(lambda: "This list cannot be read" in walk.text(), screen)
            await walk.home()
        await walk.badge("1002")


async def test_a_changed_name_is_a_word_on_the_home_screen(kiosk_at):
    async with kiosk_at("zh_CN", (120, 36)) as walk:
        await walk.open_desk()
        on_disk(walk, "UPDATE visit SET name = substr(name, 1, 60) || '!' || substr(name, 62)")
        await look_again(walk)
        await walk.until(lambda: "读不出" in walk.text(), "the word")
        assert "这个列表读不出" not in walk.text()
