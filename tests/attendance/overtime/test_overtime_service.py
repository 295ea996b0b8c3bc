"""Overtime on a real book: asked in advance, approved, on the list, and who is on none."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.attendance import service as taps
from kiosk.attendance.overtime import service
from kiosk.attendance.overtime.rules import Asked
from kiosk.desk import journal
from kiosk.desk.outstanding import Urgency
from kiosk.desk.overtime import Spell
from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means, Proof
from kiosk.keys import booking

GUARD, ZHANG, LI_NA, WANG = "2001", "1001", "3001", "2002"
SATURDAY = timedelta(days=5)
pytestmark = pytest.mark.usefixtures("people")


def refused(use_case, *args) -> str:
    with pytest.raises(Refused) as caught:
        use_case(*args)
    return caught.value.code


@pytest.fixture
def leader(desk, people):
    """Make 王磊 the leader on duty."""
    with desk.write() as tx:
        person = people[WANG]
        person.rank, person.department_id = Rank.DUTY_LEADER, None
        tx.put(person)
        tx.record("person.changed", person=WANG)
    return WANG


@pytest.fixture
def tonight(desk) -> Asked:
    """From 18:00 to 21:00 of this day."""
    at = desk.local(desk.clock()).replace(hour=18, minute=0)
    return Asked(at, at + timedelta(hours=3), (), "301", "301室", "赶材料")


def proof(desk, people, staff_no=ZHANG) -> Proof:
    return Proof(people[staff_no], Means.BADGE, desk.clock())


def facts(desk, code) -> list[dict]:
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate))
    return [one.facts_made() for one in found if one.code == code]


def things(desk, kind) -> list:
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == kind]


def on_list(desk) -> list[str]:
    with desk.read() as book:
        return [
            person.staff_no
            for spell, person in service.listed(desk, book)
            if spell.state is Spell.OPEN
        ]


def unlisted(desk) -> list[str]:
    with desk.read() as book:
        return [one.person.staff_no for one in service.unlisted(desk, book)]


def test_clause_90_overtime_is_asked_in_advance_and_signed_by_the_head(desk, people, tonight):
    made = service.ask(desk, GUARD, LI_NA, tonight)
    assert (made.state, on_list(desk)) == (Spell.ASKED, [])
    assert facts(desk, "overtime.requested") == [
        {
            "number": "O1", "person": LI_NA, "others": [],
            "from_at": "2026-11-23T18:00+08:00", "until_at": "2026-11-23T21:00+08:00",
        }
    ]  # fmt: skip
    assert service.why_for_head(desk, made.id, proof(desk, people)) == "赶材料"
    service.approve(desk, GUARD, made.id, proof(desk, people))
    assert on_list(desk) == [LI_NA]
    (said,) = facts(desk, "overtime.approved")
    assert (said["approver"], said["means"]) == (ZHANG, "badge")
    assert refused(service.approve, desk, GUARD, made.id, proof(desk, people)) == "overtime.decided"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from_at": timedelta(hours=-11)}, "overtime.late"),
        ({"until_at": timedelta(hours=-3)}, "overtime.times_wrong"),
        ({"from_at": timedelta(days=61), "until_at": timedelta(days=61)}, "overtime.too_far"),
    ],
)
def test_clause_90_a_time_that_cannot_be_is_refused_with_its_field(desk, tonight, change, code):
    moved = {name: getattr(tonight, name) + by for name, by in change.items()}
    asked = Asked(**{"from_at": tonight.from_at, "until_at": tonight.until_at, "why": "x"} | moved)
    with pytest.raises(Refused) as caught:
        service.ask(desk, GUARD, LI_NA, asked)
    assert caught.value.code == code
    assert caught.value.facts["field"] in {"from", "until"}


def test_the_same_hours_are_not_asked_twice_and_a_stranger_does_not_come_along(desk, tonight):
    service.ask(desk, GUARD, LI_NA, tonight)
    assert refused(service.ask, desk, GUARD, LI_NA, tonight) == "overtime.overlaps"
    stranger = Asked(tonight.from_at, tonight.until_at, ("7777",), why="x")
    with pytest.raises(Refused) as caught:
        service.ask(desk, GUARD, ZHANG, stranger)
    assert (caught.value.code, caught.value.facts["field"]) == ("person.unknown", "others")
    nothing = Asked(tonight.from_at, tonight.until_at)
    assert refused(service.ask, desk, GUARD, ZHANG, nothing) == "overtime.why_missing"


def test_clause_90_only_head_or_leader_signs_and_reads_why(desk, people, tonight, leader):
    made = service.ask(desk, GUARD, LI_NA, tonight)
    own, guard = proof(desk, people, LI_NA), proof(desk, people, GUARD)
    for signer, code in ((own, "overtime.signs_own"), (guard, "overtime.not_head")):
        assert refused(service.approve, desk, GUARD, made.id, signer) == code
        assert refused(service.why_for_head, desk, made.id, signer) == code
    assert "赶材料" not in str(facts(desk, "overtime.requested"))
    with desk.read() as book:
        table = all_reports.reports()["overtime"](desk, book, Period(desk.today(), desk.today()))
    assert all("赶材料" not in cell for one in table.rows for cell in one)
    service.refuse(desk, GUARD, made.id, proof(desk, people, leader))
    assert on_list(desk) == []
    assert facts(desk, "overtime.refused") == [
        {"number": "O1", "person": LI_NA, "approver": WANG, "means": "badge"}
    ]


def test_clause_90_a_leaders_word_by_telephone_is_noted_and_counts(desk, tonight, leader):
    made = service.ask(desk, GUARD, LI_NA, tonight)
    asked = (desk, GUARD, made.id)
    assert refused(service.approve_by_phone, *asked, ZHANG) == "overtime.not_leader"
    service.approve_by_phone(*asked, leader)
    (said,) = facts(desk, "overtime.word_noted")
    assert (said["number"], said["leader"]) == ("O1", WANG)
    assert on_list(desk) == [LI_NA]


def test_clause_90_who_is_in_after_hours_on_no_list_is_an_open_thing(
    desk, people, desk_clock, tonight, leader
):
    for staff_no in (LI_NA, ZHANG, GUARD):
        taps.tap(desk, people[staff_no], "door")
    asked = Asked(tonight.from_at, tonight.until_at, (ZHANG,), why="x")
    made = service.ask(desk, GUARD, LI_NA, asked)
    desk_clock.now = tonight.from_at.replace(hour=18, minute=29)
    assert unlisted(desk) == []  # an hour after work is the house's grace
    desk_clock.advance(minutes=1)
    assert unlisted(desk) == [ZHANG, LI_NA]  # asked is not approved; a guard is on the roster
    service.approve(desk, GUARD, made.id, proof(desk, people, leader))  # the head works along
    assert unlisted(desk) == []  # who works along is on the list too
    desk_clock.advance(hours=3)
    (both,) = things(desk, "overtime.unlisted")
    assert (both.urgency, both.facts["n"]) == (Urgency.WAITING, 2)
    assert both.what.text() == "张伟 and others (2) are in after hours and on no overtime list"
    until = desk_clock.now + timedelta(hours=1)
    service.note_word(desk, GUARD, LI_NA, leader, until, "服务器")
    assert unlisted(desk) == [ZHANG]
    (alone,) = things(desk, "overtime.unlisted")
    assert alone.what.text() == "张伟 is in after hours and on no overtime list"
    again = (desk, GUARD, LI_NA, leader, until, "又")
    assert refused(service.note_word, *again) == "overtime.on_list"
    taps.tap(desk, people[ZHANG], "door")
    assert unlisted(desk) == []


def test_clause_90_on_a_day_off_everybody_inside_needs_the_list(desk, people, desk_clock, leader):
    desk_clock.now += SATURDAY
    taps.tap(desk, people[LI_NA], "door")
    assert unlisted(desk) == [LI_NA]
    until = desk_clock.now + timedelta(hours=2)
    for bad, code in ((ZHANG, "overtime.not_leader"), ("9999", "person.unknown")):
        assert refused(service.note_word, desk, GUARD, LI_NA, bad, until, "x") == code
    past = (desk, GUARD, LI_NA, leader, desk_clock.now, "x")
    assert refused(service.note_word, *past) == "overtime.times_wrong"
    service.note_word(desk, GUARD, LI_NA, leader, until, "x")
    assert unlisted(desk) == []
    desk_clock.now = until
    assert unlisted(desk) == [LI_NA]


def test_clause_90_tonights_list_is_quiet_for_the_guard(desk, people, tonight, desk_clock):
    made = service.ask(desk, GUARD, LI_NA, tonight)
    (waiting,) = things(desk, "overtime.tonight")
    assert waiting.what.text() == "李娜 has asked for overtime 18:00 - 21:00: not approved"
    service.approve(desk, GUARD, made.id, proof(desk, people))
    (one,) = things(desk, "overtime.tonight")
    assert (one.urgency, one.what.text()) == (Urgency.QUIET, "李娜 works 18:00 - 21:00, 301")
    desk_clock.now = tonight.until_at
    assert things(desk, "overtime.tonight") == []


def test_a_spell_of_the_board_is_on_the_same_list(desk, people, tonight):
    span = (tonight.from_at, tonight.until_at)
    booking.ask_overtime(desk, people[LI_NA], GUARD, *span, "301", proof(desk, people))
    assert on_list(desk) == [LI_NA]


def test_a_word_by_telephone_lets_no_key_go(desk, tonight, leader):
    made = service.ask(desk, GUARD, LI_NA, tonight)
    assert service.approve_by_phone(desk, GUARD, made.id, leader).things == ""


def test_why_is_deleted_after_the_days_of_the_rule(desk, tonight, desk_clock):
    service.ask(desk, GUARD, LI_NA, tonight)
    desk_clock.now = tonight.until_at + timedelta(days=desk.rules.overtime_words_days)
    features.purge(desk)
    with desk.read() as book:
        (spell, _person) = book.all(
            service.SPELLS_BETWEEN, first=tonight.from_at.date(), last=tonight.from_at.date()
        )[0]
        assert book.read_sealed(spell.why) == "赶材料"  # the day is not over yet
    desk_clock.advance(minutes=1)
    features.purge(desk)
    with desk.read() as book:
        assert book.read_sealed(spell.why) == "-"


@given(st.lists(st.sampled_from(["ask", "sign", "no", "phone", "back", "later"]), max_size=12))
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_in_any_order_only_what_somebody_agreed_to_is_on_the_list(
    desk, people, leader, desk_clock, steps
):
    desk_clock.advance(days=1)  # what an example before has asked for is over
    agreed, last = set(), None
    for step in steps:
        now = desk_clock.now
        try:
            if step == "ask":
                asked = Asked(now, now + timedelta(hours=2), why="x")
                last = service.ask(desk, GUARD, LI_NA, asked).id
            elif step == "later":
                desk_clock.advance(hours=3)
            elif last is None:
                continue
            elif step == "sign":
                service.approve(desk, GUARD, last, proof(desk, people))
                agreed.add(last)
            elif step == "no":
                service.refuse(desk, GUARD, last, proof(desk, people))
            elif step == "phone":
                service.approve_by_phone(desk, GUARD, last, leader)
                agreed.add(last)
            else:
                service.cancel(desk, GUARD, last)
                agreed.discard(last)
        except Refused:
            continue
    with desk.read() as book:
        found = {one.id for one, _p in service.listed(desk, book) if one.state is Spell.OPEN}
    assert found <= agreed


def test_what_ends_in_the_small_hours_is_tonight(desk, people, tonight, desk_clock):
    late = Asked(tonight.from_at, tonight.from_at + timedelta(hours=8), why="x")
    made = service.ask(desk, GUARD, LI_NA, late)
    service.approve(desk, GUARD, made.id, proof(desk, people))
    desk_clock.now = datetime.combine(
        tonight.from_at.date() + timedelta(days=1), desk_clock.now.time(), desk.zone
    ).replace(hour=1, minute=30)
    assert on_list(desk) == [LI_NA]
