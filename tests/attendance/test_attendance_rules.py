"""Which way a tap goes and what it is marked with, without a book."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance import rules
from kiosk.desk.clauses import Rules
from kiosk.desk.presence import Presence, Whereabouts

START = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
TODAY = START.date()
NUMBERS = Rules()


def presence(state: Whereabouts, tapped_at: datetime = START) -> Presence:
    day = tapped_at.date()
    return Presence(person_id="p", state=state, since=tapped_at, day=day, tapped_at=tapped_at)


@pytest.mark.parametrize(
    ("minutes", "late", "outside"),
    [
        (-31, 0, True),
        (-30, 0, False),
        (0, 0, False),
        (1, 1, False),
        (30, 30, False),
        (31, 31, True),
    ],
)
def test_the_window_is_half_an_hour_either_side(minutes, late, outside):
    marks = rules.marks_in(START + timedelta(minutes=minutes), START, 0, NUMBERS)
    assert (marks.late_min, marks.out_of_window) == (late, outside)


def test_seconds_of_the_first_minute_are_not_late():
    assert rules.marks_in(START + timedelta(seconds=59), START, 0, NUMBERS) == rules.UNMARKED


@pytest.mark.parametrize(("minutes", "late"), [(5, 0), (6, 6)])
def test_the_grace_is_free_and_then_counts_in_full(minutes, late):
    assert rules.marks_in(START + timedelta(minutes=minutes), START, 5, NUMBERS).late_min == late


@pytest.mark.parametrize(("seconds", "early"), [(-61, 2), (-60, 1), (-1, 1), (0, 0), (600, 0)])
def test_early_minutes_are_begun_ones(seconds, early):
    assert rules.marks_out(START + timedelta(seconds=seconds), START).early_min == early


def test_a_day_off_marks_nothing():
    assert rules.marks_in(START, None, 0, NUMBERS) == rules.marks_out(START, None)


@pytest.mark.parametrize(
    ("seconds", "again"), [(-60, False), (-59, True), (0, True), (299, True), (300, False)]
)
def test_a_tap_is_shown_again_within_five_minutes(seconds, again):
    now = START + timedelta(seconds=seconds)
    assert rules.is_repeat(presence(Whereabouts.IN), now, TODAY, START, NUMBERS) is again


@given(st.lists(st.booleans(), max_size=30))
def test_taps_of_a_day_alternate_and_each_day_begins_with_in(new_days):
    here, at = None, START
    for new_day in new_days:
        at += timedelta(days=1) if new_day else timedelta(minutes=6)
        fresh = here is None or here.day != at.date()
        kind = rules.next_kind(here, at.date())
        assert kind is (Whereabouts.IN if fresh else rules.other(here.state))
        here = presence(kind, at)


def test_who_kept_a_post_since_before_midnight_goes_out():
    night = presence(Whereabouts.IN, START - timedelta(days=1))
    assert rules.next_kind(night, TODAY) is Whereabouts.IN
    assert rules.next_kind(night, TODAY, overnight=True) is Whereabouts.OUT


@pytest.mark.parametrize(("seconds", "may"), [(-60, False), (-1, True), (5, True), (5.1, False)])
def test_a_tap_may_be_changed_for_five_seconds(seconds, may):
    assert rules.may_still_change(START, START + timedelta(seconds=seconds), NUMBERS) is may
