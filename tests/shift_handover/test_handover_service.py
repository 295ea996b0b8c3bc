import sqlite3
from contextlib import closing

import pytest

from kiosk.desk import journal, posts, spool
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, prove_by_staff_no
from kiosk.desk.slip_lines import Fingerprint
from kiosk.desk.verify import verify
from shift_handover import frozen as view
from shift_handover import matters, service
from shift_handover.exits import questions
from shift_handover.matters import Entrusting
from shift_handover.models import Ending, GiverKind, HandoverState, Mark
from shift_handover.papers.printing import print_again
from shift_handover.record_kinds import EntrustedMatter
from shift_handover.records_of_loans import LoanOut
from shift_handover.records_of_visits import (
    PendingVisitorRequest,
    ReturnSlipMissing,
    VisitInside,
)  # fmt: skip

OUTGOING_BADGE, INCOMING_BADGE, PIN = "04A1B2C3D4E502", "04A1B2C3D4E503", "2580"

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


def codes(desk):
    with desk.read() as book:
        return [entry.code for entry in journal.entries(book.connection, desk.gate)]


def read_all(desk, frozen, but=()):
    for thing in frozen.document.things:
        if thing.key not in but:
            frozen = service.mark(
                desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step
            )
    return frozen


@pytest.fixture
def frozen(desk, open_list):
    return service.freeze(desk, "2001", open_list)


def accept(desk, frozen, prove, open_list):
    return service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list)


def test_every_open_thing_is_in_the_handover_once_as_its_own_record(frozen):
    kinds = {type(thing): thing.number for thing in frozen.document.things}
    assert kinds == {
        PendingVisitorRequest: "017", VisitInside: "018", LoanOut: "L4", ReturnSlipMissing: "015",
    }  # fmt: skip
    assert frozen.document.things[0].urgency is Urgency.NOW
    assert len(frozen.document.safety) == 4


def test_the_post_moves_at_the_second_signature_and_not_before(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"
    accepted = accept(desk, frozen, prove, open_list)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2002"
    assert accepted.state is HandoverState.ACCEPTED
    assert codes(desk)[-4:] == ["post.left", "post.taken", "handover.accepted", "slip.queued"]


def codes_on(slip):
    return [line.value for line in slip.lines if isinstance(line, Fingerprint)]


def test_paper_and_screens_carry_the_fingerprint_of_the_entry_with_both_signatures(
    frozen, desk, open_list, prove
):
    assert frozen.fingerprint == ""
    read_all(desk, frozen)
    accepted = accept(desk, frozen, prove, open_list)
    job, slip = spool.next_job(desk)
    assert (job.slip, job.number) == ("handover", "H1")
    with desk.read() as book:
        entries = list(journal.entries(book.connection, desk.gate))
        shown_later = view.handover_by_id(book, frozen.id)
    signed, queued = entries[-2:]
    assert signed.code == "handover.accepted"
    assert codes_on(slip) == [signed.hash[:16].upper()]
    assert accepted.fingerprint == journal.Head(signed.seq, signed.hash).fingerprint
    assert shown_later.fingerprint == accepted.fingerprint
    assert [entry.seq for entry in entries if entry.code == "handover.read"][-1] < signed.seq
    assert queued.code == "slip.queued"
    assert queued.facts_made() == {"slip": "handover", "number": "H1", "copy": 1}


def test_a_reprint_says_so_and_carries_the_same_fingerprint(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    accept(desk, frozen, prove, open_list)
    job, first = spool.next_job(desk)
    spool.start(desk, job.id)
    spool.confirm(desk, job.id, weak=False)
    print_again(desk, "2002", "H1")
    _job, again = spool.next_job(desk)
    assert again.copy == 2
    assert codes_on(again) == codes_on(first)


def test_a_sheet_that_cannot_be_queued_leaves_the_post_where_it_was(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    before = codes(desk)
    with closing(sqlite3.connect(desk.settings.desk.database)) as book:
        book.execute(
            "CREATE TRIGGER full BEFORE INSERT ON print_job BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(sqlite3.IntegrityError):
        accept(desk, frozen, prove, open_list)
    assert codes(desk) == before
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"
        assert view.handover_by_id(book, frozen.id).ended_at is None


def test_the_journal_names_nobody_who_visits(frozen, desk):
    assert frozen.document.things[0].visitor == "王小明"
    with desk.read() as book:
        text = "".join(e.facts + e.images for e in journal.entries(book.connection, desk.gate))
    assert "王小明" not in text
    assert "东川供水" not in text


def test_open_things_stay_open_under_their_number_for_the_next_guard(desk, open_list, prove):
    entrusted = Entrusting(GiverKind.VISITOR, "王小明", "张科长", "把图纸交给他")
    number = matters.entrust(desk, "2001", entrusted)
    frozen = service.freeze(desk, "2001", open_list)
    read_all(desk, frozen)
    accept(desk, frozen, prove, open_list)
    with desk.read() as book:
        still = matters.open_matters(book)
    assert [one.number for one in still] == [number]
    again = service.freeze(desk, "2002", open_list)
    assert [t.number for t in again.document.things if isinstance(t, EntrustedMatter)] == [number]


def test_a_question_is_an_exception_and_needs_words(frozen, desk, open_list, prove):
    key = frozen.document.things[0].key
    with pytest.raises(Refused) as refused:
        service.mark(desk, "2002", frozen.id, key, Mark.QUESTION)
    assert refused.value.code == "handover.question_missing"
    service.mark(desk, "2002", frozen.id, key, Mark.QUESTION, "为什么没联系上")
    questions.answer(desk, "2001", frozen.id, key, "打了三次没人接")
    with desk.read() as book:
        codes = [one.code for one in journal.entries(book.connection, desk.gate)]
    assert codes[-2:] == ["handover.questioned", "handover.answered"]
    read_all(desk, frozen, but=(key,))
    accepted = accept(desk, frozen, prove, open_list)
    assert accepted.state is HandoverState.ACCEPTED_WITH_EXCEPTIONS
    assert accepted.notes == {key: "为什么没联系上"}
    assert "为什么没联系上" in spool.next_job(desk)[1].to_json()


def test_an_unread_line_stops_the_signature(frozen, desk, open_list, prove):
    first = frozen.document.things[0]
    service.mark(desk, "2002", frozen.id, first.key, Mark.KNOWN, picked=first.next_step)
    with pytest.raises(Refused) as refused:
        accept(desk, frozen, prove, open_list)
    assert (refused.value.code, refused.value.facts) == ("handover.unread", {"left": 3})


def test_red_lines_are_marked_one_by_one_and_the_rest_together(frozen, desk):
    everything = [thing.key for thing in frozen.document.things]
    with pytest.raises(Refused) as refused:
        service.mark_known(desk, "2002", frozen.id, everything)
    assert refused.value.code == "handover.red_one_by_one"
    done = service.mark_known(desk, "2002", frozen.id, everything[1:])
    assert [thing.number for thing in done.unread] == ["017"]


def test_something_new_is_shown_beside_and_something_red_freezes_again(
    frozen, desk, open_list, prove, waiting, loan
):
    read_all(desk, frozen)
    open_list.things.append(loan("l-5", "L5"))
    since = view.since_freeze(frozen.document, open_list.things)
    assert [record.number for record in since.added] == ["L5"]
    assert not since.needs_new_freeze
    open_list.things.append(waiting("v-19", "019"))
    with pytest.raises(Refused) as refused:
        accept(desk, frozen, prove, open_list)
    assert refused.value.code == "handover.new_red"
    again = service.freeze(desk, "2001", open_list)
    assert sorted(thing.number for thing in again.unread) == ["019", "L5"]
    read_all(desk, again)
    assert accept(desk, again, prove, open_list).state is HandoverState.ACCEPTED
    with desk.read() as book:
        assert view.handover_by_id(book, frozen.id).state is HandoverState.FROZEN_AGAIN


def test_a_thing_closed_meanwhile_is_told(frozen, open_list):
    gone = open_list.things.pop()
    assert view.since_freeze(frozen.document, open_list.things).closed == {(gone.kind, gone.ref)}


def test_nobody_hands_over_to_himself(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    with pytest.raises(Refused) as refused:
        service.accept(desk, frozen.id, prove(OUTGOING_BADGE), prove(OUTGOING_BADGE), open_list)
    assert refused.value.code == "sign.same_person"
    with pytest.raises(Refused) as refused:
        service.refuse(desk, frozen.id, prove(OUTGOING_BADGE), "不接")
    assert refused.value.code == "handover.hands_over"


def test_signatures_too_far_apart_do_not_count(frozen, desk, open_list, prove, desk_clock):
    read_all(desk, frozen)
    first = prove(OUTGOING_BADGE)
    desk_clock.advance(seconds=desk.rules.signature_window_s + 1)
    with pytest.raises(Refused) as refused:
        service.accept(desk, frozen.id, first, prove(INCOMING_BADGE), open_list)
    assert refused.value.code == "sign.too_late"
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"


def test_only_the_outgoing_signs_first(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    with pytest.raises(Refused) as refused:
        service.accept(desk, frozen.id, prove("04A1B2C3D4E504"), prove(INCOMING_BADGE), open_list)
    assert (refused.value.code, refused.value.facts["name"]) == ("handover.not_outgoing", "李建国")


def test_without_a_badge_the_sheet_says_so(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    incoming = prove_by_staff_no(desk, "2002", PIN)
    assert incoming.means is Means.NO_BADGE
    service.accept(desk, frozen.id, prove(OUTGOING_BADGE), incoming, open_list)
    assert "王磊 (no badge)" in spool.next_job(desk)[1].to_json()


def test_refused_with_a_reason_the_outgoing_stays(frozen, desk, prove):
    with pytest.raises(Refused) as refused:
        service.refuse(desk, frozen.id, prove(INCOMING_BADGE), "  ")
    assert refused.value.code == "handover.reason_missing"
    service.refuse(desk, frozen.id, prove(INCOMING_BADGE), "钥匙数不对")
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"
        ended = view.handover_by_id(book, frozen.id)
        assert view.open_handover(book, desk.gate) is None
    assert (ended.state, ended.reason, ended.incoming.staff_no) == (
        HandoverState.REFUSED, "钥匙数不对", "2002",
    )  # fmt: skip


def test_withdrawn_until_the_second_signature_and_not_after(frozen, desk, open_list, prove):
    service.withdraw(desk, "2001", frozen.id)
    again = service.freeze(desk, "2001", open_list)
    read_all(desk, again)
    accept(desk, again, prove, open_list)
    with pytest.raises(Refused) as refused:
        service.withdraw(desk, "2002", again.id)
    assert refused.value.code == "handover.over"


def test_only_who_is_on_duty_freezes(desk, open_list):
    with pytest.raises(Refused) as refused:
        service.freeze(desk, "9001", open_list)
    assert (refused.value.code, refused.value.facts["name"]) == ("handover.not_on_duty", "李建国")


def test_without_a_safety_check_of_the_day_nothing_is_handed_over(desk, open_list, desk_clock):
    desk_clock.advance(hours=desk.rules.safety_check_hours, seconds=1)
    with pytest.raises(Refused) as refused:
        service.freeze(desk, "2001", open_list)
    assert refused.value.code == "handover.no_check"


def test_a_closed_matter_leaves_the_list(desk, open_list):
    entrusted = Entrusting(GiverKind.INSIDER, "李娜", "陈师傅", "有车来拉纸板")
    matters.entrust(desk, "2001", entrusted)
    with desk.read() as book:
        matter = matters.open_matters(book)[0]
    matters.close(desk, "2001", matter.id, Ending.TOLD, "陈师傅")
    frozen = service.freeze(desk, "2001", open_list)
    assert "M1" not in [thing.number for thing in frozen.document.things]


def test_the_book_is_intact_after_a_whole_handover(frozen, desk, open_list, prove):
    read_all(desk, frozen)
    accept(desk, frozen, prove, open_list)
    with closing(sqlite3.connect(desk.settings.desk.database, isolation_level=None)) as book:
        assert verify(book, desk.gate).intact
