"""From A to B to C: what A wrote down is on C's list under the same number, on every screen."""

import pytest

from kiosk.desk import posts, spool
from kiosk.desk.slip_lines import Field, Item
from kiosk.desk.words import use
from shift_handover import frozen as view
from shift_handover import matters
from shift_handover.matters import Entrusting
from shift_handover.models import Ending, GiverKind
from shift_handover.screens_done import DoneScreen
from shift_handover.screens_home import HandoverHome
from shift_handover.screens_reading import ReadScreen
from tests.shift_handover.handing_over import sign_over
from tests.shift_handover.test_handover_screens import (
    either,
    frozen_screen,
    opened,
    read_all,
    sign,
    text,
    to,
    until,
)

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")
OUT, IN = "04A1B2C3D4E502", "04A1B2C3D4E503"
THREE = ("2001", "2002", "3001")


def entrust(desk, by, what, receiver="张科长"):
    return matters.entrust(desk, by, Entrusting(GiverKind.VISITOR, "王先生", receiver, what))


def told(book, number):
    return next(one for one in matters.open_matters(book) if one.number == number)


def lines(things):
    return {thing.number: thing.what_is_asked for thing in things if thing.kind == "matter"}


def test_the_third_guard_gets_what_the_first_wrote_down_under_the_same_number(
    desk, desk_clock, open_list
):
    entrust(desk, "2001", "牛皮纸袋")
    entrust(desk, "2001", "退伞")
    first = sign_over(desk, open_list, "2001", "2002")
    desk_clock.advance(hours=8)
    with desk.read() as book:
        closed = told(book, next(iter(lines(first.document.things))))
    matters.close(desk, "2002", closed.id, Ending.TOLD, "张科长")
    entrust(desk, "2002", "修锁")
    second = sign_over(desk, open_list, "2002", "2001")
    desk_clock.advance(hours=8)
    entrust(desk, "2001", "送报纸")
    third = sign_over(desk, open_list, "2001", "2002")
    at_a, at_b, at_c = (lines(one.document.things) for one in (first, second, third))
    left = {number: what for number, what in at_a.items() if number != closed.number}
    assert left.items() < at_b.items() < at_c.items()
    assert set(at_c.values()) == {"修锁", "送报纸", "退伞"}
    with desk.read() as book:
        kept = view.handover_by_id(book, first.id).document
    assert lines(kept.things) == at_a
    for number in ("015", "017", "018", "L4"):
        assert number in {thing.number for thing in third.document.things}


def test_three_guards_in_a_row_each_get_what_is_open_and_nothing_twice(desk, desk_clock, open_list):
    entrust(desk, "2001", "牛皮纸袋")
    chain = [sign_over(desk, open_list, "2001", "2002")]
    desk_clock.advance(hours=4)
    chain.append(sign_over(desk, open_list, "2002", "3001"))
    listed = [[thing.number for thing in one.document.things] for one in chain]
    assert listed[0] == listed[1]
    assert len(set(listed[1])) == len(listed[1])
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "3001"


@pytest.mark.usefixtures("words_zh")
def test_the_print_says_date_time_to_whom_and_each_value(desk, desk_clock, open_list):
    use("zh_CN")
    entrust(desk, "2001", "牛皮纸袋")
    desk_clock.advance(hours=3)
    signed = sign_over(desk, open_list, "2001", "2002")
    printed = spool.next_job(desk)[1]
    fields = {line.label: line.value for line in printed.lines if isinstance(line, Field)}
    at = f"{desk.local(signed.ended_at):%Y-%m-%d %H:%M}"
    assert fields["交接时间"] == fields["冻结时间"] == at
    assert (fields["交班人"], fields["接班人"]) == ("李建国", "王磊")
    items = {line.number: line for line in printed.lines if isinstance(line, Item)}
    assert set(items) == {thing.number for thing in signed.document.things}
    [matter] = [line for line in items.values() if "牛皮纸袋" in line.text]
    assert "张科长" in matter.text
    assert "王先生" in matter.detail


@pytest.mark.usefixtures("compiled_words")
@either
async def test_the_accept_screens_say_to_whom_when_and_what_and_the_next_shift_sees_it_first(
    app, desk, people, size, language
):
    number = entrust(desk, "2001", "牛皮纸袋")
    async with opened(app, size, language) as pilot:
        await frozen_screen(pilot)
        reading = app.screen
        assert isinstance(reading, ReadScreen)
        for said in ("王磊", "牛皮纸袋", number, "017", "018"):
            assert said in text(app), said
        await read_all(pilot)
        await pilot.press("s")
        await until(pilot, lambda: app.screen is not reading)
        first = await sign(pilot, OUT, people["2001"])
        await until(pilot, lambda: app.screen not in {first, reading})
        assert "王磊" in text(app)
        await sign(pilot, IN, people["2002"])
        await to(pilot, DoneScreen)
        at = f"{desk.local(desk.clock()):%H:%M}"
        await until(pilot, lambda: at in text(app))
        await pilot.press("enter")
        await to(pilot, HandoverHome)
        with desk.read() as book:
            assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"
        await pilot.press("3")
        await until(pilot, lambda: "牛皮纸袋" in text(app) and number in text(app))
