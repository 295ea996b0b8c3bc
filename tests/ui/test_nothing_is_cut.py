"""On a small screen what the guard has to choose between is read whole, in both languages."""

import pytest
from textual.app import App

from kiosk.attendance.stand_ins.screens_name import AskUntil
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.safe_text import cells
from kiosk.desk.words import use
from kiosk.keys.board_pages import Show
from kiosk.keys.elsewhere import Where
from kiosk.keys.screens_board_rows import columns
from kiosk.ui.row_list import Column, ListRow, RowList
from visitors.screens_gates import WhichIsRight

GATE = "东门传达室"
TWICE = {
    "visitor": "欧阳娜娜女士", "first": "11-22 1001", "first_gate": GATE, "first_at": "11-22 08:20",
    "second": "11-22 1017", "second_gate": GATE, "second_at": "11-22 08:41",
}  # fmt: skip
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


def rows_of(app):
    return [
        "".join(segment.text for segment in strip)
        for strip in (app.query_one(RowList).render_line(y) for y in range(app.size.height))
    ]


@BOTH_LANGUAGES
async def test_which_of_two_visits_is_right_is_asked_whole(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        clock = walk.app.kiosk.desk.clock
        thing = OpenThing("visit.twice", "", "017", Urgency.NOW, Wording(""), clock(), facts=TWICE)
        await walk.app.push_screen(WhichIsRight(thing))
        await walk.front("WhichIsRight")
        choices = walk.app.screen.query_one("#choices", RowList)
        shown = ["".join(s.text for s in choices.render_line(y)) for y in range(3)]
        assert not [line for line in shown if ".." in line]
        assert all("08:" in line for line in shown[:2])
        help_line = str(walk.app.screen.query_one("#dialog-help").render())
        assert ("void" if language == "en" else "作废") in help_line


@BOTH_LANGUAGES
@pytest.mark.parametrize("unconfirmed", [False, True])
def test_at_which_desk_a_key_is_stands_whole_in_its_column(compiled_words, language, unconfirmed):
    del compiled_words
    use(language)
    told = Where(GATE, unconfirmed=unconfirmed).told()
    board = columns(Show.ALL)
    use("en")
    assert cells(told) <= board[1].width
    assert sum(one.width for one in board[:4]) + 3 * 2 <= 80 - 8, "all four fit beside each other"


@BOTH_LANGUAGES
async def test_what_can_be_done_with_a_lost_key_is_read_whole(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        await walk.press("f4")
        await walk.front("KeyBoard")
        await walk.press("space", *"备用", "enter")
        await walk.front("ThingScreen")
        await walk.press("3")
        await walk.front("ReportLost")
        await walk.press("enter", "enter")
        await walk.front("AfterLoss")
        await walk.press("enter")
        await walk.front("ThingScreen")
        assert ".." not in walk.text()


class Airy(App[None]):
    """Three rows with space between them, in five lines: the last has no line below it."""

    def compose(self):
        yield RowList(Column("", share=1), header=False, spaced=True)

    def on_mount(self):
        words = "a long row that needs two lines here"
        self.query_one(RowList).show([ListRow((f"{n} {words}",), key=n) for n in range(3)])


async def test_a_row_at_the_foot_of_an_airy_list_says_that_it_goes_on():
    app = Airy()
    async with app.run_test(size=(24, 5)):
        shown = rows_of(app)
        assert ".." not in shown[0]
        assert shown[1].strip(), "the first row goes on below"
        assert ".." in shown[4]


@BOTH_LANGUAGES
async def test_until_which_day_somebody_stands_in_says_how_to_answer(kiosk_at, language):
    async with kiosk_at(language, (80, 24)) as walk:
        await walk.open_desk()
        with walk.app.kiosk.desk.read() as book:
            absent = person_by_staff_no(book, "1002")
        await walk.app.push_screen(AskUntil(absent))
        await walk.front("AskUntil")
        assert "Esc" in str(walk.app.screen.query_one("#dialog-help").render())
