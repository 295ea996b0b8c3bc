"""A list as long as the book reads only what is looked at, and the cursor stays on its row."""

import pytest
from textual.app import App

from kiosk.ui import palette
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.window import PAGE, Window


class Shelf:
    """Ten thousand numbered rows that note which pages were read."""

    def __init__(self, first: int = 0) -> None:
        self.first, self.read, self.asked = first, [], []

    def window(self, count: int = 10_000) -> Window:
        return Window(count, self.fetch, self.place)

    def fetch(self, offset: int, limit: int) -> list[ListRow]:
        self.read.append(offset)
        return [ListRow((f"row {self.first + n}",), key=self.first + n)
                for n in range(offset, offset + limit)]  # fmt: skip

    def place(self, key: int) -> int | None:
        self.asked.append(key)
        return key - self.first if key >= self.first else None


class ListApp(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return palette.css_variables()

    def compose(self):
        yield RowList(Column("what"), id="list")


def test_only_the_pages_looked_at_are_read():
    shelf = Shelf()
    rows = shelf.window()
    assert (len(rows), shelf.read) == (10_000, [])
    assert [rows[i].key for i in (0, 1, 5000, -1)] == [0, 1, 5000, 9999]
    assert shelf.read == [0, 5000 // PAGE * PAGE, 9999 // PAGE * PAGE]
    assert [row.key for row in rows[2:4]] == [2, 3]
    with pytest.raises(IndexError):
        rows[10_000]


def test_a_row_that_went_meanwhile_is_empty_and_nothing_breaks():
    rows = Window(3, lambda _offset, _limit: [ListRow(("one",), key=1)])
    assert [row.key for row in rows] == [1, None, None]


async def test_the_list_shows_a_window_without_reading_it_from_end_to_end():
    shelf = Shelf()
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        shown = app.query_one(RowList)
        shown.focus()
        shown.show(shelf.window())
        await pilot.pause()
        assert shelf.read == [0]
        await pilot.press("end")
        assert shown.current.key == 9999
        assert shelf.read == [0, 9999 // PAGE * PAGE]


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go_before_it():
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        shown = app.query_one(RowList)
        shown.show(Shelf().window())
        shown.action_move(500)
        same = Shelf()
        shown.show(same.window())
        assert (shown.current.key, same.asked) == (500, [])
        fewer = Shelf(first=200)
        shown.show(fewer.window(9_800))
        assert (shown.cursor, shown.current.key, fewer.asked) == (300, 500, [500])
        gone = Shelf(first=700)
        shown.show(gone.window(100))
        assert (shown.cursor, shown.current.key) == (99, 799)
        await pilot.pause()


async def test_a_row_without_cells_is_drawn_blank():
    app = ListApp()
    async with app.run_test(size=(40, 12)) as pilot:
        app.query_one(RowList).show(Window(2, lambda _offset, _limit: [ListRow(("one",), key=1)]))
        await pilot.pause()
        text = "\n".join(
            "".join(segment.text for segment in line)
            for line in app.screen._compositor.render_strips()
        )
        assert "one" in text
