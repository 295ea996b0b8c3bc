"""What is written about a day after it was counted changes the count (clauses 15, 21, 25)."""

from counters_days import LATE, MONDAY

from kiosk.attendance.counters.models import MARKS_OF
from kiosk.attendance.remarks import service as remarks
from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.signing import Means, Proof


def counting(office, person):
    with office.desk.read() as book:
        rows = book.all(MARKS_OF, person=person.id, first=MONDAY)
    return [row.day for row in rows if row.counts]


def test_clause_25_what_a_leader_confirms_after_the_count_no_longer_counts(office, people):
    manager = people["1001"]
    office.works(manager, MONDAY, LATE)
    with office.desk.write() as tx:
        phoned = tx.put(
            Remark(
                number="BZ1", subject="", person_id=manager.id, day=MONDAY, about=About.LATE,
                cause="", written_at=tx.now, written_by="9001", by_phone=True,
                head_id=people["2001"].id, head_at=tx.now, leader_id=people["2002"].id,
                leader_at=tx.now,
            )
        )  # fmt: skip
        tx.record("remark.entered", number="BZ1")
    office.next_morning(MONDAY)
    office.count()
    assert counting(office, manager) == [MONDAY]  # not confirmed: it excuses nothing
    office.clock.advance(minutes=5)
    proof = Proof(manager, Means.BADGE, office.desk.clock())
    remarks.confirm(office.desk, "2001", phoned.id, proof)
    office.clock.advance(minutes=5)
    office.count()
    assert counting(office, manager) == []


def test_clause_24_a_remark_signed_after_the_books_closed_takes_the_absence_back(office, people):
    office.works(people["2001"], MONDAY)  # the desk took taps: who gave none was absent
    office.next_morning(MONDAY)
    office.close(people["9001"], MONDAY)
    office.count()
    assert counting(office, people["1001"]) == [MONDAY, MONDAY]
    office.clock.advance(minutes=5)
    office.excuse(people["9001"], MONDAY, "BZ2", About.LATE)
    office.count()
    assert counting(office, people["1001"]) == [
        MONDAY,
        MONDAY,
    ]  # of another person, of another kind
    office.clock.advance(minutes=5)
    office.excuse(people["1001"], MONDAY, "BZ3", About.NO_TAP)
    office.clock.advance(minutes=5)
    office.count()
    assert counting(office, people["1001"]) == []
