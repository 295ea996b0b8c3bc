"""Overtime: nobody agrees to his own, notes a word for himself, or undoes what is over (90)."""

from datetime import timedelta

import pytest

from kiosk.attendance import service as attendance
from kiosk.attendance.overtime import service
from kiosk.attendance.overtime.rules import Asked
from kiosk.desk.overtime import SPELL, Spell
from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof

GUARD, WANG, ZHANG, LI_NA, CHEN = "2001", "2002", "1001", "3001", "9001"


@pytest.fixture
def leader(desk, people):
    """王 (2002) as leader on duty."""
    with desk.write() as tx:
        people[WANG].rank = Rank.DUTY_LEADER
        tx.put(people[WANG])
        tx.record("person.changed", person=WANG)
    return WANG


def refused(act, *given):
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value.code


def tonight(desk, *others):
    now = desk.local(desk.clock())
    return Asked(now.replace(hour=18), now.replace(hour=21), others, "301", why="赶材料")


def test_clause_90_the_head_who_works_along_does_not_agree_to_it(desk, people, leader):
    made = service.ask(desk, GUARD, LI_NA, tonight(desk, ZHANG))
    head = Proof(people[ZHANG], Means.BADGE, desk.clock())
    assert refused(service.approve, desk, GUARD, made.id, head) == "overtime.signs_own"
    assert refused(service.refuse, desk, GUARD, made.id, head) == "overtime.signs_own"
    assert refused(service.why_for_head, desk, made.id, head) == "overtime.signs_own"
    other = service.ask(desk, GUARD, CHEN, tonight(desk, leader))
    asked = (desk, GUARD, other.id, leader)
    assert refused(service.approve_by_phone, *asked) == "overtime.signs_own"
    signed = Proof(people[leader], Means.BADGE, desk.clock())
    assert service.approve(desk, GUARD, made.id, signed).state is Spell.OPEN


@pytest.mark.parametrize("by", [LI_NA, ZHANG])
def test_clause_90_who_works_notes_no_word_by_telephone_for_himself(desk, leader, by):
    made = service.ask(desk, GUARD, LI_NA, tonight(desk, ZHANG))
    asked = (desk, by, made.id, leader)
    assert refused(service.approve_by_phone, *asked) == "overtime.notes_own"
    assert service.approve_by_phone(desk, GUARD, made.id, leader).by_phone


def test_clause_90_who_stays_notes_no_word_for_himself(desk, people, leader, desk_clock):
    attendance.tap(desk, people[LI_NA], "door")
    desk_clock.advance(hours=11)
    until = desk.clock() + timedelta(hours=2)
    asked = (LI_NA, leader, until, "x")
    assert refused(service.note_word, desk, LI_NA, *asked) == "overtime.notes_own"
    assert service.note_word(desk, GUARD, *asked).by_phone


def test_what_is_over_is_not_taken_back(desk, people, desk_clock):
    made = service.ask(desk, GUARD, LI_NA, tonight(desk))
    service.approve(desk, GUARD, made.id, Proof(people[ZHANG], Means.BADGE, desk.clock()))
    desk_clock.advance(days=1)
    assert refused(service.cancel, desk, GUARD, made.id) == "overtime.over"
    with desk.read() as book:
        assert book.one(SPELL, id=made.id)[0].state is Spell.OPEN
