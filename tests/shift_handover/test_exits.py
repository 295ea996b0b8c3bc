"""The ways out of a handover that are no signature of both: no relief, takeover, late words."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import select

from kiosk.desk import journal, posts, spool
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Rank, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_shifts import Shift
from shift_handover import feature, service
from shift_handover import frozen as view
from shift_handover.exits import addenda, leader, questions, relief
from shift_handover.exits.leader import Word
from shift_handover.models import Handover, HandoverState, Mark
from tests.shift_handover.handing_over import sign_over

OUTGOING_BADGE, INCOMING_BADGE, LEADER_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503", "04A1B2C3D4E501"
BY_PHONE = Word("赵局长", "同意，先接岗，我让人去医院")

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def frozen(desk, open_list):
    return service.freeze(desk, "2001", open_list)


@pytest.fixture
def shifts(desk):
    """Day from 08:00, night from 18:00; the night's guard may be 15 minutes late."""
    day, night = Shift("白班", time(8), 10), Shift("夜班", time(18), 15)
    desk.settings = replace(desk.settings, shifts=(day, night))


@pytest.fixture
def duty_leader(desk):
    with desk.write() as tx:
        person = person_by_staff_no(tx, "1001")
        person.rank = Rank.DUTY_LEADER
        tx.put(person)
        tx.record("person.changed", person="1001")
    return person


def refused(call, *args):
    with pytest.raises(Refused) as refusal:
        call(*args)
    return refusal.value.code


def on_post_now(desk):
    with desk.read() as book:
        return posts.on_duty(book, desk.gate)[1].staff_no


def facts_of(desk, code):
    with desk.read() as book:
        entries = journal.entries(book.connection, desk.gate)
        return [entry.facts_made() for entry in entries if entry.code == code]


def read_all(desk, frozen):
    for thing in frozen.document.things:
        frozen = service.mark(
            desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step
        )
    return frozen


def accept(desk, frozen, prove, open_list):
    return service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)


def test_no_relief_the_outgoing_stays_and_the_leaders_words_are_kept(frozen, desk):
    assert leader.unrelieved(desk, "2001", BY_PHONE) == "V1"
    assert on_post_now(desk) == "2001"
    with desk.read() as book:
        assert view.handover_by_id(book, frozen.id).state is HandoverState.UNRELIEVED
        [thing] = relief.outstanding(desk, book)
        journal_text = "".join(e.facts for e in journal.entries(book.connection, desk.gate))
    assert (thing.number, thing.what.facts["leader"]) == ("V1", "赵局长")
    assert "赵局长" not in journal_text


def test_no_relief_needs_the_leader_and_the_words_and_who_holds_the_post(desk):
    assert refused(leader.unrelieved, desk, "2001", Word("", "好")) == "handover.leader_missing"
    assert refused(leader.unrelieved, desk, "2001", Word("赵")) == "handover.leader_missing"
    assert refused(leader.unrelieved, desk, "2002", BY_PHONE) == "handover.not_on_duty"


def test_a_relief_that_comes_after_all_ends_what_was_open(desk, open_list, prove):
    leader.unrelieved(desk, "2001", BY_PHONE)
    frozen = read_all(desk, service.freeze(desk, "2001", open_list))
    assert "V1" not in [thing.number for thing in frozen.document.things]
    accept(desk, frozen, prove, open_list)
    with desk.read() as book:
        assert relief.outstanding(desk, book) == []


def test_a_guard_takes_over_on_the_leaders_badge_with_everything_open(
    desk, open_list, prove, duty_leader
):
    word = Word(proof=prove(LEADER_BADGE))
    taken = leader.take_over(desk, prove(INCOMING_BADGE), word, "李师傅突发急病", open_list)
    assert taken.state is HandoverState.TAKEN_OVER_ALONE
    assert {thing.number for thing in taken.document.things} == {"017", "018", "L4", "015"}
    assert on_post_now(desk) == "2002"
    [facts] = facts_of(desk, "handover.taken_over")
    assert (facts["leader"], facts["outgoing"], facts["incoming"]) == ("1001", "2001", "2002")
    paper = spool.next_job(desk)[1].to_json()
    assert "李师傅突发急病" in paper
    assert duty_leader.name in paper
    assert taken.fingerprint.replace(" ", "") in paper


def test_a_takeover_whose_sheet_cannot_be_queued_is_none_at_all(desk, open_list, prove):
    with closing(sqlite3.connect(desk.settings.desk.database)) as book:
        book.execute(
            "CREATE TRIGGER full BEFORE INSERT ON print_job BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(sqlite3.IntegrityError):
        leader.take_over(desk, prove(INCOMING_BADGE), BY_PHONE, "急", open_list)
    assert on_post_now(desk) == "2001"
    with desk.read() as book:
        assert book.all(select(Handover)) == []


def test_a_takeover_by_telephone_and_in_an_open_handover(frozen, desk, open_list, prove):
    leader.take_over(desk, prove(INCOMING_BADGE), BY_PHONE, "人不在岗", open_list)
    assert "我让人去医院" in spool.next_job(desk)[1].to_json()
    with desk.read() as book:
        assert view.handover_by_id(book, frozen.id).state is HandoverState.FROZEN_AGAIN
        assert view.open_handover(book, desk.gate) is None


@pytest.mark.usefixtures("duty_leader")
def test_who_cannot_speak_as_leader_moves_no_post(desk, open_list, prove):
    incoming = prove(INCOMING_BADGE)
    for proof, code in (
        (prove("04A1B2C3D4E504"), "handover.not_a_leader"),
        (incoming, "sign.same_person"),
    ):
        call = (leader.take_over, desk, incoming, Word(proof=proof), "急", open_list)
        assert refused(*call) == code
    call = (leader.take_over, desk, incoming, BY_PHONE, " ", open_list)
    assert refused(*call) == "handover.why_missing"
    call = (leader.take_over, desk, prove(OUTGOING_BADGE), BY_PHONE, "急", open_list)
    assert refused(*call) == "handover.hands_over"
    assert on_post_now(desk) == "2001"


def test_a_red_line_is_known_only_with_its_own_next_step(frozen, desk):
    red = frozen.document.things[0]
    other = frozen.document.thing("visit.inside", "v-18").next_step
    mark = (service.mark, desk, "2002", frozen.id, red.key, Mark.KNOWN, "")
    assert refused(*mark, other) == "handover.read_back"
    assert refused(*mark, None) == "handover.read_back"
    assert red in view_of(desk, frozen).unread
    service.mark(desk, "2002", frozen.id, red.key, Mark.KNOWN, picked=red.next_step)
    assert red not in view_of(desk, frozen).unread


def view_of(desk, frozen):
    with desk.read() as book:
        return view.handover_by_id(book, frozen.id)


def test_a_question_waits_for_the_outgoings_answer(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    key = ("loan.out", "l-4")
    assert refused(questions.answer, desk, "2001", frozen.id, key, "有") == "handover.no_question"
    service.mark(desk, "2002", frozen.id, key, Mark.QUESTION, "钥匙什么时候还")
    assert refused(accept, desk, frozen, prove, open_list) == "handover.unanswered"
    assert refused(questions.answer, desk, "2002", frozen.id, key, "x") == "handover.not_on_duty"
    questions.answer(desk, "2001", frozen.id, key, "六点前送来")
    accepted = accept(desk, frozen, prove, open_list)
    assert accepted.state is HandoverState.ACCEPTED_WITH_EXCEPTIONS
    paper = spool.next_job(desk)[1].to_json()
    assert "六点前送来" in paper
    assert "number: L4" in paper


def test_a_new_question_needs_a_new_answer(frozen, desk):
    key = ("loan.out", "l-4")
    service.mark(desk, "2002", frozen.id, key, Mark.QUESTION, "甲")
    questions.answer(desk, "2001", frozen.id, key, "答甲")
    again = service.mark(desk, "2002", frozen.id, key, Mark.QUESTION, "乙")
    assert [thing.key for thing in again.unanswered] == [key]


@pytest.mark.usefixtures("shifts")
@pytest.mark.parametrize(
    ("after", "urgency"),
    [(-1, None), (0, Urgency.WAITING), (15, Urgency.WAITING), (16, Urgency.NOW)],
)
def test_a_late_relief_is_amber_at_its_time_and_red_past_the_tolerance(
    desk, desk_clock, after, urgency
):
    due = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai
    desk_clock.advance(seconds=(due - desk.clock()).total_seconds() + after * 60)
    with desk.read() as book:
        found = [one for one in feature.outstanding(desk, book) if one.kind == "relief.late"]
    assert [one.urgency for one in found] == ([urgency] if urgency is not None else [])


@pytest.mark.usefixtures("shifts")
def test_two_on_the_post_one_responsible_and_the_minutes_measured(desk, desk_clock):
    due = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    desk_clock.advance(seconds=(due - desk.clock()).total_seconds() + 25 * 60)
    assert relief.come(desk, "2002").late_min == 25
    assert on_post_now(desk) == "2001"
    with desk.read() as book:
        assert [person.staff_no for _row, person in relief.beside(book, desk.gate)] == ["2002"]
        assert relief.outstanding(desk, book) == []
    assert refused(relief.come, desk, "2002") == "handover.beside_already"
    assert refused(relief.come, desk, "2001") == "handover.hands_over"
    relief.go(desk, "2002")
    assert refused(relief.go, desk, "2002") == "handover.not_beside"
    with desk.read() as book:
        assert [one.kind for one in relief.outstanding(desk, book)] == ["relief.late"]


@pytest.mark.usefixtures("shifts")
def test_a_relief_who_never_said_he_came_is_measured_at_the_signature(
    desk, desk_clock, open_list, prove
):
    due = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    desk_clock.advance(seconds=(due - desk.clock()).total_seconds() + 7 * 60)
    accept(desk, read_all(desk, service.freeze(desk, "2001", open_list)), prove, open_list)
    assert [one["late_min"] for one in facts_of(desk, "handover.relief_came")] == [7]
    with desk.read() as book:
        assert relief.beside(book, desk.gate) == []


def test_words_added_after_the_signatures_are_marked_on_a_new_copy(frozen, desk, open_list, prove):
    add = (addenda.add, desk, "2001", frozen.id, "窗台上还有一把伞")
    assert refused(*add) == "handover.not_signed"
    accepted = accept(desk, read_all(desk, frozen), prove, open_list)
    assert refused(addenda.add, desk, "2001", frozen.id, "  ") == "handover.words_missing"
    job, first = spool.next_job(desk)
    spool.start(desk, job.id)
    spool.confirm(desk, job.id, weak=False)
    addenda.add(*add[1:])
    _job, again = spool.next_job(desk)
    assert (first.copy, again.copy) == (1, 2)
    assert "窗台上还有一把伞" not in first.to_json()
    assert "Added after signing" in again.to_json()
    assert "窗台上还有一把伞" in again.to_json()
    unchanged = view_of(desk, frozen)
    assert (unchanged.document, unchanged.marks) == (accepted.document, accepted.marks)
    assert unchanged.fingerprint == accepted.fingerprint


def test_the_words_of_a_leader_are_deleted_after_their_time(desk, desk_clock):
    leader.unrelieved(desk, "2001", BY_PHONE)
    desk_clock.advance(seconds=timedelta(days=desk.rules.handover_words_days + 1).total_seconds())
    assert feature.SHIFT_HANDOVER.purge(desk, "").counts["handovers"] == 1
    with desk.read() as book:
        [thing] = relief.outstanding(desk, book)
    assert thing.what.facts["leader"] == "-"


def test_an_exception_without_a_number_is_named_on_the_sheet(desk, open_list, waiting):
    nameless = waiting(ref="v-99", number="")
    open_list.things.append(nameless)
    sign_over(desk, open_list, "2001", "2002", questions={"": "打过电话吗"})
    paper = spool.next_job(desk)[1].to_json()
    stays = next(line for line in paper.split('"') if "stays open under its number" in line)
    assert "王小明" in stays
    assert "visit.waiting" not in paper
