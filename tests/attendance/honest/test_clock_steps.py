"""Corrections, void taps and repeats while the computer's clock steps about."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from kiosk.attendance import service
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest.models import Doubt, TapDoubt
from kiosk.attendance.honest.service import void
from kiosk.attendance.models import VoidReason
from kiosk.attendance.outing import service as outing_service
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.desk.desk import Desk
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.signing import Means

pytestmark = pytest.mark.usefixtures("people")
IN, OUT = Whereabouts.IN, Whereabouts.OUT


def here(desk, person):
    with desk.read() as book:
        found = book.one(PRESENCE, person=person.id)
    return None if found is None else (found.state, found.tapped_at)


def day_of(desk, person):
    with desk.read() as book:
        return days_between(desk, book, desk.today(), desk.today()).of(person, desk.today())


@pytest.mark.parametrize("days", [-400, 400])
@pytest.mark.parametrize("how", ["changed", "outing"])
def test_what_is_written_beside_a_doubtful_tap_makes_no_wrong_clock_right(
    settings, desk, people, desk_clock, days, how
):
    person = people["3001"]
    service.tap(desk, person, "door")
    desk_clock.advance(days=days)
    made = service.tap(desk, person, "door")
    assert made.doubt is not None
    if how == "changed":
        service.change(desk, made.tap_id, by="2001")
    else:
        approval = Approval(people["1001"], Means.BADGE)
        outing_service.start(desk, "2001", "3001", Going("镇政府", "开会"), approval)
    desk.close()
    opened = Desk.open(settings, desk_clock)
    desk_clock.advance(minutes=1)
    again = service.tap(opened, people["2002"], "door").doubt
    desk_clock.advance(days=-days)
    right = service.tap(opened, people["1001"], "door").doubt
    opened.close()
    assert again is not None
    assert right is None


def test_the_sign_out_of_an_outing_is_marked_while_the_clock_is_in_doubt(desk, people, desk_clock):
    person = people["3001"]
    desk_clock.advance(hours=1)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=-1)
    service.tap(desk, person, "door")
    desk_clock.advance(minutes=6)
    approval = Approval(people["1001"], Means.BADGE)
    outing_service.start(desk, "2001", "3001", Going("镇政府", "开会"), approval)
    with desk.read() as book:
        assert [one.why for one in book.all(select(TapDoubt))] == [Doubt.CLOCK_BACK] * 2


def test_the_sign_out_of_an_outing_moves_the_time_on_by_which_the_clock_is_judged(
    desk, people, desk_clock
):
    service.tap(desk, people["3001"], "door")
    desk_clock.advance(hours=2)
    approval = Approval(people["1001"], Means.BADGE)
    outing_service.start(desk, "2001", "3001", Going("镇政府", "开会"), approval)
    desk_clock.advance(hours=-1)
    result = service.tap(desk, people["1001"], "door")
    assert result.doubt is not None
    assert result.doubt.why is Doubt.CLOCK_BACK


@pytest.mark.parametrize("days", [-400, -2, 400])
def test_a_void_tap_of_a_doubtful_clock_puts_presence_back_to_the_tap_before(
    desk, people, desk_clock, days
):
    service.tap(desk, people["1001"], "door")
    came = desk_clock.now
    desk_clock.advance(days=days)
    second = service.tap(desk, people["1001"], "door")
    assert void(desk, "2001", second.tap_id, VoidReason.NOT_HOLDER).now is IN
    assert here(desk, people["1001"]) == (IN, came)


def test_a_void_tap_of_a_clock_set_back_within_the_day_goes_by_the_order_written(
    desk, people, desk_clock
):
    desk_clock.advance(hours=1)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(minutes=-30)
    out = service.tap(desk, people["1001"], "door")
    desk_clock.advance(minutes=-10)
    third = service.tap(desk, people["1001"], "door")
    assert (out.kind, third.kind) == (OUT, IN)
    assert void(desk, "2001", third.tap_id, VoidReason.NOT_HOLDER).now is OUT


@pytest.mark.parametrize("seconds", [1, 59])
def test_a_step_back_of_the_clock_too_small_to_be_in_doubt_signs_nobody_out(
    desk, people, desk_clock, seconds
):
    made = service.tap(desk, people["1001"], "door")
    desk_clock.advance(seconds=-seconds)
    again = service.tap(desk, people["1001"], "door")
    assert (again.shown_again, again.kind) == (True, IN)
    assert day_of(desk, people["1001"]).inside
    assert service.change(desk, made.tap_id, by="2001").kind is OUT


def test_a_tap_just_after_the_sites_day_began_only_shows_the_last_one(desk, people, desk_clock):
    desk_clock.now = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 19:00
    service.tap(desk, people["1001"], "door")
    desk_clock.now = datetime(2026, 11, 23, 19, 59, 59, tzinfo=UTC)  # 03:59:59
    assert service.tap(desk, people["1001"], "door").kind is OUT
    desk_clock.advance(seconds=3)
    again = service.tap(desk, people["1001"], "door")
    assert (again.shown_again, again.kind) == (True, OUT)
    desk_clock.advance(minutes=5)
    assert service.tap(desk, people["1001"], "door").kind is IN


def test_a_tap_a_second_before_midnight_is_of_the_day_that_ends(desk, people, desk_clock):
    today = desk.today()
    service.tap(desk, people["1001"], "door")
    desk_clock.now = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)  # 23:59:59
    assert service.tap(desk, people["1001"], "door").kind is OUT
    desk_clock.advance(seconds=1)
    assert service.tap(desk, people["1001"], "door").shown_again
    desk_clock.advance(hours=10)
    with desk.read() as book:
        day = days_between(desk, book, today, today).of(people["1001"], today)
    assert (day.inside, day.went) == (False, desk_clock.now - timedelta(hours=10, seconds=1))
