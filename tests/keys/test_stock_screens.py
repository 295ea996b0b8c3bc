"""Counting the board: every tap is told at once, and none of them lends or takes back a thing."""

import pytest

from kiosk.desk import journal, posts
from kiosk.desk.loans import OPEN_LOANS, Condition, Ended, Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.stock import LINES_OF, MISSING_OF, TAKE, Seen, last_take
from kiosk.desk.words import use
from kiosk.keys import enrolling, losing, returning, service, stock_take
from kiosk.keys.screens import SCREENS
from kiosk.keys.screens_board import KeyBoard
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
        take = last_take(book, desk.gate)
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
        assert (app.said[-1].headline, app.said[-1].name) == ("The count does not agree.", "T1")
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
        lines = book.all(LINES_OF, take=last_take(book, desk.gate).id)
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
    begun = stock_take.begin(desk, "2001")
    stock_take.tap(desk, begun.take_id, "2001", TAGS["out"])
    returning.give_back(desk, things["out"].id, "2001", Ended.TAG)
    done = stock_take.finish(desk, begun.take_id, "2001")
    assert done.differing == ()
    assert (done.expected, done.present, done.missing) == (3, 1, 2)


# What is blocked is not lent, but it has to be here.


def test_a_blocked_thing_that_is_not_here_is_missing(desk, things):
    losing.block(desk, things["gone"].id, "2001", Condition.BENT)
    begun = stock_take.begin(desk, "2001")
    stock_take.tap(desk, begun.take_id, "2001", TAGS["here"])
    done = stock_take.finish(desk, begun.take_id, "2001")
    assert (done.expected, done.present, done.agrees) == (2, 1, False)
    with desk.read() as book:
        assert book.all(MISSING_OF, take=begun.take_id) == ["gone"]


@pytest.mark.usefixtures("things")
async def test_a_blocked_thing_is_missing_until_it_is_tapped(app, desk, things):
    losing.block(desk, things["gone"].id, "2001", Condition.BENT)
    async with app.run_test(size=(120, 36)) as pilot:
        await begin(app, pilot)
        assert lists(app) == (["gone", "here"], [])
        for uid in (TAGS["here"], TAGS["gone"]):
            await app.tap(uid)
            await settle(pilot)
        assert (app.said[-1].headline, app.said[-1].name) == ("here, blocked", "gone")
        assert lists(app) == ([], [])
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "The count agrees." in picture(app)
    with desk.read() as book:
        take = last_take(book, desk.gate)
    assert (take.expected, take.present, take.missing, take.differing) == (2, 2, 0, 0)


# A count belongs to one duty.


@pytest.fixture
def on_post(desk, people) -> None:
    """2001 is on the post."""
    with desk.write(by="2001") as tx:
        posts.take(tx, desk.gate, people["2001"])


def relieve(desk, people, outgoing: str, incoming: str) -> None:
    with desk.write(by=outgoing) as tx:
        posts.relieve(tx, desk.gate, people[outgoing], people[incoming])


@pytest.mark.usefixtures("things", "on_post")
def test_the_taps_of_an_earlier_duty_are_no_count_of_this_one(desk, desk_clock, people):
    begun = stock_take.begin(desk, "2001")
    for uid in (TAGS["here"], TAGS["gone"]):
        stock_take.tap(desk, begun.take_id, "2001", uid)
    desk_clock.advance(days=3)
    relieve(desk, people, "2001", "2002")
    for refused in (
        lambda: stock_take.tap(desk, begun.take_id, "2002", UNKNOWN),
        lambda: stock_take.unsee(desk, begun.take_id, "2002"),
        lambda: stock_take.finish(desk, begun.take_id, "2002"),
    ):
        with pytest.raises(Refused) as why:
            refused()
        assert why.value.code == "keys.take_old"
    anew = stock_take.begin(desk, "2002")
    assert (anew.number, anew.abandoned) == ("T2", begun.number)
    done = stock_take.finish(desk, anew.take_id, "2002")
    assert (done.expected, done.present, done.agrees) == (2, 0, False)
    with desk.read() as book:
        old = book.one(TAKE, id=begun.take_id)
        assert len(book.all(LINES_OF, take=begun.take_id)) == len({"here", "gone"})
    assert (old.finished_at, old.abandoned_at, old.by) == (None, desk_clock.now, "2001")
    assert codes(desk).count("stock.abandoned") == 1
    with pytest.raises(Refused) as why:
        stock_take.tap(desk, begun.take_id, "2002", UNKNOWN)
    assert why.value.code == "keys.take_old"


@pytest.mark.usefixtures("things", "on_post")
def test_a_count_goes_on_in_the_same_duty_however_long_it_was_paused(desk, desk_clock):
    begun = stock_take.begin(desk, "2001")
    stock_take.tap(desk, begun.take_id, "2001", TAGS["here"])
    desk_clock.advance(hours=11)
    again = stock_take.begin(desk, "2001")
    assert again == begun
    assert stock_take.finish(desk, again.take_id, "2001").present == 1
    assert "stock.abandoned" not in codes(desk)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "was not finished in its shift. This is a new count."),
        ("zh_CN", "在当班时没有点完，已作废。现在是新的一次清点。"),
    ],
)
@pytest.mark.usefixtures("things", "on_post", "compiled_words")
async def test_the_next_guard_is_told_that_an_old_count_was_not_finished(
    app, desk, desk_clock, people, language, words
):
    use(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await app.tap(TAGS["here"])
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        desk_clock.advance(minutes=1)
        relieve(desk, people, "2001", "2002")
        await pilot.press("i")
        await settle(pilot)
        assert lists(app) == (["gone", "here"], [])
        assert (app.said[-1].tone, app.said[-1].name) == (Tone.AMBER, "T1")
        assert app.said[-1].headline == words
        assert "T2" in picture(app)


@pytest.mark.usefixtures("things", "on_post")
async def test_a_count_that_a_relief_has_ended_is_left_and_not_paused(
    app, desk, desk_clock, people
):
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        assert "Pause" in picture(app)
        desk_clock.advance(minutes=1)
        relieve(desk, people, "2001", "2002")
        await app.tap(TAGS["here"])
        await settle(pilot)
        refused = "T1 was begun in an earlier shift. Esc, then I begins a new count."
        assert app.said[-1].headline == refused
        assert "Pause" not in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, KeyBoard)
        assert app.said[-1].headline == refused
