"""What a tap says about late and early is what the day will say (clauses 16, 23, 95)."""

from datetime import UTC, datetime

import pytest

from kiosk.attendance import service
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState

pytestmark = pytest.mark.usefixtures("people")
BOTH = (Half.MORNING, Half.AFTERNOON)


def local(hour: int, minute: int = 0) -> datetime:
    """Return a moment of Monday 2026-11-23 in China."""
    return datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC)


def granted(desk, person, halves, state=LeaveState.APPROVED) -> None:
    with desk.write() as tx:
        tx.put(Leave(
            number="Q1", subject=tx.new_subject(), person_id=person.id, kind=LeaveKind.PERSONAL,
            first_day=desk.today(), first_half=halves[0], last_day=desk.today(),
            last_half=halves[-1], halves=len(halves), state=state, asked_at=tx.now,
            asked_by="1001",
        ))  # fmt: skip
        tx.record("test.leave")


def day_of(desk, person):
    with desk.read() as book:
        return days_between(desk, book, desk.today(), desk.today()).of(person, desk.today())


@pytest.mark.parametrize(
    ("halves", "state", "at", "late", "outside"),
    [
        ((Half.MORNING,), LeaveState.APPROVED, local(12, 50), 0, False),
        ((Half.MORNING,), LeaveState.APPROVED, local(9), 0, False),
        (BOTH, LeaveState.APPROVED, local(10), 0, False),
        ((Half.AFTERNOON,), LeaveState.APPROVED, local(8, 40), 10, False),
        ((Half.MORNING,), LeaveState.ASKED, local(9, 30), 60, True),
    ],
)
def test_clause_16_who_is_on_leave_in_the_morning_is_not_called_late(
    desk, people, desk_clock, halves, state, at, late, outside
):
    person = people["1001"]
    granted(desk, person, halves, state)
    desk_clock.now = at
    marks = service.tap(desk, person, "door").marks
    assert (marks.late_min, marks.out_of_window) == (late, outside)
    assert day_of(desk, person).late_min == late


def test_clause_23_who_is_late_for_the_half_that_is_due_is_told_by_how_much(
    desk, people, desk_clock
):
    person = people["1001"]
    granted(desk, person, (Half.MORNING,))
    noon = day_of(desk, person).times.noon
    assert noon is not None
    desk_clock.now = noon[1].astimezone(UTC)
    desk_clock.advance(minutes=7)
    assert service.tap(desk, person, "door").marks.late_min == 7
    assert day_of(desk, person).late_min == 7


def test_clause_16_who_goes_into_leave_at_noon_is_not_called_early(desk, people, desk_clock):
    person = people["1001"]
    granted(desk, person, (Half.AFTERNOON,))
    desk_clock.now = local(8, 20)
    service.tap(desk, person, "door")
    noon = day_of(desk, person).times.noon
    assert noon is not None
    desk_clock.now = noon[0].astimezone(UTC)
    desk_clock.advance(minutes=-5)
    early = service.tap(desk, person, "door")
    assert (early.marks.early_min, early.ends_at) == (5, noon[0])
    desk_clock.advance(minutes=6)
    service.tap(desk, person, "door")
    desk_clock.advance(minutes=6)
    assert service.tap(desk, person, "door").marks.early_min == 0


@pytest.mark.parametrize(("off", "late"), [(None, 0), (local(8, 10), 40)])
def test_clause_95_under_a_signal_at_the_start_of_work_no_tap_is_called_late(
    desk, people, desk_clock, off, late
):
    desk_clock.now = local(8)
    with desk.write() as tx:
        tx.put(WeatherSignal(
            number="TQ1", signal="黑色暴雨", source="气象台", on_at=tx.now, on_by="2001",
            off_at=off, off_by="2001" if off else "",
        ))  # fmt: skip
        tx.record("test.weather")
    desk_clock.now = local(9, 10)
    marks = service.tap(desk, people["1001"], "door").marks
    assert (marks.late_min, marks.out_of_window) == (late, bool(late))
