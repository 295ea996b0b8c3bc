"""A visitor of two gates at the exit: the slip of a visit that gave way, a number, a group."""

import re

import pytest
from test_across_gates import (
    GUARD,
    OFFICE,
    booked,
    conflicts,
    let_in,
    proof,
    row,
    site,
    slip_of,
    things,
    told,
)

from kiosk.conflicts.reading import fork_of, shown
from kiosk.conflicts.service import Asked, decide
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register
from visitors import departures, inside, reception, rules
from visitors.exit import by_card, lending, parting
from visitors.feature import REFUSALS
from visitors.gates import twice
from visitors.gates.twice import Right
from visitors.models import LeftHow, State
from visitors.numbered import kept_under_another, leaving
from visitors.rules import Details

register(REFUSALS)
__all__ = ["site"]


@pytest.fixture
def decided(site):
    """One person with two slips: the visit that is right, and the one that gave way to it."""
    visits = sorted((let_in(site.a), let_in(site.b)))
    site.heal()
    slips = [slip_of(site.a if row(site.a, one).gate == site.a.gate else site.b, one)
             for one in visits]  # fmt: skip
    twice.decide(site.a, GUARD, "+".join(visits), Right.FIRST, proof(site.a, OFFICE))
    site.heal()
    return visits, slips


def test_the_slip_of_the_visit_that_gave_way_closes_the_one_that_is_right(site, decided):
    (right, wrong), (_slip, given_way) = decided
    gone = departures.leave_by_code(site.b, GUARD, given_way)
    assert gone.visit.id == right
    site.heal()
    for desk in (site.a, site.b):
        assert (row(desk, right).state, row(desk, right).left_how) == (
            State.LEFT, LeftHow.SCANNED,
        )  # fmt: skip
        assert row(desk, wrong).state is State.VOIDED
        with desk.read() as book:
            assert [one for one in inside.inside(desk, book) if one.ref in {right, wrong}] == []


def test_the_slip_of_the_visit_that_gave_way_marks_its_carrier_at_the_roll_call(site, decided):
    (right, _wrong), (_slip, given_way) = decided
    with site.b.read() as book:
        assert inside.inside_of_code(site.b, book, given_way).ref == right


@pytest.fixture
def card_on_the_void_one(site):
    """A card was lent on the visit that gave way; return that visit, the right one and the card."""
    here, there = let_in(site.a), let_in(site.b)
    with site.a.write(by=GUARD) as tx:
        card = tx.put(Thing(label="访客卡7", kind=ThingKind.VISITOR_CARD))
        tx.record("thing.added", thing=card.label)
    lending.lend(site.a, GUARD, here, card.id)
    site.heal()
    first, second = sorted((here, there))
    said = Right.FIRST if there == first else Right.SECOND
    twice.decide(site.b, GUARD, f"{first}+{second}", said, proof(site.b, OFFICE))
    site.heal()
    return here, there, card


def test_the_card_of_the_visit_that_gave_way_closes_the_one_that_is_right(
    site, card_on_the_void_one
):
    here, there, card = card_on_the_void_one
    with site.a.read() as book:
        assert inside.inside_of_tag(site.a, book, card).ref == there
    back = by_card.leave_by_card(site.a, GUARD, card.id)
    assert back.gone is not None
    assert (row(site.a, there).state, row(site.a, here).state) == (State.LEFT, State.VOIDED)


def test_the_number_of_the_visit_that_gave_way_lets_out_by_the_one_that_is_right(site, decided):
    (right, wrong), _slips = decided
    number = row(site.b, wrong).number
    assert departures.leave_by_number(site.b, GUARD, number, signed=True).visit.id == right


@pytest.mark.parametrize("where", ["a", "b"])
def test_either_number_said_aloud_lets_out_whom_both_gates_let_in(site, where):
    visit = booked(site.a)
    site.heal()
    numbers = []
    for desk in (site.a, site.b):
        reception.admit(desk, GUARD, visit)
        numbers.append(row(desk, visit).number)
    site.heal()
    number = next(one for one in numbers if one != row(site.a, visit).number)
    desk = getattr(site, where)
    gone = departures.leave_by_number(desk, GUARD, number, signed=True)
    assert gone.visit.id == visit


def test_of_a_group_of_which_a_part_left_at_each_gate_it_is_said_so(site):
    visit = let_in(site.a, Details(name="王小明", form="Mr", matter="水表检修", people=4))
    site.heal()
    parting.part_leaves(site.a, GUARD, visit, 1)
    parting.part_leaves(site.b, GUARD, visit, 2)
    site.heal()
    for desk in (site.a, site.b):
        [thing] = conflicts(desk)
        assert re.search(r"party of 4: gone by \S+ 1, by \S+ 2$", thing.what.text())
        assert "Count who is inside" in thing.next_step.text()


def let_in_at_both(site):
    """Let one appointment in at both gates; return the visit and the number the table hides."""
    visit = booked(site.a)
    site.heal()
    numbers = []
    for desk in (site.a, site.b):
        reception.admit(desk, GUARD, visit)
        numbers.append(row(desk, visit).number)
    site.heal()
    [hidden] = {*numbers} - {row(site.a, visit).number}
    return visit, hidden


def arrivals(site, visit):
    """What each desk recorded when it put the visitor at its gate."""
    found = [one for desk in (site.a, site.b) for one in told(desk, "visit.arrived")]
    return [one for one in found if one["visit"] == visit]


def signed(desk, visit, kept):
    """Decide the conflict of a visit: the version at this place stands."""
    with desk.read() as book:
        seen = shown(desk, book, fork_of(book, "visit", visit)).seen
    decide(desk, GUARD, Asked("visit", visit, seen, kept), "电话核实", proof(desk, OFFICE))


def test_a_hidden_number_of_two_days_is_asked_about_and_the_day_says_which(site, desk_clock):
    _yesterdays, number = let_in_at_both(site)
    desk_clock.advance(days=1)
    todays, again = let_in_at_both(site)
    assert number == again
    with pytest.raises(Refused, match="number_unclear"):
        departures.leave_by_number(site.a, GUARD, number, signed=True)
    day = row(site.a, todays).day
    gone = departures.leave_by_number(site.a, GUARD, number, signed=True, day=day)
    assert gone.visit.id == todays


@pytest.mark.parametrize("kept", [0, 1])
def test_once_decided_the_number_of_the_version_that_lost_lets_out_too(site, kept):
    visit, _hidden = let_in_at_both(site)
    given = {arrived["number"] for arrived in arrivals(site, visit)}
    signed(site.a, visit, kept)
    site.heal()
    [lost] = given - {rules.spoken(row(site.a, visit).number)}
    for desk in (site.a, site.b):
        with desk.read() as book:
            assert leaving(desk, book, int(lost))[0].id == visit
    assert departures.leave_by_number(site.b, GUARD, int(lost), signed=True).visit.id == visit


def test_the_number_of_the_visit_that_gave_way_lets_out_after_midnight_too(
    site, decided, desk_clock
):
    (right, wrong), _slips = decided
    desk_clock.advance(days=1)
    number = row(site.b, wrong).number
    assert departures.leave_by_number(site.b, GUARD, number, signed=True).visit.id == right


def test_a_lost_number_is_his_who_was_given_it_since(site, decided, desk_clock):
    (right, wrong), _slips = decided
    number = row(site.b, wrong).number
    typed = rules.spoken(number)
    assert list(kept_under_another(site.b, typed)) == [right]
    desk_clock.advance(days=1)
    assert list(kept_under_another(site.b, typed)) == [right]
    desk = site.a if row(site.a, wrong).gate == site.a.gate else site.b
    new = let_in(desk, Details(name="周明", unit="水利站", matter="送文件"))
    site.heal()
    assert row(desk, new).number == number
    assert kept_under_another(site.b, typed) == {}
    assert departures.leave_by_number(site.b, GUARD, number, signed=True).visit.id == new
    site.heal()
    assert list(kept_under_another(site.b, typed)) == [right]
    assert departures.leave_by_number(site.b, GUARD, number, signed=True).visit.id == right
    site.heal()
    with pytest.raises(Refused, match="left_already"):
        departures.leave_by_number(site.b, GUARD, number, signed=True)


def test_what_was_lent_on_the_visit_that_gave_way_is_asked_for_at_the_exit(
    site, card_on_the_void_one
):
    here, there, _card = card_on_the_void_one
    assert things(site.a, "visit.not_back") == []
    gone = departures.leave_by_code(site.a, GUARD, slip_of(site.a, here))
    assert gone.visit.id == there
    assert [one.label for one in gone.out] == ["访客卡7"]
    [left_out] = things(site.a, "visit.not_back")
    assert "访客卡7" in left_out.what.text()
