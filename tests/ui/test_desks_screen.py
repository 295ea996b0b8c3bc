"""F6, D: the desks of the site, a line to one of them, and one that comes from there."""

import pytest
from desks_walk import NOBODY_THERE, THERE, back_desk, carry, come
from window_desk import open_things, said

from kiosk.desk_line import service
from kiosk.desk_line.models import READINGS, Reply
from kiosk.ui.row_list import RowList


@pytest.fixture
def back_gate(tmp_path):
    """Make the back gate's desk beside the kiosk of a walk; close it in the end."""
    opened = []

    def make(walk):
        opened.append(back_desk(walk, tmp_path / "back"))
        return opened[0]

    yield make
    for desk in opened:
        desk.close()


def last_line(desk):
    with desk.read() as book:
        return service.said_lately(desk, book)[0].id


async def read_the_line(walk):
    """From F6 to the line of the other desk."""
    shown = walk.app.screen.query_one(RowList)
    while shown.current.key.thing.kind != "desk_line.unread":
        await walk.press("down")
    await walk.press("enter")
    await walk.front("ReadLine")


async def test_a_line_is_sent_with_few_keys_and_its_reading_comes_back(kiosk_at, back_gate):
    async with kiosk_at(**NOBODY_THERE) as walk:
        await walk.open_desk()
        there = back_gate(walk)
        await come(walk, there)
        await open_things(walk)
        await walk.press("d")
        await walk.front("DesksScreen")
        await walk.until(lambda: "后门" in walk.text(), "the other desk")
        await walk.press("enter")
        await walk.front("AskText")
        await walk.line("The water works come to you")
        await walk.front("DesksScreen")
        await walk.until(lambda: "not delivered yet" in walk.text(), "the line")
        assert said(walk).headline == "The line to 后门 waits."
        carry(walk.app.kiosk.desk, there)
        service.read(there, THERE, last_line(there), Reply.COMING)
        await come(walk, there)
        await walk.until(lambda: "Coming at once" in walk.text(), "that it was read")
        assert "telephone 8302" in walk.text()


async def test_a_line_that_comes_is_read_from_the_list_and_answered_with_a_digit(
    kiosk_at, back_gate
):
    async with kiosk_at("zh_CN", **NOBODY_THERE) as walk:
        await walk.open_desk()
        there = back_gate(walk)
        line = service.send(there, THERE, "", "请开门")
        await come(walk, there)
        await open_things(walk)
        await walk.until(lambda: "后门来对讲" in walk.text(), "the line in the list")
        assert "请开门" not in walk.text()
        await read_the_line(walk)
        await walk.until(lambda: "请开门" in walk.text(), "the words")
        await walk.press("escape")
        await walk.front("OpenThingsScreen")
        with walk.app.kiosk.desk.read() as book:
            assert len(service.unread_here(walk.app.kiosk.desk, book)) == 1
        await read_the_line(walk)
        await walk.press("2")
        await walk.front("OpenThingsScreen")
        assert said(walk).headline == "马上来"
        assert said(walk).notes == ("线路已断，恢复后自动发出。",)
        carry(walk.app.kiosk.desk, there)
        with there.read() as book:
            [reading] = book.all(READINGS, line=line)
        assert reading.reply is Reply.COMING


async def test_a_desk_that_stands_alone_shows_no_desks(kiosk_at):
    async with kiosk_at() as walk:
        await walk.open_desk()
        await open_things(walk)
        assert "All desks" not in walk.text()
        await walk.press("d")
        await walk.pilot.pause()
        assert type(walk.app.screen).__name__ == "OpenThingsScreen"
