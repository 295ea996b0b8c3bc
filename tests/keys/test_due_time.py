"""When a loan is due: several limits, and the first of them counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.clauses import Rules
from kiosk.desk.loans import Thing, ThingKind
from kiosk.keys import booking, enrolling, rules, service
from kiosk.keys.enrolling import Described

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 8, 20, tzinfo=ZONE)
END = MORNING.replace(hour=17, minute=30)


@pytest.mark.parametrize(
    ("due_hour", "longest_min", "due"),
    [
        (-1, 0, (17, 30)),  # no limit of its own: the end of work
        (12, 0, (12, 0)),  # its own hour comes before the end of work
        (19, 0, (19, 0)),  # and serves instead of it, too
        (-1, 90, (9, 50)),
        (-1, 900, (17, 30)),  # longer than the end of work: the end of work is first
        (12, 90, (9, 50)),  # both: its longest is first
        (12, 300, (12, 0)),  # both: its hour is first
        (8, 0, (12, 20)),  # its hour is over for today: as long as overtime
        (8, 90, (9, 50)),
    ],
)
def test_of_the_limits_of_a_thing_the_first_counts(due_hour, longest_min, due):
    thing = Thing(label="", kind=ThingKind.OTHER, due_hour=due_hour, longest_min=longest_min)
    found = rules.due_at(MORNING, END, Rules(), thing)
    assert (found.hour, found.minute, found.date()) == (*due, MORNING.date())


def test_its_own_hour_goes_before_the_one_of_the_site():
    own = Thing(label="", kind=ThingKind.OTHER, due_hour=12)
    none = Thing(label="", kind=ThingKind.OTHER)
    site = Rules(loan_due_hour=16)
    assert [rules.due_at(MORNING, END, site, one).hour for one in (own, none)] == [12, 16]


@pytest.mark.parametrize(("longest_min", "due"), [(0, (21, 0)), (60, (9, 20)), (60 * 24, (21, 0))])
def test_a_spell_ends_a_loan_and_what_the_thing_allows_at_the_longest_goes_before(longest_min, due):
    thing = Thing(label="", kind=ThingKind.OTHER, due_hour=12, longest_min=longest_min)
    found = rules.due_at(MORNING, END, Rules(), thing, MORNING.replace(hour=21, minute=0))
    assert (found.hour, found.minute, found.date()) == (*due, MORNING.date())


@pytest.mark.parametrize(
    ("longest_min", "due"),
    [(0, (13, 0)), (90, (9, 50)), (600, (13, 0))],  # an hour before the reservation at 14:00
)
def test_a_loan_is_back_before_somebody_elses_reservation_or_sooner(desk, people, longest_min, due):
    projector = Described(label="投影仪", kind=ThingKind.OTHER, longest_min=longest_min)
    thing = enrolling.add(desk, "2001", projector, "")
    begins = MORNING.replace(hour=14, minute=0)
    booking.reserve(desk, thing.id, people["1001"], "2001", begins, begins + timedelta(hours=1))
    lent = desk.local(service.lend(desk, thing.id, people["3001"], "2001").due_at)
    assert (lent.hour, lent.minute, lent.date()) == (*due, MORNING.date())
