"""The words of a handover are kept for their time; the handover itself stays for ever."""

from contextlib import closing

import pytest
from sqlmodel import select

from kiosk import features
from kiosk.desk import database
from kiosk.desk.refusal import Refused
from kiosk.desk.verify import verify
from shift_handover import matters, purging, service
from shift_handover.frozen import handover_by_id
from shift_handover.matters import Entrusting
from shift_handover.models import MATTER, Ending, Found, GiverKind, Mark, Matter
from shift_handover.papers.printing import print_again
from shift_handover.rules import Finding
from shift_handover.safety import faults, reporting
from visitors import departures, reception
from visitors.exit import differing
from visitors.exit.models import Differs
from visitors.exit.subject_lines import rows_of
from visitors.models import Answer, How
from visitors.rules import Details
from visitors.service import visit_of

OUTGOING_BADGE, INCOMING_BADGE = "04A1B2C3D4E502", "04A1B2C3D4E503"
pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def signed(desk, open_list, prove):
    frozen = service.freeze(desk, "2001", open_list)
    for thing in frozen.document.things:
        service.mark(desk, "2002", frozen.id, thing.key, Mark.KNOWN, picked=thing.next_step)
    return service.accept(
        desk, frozen.id, prove(OUTGOING_BADGE), prove(INCOMING_BADGE), open_list
    )  # fmt: skip


def test_a_handover_names_a_visit_while_its_words_are_kept(desk, desk_clock, signed):
    ref = next(thing.ref for thing in signed.document.things if thing.kind == "visit.waiting")
    first = signed.document.frozen_at
    with desk.read() as book:
        [(_, said)] = features.mentions(desk, book, {ref}, first, desk.clock())
        assert said.startswith(f"{signed.number}: names you")
        assert features.mentions(desk, book, {"another"}, first, desk.clock()) == []
    desk_clock.advance(days=181)
    features.purge(desk)
    with desk.read() as book:
        assert features.mentions(desk, book, {ref}, first, desk.clock()) == []


def test_a_sheet_of_a_later_day_names_who_has_left_and_owes_something(desk, desk_clock):
    visit = reception.walk_in(desk, "2001", Details(name="王小明", matter="检修"), "1001")
    reception.answer(desk, "2001", visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, "2001", visit)
    departures.leave(desk, "2001", visit, signed=True)
    differing.differs(desk, "2001", visit, Differs.GOODS, "电脑没带走")
    desk_clock.advance(hours=20)
    frozen = service.freeze(desk, "2001", features.outstanding)
    assert "王小明" in str(frozen.document.things)
    with desk.read() as book:
        row, _host = visit_of(book, visit)
        asked = rows_of(book, row), row.made_at, desk.clock()
        [(_, said)] = features.mentions(desk, book, *asked)
        assert said.startswith(frozen.number)


def test_after_its_time_the_words_are_gone_and_the_handover_is_not(desk, desk_clock, signed):
    desk_clock.advance(days=179)
    assert purging.purge(desk).count == 0
    desk_clock.advance(days=2)
    assert purging.purge(desk).counts == {
        "handovers": 1, "matters": 0, "safety_checks": 1, "faults": 0,
    }  # fmt: skip
    assert purging.purge(desk).count == 0
    with desk.read() as book:
        shown = handover_by_id(book, signed.id)
    assert (shown.number, shown.document.things) == (signed.number, ())
    assert "deleted" in shown.document.note
    assert (shown.fingerprint, shown.outgoing.staff_no) == (signed.fingerprint, "2001")
    with pytest.raises(Refused, match=r"slip\.erased"):
        print_again(desk, "2002", signed.number)
    with closing(database.open_reader(desk.settings.desk.database)) as reader:
        assert verify(reader, desk.gate, desk.site_key).intact


def test_one_that_waits_to_be_signed_keeps_its_words(desk, desk_clock, open_list):
    frozen = service.freeze(desk, "2001", open_list)
    desk_clock.advance(days=400)
    assert purging.purge(desk).counts["handovers"] == 0
    with desk.read() as book:
        assert handover_by_id(book, frozen.id).document.things


def test_a_matter_keeps_its_words_until_it_was_done_long_enough(desk, desk_clock):
    with desk.read() as book:
        before = purging.overdue(desk, book)
    matters.entrust(desk, "2001", Entrusting(GiverKind.VISITOR, "龘先生", "张科长", "图纸一份"))
    with desk.read() as book:
        made = book.one(select(Matter)).id
    desk_clock.advance(days=400)
    assert purging.purge(desk).counts["matters"] == 0
    matters.close(desk, "2001", made, Ending.TOLD, "张科长")
    desk_clock.advance(days=181)
    assert purging.purge(desk).counts["matters"] == 1
    with desk.read() as book:
        assert book.read_sealed(book.one(MATTER, id=made).giver) == "-"
    assert not any(before.values())


def test_a_check_and_its_fault_keep_their_words_while_they_are_open(desk, desk_clock, check_all):
    fault = Finding(Found.FAULT, what="灯不亮", where="楼梯", measure="警示牌", told="赵主任")
    check_all(desk, desk_clock, answer="", fire_exits=fault)
    with desk.read() as book:
        [thing] = faults.open_faults(book)
        [report] = reporting.unreported(desk, book)
    desk_clock.advance(days=400)
    before = purging.purge(desk).counts
    faults.close_fault(desk, "2001", thing.ref, "换了灯", "赵主任")
    reporting.answer_report(desk, "2001", report.ref, "换灯")
    desk_clock.advance(days=181)
    after = purging.purge(desk).counts
    assert (before["safety_checks"], before["faults"]) == (1, 0)
    assert (after["safety_checks"], after["faults"]) == (1, 1)
    with desk.read() as book:
        assert faults.fault_by_id(book, thing.ref).what == "-"
        assert reporting.shown_report(book, report.ref).report.whom == "-"
