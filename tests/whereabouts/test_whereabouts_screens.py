"""The board at F5: by keys alone, at both sizes and in both languages, without any reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from textual.app import App

from kiosk import all_reports, features
from kiosk.attendance import service
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.words import use
from kiosk.frame import Frame
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.home import HomeScreen
from kiosk.ui.row_list import RowList
from kiosk.whereabouts.screens_board import WhereaboutsBoard
from kiosk.whereabouts.screens_person import PersonWhere

SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 23)


class BoardApp(App[None]):
    """The board at an open desk."""

    CSS_PATH = Frame.CSS_PATH
    ENABLE_COMMAND_PALETTE = False
    dialog_closed_at = -100.0
    devices = SimpleNamespace(role_of=lambda _name: "desk", has_door_reader=False)

    def __init__(self, desk: Desk, pen: Pen) -> None:
        super().__init__()
        self.context = Context(
            desk, pen, features.outstanding, lambda _verdict: None, lambda: None,
            whereabouts=features.whereabouts,
        )  # fmt: skip

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return palette.css_variables()

    def on_mount(self) -> None:
        self.push_screen(HomeScreen(lambda: iter(())))


@pytest.fixture
def board(desk, people) -> Iterator[BoardApp]:
    pen = Pen()
    made = BoardApp(desk, pen)
    made.context.operator = people["2001"]
    yield made
    pen.close()


def picture(app) -> str:
    return "\n".join(
        "".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()
    )


def names(app) -> list[str]:
    return [row.cells[0].strip() for row in app.screen.query_one(RowList).rows]


async def look(app, pilot) -> None:
    await app.push_screen(WhereaboutsBoard())
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
def scattered(desk, people, absences, desk_clock):
    """张伟 is late from an outing, 李娜 on leave with a stand-in, 李建国 in, two unsigned."""
    service.tap(desk, people["2001"], "door")
    absences.outing(people["1001"], back_by=desk_clock.now + timedelta(minutes=30))
    absences.leave(people["3001"], TODAY, TODAY + timedelta(days=2))
    absences.stand_in(people["3001"], people["9001"])
    desk_clock.advance(hours=1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.usefixtures("compiled_words", "scattered")
async def test_clause_26_the_board_shows_where_and_back_by_and_an_overdue_return_in_amber(
    board, size, language
):
    use(language)
    async with board.run_test(size=size) as pilot:
        await look(board, pilot)
        text = picture(board)
        rows = {row.cells[0].strip(): row for row in board.screen.query_one(RowList).rows}
    wanted = {
        "en": ("late, due 08:50", "until 11-25", "2 unsigned", "In 1"),
        "zh_CN": ("逾时 应回08:50", "至 11-25", "未签 2", "在岗 1"),
    }[language]
    for word in (*wanted, "县财政局", "陈静"):
        assert word in text
    assert rows["张伟"].colour == palette.AMBER
    assert ".." not in text


@pytest.mark.usefixtures("scattered", "words_zh")
async def test_the_board_and_a_person_show_no_reason_and_no_kind_of_leave(board):
    async with board.run_test(size=(120, 36)) as pilot:
        await look(board, pilot)
        seen = picture(board)
        for name in ("张伟", "李娜"):
            place = names(board).index(name)
            board.screen.query_one(RowList).action_move(
                place - board.screen.query_one(RowList).cursor
            )
            await pilot.press("enter")
            assert isinstance(board.screen, PersonWhere)
            seen += picture(board)
            await pilot.press("escape")
    for secret in ("住院手术", "私事秘密", "病假"):
        assert secret not in seen


@pytest.mark.usefixtures("scattered")
async def test_letters_filter_the_field_finds_and_escape_goes_back_step_by_step(board):
    async with board.run_test() as pilot:
        await look(board, pilot)
        for key, found in (
            ("i", ["李建国"]), ("w", ["张伟", "李娜"]), ("n", ["王磊", "陈静"]),
            ("a", ["张伟", "李建国", "王磊", "李娜", "陈静"]),
        ):  # fmt: skip
            await pilot.press(key)
            assert names(board)[1:] == found
        await pilot.press("space", *"wl")
        assert names(board)[1:] == ["王磊"]
        await pilot.press("enter", "enter")
        assert isinstance(board.screen, PersonWhere)
        await pilot.press("escape", "escape")
        assert len(names(board)) == 6
        await pilot.press("escape")
        assert isinstance(board.screen, HomeScreen)


@pytest.mark.usefixtures("scattered")
async def test_enter_says_what_to_do_next(board):
    async with board.run_test() as pilot:
        await look(board, pilot)
        said = {}
        for name in ("张伟", "李建国", "李娜", "王磊"):
            listed = board.screen.query_one(RowList)
            listed.action_move(names(board).index(name) - listed.cursor)
            await pilot.press("enter")
            said[name] = " ".join(picture(board).split())
            await pilot.press("escape")
    assert "Expected back already: ask the head of the section." in said["张伟"]
    assert "Call extension 8001." in said["李建国"]
    assert "陈静 stands in: extension 8001." in said["李娜"]
    assert "Not signed in today: ask the section, or leave a message (F6, N)." in said["王磊"]


async def test_right_and_left_go_from_section_to_section(board, desk, people):
    with desk.write() as tx:
        tx.put(type(people["3001"])(
            **{**people["3001"].model_dump(), "id": "new", "stamp": "", "staff_no": "3009",
               "department_id": None}
        ))  # fmt: skip
        tx.record("person.added", person="3009")
    async with board.run_test() as pilot:
        await look(board, pilot)
        assert names(board)[0] == "No section"
        await pilot.press("right")
        assert names(board)[board.screen.query_one(RowList).cursor] == "办公室"
        await pilot.press("left")
        assert board.screen.query_one(RowList).cursor == 0


@pytest.mark.usefixtures("scattered")
def test_the_report_says_the_same_and_no_reason(desk):
    with desk.read() as book:
        made = all_reports.reports()["whereabouts"](desk, book, None)
    assert "whereabouts" in all_reports.only_now()
    assert made.title == "Whereabouts 11-23 09:20: 1 in, 1 out, 1 on leave, 2 not signed"
    assert made.rows[0] == (
        "办公室", "1001", "张伟", "On an outing", "late, due 08:50", "县财政局", "",
    )  # fmt: skip
    assert made.rows[3][3:] == ("On leave", "until 11-25", "", "陈静")
