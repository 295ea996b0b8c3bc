"""Shifts over midnight: what belongs to which day, at the tap and when the roster comes later."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance import service
from kiosk.attendance.days.derived import Standing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.hours import roster_import
from kiosk.attendance.hours.belonging import Moment, Turn, days_of
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.reports import attendance
from kiosk.attendance.today import todays_people
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period
from kiosk.desk.settings_hours import WorkShift
from kiosk.desk.table_file import FileRow

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = WorkShift(name="夜班", start=time(22), end=time(6))
EARLY = WorkShift(name="早班", start=time(6), end=time(14), grace_minutes=10)


@pytest.fixture
def shifts(desk):
    """A desk whose settings name a night and an early shift."""
    desk.settings = replace(desk.settings, work_shifts=(NIGHT, EARLY))


def roster(desk, *rows):
    """Import who works which shift, as the command does."""
    read = [
        FileRow(line, {"staff_no": who, "day": day.isoformat(), "shift": shift})
        for line, (who, day, shift) in enumerate(rows, start=2)
    ]
    names = [one.name for one in desk.settings.work_shifts]
    with desk.write() as tx:
        roster_import.apply(tx, roster_import.check(tx, read, names))


def at(desk_clock, day, hour, minute=0):
    desk_clock.now = datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def of(desk, person, day):
    with desk.read() as book:
        return days_between(desk, book, day, day).of(person, day)


@pytest.mark.usefixtures("shifts")
def test_clause_14_a_night_belongs_to_the_day_it_began_on(desk, people, desk_clock):
    roster(desk, ("2002", MONDAY, "夜班"))
    guard = people["2002"]
    at(desk_clock, MONDAY, 21, 40)
    came = service.tap(desk, guard, "door")
    at(desk_clock, TUESDAY, 6, 5)
    went = service.tap(desk, guard, "door")
    assert (came.kind, went.kind) == (Whereabouts.IN, Whereabouts.OUT)
    assert (came.marks.late_min, came.marks.out_of_window, went.marks.early_min) == (0, False, 0)
    at(desk_clock, TUESDAY, 12)
    night, morning = of(desk, guard, MONDAY), of(desk, guard, TUESDAY)
    assert (night.late_min, night.early_min, night.worked_min) == (0, 0, 505)
    assert (night.in_hours_min, night.due_min, night.no_sign_out) == (480, 480, False)
    assert (night.morning, night.afternoon) == (Standing.PRESENT, Standing.PRESENT)
    assert (morning.taps, morning.morning) == ((), Standing.OFF)


@pytest.mark.usefixtures("shifts")
def test_clause_23_a_shift_has_the_window_and_the_lateness_of_its_own_start(
    desk, people, desk_clock
):
    roster(desk, ("2002", MONDAY, "夜班"), ("2001", TUESDAY, "早班"))
    at(desk_clock, MONDAY, 22, 31)
    late = service.tap(desk, people["2002"], "door").marks
    assert (late.late_min, late.out_of_window) == (31, True)
    at(desk_clock, TUESDAY, 6, 10)
    assert service.tap(desk, people["2001"], "door").marks.late_min == 0  # its grace
    at(desk_clock, TUESDAY, 5)
    assert service.tap(desk, people["2002"], "door").marks.early_min == 60


@pytest.mark.usefixtures("shifts")
def test_a_tap_without_a_shift_is_kept_and_derived_again_when_the_roster_comes(
    desk, people, desk_clock
):
    guard = people["2002"]
    at(desk_clock, MONDAY, 22, 7)
    assert service.tap(desk, guard, "door").marks.late_min == 0  # nobody knows when it began
    assert of(desk, guard, MONDAY).no_shift
    with desk.read() as book:
        sheet = attendance(desk, book, Period(MONDAY, MONDAY))
    assert "no shift known" in sheet.rows[0][8]
    at(desk_clock, TUESDAY, 6, 2)
    service.tap(desk, guard, "door")
    with desk.read() as book:
        assert {tap.day for tap in book.all(TAPS_BETWEEN, first=MONDAY, last=TUESDAY)} == {
            MONDAY, TUESDAY,
        }  # fmt: skip
    roster(desk, ("2002", MONDAY, "夜班"))
    at(desk_clock, TUESDAY, 12)
    night = of(desk, guard, MONDAY)
    assert (night.no_shift, night.late_min, len(night.taps)) == (False, 7, 2)
    assert of(desk, guard, TUESDAY).taps == ()


@pytest.mark.usefixtures("shifts")
def test_nobody_is_early_or_without_sign_out_before_the_night_is_over(desk, people, desk_clock):
    roster(desk, ("2002", MONDAY, "夜班"))
    at(desk_clock, MONDAY, 22)
    service.tap(desk, people["2002"], "door")
    at(desk_clock, TUESDAY, 5, 30)  # the site's day is over, the shift is not
    assert not of(desk, people["2002"], MONDAY).no_sign_out
    at(desk_clock, TUESDAY, 6, 30)
    assert of(desk, people["2002"], MONDAY).no_sign_out


@pytest.mark.usefixtures("shifts")
def test_a_day_off_by_the_roster_asks_nothing_and_shows_its_taps(desk, people):
    roster(desk, ("1001", MONDAY, "休"))
    service.tap(desk, people["1001"], "door")
    derived = of(desk, people["1001"], MONDAY)
    assert (derived.due_min, derived.late_min, len(derived.taps)) == (0, 0, 1)
    assert derived.morning is Standing.OFF


def test_a_shift_that_the_settings_do_not_name_any_more_is_not_known(desk, people, desk_clock):
    desk.settings = replace(desk.settings, work_shifts=(NIGHT,))
    roster(desk, ("2002", MONDAY, "夜班"))
    desk.settings = replace(desk.settings, work_shifts=(EARLY,))
    at(desk_clock, MONDAY, 22)
    service.tap(desk, people["2002"], "door")
    assert of(desk, people["2002"], MONDAY).no_shift


def test_a_site_without_work_shifts_says_nothing_of_its_guards(desk, people):
    service.tap(desk, people["2002"], "door")
    assert not of(desk, people["2002"], MONDAY).no_shift


@pytest.mark.usefixtures("shifts")
def test_who_leaves_after_the_night_is_on_todays_list_again(desk, people, desk_clock):
    roster(desk, ("2002", MONDAY, "夜班"))
    at(desk_clock, MONDAY, 21, 50)
    service.tap(desk, people["2002"], "door")
    assert [one.person.staff_no for one in todays_people(desk, {})] == ["2002"]
    at(desk_clock, TUESDAY, 6)
    assert todays_people(desk, {}) == []
    service.tap(desk, people["2002"], "door")
    at(desk_clock, TUESDAY, 6, 1)
    service.tap(desk, people["1001"], "door")
    newest = [(one.person.staff_no, one.day.day) for one in todays_people(desk, {})]
    assert newest == [("1001", TUESDAY), ("2002", MONDAY)]  # the newest tap can be turned round


@pytest.mark.parametrize("void", [False, True])
@pytest.mark.usefixtures("shifts")
def test_a_correction_and_a_void_go_with_their_tap_to_the_shifts_day(
    desk, people, desk_clock, void
):
    from kiosk.attendance.models import TapVoid, VoidReason  # noqa: PLC0415 - one test's own rows

    roster(desk, ("2002", MONDAY, "夜班"))
    at(desk_clock, MONDAY, 21, 55)
    service.tap(desk, people["2002"], "door")
    at(desk_clock, TUESDAY, 6, 3)
    made = service.tap(desk, people["2002"], "door")
    if void:
        with desk.write(by="2001") as tx:
            tx.put(
                TapVoid(
                    tap_id=made.tap_id, day=MONDAY, at=tx.now, by="2001",
                    reason=VoidReason.NOT_HOLDER,
                )
            )  # fmt: skip
            tx.record("tap.voided", tap=made.tap_id)
    else:
        service.change(desk, made.tap_id, by="2001")
    at(desk_clock, TUESDAY, 12)
    night = of(desk, people["2002"], MONDAY)
    assert [(one.void, one.corrected) for one in night.taps] == [(False, False), (void, not void)]
    assert night.inside


MOMENTS = st.lists(
    st.builds(
        Moment,
        id=st.uuids().map(str),
        at=st.integers(0, 5 * 1440).map(
            lambda minute: datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=minute)
        ),
        kind=st.sampled_from(Whereabouts),
    ),
    max_size=12,
)
TURNS = [
    Turn(
        MONDAY + timedelta(days=n),
        datetime(2026, 11, 23 + n, 14, tzinfo=UTC),
        datetime(2026, 11, 23 + n, 22, tzinfo=UTC),
    )
    for n in range(3)
]


@given(MOMENTS, st.randoms())
def test_the_order_in_which_taps_are_read_changes_no_day(moments, order):
    reach = timedelta(hours=4)
    shuffled = list(moments)
    order.shuffle(shuffled)
    found = days_of(moments, TURNS, reach)
    assert days_of(shuffled, TURNS, reach) == found
    for one in moments:
        if one.id in found:
            turn = next(turn for turn in TURNS if turn.day == found[one.id])
            assert turn.distance(one.at) <= reach


@pytest.mark.parametrize("work_shifts", [(), (NIGHT, EARLY)])
def test_a_tap_asks_for_the_roster_at_most_once_and_through_an_index(
    desk, people, desk_clock, work_shifts
):
    desk.settings = replace(desk.settings, work_shifts=work_shifts)
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=1)
    asked = []
    desk._writer.set_trace_callback(asked.append)
    service.tap(desk, people["1001"], "door")
    desk._writer.set_trace_callback(None)
    rosters = [one for one in asked if "shift_day" in one]
    assert len(rosters) == bool(work_shifts)
    for one in rosters:
        plan = desk._writer.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()
        assert any("ix_shift_day_of" in step[3] for step in plan)


def test_a_tap_for_the_next_shift_minutes_after_the_last_is_no_repeat(desk, people, desk_clock):
    desk.settings = replace(desk.settings, work_shifts=(NIGHT, EARLY))
    roster(desk, ("2002", MONDAY, "夜班"), ("2002", TUESDAY, "早班"))
    person = people["2002"]
    at(desk_clock, MONDAY, 21, 50)
    service.tap(desk, person, "door")
    at(desk_clock, TUESDAY, 6, 1)
    out = service.tap(desk, person, "door")
    desk_clock.advance(minutes=2)
    again = service.tap(desk, person, "door")
    assert [(one.kind, one.shown_again) for one in (out, again)] == [
        (Whereabouts.OUT, False), (Whereabouts.IN, False),
    ]  # fmt: skip
    assert of(desk, person, MONDAY).went == out.at
    assert of(desk, person, TUESDAY).came == again.at
