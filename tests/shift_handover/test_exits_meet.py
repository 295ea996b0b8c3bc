"""Where the ways out of a handover meet the rest of the gatehouse: absences, counts, locking up."""

from dataclasses import replace
from datetime import time

import pytest

from kiosk.desk import journal, posts
from kiosk.desk.people import Rank
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_shifts import Shift
from kiosk.desk.signing import Means, Proof
from shift_handover import feature, matters, service
from shift_handover import frozen as view
from shift_handover.away import service as away
from shift_handover.away.feature import AWAY
from shift_handover.away.models import Cover, Door, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.exits import addenda, counts, leader, questions, readers, relief
from shift_handover.exits.leader import Word
from shift_handover.exits.models import Counted
from shift_handover.last_out import service as last_out
from shift_handover.last_out.rules import Answer
from shift_handover.lockup import service as lockup
from shift_handover.lockup.rules import Told
from shift_handover.models import GiverKind, Mark

OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"
BY_PHONE = Word("赵局长", "同意，先接岗，我让人去医院")
TOLD = Told("赵主任", "", "可以锁门，明早七点有人来", "大门、侧门已锁", "柜内 12 把，已锁")
OUT = Asked(Kind.AWAY, 5, "水表间", "抄表")

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def shifts(desk):
    """Day from 08:00, night from 18:00."""
    desk.settings = replace(
        desk.settings, shifts=(Shift("白班", time(8), 10), Shift("夜班", time(18), 15))
    )


def read_all(desk, frozen, by="2002"):
    for thing in frozen.document.things:
        frozen = service.mark(desk, by, frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    return frozen


def accept(desk, frozen, prove, things):
    return service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), things)


def take(desk, person):
    with desk.write(by=person.staff_no) as tx:
        posts.take(tx, desk.gate, person)


def beside(desk):
    with desk.read() as book:
        return [person.staff_no for _row, person in relief.beside(book, desk.gate)]


def signed_by(desk, person):
    return Proof(person, Means.BADGE, desk.clock())


def steps_away(desk, companion, by="2001"):
    away.start(desk, by, OUT, Keeping(Cover.COMPANION, companion, Means.BADGE))


def running(desk):
    with desk.read() as book:
        return away.running(desk, book)


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def test_a_takeover_ends_the_absence_of_who_did_not_come_back(desk, people, open_list, prove):
    steps_away(desk, people["2002"])
    leader.take_over(desk, prove(INCOMING_BADGE), BY_PHONE, "去抄表未归", open_list)
    assert running(desk) is None
    assert "away.taken_over" in codes(desk)
    assert "away.ended" not in codes(desk)
    steps_away(desk, people["2001"], by="2002")  # the next holder may leave the post as well


def test_a_lock_up_ends_the_absence_of_who_signs_it(desk, people, open_list):
    steps_away(desk, people["2002"])
    lockup.lock_up(desk, signed_by(desk, people["2001"]), TOLD, open_list)
    assert running(desk) is None
    assert codes(desk).index("away.ended") < codes(desk).index("post.left")


@pytest.mark.usefixtures("shifts")
def test_who_was_beside_does_not_silence_the_alarm_of_a_later_shift(
    desk, desk_clock, open_list, prove
):
    relief.come(desk, "3001")
    accept(desk, read_all(desk, service.freeze(desk, "2001", open_list)), prove, open_list)
    desk_clock.advance(hours=30)
    with desk.read() as book:
        assert [one.kind for one in relief.outstanding(desk, book)] == ["relief.late"]


def test_nobody_is_beside_an_empty_post(desk, people, open_list):
    relief.come(desk, "2002")
    lockup.lock_up(desk, signed_by(desk, people["2001"]), TOLD, open_list)
    assert beside(desk) == []
    take(desk, people["2001"])
    relief.come(desk, "2002")
    leader_here = as_duty_leader(desk, people["1001"])
    away.leave_post(desk, "2001", leader_here, "可以离岗", next(iter(Door)))
    assert beside(desk) == []


def as_duty_leader(desk, person):
    with desk.write() as tx:
        person.rank = Rank.DUTY_LEADER
        tx.put(person)
        tx.record("person.changed", person=person.staff_no)
    return person


def test_a_difference_stays_one_until_both_have_signed_it(desk, desk_clock, open_list, prove):
    first = read_all(desk, service.freeze(desk, "2001", open_list))
    counts.count(desk, "2001", first.id, Counted.HELMET, 10)
    accept(desk, first, prove, open_list)
    for _again in range(2):
        desk_clock.advance(minutes=1)
        frozen = service.freeze(desk, "2002", open_list)
        made = counts.count(desk, "2002", frozen.id, Counted.HELMET, 9)
        assert (made.expected, made.found) == (10, 9)


def test_what_was_frozen_by_who_left_the_post_is_frozen_and_read_anew(desk, people, open_list):
    read_all(desk, service.freeze(desk, "2001", open_list))
    away.leave_post(desk, "2001", as_duty_leader(desk, people["1001"]), "可以", next(iter(Door)))
    take(desk, people["2002"])
    with desk.read() as book:
        assert view.open_handover(book, desk.gate) is None
    again = service.freeze(desk, "2002", open_list)
    assert again.unread == list(again.document.things)


def test_a_lock_up_record_says_all_that_a_handover_would_have_said(desk, people, open_list):
    frozen = service.freeze(desk, "2001", open_list)
    locked = lockup.lock_up(desk, signed_by(desk, people["2001"]), TOLD, open_list)
    assert locked.document.safety_report is not None
    assert locked.document == replace(
        frozen.document, number=locked.number, lock_up=locked.document.lock_up
    )


def test_who_signs_has_read_the_lines_himself(desk, open_list, prove):
    frozen = service.freeze(desk, "2001", open_list)
    asked = frozen.document.things[-1].key
    read_all(desk, frozen, by="3001")
    service.mark(desk, "3001", frozen.id, asked, Mark.QUESTION, "放在哪里")
    questions.answer(desk, "2001", frozen.id, asked, "柜子里")
    with pytest.raises(Refused, match=r"handover\.read_by_other"):
        accept(desk, frozen, prove, open_list)
    again = readers.reads(desk, "2002", frozen.id)
    assert again.marks == {asked: Mark.QUESTION}
    read_all(desk, frozen)
    service.freeze(
        desk, "2001", open_list
    )  # and what he has read stays read when it is frozen anew
    with desk.read() as book:
        waits = view.open_handover(book, desk.gate)
    assert waits.incoming.staff_no == "2002"
    assert accept(desk, waits, prove, open_list).incoming.staff_no == "2002"


def test_an_absence_over_after_the_freeze_does_not_stop_the_signature_that_ends_it(
    desk, desk_clock, people, open_list, prove
):
    def everything(desk, book):
        return [*open_list(desk, book), *AWAY.outstanding(desk, book)]

    frozen = read_all(desk, service.freeze(desk, "2001", everything))
    steps_away(desk, people["2002"])
    desk_clock.advance(minutes=20)
    accept(desk, frozen, prove, everything)
    assert running(desk) is None


def test_a_guard_is_not_his_own_leader_on_the_telephone(desk, people, open_list, prove):
    one, other = people["2001"], people["2002"]
    for name in (one.name, other.name, " ".join(other.name)):
        with pytest.raises(Refused, match=r"handover\.leader_is_party"):
            leader.take_over(desk, prove(INCOMING_BADGE), Word(name, "同意"), "急", open_list)
    with pytest.raises(Refused, match=r"handover\.leader_is_party"):
        leader.unrelieved(desk, "2001", Word(one.name, "同意"))
    with pytest.raises(Refused, match=r"handover\.leader_is_party"):
        told = replace(TOLD, leader=one.name)
        lockup.lock_up(desk, signed_by(desk, one), told, open_list)


def test_words_are_added_to_a_lock_up_record(desk, people, open_list):
    locked = lockup.lock_up(desk, signed_by(desk, people["2001"]), TOLD, open_list)
    addenda.add(desk, "2002", locked.id, "到岗时侧门未锁")
    with desk.read() as book:
        assert [one.words for one in addenda.added_to(book, locked.id)] == ["到岗时侧门未锁"]
        assert view.handover_by_id(book, locked.id).document == locked.document


def test_a_name_typed_by_hand_is_found_wherever_it_was_typed(desk, people, open_list):
    name = "欧阳明月"
    number = leader.unrelieved(desk, "2001", Word(f"{name}主任", "请留守"))
    frozen = service.freeze(desk, "2001", open_list, f"{name} 夜里来取包")
    matter = matters.entrust(
        desk, "2001", matters.Entrusting(GiverKind.VISITOR, name, "张科长", "转交材料")
    )
    asked = frozen.document.things[0].key
    service.mark(desk, "2002", frozen.id, asked, Mark.QUESTION, f"{name} 来过吗")
    locked = lockup.lock_up(
        desk, signed_by(desk, people["2001"]), replace(TOLD, said=f"{name} 知道"), open_list
    )
    signed = last_out.sign(
        desk, "2001",
        [Answer(one, done=False, reason=f"{name} 在内") for one in last_out.items(desk)],
        [(people["3001"], Means.BADGE)],
    )  # fmt: skip
    addenda.add(desk, "2002", locked.id, f"{name} 已离开")
    with desk.read() as book:
        found = feature.SHIFT_HANDOVER.naming(book, name)
        nobody = feature.SHIFT_HANDOVER.naming(book, " ")
    assert found == [matter, signed, number, frozen.number, locked.number]
    assert nobody == []


def test_the_note_for_the_next_shift_stands_in_the_lock_up_record(desk, people, open_list):
    one = signed_by(desk, people["2001"])
    locked = lockup.lock_up(desk, one, TOLD, open_list, "水管在滴，早上先看")
    assert locked.document.note == "水管在滴，早上先看"
    with desk.read() as book:
        (job,) = book.all(JOBS_OF, slip="handover", number=locked.number)
        assert locked.document.note in book.unseal(job.document)
