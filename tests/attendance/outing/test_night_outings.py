"""An outing out of a shift over midnight signs out on the shift's own day (clauses 14, 26)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from kiosk.attendance import service as taps
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.outing import rules, service
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.desk.absence import OUTINGS_BETWEEN
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.settings_hours import WorkShift
from kiosk.desk.signing import Means

NIGHT = WorkShift(name="夜班", start=time(22), end=time(8))


@pytest.mark.parametrize("after_h", [2, 8])
def test_clause_26_who_leaves_a_night_shift_on_an_outing_is_signed_out_on_its_day(
    desk, people, desk_clock, after_h
):
    desk.settings = replace(desk.settings, work_shifts=(NIGHT,))
    person, evening = people["3001"], desk.today()
    with desk.write() as tx:
        tx.put(ShiftDay(person_id=person.id, day=evening, shift="夜班"))
        tx.record("test.shift")
    desk_clock.now = datetime(2026, 11, 23, 13, 50, tzinfo=UTC)  # 21:50
    taps.tap(desk, person, "door")
    desk_clock.advance(hours=after_h)  # 23:50, or 05:50 of the next day of the site
    approval = Approval(people["1001"], Means.BADGE)
    service.start(desk, "2001", "3001", Going("派出所", "接人"), approval)
    with desk.read() as book:
        here = book.one(PRESENCE, person=person.id)
        found = book.all(TAPS_BETWEEN, first=evening, last=evening + timedelta(days=1))
    assert (here.state, here.day) == (Whereabouts.OUT, evening)
    assert [(one.kind, one.day) for one in found] == [
        (Whereabouts.IN, evening), (Whereabouts.OUT, evening),
    ]  # fmt: skip
    desk_clock.advance(hours=1)
    back = taps.tap(desk, person, "door")
    assert (back.kind, back.outing is not None) == (Whereabouts.IN, True)


@pytest.fixture
def on_night(desk, people, desk_clock):
    """李娜 has come for the night of Monday, 22:00 to 08:00, and it is 23:00."""
    desk.settings = replace(desk.settings, work_shifts=(NIGHT,))
    with desk.write() as tx:
        tx.put(ShiftDay(person_id=people["3001"].id, day=desk.today(), shift="夜班"))
        tx.record("test.shift")
    desk_clock.now = datetime(2026, 11, 23, 13, 50, tzinfo=UTC)
    taps.tap(desk, people["3001"], "door")
    desk_clock.advance(minutes=70)
    return people["3001"]


def back_at(desk, person, typed):
    now = desk.local(desk.clock())
    back = service.back_on_shift(desk, person, rules.typed_back(typed, now.date(), now), now)
    return f"{back.by:%d %H:%M}"


def test_clause_26_an_hour_after_midnight_is_of_the_shift_that_runs(desk, people, on_night):
    assert back_at(desk, on_night, "2:00") == "24 02:00"
    assert back_at(desk, on_night, "23:40") == "23 23:40"
    assert back_at(desk, on_night, "9:00") == "23 09:00"  # after the shift: refused as past
    assert back_at(desk, people["9001"], "2:00") == "23 02:00"  # who has no shift


def test_clause_26_an_outing_of_a_night_is_not_ended_before_the_shift_is(
    desk, people, on_night, desk_clock
):
    now = desk.local(desk.clock())
    back = Back(now + timedelta(hours=7))
    approval = Approval(people["1001"], Means.BADGE)
    service.start(desk, "2001", on_night.staff_no, Going("县医院", "送人", back), approval)
    desk_clock.advance(hours=6)  # 05:00, the next day of the site
    assert service.lapse(desk) == 0
    desk_clock.advance(hours=4)  # 09:00
    assert service.lapse(desk) == 1
    with desk.read() as book:
        found = book.all(OUTINGS_BETWEEN, first=now.date(), last=now.date())
    assert [f"{desk.local(one.ended_at):%d %H:%M}" for one in found] == ["24 08:00"]
