"""Who works over midnight is at work: on the board, in the roll call, and on no overtime list."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from kiosk import features
from kiosk.attendance import service
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.inside import inside
from kiosk.attendance.overtime.service import unlisted
from kiosk.desk.settings_hours import WorkShift
from kiosk.desk.where import Place, where

NIGHT = WorkShift(name="夜班", start=time(22), end=time(8))
EVENING = datetime(2026, 11, 23, 13, 50, tzinfo=UTC)  # 21:50


@pytest.fixture
def worker(desk, people, desk_clock):
    """Somebody who came for the night that the roster gives her."""
    desk.settings = replace(desk.settings, work_shifts=(NIGHT,))
    person = people["3001"]
    with desk.write() as tx:
        tx.put(ShiftDay(person_id=person.id, day=desk.today(), shift="夜班"))
        tx.record("test.shift")
    desk_clock.now = EVENING
    service.tap(desk, person, "door")
    service.tap(desk, people["1001"], "door")  # an office worker who never signs out
    return person


def place(desk, person) -> Place:
    with desk.read() as book:
        return where(desk, book, person, features.whereabouts(desk, book)).place


def doubts(desk) -> dict[str, str]:
    with desk.read() as book:
        return {one.name: one.doubt for one in inside(desk, book)}


@pytest.mark.parametrize(
    ("hours", "there"), [(1, Place.IN), (7, Place.IN), (10, Place.IN), (10.7, Place.NOT_SIGNED)]
)
def test_clause_14_the_board_has_a_night_worker_in_until_the_shift_is_over(
    desk, desk_clock, people, worker, hours, there
):
    desk_clock.advance(hours=hours)
    assert place(desk, worker) is there
    if hours > 7:
        assert place(desk, people["1001"]) is Place.NOT_SIGNED


def test_a_roll_call_at_night_doubts_only_who_is_on_no_shift(desk, desk_clock, worker):
    desk_clock.advance(hours=7)
    assert doubts(desk) == {worker.name: "", "张伟": "not signed out yesterday"}


def test_clause_90_who_works_the_night_by_the_roster_is_on_no_overtime(desk, people, worker):
    assert worker.staff_no == "3001"
    with desk.read() as book:
        assert [one.person.staff_no for one in unlisted(desk, book)] == ["1001"]
        assert people["1001"].staff_no == "1001"
