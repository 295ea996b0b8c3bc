"""Two taps of one way in a row at two desks that could not hear each other (clause 22)."""

import pytest
from desk_app import DeskApp
from site_books import carry, heal

from kiosk.attendance import service as taps
from kiosk.attendance.honest import service as honest
from kiosk.attendance.honest.reading import odd_taps
from kiosk.attendance.honest.reports import doubtful_taps
from kiosk.attendance.honest.screens_look import LookInto
from kiosk.attendance.honest.screens_void import VoidTap
from kiosk.attendance.models import VoidReason
from kiosk.desk.pen import Pen
from kiosk.desk.people import EVERYONE
from kiosk.desk.report import Period
from kiosk.desk.site_desks import introduce
from kiosk.desk.words import use

HOST, OFFICE = "1001", "9001"


@pytest.fixture
def host(two):
    with two[0].read() as book:
        return next(one for one in book.all(EVERYONE) if one.staff_no == HOST)


@pytest.fixture
def app(two):
    pen = Pen()
    made = DeskApp(two[0], pen)
    with two[0].read() as book:
        made.context.operator = next(one for one in book.all(EVERYONE) if one.staff_no == OFFICE)
    yield made
    pen.close()


def looked_into(desk):
    with desk.read() as book:
        found = odd_taps(desk, book, desk.today(), desk.today())
    return [(one.odd.value, one.tap.id) for one in found]


def test_clause_22_in_at_two_desks_while_cut_is_to_be_looked_into_at_both(two, host, desk_clock):
    east, north = two
    for desk in two:
        introduce(desk)
    taps.tap(east, host, "")
    desk_clock.advance(hours=4)
    again = taps.tap(north, host, "")
    assert looked_into(east) == looked_into(north) == []
    heal(two)
    for desk in two:
        assert looked_into(desk) == [("two_desks", again.tap_id)]
        with desk.read() as book:
            table = doubtful_taps(desk, book, Period(desk.today(), desk.today()))
        assert table.rows[0][-1] == "南门 08:20, 东门 12:20"


def test_clause_22_out_at_two_desks_while_cut_is_to_be_looked_into(two, host, desk_clock):
    east, north = two
    taps.tap(east, host, "")
    carry(east, north)
    desk_clock.advance(hours=2)
    taps.tap(east, host, "")
    desk_clock.advance(hours=2)
    back = taps.tap(north, host, "")
    heal(two)
    assert looked_into(east) == [("two_desks", back.tap_id)]


def test_a_void_puts_it_right(two, host, desk_clock):
    east, north = two
    taps.tap(east, host, "")
    desk_clock.advance(hours=4)
    again = taps.tap(north, host, "")
    heal(two)
    honest.void(east, OFFICE, again.tap_id, VoidReason.OTHER)
    heal(two)
    assert looked_into(east) == looked_into(north) == [("void", again.tap_id)]


def test_a_way_that_a_later_void_made_the_same_is_not_looked_into(two, host, desk_clock):
    east, north = two
    taps.tap(east, host, "")
    desk_clock.advance(hours=2)
    gone = taps.tap(east, host, "")
    carry(east, north)
    desk_clock.advance(hours=2)
    taps.tap(north, host, "")
    heal(two)
    desk_clock.advance(hours=1)
    honest.void(east, OFFICE, gone.tap_id, VoidReason.OTHER)
    heal(two)
    assert looked_into(north) == [("void", gone.tap_id)]


def test_a_way_the_person_chose_is_not_looked_into(two, host, desk_clock):
    east, north = two
    taps.tap(east, host, "")
    carry(east, north)
    desk_clock.advance(hours=2)
    out = taps.tap(north, host, "")
    taps.change(north, out.tap_id, HOST)
    heal(two)
    assert looked_into(east) == looked_into(north) == []


@pytest.mark.usefixtures("compiled_words")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "南门 08:20, 东门 12:20"), ("zh_CN", "南门 08:20，东门 12:20")]
)
async def test_v_on_the_list_voids_it(app, two, host, desk_clock, size, language, said):
    use(language)
    east, north = two
    for desk in two:
        introduce(desk)
    taps.tap(east, host, "")
    desk_clock.advance(hours=4)
    taps.tap(north, host, "")
    heal(two)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(LookInto())
        await app.until(lambda: said in seen(app), "the two desks")
        await pilot.press("v")
        await app.front(VoidTap)
        await pilot.press("4")
        await app.front(LookInto)
        await app.until(lambda: said not in seen(app), "the void tap")
    assert [odd for odd, _tap in looked_into(east)] == ["void"]


def seen(app):
    """Return every character of the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in strips)
