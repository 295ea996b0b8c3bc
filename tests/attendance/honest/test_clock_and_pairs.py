"""A computer's clock that jumps, and badges that come close to each other."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk.attendance import service
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest import clock, rules
from kiosk.attendance.honest.closely import Closely
from kiosk.attendance.honest.models import Doubt
from kiosk.attendance.honest.reading import Odd, odd_taps
from kiosk.attendance.honest.reports import pairs
from kiosk.attendance.models import Tap
from kiosk.attendance.reports import attendance
from kiosk.attendance.today import todays_people
from kiosk.desk.clauses import Rules
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.presence import Whereabouts
from kiosk.desk.report import Period
from kiosk.desk.signing import Means

NUMBERS = Rules()
IN, OUT = Whereabouts.IN, Whereabouts.OUT
MORNING = datetime(2026, 11, 2, 0, 25, tzinfo=UTC)  # 08:25 on a Monday


@pytest.mark.usefixtures("words_en")
def test_clause_130_a_clock_set_back_keeps_every_tap_and_its_order(desk, people, desk_clock):
    desk_clock.advance(hours=1)
    first = service.tap(desk, people["1001"], "door")
    desk_clock.advance(minutes=-30)
    second = service.tap(desk, people["1001"], "door")
    third = service.tap(desk, people["3001"], "door")
    assert [one.kind for one in (first, second, third)] == [IN, OUT, IN]
    assert (second.doubt.why, second.doubt.newest) == (Doubt.CLOCK_BACK, first.at)
    assert [one.doubt.told for one in (second, third)] == [False, True]  # said once
    with desk.read() as book:
        days = days_between(desk, book, desk.today(), desk.today())
        day = days.of(people["1001"], desk.today())
        rows = attendance(desk, book, Period(desk.today(), desk.today())).rows
    assert [one.kind for one in day.taps] == [IN, OUT]
    assert not day.inside
    assert rows[0][-1] == "09:20 in 08:50 out (clock?)"
    assert [one.person.staff_no for one in todays_people(desk, {})] == ["3001", "1001"]


def test_clause_130_the_mark_keeps_the_newest_time_and_ends_with_the_doubt(
    desk, people, desk_clock
):
    desk_clock.advance(hours=1)
    newest = service.tap(desk, people["1001"], "door").at
    desk_clock.advance(hours=-1)
    service.tap(desk, people["3001"], "door")
    with desk.read() as book:
        assert clock.watch(desk, book).late
        [mark] = odd_taps(desk, book, desk.today(), desk.today())
    assert (mark.odd, mark.newest_at) == (Odd.CLOCK, newest)
    desk_clock.advance(hours=1, minutes=5)
    assert service.tap(desk, people["2002"], "door").doubt is None
    with desk.read() as book:
        assert clock.watch(desk, book) is None


def test_a_clock_far_ahead_is_in_doubt_until_it_is_right_or_said_to_be(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    right = desk_clock.now
    desk_clock.advance(days=15)
    for staff_no in ("1001", "3001"):  # the first wrong time does not make the next one right
        assert service.tap(desk, people[staff_no], "door").doubt.why is Doubt.CLOCK_AHEAD
    desk_clock.now = right + timedelta(minutes=10)
    assert service.tap(desk, people["1001"], "door").doubt is None
    desk_clock.advance(days=20)
    assert service.tap(desk, people["1001"], "door").doubt is not None
    clock.confirm(desk, "2001")
    desk_clock.advance(hours=1)
    assert service.tap(desk, people["3001"], "door").doubt is None


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_is_known_of_the_clock_survives_a_restart(
    settings, desk, people, desk_clock, confirmed
):
    service.tap(desk, people["1001"], "door")
    desk_clock.advance(days=20)
    service.tap(desk, people["3001"], "door")
    if confirmed:
        clock.confirm(desk, "2001")
    desk.close()
    opened = Desk.open(settings, desk_clock)
    desk_clock.advance(minutes=1)
    doubt = service.tap(opened, people["2002"], "door").doubt
    assert (doubt is None) is confirmed
    opened.close()


@pytest.mark.parametrize(
    ("seconds", "why"),
    [(-60, Doubt.CLOCK_BACK), (-59, None), (0, None), (15 * 86400 - 1, None),
     (15 * 86400, Doubt.CLOCK_AHEAD)],
)  # fmt: skip
def test_small_steps_of_the_clock_are_no_jump(seconds, why):
    assert rules.clock_doubt(MORNING, MORNING + timedelta(seconds=seconds), NUMBERS) is why
    assert rules.clock_doubt(None, MORNING, NUMBERS) is None


# Pairs.


def person(name: str) -> Person:
    return Person(
        id=name,
        staff_no=name,
        name=name,
        pinyin="",
        initials="",
        role=Role.STAFF,
        rank=Rank.ORDINARY,
        title="",
    )


def tap_of(who: str, at: datetime, device: str = "door") -> Tap:
    return Tap(
        person_id=who, day=at.date(), at=at, kind=IN, means=Means.BADGE, device=device
    )  # fmt: skip


def workdays(n: int) -> list[datetime]:
    days = [MORNING + timedelta(days=i) for i in range(28)]
    return [day for day in days if day.weekday() < 5][:n]


@pytest.mark.parametrize(
    ("days", "seconds", "device", "found"),
    [(5, 2, "door", 1), (4, 2, "door", 0), (20, 2.001, "door", 0), (20, 1, "side", 0)],
)
def test_clause_22_a_pair_that_recurs_on_enough_days_is_listed(days, seconds, device, found):
    made = [
        one for day in workdays(20)[:days]
        for one in (tap_of("a", day), tap_of("b", day + timedelta(seconds=seconds), device))
    ]  # fmt: skip
    others = [
        tap_of(f"x{i}", day + timedelta(minutes=20 + i))
        for day in workdays(20) for i in range(30)
    ]  # fmt: skip
    listed = rules.recurring(sorted([*made, *others], key=lambda one: one.at), NUMBERS)
    assert [(one.people, one.days) for one in listed] == [(("a", "b"), days)] * found


def test_a_tap_without_a_badge_or_a_correction_is_no_pair():
    made = []
    for day in workdays(10):
        second = tap_of("b", day + timedelta(seconds=1))
        second.means = Means.NO_BADGE
        third = tap_of("c", day + timedelta(seconds=1))
        third.corrects = "another"
        made += [tap_of("a", day), second, third]
    assert rules.recurring(made, NUMBERS) == []


@examples(max_examples=15)
@given(st.integers(min_value=20, max_value=300), st.integers(0, 10_000))
def test_clause_22_a_rush_of_strangers_gives_few_pairs(people, seed):
    drawn = random.Random(seed)  # noqa: S311 - a queue, no secret
    made = []
    for day in workdays(20):
        queue = [f"p{i:03}" for i in range(people)]
        drawn.shuffle(queue)
        at = day
        for who in queue:
            at += timedelta(seconds=drawn.uniform(0.5, 3))
            made.append(tap_of(who, at))
    listed = rules.recurring(made, NUMBERS)
    assert len(listed) <= max(3, people // 25)


def test_clause_22_two_hands_in_one_stand_out_of_the_rush():
    drawn = random.Random(7)  # noqa: S311 - a queue, no secret
    made = []
    for day in workdays(20):
        queue = [f"p{i:03}" for i in range(200)]
        drawn.shuffle(queue)
        place = drawn.randrange(200)
        at = day
        for who in [*queue[:place], "buddy-1", "buddy-2", *queue[place:]]:
            at += timedelta(seconds=1.5 if who == "buddy-2" else drawn.uniform(0.5, 3))
            made.append(tap_of(who, at))
    listed = rules.recurring(made, NUMBERS)
    assert (listed[0].people, listed[0].days) == (("buddy-1", "buddy-2"), 20)


@pytest.mark.usefixtures("words_en")
def test_clause_22_the_offices_list_names_who_recurs(desk, people, desk_clock):
    for _ in range(5):
        service.tap(desk, people["1001"], "door")
        desk_clock.advance(seconds=1)
        service.tap(desk, people["3001"], "door")
        desk_clock.advance(hours=1)
        for staff_no in ("2001", "2002", "9001"):
            service.tap(desk, people[staff_no], "door")
            desk_clock.advance(minutes=7)
        desk_clock.advance(days=1, hours=-1, minutes=-21, seconds=-1)
    with desk.read() as book:
        table = pairs(desk, book, Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert [row[:6] for row in table.rows] == [("2026-11", "1001", "张伟", "3001", "李娜", "5")]
    assert "no proof" in table.foot[0]


def test_the_guard_is_told_of_two_badges_that_come_alone():
    closely = Closely(NUMBERS)
    a, b, c = person("a"), person("b"), person("c")
    assert closely.beside("door", a, 100) is None
    assert closely.beside("door", b, 101.5) is a
    assert closely.beside("door", c, 103) is None  # a queue by now
    assert closely.beside("door", a, 200) is None
    assert closely.beside("door", a, 201) is None  # the same badge again
    assert closely.beside("door", b, 202.5) is a
    assert closely.beside("door", a, 300) is None
    assert closely.beside("side", b, 300.5) is None  # another reader
    assert closely.beside("door", c, 302.5) is None  # more than two seconds


def test_a_queue_says_it_once_at_most():
    closely = Closely(NUMBERS)
    told = [closely.beside("door", person(f"p{i}"), 100 + 1.5 * i) for i in range(300)]
    assert sum(one is not None for one in told) == 1
