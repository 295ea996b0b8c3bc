"""What hangs on a row is not left over when another version of it stands."""

from datetime import timedelta

from sqlmodel import select

from kiosk.conflicts.outstanding import outstanding
from kiosk.conflicts.reading import fork_of, shown
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState, StandIn
from kiosk.desk.outstanding import Urgency
from kiosk.desk.print_job import JobState, PrintJob
from kiosk.desk.purge import forget_keys
from kiosk.desk.transaction import SUBJECT_KEY
from visitors import rules, slips, watch_list
from visitors.models import Origin, ReturnSlip, State, Visit
from visitors.search import ALL_WORDS
from visitors.watch_list import ALL_KEYS, NOT_ENDED, Listing
from visitors.watch_models import Level, WatchEntry


def changed(desk, kind, row_id, code, **values):
    with desk.write(by="2001") as tx:
        row = tx.row_of(kind, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        tx.put(row)
        tx.record(code)


def visiting(two):
    desk = two.gate
    with desk.write(by="2001") as tx:
        subject = tx.new_subject()
        visit = tx.put(
            Visit(
                gate=desk.gate, day=desk.today(), number=7, state=State.WAITING,
                origin=Origin.WALK_IN, subject=subject, name=tx.seal(subject, "王芳"),
                form="女士", unit="", phone="", id_masked="", matter="",
                host_id=two.people["1001"].id,
                from_at=tx.now, until_at=tx.now + timedelta(hours=1), made_at=tx.now,
                people=1, copy_no=1, return_slip=ReturnSlip.NONE,
            )
        )  # fmt: skip
        tx.record("visit.arrived")
    two.join()
    return visit


def test_who_is_not_let_in_by_the_decision_gets_no_slip_and_is_found_by_name(two):
    visit = visiting(two)
    number = rules.readable(visit.day, visit.number)
    with two.gate.write(by="2001") as tx:
        mine = tx.row_of(Visit, visit.id)
        mine.state, mine.admitted_at = State.ADMITTED, tx.now
        tx.put(mine)
        tx.put(
            PrintJob(gate=tx.gate, slip=slips.KIND, number=number, copy_no=1, state=JobState.QUEUED,
                     queued_at=tx.now, subject=visit.subject, document="")
        )  # fmt: skip
        tx.record("visit.admitted")
    two.clock.advance(minutes=1)
    changed(two.reception, Visit, visit.id, "visit.refused", state=State.REFUSED)
    two.join()
    two.decide(two.gate, "visit", visit.id, kept=1, who="2001")
    two.join()
    two.check_same("visit", "print_job")
    with two.reception.read() as book:
        assert [job.state for job in book.all(select(PrintJob))] == [JobState.SETTLED]
    with two.gate.read() as book:
        assert [one.name for one in book.all(ALL_WORDS)] == ["王芳"]


def test_nobody_stands_in_for_a_leave_that_is_decided_to_be_off(two):
    first = two.gate.today() + timedelta(days=7)
    with two.gate.write(by="1001") as tx:
        leave = tx.put(
            Leave(
                number="QJ1", subject=tx.new_subject(), person_id=two.people["1001"].id,
                kind=LeaveKind.ANNUAL, first_day=first, first_half=Half.MORNING, last_day=first,
                last_half=Half.AFTERNOON, halves=2, guessed=False, late=False, by_phone=False,
                papers_owed=False, waits_at="", reason="", contact="", note="",
                state=LeaveState.ASKED, asked_at=tx.now, asked_by="2001",
            )
        )  # fmt: skip
        stand_in = tx.put(
            StandIn(
                number="DG1", absent_id=leave.person_id, stand_in_id=two.people["3001"].id,
                for_id=leave.id, from_at=tx.now, until_at=tx.now + timedelta(days=9),
                asked_at=tx.now, asked_by="2001",
            )
        )  # fmt: skip
        tx.record("leave.requested")
    two.join()
    changed(two.gate, Leave, leave.id, "leave.approved", state=LeaveState.APPROVED)
    two.clock.advance(minutes=1)
    changed(two.reception, Leave, leave.id, "leave.withdrawn", state=LeaveState.WITHDRAWN)
    two.join()
    two.decide(two.gate, "leave", leave.id, kept=1)
    two.join()
    two.check_same("leave", "stand_in")
    with two.reception.read() as book:
        (one,) = book.all(select(StandIn).where(StandIn.id == stand_in.id))
    assert one.ended_at is not None


def leave_with_reasons(two):
    first = two.gate.today() + timedelta(days=7)
    with two.gate.write(by="1001") as tx:
        leave = tx.put(
            Leave(
                number="QJ7", subject=tx.new_subject(), person_id=two.people["1001"].id,
                kind=LeaveKind.PERSONAL, first_day=first, first_half=Half.MORNING, last_day=first,
                last_half=Half.AFTERNOON, halves=2, guessed=False, late=False, by_phone=False,
                papers_owed=False, waits_at="", reason="", contact="", note="",
                state=LeaveState.ASKED, asked_at=tx.now, asked_by="2001",
            )
        )  # fmt: skip
        tx.record("leave.requested")
    two.join()
    for desk, words in ((two.gate, "看病"), (two.reception, "搬家")):
        with desk.write(by="1001") as tx:
            mine = tx.row_of(Leave, leave.id)
            mine.reason = tx.seal(mine.subject, words)
            tx.put(mine)
            tx.record("leave.changed")
    two.join()
    return leave


def test_the_gate_sees_no_reason_of_a_leave_that_two_desks_wrote(two):
    leave = leave_with_reasons(two)
    with two.gate.read() as book:
        one = shown(two.gate, book, fork_of(book, "leave", leave.id))
        (thing,) = outstanding(two.gate, book)
    assert [(line.column, line.said) for line in one.lines] == [
        ("reason", ("not shown here", "not shown here"))
    ]
    assert "张伟" in one.what
    assert "看病" not in str(thing)
    assert thing.urgency is Urgency.QUIET


def test_words_of_an_erased_visitor_say_that_they_were_deleted(two):
    visit = visiting(two)
    for desk, words in ((two.gate, "王方"), (two.reception, "王芳芳")):
        with desk.write(by="2001") as tx:
            mine = tx.row_of(Visit, visit.id)
            mine.name = tx.seal(mine.subject, words)
            tx.put(mine)
            tx.record("visit.corrected")
    two.join()
    with two.gate.read() as book:
        (line,) = shown(two.gate, book, fork_of(book, "visit", visit.id)).lines
    assert set(line.said) == {"王方", "王芳芳"}
    assert line.before == "王芳"
    with two.gate.write() as tx:
        forget_keys(tx, [tx.one(SUBJECT_KEY, id=visit.subject)])
        tx.record("subject.erased")
    with two.gate.read() as book:
        (line,) = shown(two.gate, book, fork_of(book, "visit", visit.id)).lines
    assert set(line.said) == {"deleted"}


def test_a_listed_person_is_known_by_what_the_decision_says(two):
    listing = Listing(level=Level.REFUSE, name="章薇", reason="曾大闹前台", whom="1001")
    watch_list.add(two.gate, "2001", listing, two.proof("9001"))
    two.join()
    with two.gate.read() as book:
        [entry] = book.all(NOT_ENDED)
    watch_list.end(two.gate, "2001", entry.id, "已和解", two.proof("9001"))
    two.clock.advance(minutes=1)
    changed(two.reception, WatchEntry, entry.id, "watch.changed", level=Level.TELL)
    two.join()
    assert keys_of(two.gate, entry.id) == keys_of(two.reception, entry.id) != []
    two.decide(two.gate, "watch_entry", entry.id, kept=0)
    two.join()
    assert keys_of(two.gate, entry.id) == keys_of(two.reception, entry.id) == []


def keys_of(desk, entry_id: str) -> list[str]:
    with desk.read() as book:
        return sorted(one.key for one in book.all(ALL_KEYS) if one.entry_id == entry_id)
