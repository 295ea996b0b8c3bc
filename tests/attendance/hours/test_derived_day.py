"""What a day comes to: late, early, out of window, leave, outings, voids, corrections, weather."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.days.derived import PersonDay, Standing, person_day
from kiosk.attendance.days.facts import Facts
from kiosk.attendance.hours.times import WorkTimes
from kiosk.attendance.models import Tap
from kiosk.attendance.remarks.models import About, Remark
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState, Outing, OutingKind
from kiosk.desk.clauses import Rules
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means

DAY = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
IN, OUT = Whereabouts.IN, Whereabouts.OUT


def at(hour, minute=0, day=DAY, zone=SHANGHAI):
    return datetime.combine(day, time(hour, minute), zone)


def hours(grace=0, zone=SHANGHAI, day=DAY):
    return WorkTimes(
        at(8, 30, day, zone), at(17, 30, day, zone), grace,
        (at(12, 0, day, zone), at(13, 0, day, zone)),
    )  # fmt: skip


def tap(moment, kind=IN, corrects="", means=Means.BADGE):
    when = moment.astimezone(UTC)
    return Tap(
        person_id="p", day=DAY, at=when, kind=kind, means=means, corrects=corrects,
        id=f"{kind.value}-{when:%d%H%M}{corrects}",
    )  # fmt: skip


def taps(*moments):
    """Return taps that begin with a sign-in and alternate."""
    return [tap(one, (IN, OUT)[nth % 2]) for nth, one in enumerate(moments)]


def leave(first=Half.MORNING, last=Half.AFTERNOON, first_day=DAY, last_day=DAY):
    return Leave(
        number="L1", subject="s", person_id="p", kind=LeaveKind.PERSONAL, first_day=first_day,
        first_half=first, last_day=last_day, last_half=last, halves=2, state=LeaveState.APPROVED,
        asked_at=at(8).astimezone(UTC), asked_by="2001",
    )  # fmt: skip


def outing(since, until=None):
    return Outing(
        number="O1", subject="s", person_id="p", kind=OutingKind.BUSINESS, day=DAY, place="",
        written_at=since.astimezone(UTC), started_at=since.astimezone(UTC),
        ended_at=until and until.astimezone(UTC),
        written_by="2001",
    )  # fmt: skip


def remark(about, *, head=True, leader=True, weather=""):
    signed = at(18).astimezone(UTC)
    return Remark(
        number="R1", subject="s", person_id="p", day=DAY, about=about, cause="", written_by="2001",
        written_at=signed, weather_id=weather, head_at=signed if head else None,
        leader_at=signed if leader else None,
    )  # fmt: skip


def derive(*given_taps, times=None, over=True, rules=None, **more) -> PersonDay:
    facts = Facts(day=DAY, times=times or hours(), taps=given_taps, over=over, **more)
    return person_day(facts, rules or Rules())


@pytest.mark.parametrize(
    ("came", "late", "outside"),
    [
        (at(7, 59), 0, True), (at(8, 0), 0, False), (at(8, 30), 0, False), (at(8, 31), 1, False),
        (at(9, 0), 30, False), (at(9, 1), 31, True),
    ],
)  # fmt: skip
def test_clause_23_the_window_is_half_an_hour_either_side_and_late_is_late(came, late, outside):
    day = derive(*taps(came))
    assert (day.late_min, day.out_of_window, day.late_counts) == (late, outside, bool(late))


def test_clause_23_reading_b_takes_the_whole_window_as_on_time():
    inside, outside = (derive(*taps(at(9, minute)), times=hours(grace=30)) for minute in (0, 1))
    assert (inside.late_min, inside.out_of_window) == (0, False)
    assert (outside.late_min, outside.out_of_window) == (31, True)


def test_clause_23_the_window_is_a_number_of_the_house():
    assert derive(*taps(at(9, 1)), rules=Rules(sign_in_window_min=60)).out_of_window is False


def test_clause_118_first_in_and_last_out_count_and_minutes_go_by_pairs():
    day = derive(*taps(at(8, 42), at(12, 10), at(13, 20), at(17, 0)))
    assert (day.late_min, day.early_min) == (12, 30)
    assert (day.worked_min, day.in_hours_min, day.due_min) == (208 + 220, 198 + 220, 480)


def test_clause_15_an_excused_late_is_shown_and_does_not_count():
    late = taps(at(8, 40), at(17, 0))
    unsigned = derive(*late, remarks=[remark(About.LATE, leader=False)])
    assert (unsigned.late_min, unsigned.late_counts, len(unsigned.open_remarks)) == (10, True, 1)
    excused = derive(*late, remarks=[remark(About.LATE)])
    assert (excused.late_min, excused.late_counts, excused.early_counts) == (10, False, True)


@pytest.mark.parametrize(
    ("about", "came", "went", "halves"),
    [
        (About.LATE, at(14), at(17, 40), (Standing.EXCUSED, Standing.PRESENT)),
        (About.EARLY, at(8, 20), at(11), (Standing.PRESENT, Standing.EXCUSED)),
        (About.EARLY, at(14), at(17, 40), (Standing.ABSENT, Standing.PRESENT)),
    ],
)
def test_clause_24_a_signed_remark_about_coming_late_explains_the_half_that_was_over(
    about, came, went, halves
):
    day = derive(*taps(came, went), remarks=[remark(about)], books_closed=True)
    assert (day.morning, day.afternoon) == halves
    unsigned = derive(*taps(came, went), remarks=[remark(about, head=False)], books_closed=True)
    assert unsigned.absent_halves == 1


def test_nobody_is_early_before_the_day_is_over_nor_absent_before_the_books_are_closed():
    assert derive(*taps(at(8, 20), at(11)), over=False).early_min == 0
    assert derive().morning is Standing.NOT_SIGNED
    assert derive().absent_halves == 0
    assert derive(books_closed=True).absent_halves == 2
    half = derive(*taps(at(8, 20), at(11)), books_closed=True)
    assert (half.morning, half.afternoon) == (Standing.PRESENT, Standing.ABSENT)


def test_no_sign_out_is_marked_and_taken_as_having_stayed():
    day = derive(*taps(at(8, 20)), books_closed=True)
    assert (day.no_sign_out, day.early_min, day.absent_halves, day.worked_min) == (True, 0, 0, 0)
    assert derive(*taps(at(8, 20)), over=False).no_sign_out is False


def test_leave_in_the_morning_moves_the_start_to_the_afternoon():
    off = [leave(last=Half.MORNING)]
    day = derive(*taps(at(13, 5), at(17, 30)), leaves=off)
    assert (day.late_min, day.out_of_window, day.due_min) == (5, False, 240 + 30)
    assert (day.morning, day.afternoon) == (Standing.LEAVE, Standing.PRESENT)
    looked_in = derive(*taps(at(9, 0), at(9, 10), at(13, 10), at(17, 30)), leaves=off)
    assert (looked_in.late_min, looked_in.out_of_window) == (10, False)
    stayed = derive(*taps(at(9, 0), at(17, 30)), leaves=off)
    assert (stayed.late_min, stayed.out_of_window) == (0, False)


def test_leave_in_the_afternoon_lets_go_at_noon():
    day = derive(*taps(at(8, 30), at(11, 50)), leaves=[leave(first=Half.AFTERNOON)])
    assert (day.early_min, day.afternoon, day.due_min) == (10, Standing.LEAVE, 210)


def test_taps_on_leave_and_on_a_day_off_are_kept_and_shown():
    on_leave = derive(*taps(at(10)), leaves=[leave()])
    assert (len(on_leave.taps), on_leave.late_min, on_leave.morning) == (1, 0, Standing.LEAVE)
    off = derive(*taps(at(10), at(11)), times=WorkTimes())
    assert (len(off.taps), off.worked_min, off.due_min, off.morning) == (2, 60, 0, Standing.OFF)


def test_an_outing_at_the_start_moves_the_start_to_the_return():
    day = derive(*taps(at(10, 0), at(17, 30)), outings=[outing(at(8, 0), at(10, 0))])
    assert (day.late_min, day.out_of_window) == (0, False)
    assert derive(*taps(at(10, 9)), outings=[outing(at(8, 0), at(10, 0))]).late_min == 9


def test_who_came_before_an_early_outing_was_on_time():
    day = derive(*taps(at(8, 20), at(8, 25)), outings=[outing(at(8, 25))])
    assert (day.late_min, day.out_of_window, day.early_min) == (0, False, 0)
    assert (day.morning, day.afternoon) == (Standing.OUTING, Standing.OUTING)


def test_an_outing_that_does_not_end_lets_go_when_it_began():
    day = derive(*taps(at(8, 30), at(16, 0)), outings=[outing(at(16, 0))])
    assert (day.early_min, day.afternoon) == (0, Standing.PRESENT)
    assert derive(*taps(at(8, 30), at(15, 50)), outings=[outing(at(16, 0))]).early_min == 10


def test_two_outings_one_after_the_other_count_in_whatever_order_they_stand():
    both = [outing(at(9, 30), at(10, 30)), outing(at(8, 0), at(9, 30))]
    assert derive(*taps(at(10, 30)), outings=both).late_min == 0


def test_a_void_tap_stays_on_the_day_and_counts_for_nothing():
    first, second = taps(at(8, 20), at(17, 40))
    day = derive(first, second, voided=frozenset({first.id}))
    assert ([one.void for one in day.taps], day.came, day.worked_min) == ([True, False], None, 0)


def test_a_correction_stands_beside_the_raw_tap():
    first, second = tap(at(8, 20)), tap(at(17, 40))
    day = derive(first, second, tap(at(17, 40), OUT, corrects=second.id))
    assert [one.corrected for one in day.taps] == [False, True]
    assert (day.went, day.worked_min) == (second.at, 560)


def test_a_signal_at_the_start_of_what_was_due_keeps_lateness_from_counting():
    signal = WeatherSignal(
        number="W1", signal="红色台风", on_at=at(7).astimezone(UTC), on_by="2001",
        off_at=at(9).astimezone(UTC),
    )  # fmt: skip
    day = derive(*taps(at(9, 40)), signals=[signal])
    assert (day.late_min, day.late_counts, day.weather) == (70, False, True)
    later = derive(*taps(at(13, 10)), signals=[signal], leaves=[leave(last=Half.MORNING)])
    assert (later.late_min, later.late_counts, later.weather) == (10, True, False)
    phoned = derive(
        signals=[signal], books_closed=True,
        remarks=[remark(About.NO_TAP, leader=False, weather="w")],
    )  # fmt: skip
    assert phoned.morning is Standing.EXCUSED
    assert derive(signals=[signal], books_closed=True).morning is Standing.ABSENT


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 3, 29), 420), (date(2026, 10, 25), 540), (DAY, 480)]
)
def test_a_night_in_which_the_clock_is_changed_has_an_hour_less_or_more(day, due):
    berlin = ZoneInfo("Europe/Berlin")
    night = WorkTimes(at(22, 0, day - timedelta(days=1), berlin), at(6, 0, day, berlin))
    full = taps(night.start, night.end)
    found = derive(*full, times=night)
    assert (found.due_min, found.worked_min, found.in_hours_min) == (due, due, due)
    assert (found.late_min, found.early_min) == (0, 0)
    assert found.morning is found.afternoon is Standing.PRESENT


MINUTES = st.integers(-600, 2 * 1440)
TAPS = st.lists(st.tuples(MINUTES, st.sampled_from(Whereabouts)), max_size=8, unique=True).map(
    lambda found: [tap(at(0) + timedelta(minutes=minute), kind) for minute, kind in found]
)
OUTINGS = st.lists(
    st.tuples(MINUTES, st.none() | st.integers(0, 900)).map(
        lambda it: outing(
            at(0) + timedelta(minutes=it[0]),
            None if it[1] is None else at(0) + timedelta(minutes=it[0] + it[1]),
        )
    ),
    max_size=3,
)
LEAVES = st.lists(
    st.builds(leave, first=st.sampled_from(Half), last=st.just(Half.AFTERNOON)), max_size=2
)
FACTS = st.builds(
    Facts,
    day=st.just(DAY), times=st.sampled_from([hours(), hours(grace=10), WorkTimes()]), taps=TAPS,
    outings=OUTINGS, leaves=LEAVES, over=st.booleans(), books_closed=st.booleans(),
)  # fmt: skip


@given(FACTS, st.randoms())
def test_the_order_of_taps_and_outings_does_not_matter_and_twice_is_the_same(facts, order):
    mixed = list(facts.taps)
    order.shuffle(mixed)
    again = replace(facts, taps=mixed, outings=list(reversed(facts.outings)))
    assert person_day(again, Rules()) == person_day(facts, Rules()) == person_day(facts, Rules())


@given(FACTS)
def test_no_minutes_are_ever_negative_nor_more_than_were_due(facts):
    day = person_day(facts, Rules())
    assert min(day.late_min, day.early_min, day.worked_min, day.due_min, day.in_hours_min) >= 0
    assert day.in_hours_min <= min(day.due_min, day.worked_min)


@given(FACTS)
def test_voiding_every_tap_is_as_if_nobody_had_tapped(facts):
    void = person_day(replace(facts, voided=frozenset(one.id for one in facts.taps)), Rules())
    none = person_day(replace(facts, taps=()), Rules())
    assert all(one.void for one in void.taps)
    assert replace(void, taps=()) == none


@given(FACTS)
def test_leave_over_the_whole_day_leaves_nothing_late_early_or_absent(facts):
    day = person_day(replace(facts, leaves=[leave()]), Rules())
    assert (day.late_min, day.early_min, day.out_of_window, day.due_min) == (0, 0, False, 0)
    assert day.absent_halves == 0


@given(FACTS)
def test_nobody_is_absent_before_the_books_are_closed_nor_early_before_the_end(facts):
    day = person_day(facts, Rules())
    assert facts.books_closed or day.absent_halves == 0
    assert facts.over or (day.early_min, day.no_sign_out) == (0, False)
