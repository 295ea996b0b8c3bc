"""Which of two visits is right, decided differently at desks that could not hear each other."""

from itertools import permutations

import pytest
from site_books import carry, desks_of, intact, tables_of
from test_across_gates import GUARD, HOST, OFFICE, WANG, proof, row, slip_of, told

from kiosk.desk import posts
from kiosk.desk.forks import open_forks
from kiosk.desk.refusal import Refused
from kiosk.desk.words import register
from kiosk.features import follow_up
from visitors import corrections, departures, inside, reception
from visitors.feature import REFUSALS
from visitors.gates import twice
from visitors.gates.twice import Right
from visitors.models import Answer, How, ReturnSlip, State

register(REFUSALS)


@pytest.fixture
def two(settings, desk_clock, built):
    yield from _opened(settings, desk_clock, built, 2)


@pytest.fixture
def three(settings, desk_clock, built):
    yield from _opened(settings, desk_clock, built, 3)


def _opened(settings, desk_clock, built, count):
    desks = desks_of(settings, desk_clock, count, built)
    yield desks
    for desk in desks:
        desk.close()


def heal(desks, *, rounds=3):
    """Carry everything everywhere, each desk doing what it owes after what it heard."""
    for _round in range(rounds):
        for source, target in permutations(desks, 2):
            follow_up(target, carry(source, target).tables)


def let_in_at_each(desks):
    """Let one person in at every desk, as a visit of its own; return the ids in their order."""
    made = []
    for desk in desks:
        visit = reception.walk_in(desk, GUARD, WANG, HOST)
        reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
        reception.admit(desk, GUARD, visit)
        made.append(visit)
    heal(desks)
    return sorted(made)


def only(desk, visits, right):
    """Decide at ``desk`` for every pair with it that only the visit ``right`` is right."""
    for other in visits:
        if other != right:
            first, second = sorted((right, other))
            said = Right.FIRST if first == right else Right.SECOND
            twice.decide(desk, GUARD, f"{first}+{second}", said, proof(desk, OFFICE))


def nobody_inside_by(desk, visit):
    """Make a visit void by hand: who is on duty at the desk signs that nobody is inside by it."""
    said = proof(desk, GUARD)
    with desk.write(by=GUARD) as tx:
        if posts.on_duty(tx, desk.gate) is None:
            posts.take(tx, desk.gate, said.person)
            tx.record("post.taken", person=GUARD)
    corrections.void(desk, GUARD, visit, "重复登记", said)


def states(desk, visits):
    return [row(desk, one).state for one in visits]


def counted(desk, visits):
    with desk.read() as book:
        return [one.ref for one in inside.inside(desk, book) if one.ref in visits]


def rests(desks):
    """Say that all are the same, nothing is asked, and nothing more is owed."""
    for desk in desks:
        with desk.read() as book:
            assert open_forks(book) == []
            assert list(twice.twice_inside(book)) == []
        assert follow_up(desk, {"visit", "visit_gave_way", "visit_two_people"}) == 0
        assert tables_of(desk) == tables_of(desks[0])
        assert intact(desk)


@pytest.mark.parametrize("later", [0, 1])
def test_decided_differently_while_cut_the_later_decision_stands_and_nobody_is_lost(
    two, desk_clock, later
):
    visits = let_in_at_each(two)
    earlier = 1 - later
    only(two[earlier], visits, visits[earlier])
    desk_clock.advance(minutes=2)
    only(two[later], visits, visits[later])
    heal(two)
    for desk in two:
        assert counted(desk, visits) == [visits[later]]
        assert row(desk, visits[later]).return_slip is ReturnSlip.DUE
        assert row(desk, visits[earlier]).state is State.VOIDED
    assert [one["visit"] for desk in two for one in told(desk, "visit.twice_reinstated")] == [
        visits[later]
    ]
    rests(two)


def test_the_desk_that_hears_first_has_the_visitor_inside_at_once(two, desk_clock):
    visits = let_in_at_each(two)
    only(two[0], visits, visits[0])
    desk_clock.advance(minutes=2)
    only(two[1], visits, visits[1])
    follow_up(two[1], carry(two[0], two[1]).tables)
    assert counted(two[1], visits) == [visits[1]]


def test_both_desks_that_put_it_right_at_the_same_moment_do_not_contradict(two, desk_clock):
    visits = let_in_at_each(two)
    only(two[0], visits, visits[0])
    desk_clock.advance(minutes=2)
    only(two[1], visits, visits[1])
    changed = [carry(two[0], two[1]).tables, carry(two[1], two[0]).tables]
    follow_up(two[1], changed[0])
    follow_up(two[0], changed[1])
    heal(two)
    assert counted(two[0], visits) == counted(two[1], visits) == [visits[1]]
    rests(two)


def test_decided_alike_at_both_desks_nobody_is_asked_again(two, desk_clock):
    visits = let_in_at_each(two)
    for desk in two:
        only(desk, visits, visits[0])
        desk_clock.advance(minutes=2)
    heal(two)
    assert states(two[0], visits) == states(two[1], visits) == [State.ADMITTED, State.VOIDED]
    rests(two)


def test_three_desks_that_each_say_their_own_is_right_leave_exactly_one(three, desk_clock):
    visits = let_in_at_each(three)
    for desk, right in zip(three, visits, strict=True):
        only(desk, visits, right)
        desk_clock.advance(minutes=2)
    heal(three)
    for desk in three:
        assert counted(desk, visits) == [visits[2]]
    rests(three)


def test_three_desks_that_each_decide_another_pair_in_a_ring_leave_exactly_one(three, desk_clock):
    visits = let_in_at_each(three)
    for place, desk in enumerate(three):
        only(desk, [visits[place], visits[place - 1]], visits[place])
        desk_clock.advance(minutes=2)
    heal(three)
    for desk in three:
        assert len(counted(desk, visits)) == 1
    rests(three)


def test_a_third_desk_that_is_heard_later_is_the_last_word_only_if_it_spoke_last(three, desk_clock):
    visits = let_in_at_each(three)
    only(three[2], visits[:2], visits[0])
    desk_clock.advance(minutes=2)
    only(three[0], visits[:2], visits[0])
    desk_clock.advance(minutes=2)
    only(three[1], visits[:2], visits[1])
    heal(three[:2])
    assert counted(three[0], visits[:2]) == [visits[1]]
    heal(three)
    for desk in three:
        assert counted(desk, visits[:2]) == [visits[1]]


@pytest.mark.parametrize("first", [0, 1])
def test_two_people_at_one_desk_and_one_at_the_other_leaves_both_inside(two, desk_clock, first):
    visits = let_in_at_each(two)
    for place in (first, 1 - first):
        if place:
            only(two[1], visits, visits[1])
        else:
            twice.decide(two[0], GUARD, "+".join(visits), Right.BOTH, proof(two[0], OFFICE))
        desk_clock.advance(minutes=2)
    heal(two)
    for desk in two:
        assert counted(desk, visits) == visits
    rests(two)


def test_whose_void_slip_was_shown_at_an_exit_is_not_inside_again(two, desk_clock):
    """Two people by one desk; one by the other, where both slips go out before it hears of it."""
    visits = let_in_at_each(two)
    twice.decide(two[0], GUARD, "+".join(visits), Right.BOTH, proof(two[0], OFFICE))
    desk_clock.advance(minutes=1)
    only(two[1], visits, visits[1])
    slips = [slip_of(two[1], one) for one in visits]
    departures.leave_by_code(two[1], GUARD, slips[1])
    desk_clock.advance(minutes=1)
    with pytest.raises(Refused, match="void"):
        departures.leave_by_code(two[1], GUARD, slips[0])
    heal(two)
    assert [counted(desk, visits) for desk in two] == [[], []]
    assert row(two[0], visits[0]).state is State.LEFT
    assert tables_of(two[0]) == tables_of(two[1])


@pytest.mark.parametrize("first", [0, 1])
def test_void_by_hand_at_one_desk_and_called_right_at_the_other_he_is_inside_by_the_other_visit(
    two, desk_clock, first
):
    visits = let_in_at_each(two)
    for place in (first, 1 - first):
        if place:
            nobody_inside_by(two[1], visits[0])
        else:
            only(two[0], visits, visits[0])
        desk_clock.advance(minutes=2)
    heal(two)
    for desk in two:
        assert counted(desk, visits) == [visits[1]]
        assert states(desk, visits) == [State.VOIDED, State.ADMITTED]
    assert [one["visit"] for desk in two for one in told(desk, "visit.twice_reinstated")] == [
        visits[1]
    ]
    departures.leave_by_code(two[0], GUARD, slip_of(two[0], visits[1]))
    heal(two)
    assert [counted(desk, visits) for desk in two] == [[], []]
    rests(two)


def test_of_three_visits_only_one_comes_back_when_the_right_one_was_made_void_by_hand(
    three, desk_clock
):
    visits = let_in_at_each(three)
    only(three[0], visits, visits[0])
    desk_clock.advance(minutes=2)
    nobody_inside_by(three[1], visits[0])
    heal(three)
    for desk in three:
        assert len(counted(desk, visits)) == 1
    rests(three)


def test_void_by_hand_after_the_decision_was_heard_nobody_comes_back(two):
    visits = let_in_at_each(two)
    only(two[0], visits, visits[0])
    heal(two)
    nobody_inside_by(two[1], visits[0])
    heal(two)
    for desk in two:
        assert counted(desk, visits) == []
        assert states(desk, visits) == [State.VOIDED, State.VOIDED]
    rests(two)


def test_void_by_hand_at_the_end_of_a_chain_of_decisions_nobody_comes_back(three):
    first, second, third = let_in_at_each(three)
    only(three[0], [first, second], second)
    heal(three)
    only(three[1], [second, third], third)
    heal(three)
    nobody_inside_by(three[2], third)
    heal(three)
    for desk in three:
        assert states(desk, [first, second, third]) == [State.VOIDED] * 3
    rests(three)
