"""One visit looked up on the watch list at two desks that could not hear each other: one match."""

from datetime import timedelta

import pytest
from test_across_gates import GUARD, HOST, OFFICE, proof, row, site, things

from kiosk.desk.forks import open_forks
from kiosk.desk.words import register
from visitors import appointments, cards, corrections, reception, watch_gate, watch_list
from visitors.corrections import Corrected
from visitors.feature import REFUSALS
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.service import Times
from visitors.watch_gate import Asks
from visitors.watch_list import Listing
from visitors.watch_models import Decision, Level, Same

register(REFUSALS)
__all__ = ["site"]
ZHANG = Details(name="章薇", form="Ms", matter="办事")


@pytest.fixture
def visit(site):
    """One expected at both desks, of a name that is listed at both, not looked up since."""
    start = site.a.clock()
    made = appointments.expect(site.a, GUARD, ZHANG, HOST, Times(start, start + timedelta(hours=2)))
    reception.answer(site.a, GUARD, made, Answer.YES, How.IN_PERSON)
    return made


def listed(site, level, name="章薇"):
    listing = Listing(level=level, name=name, reason="曾大闹前台", whom=HOST)
    watch_list.add(site.a, GUARD, listing, proof(site.a, OFFICE))
    site.heal()


def looked_up_at_both(site, visit):
    """Have the guard of each desk bring the visitor to the window while the cable is cut."""
    for desk in (site.a, site.b):
        reception.arrive(desk, GUARD, visit)


def matches(desk, visit):
    return cards.visit_card(desk, visit).watch.matches


def asked(desk):
    with desk.read() as book:
        return [fork.table for fork in open_forks(book)]


def test_two_desks_that_look_one_visit_up_while_cut_have_one_match(site, visit, desk_clock):
    listed(site, Level.REFUSE, "章微")
    looked_up_at_both(site, visit)
    desk_clock.advance(minutes=1)
    site.heal()
    for desk in (site.a, site.b):
        [match] = matches(desk, visit)
        assert match.asks is Asks.COMPARE
        assert "watch_match" not in asked(desk)


@pytest.mark.parametrize("where", ["a", "b"])
@pytest.mark.parametrize("answer", list(Same))
def test_an_answer_given_at_one_desk_while_cut_answers_at_both(
    site, visit, desk_clock, where, answer
):
    listed(site, Level.REFUSE, "章微")
    looked_up_at_both(site, visit)
    desk_clock.advance(minutes=1)
    desk = getattr(site, where)
    watch_gate.compared(desk, GUARD, matches(desk, visit)[0].id, answer)
    site.heal()
    wanted = Asks.NOTHING if answer is Same.ANOTHER else Asks.REFUSE
    for one in (site.a, site.b):
        assert [match.asks for match in matches(one, visit)] == [wanted]
        assert "watch_match" not in asked(one)


def test_an_answer_given_after_the_merge_answers_at_both(site, visit):
    listed(site, Level.REFUSE, "章微")
    looked_up_at_both(site, visit)
    site.heal()
    watch_gate.compared(site.b, GUARD, matches(site.b, visit)[0].id, Same.ANOTHER)
    site.heal()
    for desk in (site.a, site.b):
        assert [match.asks for match in matches(desk, visit)] == [Asks.NOTHING]
        assert "visit.watched" not in [one.kind for one in things(desk, "visit.watched")]
    assert reception.admit(site.a, GUARD, visit).state is State.ADMITTED


def test_who_a_manager_let_in_at_one_desk_is_not_held_at_the_other(site, visit):
    listed(site, Level.REFUSE)
    looked_up_at_both(site, visit)
    manager = proof(site.a, OFFICE)
    watch_gate.decide(site.a, GUARD, visit, Decision.ADMIT, "有约", manager)
    reception.admit(site.a, GUARD, visit)
    site.heal()
    for desk in (site.a, site.b):
        assert row(desk, visit).state is State.ADMITTED
        assert things(desk, "visit.watched") == []


def test_the_same_person_at_one_desk_and_another_at_the_other_is_asked_once(site, visit):
    listed(site, Level.REFUSE, "章微")
    looked_up_at_both(site, visit)
    for desk, said in ((site.a, Same.SAME), (site.b, Same.ANOTHER)):
        watch_gate.compared(desk, GUARD, matches(desk, visit)[0].id, said)
    site.heal()
    for desk in (site.a, site.b):
        assert asked(desk).count("watch_match") == 1
        assert [match.asks for match in matches(desk, visit)] == [Asks.REFUSE]


def test_taken_back_and_found_again_it_is_one_match_at_both(site, visit):
    listed(site, Level.REFUSE)
    looked_up_at_both(site, visit)
    for name in ("钱多多", "章薇"):
        corrected(site.a, visit, name)
    site.heal()
    for desk in (site.a, site.b):
        assert [match.asks for match in matches(desk, visit)] == [Asks.REFUSE]
        assert "watch_match" not in asked(desk)


def corrected(desk, visit, name):
    details = Details(name=name, matter="办事")
    until = cards.visit_card(desk, visit).until_at
    corrections.correct(desk, GUARD, visit, Corrected(details, HOST, until), "写错了")
