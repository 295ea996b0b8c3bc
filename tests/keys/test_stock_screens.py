"""Counting the board: every tap is told at once, and none of them lends or takes back a thing."""

import pytest

from kiosk.desk import journal
from kiosk.desk.loans import OPEN_LOANS, Ended, Thing, ThingKind
from kiosk.desk.stock import LINES_OF, Seen, last_take
from kiosk.keys import enrolling, losing, service
from kiosk.keys.screens import SCREENS, KeyBoard
from kiosk.keys.screens_stock import StockTakeScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList

ZHANG, UNKNOWN = "04A1B2C3D4E501", "04AABBCCDDEE01"
TAGS = {name: f"04FFFFFFFFFF0{n}" for n, name in enumerate(("here", "gone", "out", "lost"))}


@pytest.fixture
def things(desk, people) -> dict[str, Thing]:
    """Two things on the board, one out with 张伟, one reported lost."""
    made = {
        name: enrolling.add_thing(desk, "2001", tag, name, ThingKind.DESK_KEY, "A")
        for name, tag in TAGS.items()
    }
    service.lend(desk, made["out"].id, people["1001"], "2001")
    losing.report_lost(desk, made["lost"].id, people["3001"], "2001", desk.clock())
    return made


def holders(desk) -> dict[str, str]:
    with desk.read() as book:
        return {thing.label: person.name for _, thing, person in book.all(OPEN_LOANS)}


def picture(app) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def begin(app, pilot) -> None:
    await app.push_screen(KeyBoard())
    await settle(pilot)
    await pilot.press("i")
    await settle(pilot)
    assert isinstance(app.screen, StockTakeScreen)


def lists(app) -> tuple[list[str], list[str]]:
    missing = app.screen.query_one("#missing", RowList).rows
    differing = app.screen.query_one("#differing", RowList).rows
    return [row.cells[0] for row in missing], [row.cells[0] for row in differing]


def codes(desk, since: int = 0) -> list[str]:
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate, since)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.usefixtures("things")
async def test_each_tap_is_told_at_once_and_neither_lends_nor_takes_back(app, desk, size):
    async with app.run_test(size=size) as pilot:
        await begin(app, pilot)
        assert lists(app) == (["gone", "here"], [])
        since = desk.head.seq
        for uid in (TAGS["here"], TAGS["here"], UNKNOWN, TAGS["out"], TAGS["lost"]):
            await app.tap(uid)
            await settle(pilot)
        assert isinstance(app.screen, StockTakeScreen)
        assert lists(app) == (["gone"], ["lost", "out", "..EE01"])
    assert [(one.tone, one.headline, one.name) for one in app.said] == [
        (Tone.GOOD, "here", "here"),
        (Tone.INFO, "tapped already", "here"),
        (Tone.RED, "unknown tag", "EE01"),
        (Tone.AMBER, "here, yet out", "out"),
        (Tone.AMBER, "here, yet lost", "lost"),
    ]
    assert app.said[3].lines == ("张伟 has it by the book. B takes it back.",)
    assert holders(desk) == {"out": "张伟"}
    assert set(codes(desk, since)) == {"stock.seen"}


@pytest.mark.usefixtures("things")
async def test_b_takes_back_what_hangs_here_and_then_it_differs_no_more(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        for uid in (TAGS["here"], TAGS["gone"], TAGS["out"]):
            await app.tap(uid)
            await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert holders(desk) == {}
        assert lists(app) == ([], [])
        await app.tap(TAGS["lost"])
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert lists(app) == ([], [])
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "The count agrees." in picture(app)
    with desk.read() as book:
        take = last_take(book)
        seen = {thing.label: line.seen for line, thing in book.all(LINES_OF, take=take.id)}
    assert (take.expected, take.present, take.missing, take.differing) == (4, 4, 0, 0)
    assert set(seen.values()) == {Seen.PRESENT}
    with desk.read() as book:
        assert [one.kind for one in app.context.outstanding(desk, book)] == []


@pytest.mark.usefixtures("things")
async def test_enter_twice_finishes_and_the_difference_stands_open(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        await app.tap(TAGS["here"])
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "1 missing, 0 differ. Enter once more finishes" in picture(app)
        assert "stock.taken" not in codes(desk)
        await app.tap(UNKNOWN)  # a tap in between: the first Enter is forgotten
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "stock.taken" not in codes(desk)
        await pilot.press("enter")
        await settle(pilot)
        assert "The count does not agree: 1 missing, 1 differ." in picture(app)
        before = desk.head
        await pilot.press("space", "u", "b", "enter", "enter")
        await settle(pilot)
        assert desk.head == before
    with desk.read() as book:
        kinds = [one.kind for one in app.context.outstanding(desk, book)]
    assert "stock.differs" in kinds
    assert isinstance(SCREENS.goes_to["stock.differs"](None), StockTakeScreen)


@pytest.mark.usefixtures("things")
async def test_esc_pauses_and_i_goes_on_where_it_was(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        await app.tap(TAGS["here"])
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, KeyBoard)
        assert app.said[-1].headline == "The count is paused. I goes on with it."
        await pilot.press("i")
        await settle(pilot)
        assert lists(app) == (["gone"], [])
    assert codes(desk).count("stock.begun") == 1


@pytest.mark.usefixtures("things")
async def test_without_a_reader_things_are_ticked_by_hand_and_it_is_written(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        await pilot.press("down", "space")
        await settle(pilot)
        assert lists(app) == (["gone"], [])
        assert "1 by hand" in picture(app)
        await pilot.press("u")
        await settle(pilot)
        assert lists(app) == (["gone", "here"], [])
        await pilot.press("u")
        await settle(pilot)
        assert app.said[-1].headline == "Nothing was ticked by hand in this count."
        await pilot.press("space", "space", "enter", "enter")
        await settle(pilot)
        assert "The count agrees." in picture(app)
    with desk.read() as book:
        lines = book.all(LINES_OF, take=last_take(book).id)
    assert [line.by_hand for line, _ in lines] == [True, True]


@pytest.mark.usefixtures("things")
async def test_a_badge_at_the_count_is_the_usual_sign_in(app, desk):
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        await app.tap(ZHANG)
        await settle(pilot)
        assert isinstance(app.screen, StockTakeScreen)
        assert lists(app) == (["gone", "here"], [])
    assert codes(desk)[-1] == "staff.signed_in"
    assert app.said[-1].name == "张伟"


def test_a_key_taken_back_by_its_tag_elsewhere_differs_no_more(desk, things):
    from kiosk.keys import returning, stock_take  # noqa: PLC0415 - only this test is without screens

    begun = stock_take.begin(desk, "2001")
    stock_take.tap(desk, begun.take_id, "2001", TAGS["out"])
    returning.give_back(desk, things["out"].id, "2001", Ended.TAG)
    done = stock_take.finish(desk, begun.take_id, "2001")
    assert done.differing == ()
    assert "out" in done.present
