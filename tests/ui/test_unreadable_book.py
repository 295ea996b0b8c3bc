"""The frame outlives a book that cannot be read at all, and says so until it can be again."""

import logging
import sqlite3
from contextlib import closing

from kiosk.ui.bars import StatusBar


def on_disk(walk, statement):
    with closing(sqlite3.connect(walk.app.settings.desk.database)) as book, book:
        book.execute(statement)


def bar(walk):
    return str(walk.app.screen.query_one(StatusBar).render())


async def test_the_frame_ticks_on_without_its_book_says_so_and_logs_it_once(kiosk_at, caplog):
    async with kiosk_at() as walk:
        await walk.open_desk()
        on_disk(walk, "ALTER TABLE duty RENAME TO gone")
        with caplog.at_level(logging.ERROR, logger="kiosk.status"):
            for _turn in range(3):
                walk.app.tick()
            assert "The book cannot be read" in bar(walk)
            await walk.press("f12")
            assert "账本读不出" in bar(walk)
        logged = [one for one in caplog.records if one.name == "kiosk.status"]
        assert len(logged) == 1
        on_disk(walk, "ALTER TABLE gone RENAME TO duty")
        walk.app.tick()
        assert "账本读不出" not in bar(walk)
        assert "李建国" in bar(walk)
