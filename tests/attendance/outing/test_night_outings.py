"""An outing out of a shift over midnight signs out on the shift's own day (clauses 14, 26)."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from kiosk.attendance import service as taps
from kiosk.attendance.hours.models import ShiftDay
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.outing import service
from kiosk.attendance.outing.rules import Going
from kiosk.attendance.outing.service import Approval
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
