"""Half a day of leave on a shift: the middle of the shift parts it, not the noon of the house."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.leave import ending
from kiosk.attendance.outing import service as outings
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.stand_ins.rules import leave_span
from kiosk.desk.absence import Half
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_hours import WorkShift
from kiosk.desk.signing import Means

ZHAO, WU = "5001", "5003"
AM, PM = Half.MORNING, Half.AFTERNOON
NIGHT = WorkShift(name="夜班", start=time(22), end=time(6))
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def night(house):
    """赵 works the night of Tuesday, 22:00 to 06:00."""
    house.desk.settings = replace(house.desk.settings, work_shifts=(NIGHT,))
    with house.desk.write() as tx:
        tx.put(ShiftDay(person_id=house.people[ZHAO].id, day=TUESDAY, shift="夜班"))
        tx.record("test.shift")
    return house


@pytest.fixture
def at(desk_clock):
    """Move the clock: ``at(25, 3)`` is November 25, 03:00 at the site."""

    def move(day: int, hour: int) -> None:
        here = datetime(2026, 11, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
        desk_clock.now = here.astimezone(UTC)

    return move


def lasts(house, leave_id):
    with house.desk.read() as book:
        both = leave_span(house.desk, book, house.people[ZHAO], house.row(leave_id))
    return [f"{house.desk.local(one):%d %H:%M}" for one in both]


def go_out(house):
    approval = Approval(house.people[WU], Means.BADGE)
    return outings.start(house.desk, "2001", ZHAO, Going("派出所", "接人"), approval)


def test_clause_16_the_halves_of_a_night_meet_in_its_middle(night):
    first = night.granted(night.span(24, 24, AM, AM))
    second = night.granted(night.span(24, 24, PM, PM))
    assert lasts(night, first) == ["24 22:00", "25 02:00"]
    assert lasts(night, second) == ["25 02:00", "25 06:00"]


def test_clause_16_without_a_shift_noon_parts_the_halves_as_before(night):
    first = night.granted(night.span(25, 25, AM, AM))
    assert lasts(night, first) == ["25 00:00", "25 12:00"]


def test_clause_18_the_second_half_of_a_night_has_not_begun_in_the_evening(night, at):
    granted = night.granted(night.span(24, 24, PM, PM))
    at(24, 23)
    with pytest.raises(Refused) as caught:
        night.back()
    assert caught.value.code == "leave.none_to_report"
    ending.withdraw(night.desk, "2001", granted, night.proof(ZHAO))


def test_clause_18_the_first_half_of_a_night_is_not_over_at_noon(night, at):
    night.granted(night.span(24, 24, AM, AM))
    at(24, 23)
    assert night.back().given_back == 1


def test_clause_18_who_is_back_in_the_second_half_of_the_night_has_had_the_first(night, at):
    night.granted(night.span(24, 24, AM, AM))
    at(25, 3)
    assert night.back().given_back == 0


def test_clause_26_nobody_goes_out_in_the_half_of_the_night_he_is_on_leave(night, at):
    night.granted(night.span(24, 24, PM, PM))
    at(25, 3)
    with pytest.raises(Refused) as caught:
        go_out(night)
    assert caught.value.code == "outing.on_leave"


def test_clause_26_before_the_middle_of_the_night_nobody_is_on_leave_yet(night, at):
    night.granted(night.span(24, 24, PM, PM))
    at(24, 23)
    assert go_out(night) is not None


def test_clause_18_a_leave_of_the_coming_night_is_withdrawn_in_its_days_morning(night, at):
    leave = night.granted(night.span(24, 24, AM, PM))
    at(24, 10)
    ending.withdraw(night.desk, "2001", leave, night.proof(ZHAO))
    assert night.row(leave).closed_at is not None


def test_clause_18_a_leave_of_the_night_is_not_withdrawn_once_the_night_has_begun(night, at):
    leave = night.granted(night.span(24, 24, AM, PM))
    at(24, 23)
    with pytest.raises(Refused, match="begun"):
        ending.withdraw(night.desk, "2001", leave, night.proof(ZHAO))
