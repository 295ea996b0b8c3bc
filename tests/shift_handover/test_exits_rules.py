"""Shifts, counts and next steps of the handover's exits."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from handing_over import sign_over
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_shifts import Shift
from kiosk.desk.words import use
from shift_handover import service
from shift_handover.exits import counts
from shift_handover.exits.models import Counted
from shift_handover.exits.rules import counted, next_steps, turn_of
from shift_handover.exits.wording import standing_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY, NIGHT = Shift("白班", time(8), 10), Shift("夜班", time(18), 15)
EARLY = timedelta(minutes=60)


@pytest.mark.parametrize(
    ("since", "name", "ends"),
    [
        ((23, 7, 10), "白班", (23, 18, 0)),
        ((23, 6, 50), "夜班", (23, 8, 0)),
        ((23, 12, 0), "白班", (23, 18, 0)),
        ((23, 17, 45), "夜班", (24, 8, 0)),
        ((24, 2, 0), "夜班", (24, 8, 0)),
    ],
)
def test_who_comes_a_little_early_has_come_for_the_next_shift(since, name, ends):
    turn = turn_of([DAY, NIGHT], datetime(2026, 11, *since, tzinfo=SHANGHAI), EARLY)
    assert (turn.name, turn.ends) == (name, datetime(2026, 11, *ends, tzinfo=SHANGHAI))


@given(
    starts=st.lists(st.times(), min_size=1, max_size=4, unique=True),
    minutes=st.integers(0, 365 * 24 * 60),
)
def test_every_moment_belongs_to_one_shift_that_ends_after_it(starts, minutes):
    shifts = [Shift(str(at), start) for at, start in enumerate(starts)]
    moment = datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
    turn = turn_of(shifts, moment)
    assert turn.begins <= moment < turn.ends
    assert turn.ends - turn.begins <= timedelta(days=1)
    assert not turn.is_outside(moment)
    assert turn.late_min(moment) == 0


def test_without_shifts_nobody_is_late():
    assert turn_of([], datetime(2026, 11, 23, tzinfo=SHANGHAI)) is None


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "zwölf", "10000", "²"])
def test_an_unclear_count_is_refused(typed):
    with pytest.raises(Refused) as refused:
        counted(typed)
    assert refused.value.code == "handover.count_unclear"


def helmets_out(desk, numbers):
    said = Wording("Helmet {helmets} is out with {number}", {"helmets": numbers, "number": "018"})
    return OpenThing("visit.helmet_out", "v-18h", "018", Urgency.QUIET, said, desk.clock())


def parcels(desk, n):
    said = Wording("{n} parcels for {receiver}: {shelf}", {"n": n, "receiver": "甲", "shelf": "A"})
    return OpenThing("parcel", "p-1", "P1", Urgency.QUIET, said, desk.clock())


@pytest.mark.usefixtures("people", "checked", "on_post")
def test_the_rack_holds_what_it_held_less_what_visitors_have(desk, open_list):
    first = service.freeze(desk, "2001", open_list)
    assert counts.count(desk, "2001", first.id, Counted.HELMET, 10).expected is None
    open_list.things += [helmets_out(desk, "3 7"), parcels(desk, 4)]
    again = service.freeze(desk, "2001", open_list)
    with desk.read() as book:
        assert [one.found for one in counts.counts_of(book, again.id)] == [10]
    assert counts.count(desk, "2001", again.id, Counted.HELMET, 8).expected is None
    sign_over(desk, open_list, "2001", "2002")
    again = service.freeze(desk, "2002", open_list)
    assert counts.count(desk, "2002", again.id, Counted.HELMET, 7).expected == 8
    assert counts.count(desk, "2002", again.id, Counted.HELMET, 8).expected == 8
    assert counts.count(desk, "2002", again.id, Counted.PARCEL, 4).expected == 4
    with desk.read() as book:
        found = [(one.counted, one.found) for one in counts.counts_of(book, again.id)]
    assert found == [(Counted.HELMET, 8), (Counted.PARCEL, 4)]
    service.withdraw(desk, "2002", again.id)
    with pytest.raises(Refused) as refused:
        counts.count(desk, "2002", again.id, Counted.PARCEL, 4)
    assert refused.value.code == "handover.over"


@pytest.mark.usefixtures("people", "checked", "on_post")
def test_three_different_next_steps_in_an_order_that_stays(desk, open_list):
    things = service.freeze(desk, "2001", open_list).document.things
    shown = next_steps("h-1", things[0], things)
    assert len({step.template for step in shown}) == 3
    assert things[0].next_step in shown
    assert shown == next_steps("h-1", things[0], things)
    orders = {next_steps(f"h-{n}", things[0], things).index(things[0].next_step) for n in range(30)}
    assert orders == {0, 1, 2}


@pytest.mark.usefixtures("people", "checked", "on_post")
def test_working_outside_the_shift_is_said(desk, desk_clock):
    desk.settings = replace(desk.settings, shifts=(DAY, NIGHT))
    use("en")
    with desk.read() as book:
        assert standing_words(desk, book) == ""
    desk_clock.advance(hours=12)
    with desk.read() as book:
        said = standing_words(desk, book)
    assert said == "李建国: outside the shift 白班 (08:00 to 18:00)"
