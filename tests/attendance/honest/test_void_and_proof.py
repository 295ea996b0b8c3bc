"""A tap declared void, and a tap that asks for its PIN, on a real book."""

import json
from datetime import timedelta

import pytest

from kiosk.attendance import service
from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.days.reading import days_between
from kiosk.attendance.honest import rules
from kiosk.attendance.honest.reading import Odd, odd_taps
from kiosk.attendance.honest.reports import doubtful_taps
from kiosk.attendance.honest.service import prove, void
from kiosk.attendance.models import TAPS_BETWEEN, VoidReason
from kiosk.attendance.outing import service as outing
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.reports import attendance
from kiosk.desk import journal
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.settings_attendance import SecondProof
from kiosk.desk.signing import Means, Proof, prove_by_badge
from kiosk.desk.verify import verify

pytestmark = pytest.mark.usefixtures("people", "words_en")
IN, OUT = Whereabouts.IN, Whereabouts.OUT
ZHANG, LI = "04A1B2C3D4E501", "04A1B2C3D4E502"


def here(desk, person):
    with desk.read() as book:
        found = book.one(PRESENCE, person=person.id)
    return None if found is None else (found.state, found.tapped_at)


def last_entry(desk):
    with desk.read() as book:
        entry = list(journal.entries(book.connection, desk.gate, desk.head.seq - 1))[-1]
    return entry.code, entry.by, json.loads(entry.facts)


def raw(desk):
    with desk.read() as book:
        return book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today())


def day_of(desk, person):
    with desk.read() as book:
        return days_between(desk, book, desk.today(), desk.today()).of(person, desk.today())


def odd(desk):
    with desk.read() as book:
        found = odd_taps(desk, book, desk.today(), desk.today())
    return [(one.odd, one.person.staff_no) for one in found]


def is_intact(desk) -> bool:
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        verdict = verify(book.connection, desk.gate)
        book.connection.execute("BEGIN")
    return verdict.problem is None


def test_clause_22_a_tap_that_is_not_the_holders_is_void_and_both_are_noted(desk, people):
    made = service.tap(desk, people["1001"], "door")
    done = void(desk, "2001", made.tap_id, VoidReason.NOT_HOLDER, "3001")
    assert done.now is None
    assert here(desk, people["1001"]) is None
    assert last_entry(desk) == (
        "tap.voided", "2001",
        {"person": "1001", "tap": made.tap_id, "reason": "not_holder", "carried_by": "3001"},
    )  # fmt: skip
    day = day_of(desk, people["1001"])
    assert (day.came, day.inside, len(day.taps)) == (None, False, 1)
    assert is_intact(desk)


def test_clause_22_presence_goes_back_to_the_tap_before(desk, people, desk_clock):
    service.tap(desk, people["1001"], "door")
    came = desk_clock.now
    desk_clock.advance(hours=3)
    out = service.tap(desk, people["1001"], "door")
    assert out.kind is OUT
    assert void(desk, "2001", out.tap_id, VoidReason.NOT_HOLDER).now is IN
    assert here(desk, people["1001"]) == (IN, came)
    desk_clock.advance(minutes=6)
    assert service.tap(desk, people["1001"], "door").kind is OUT


def test_presence_goes_back_to_a_corrected_tap_as_it_was_corrected(desk, people, desk_clock):
    first = service.tap(desk, people["1001"], "door")
    service.change(desk, first.tap_id, by="2001")  # out
    desk_clock.advance(hours=1)
    second = service.tap(desk, people["1001"], "door")
    assert second.kind is IN
    assert void(desk, "2001", second.tap_id, VoidReason.TWICE).now is OUT


def test_a_void_tap_with_a_later_one_moves_nobody(desk, people, desk_clock):
    first = service.tap(desk, people["1001"], "door")
    desk_clock.advance(hours=1)
    service.tap(desk, people["1001"], "door")
    assert void(desk, "2001", first.tap_id, VoidReason.OTHER).now is OUT
    assert here(desk, people["1001"]) == (OUT, desk_clock.now)


def test_a_void_tap_moves_nobody_who_tapped_again_within_the_same_moment(desk, people):
    leader = Person(
        staff_no="9901", name="周明", pinyin="", rank=Rank.LEADER_IN_CHARGE, role=Role.STAFF
    )
    with desk.write() as tx:
        tx.put(leader)
        tx.record("person.added", person="9901")
    first = service.tap(desk, people["1001"], "door")
    outing.start(
        desk, "2001", "1001", Going("县里", "办事", Back(not_today=True)),
        outing.Approval.signed(Proof(leader, Means.BADGE, desk.clock())),
    )  # fmt: skip
    was = here(desk, people["1001"])
    assert was is not None
    assert was[0] is OUT
    assert void(desk, "2001", first.tap_id, VoidReason.OTHER).now is OUT
    assert here(desk, people["1001"]) == was


def test_clause_130_the_raw_tap_stays_on_the_sheet_marked_void(desk, people):
    made = service.tap(desk, people["1001"], "door")
    before = [(one.id, one.stamp, one.at, one.kind) for one in raw(desk)]
    void(desk, "2001", made.tap_id, VoidReason.NOT_HOLDER)
    assert [(one.id, one.stamp, one.at, one.kind) for one in raw(desk)] == before
    with desk.read() as book:
        [row] = attendance(desk, book, Period(desk.today(), desk.today())).rows
        [found] = doubtful_taps(desk, book, Period(desk.today(), desk.today())).rows
    assert (row[4], row[-1]) == ("", "08:20 in (void)")
    assert found[2:] == ("1001", "张伟", "in", "void", "not the holder (2001)")


@pytest.mark.parametrize(
    ("again", "carrier", "code"),
    [(True, "", "tap.voided_already"), (False, "1001", "tap.own_carrier"),
     (False, "7777", "person.unknown")],
)  # fmt: skip
def test_what_cannot_be_void_is_refused_and_nothing_is_written(desk, people, again, carrier, code):
    made = service.tap(desk, people["1001"], "door")
    if again:
        void(desk, "2001", made.tap_id, VoidReason.TWICE)
    head = desk.head
    with pytest.raises(Refused) as refused:
        void(desk, "2001", made.tap_id, VoidReason.NOT_HOLDER, carrier)
    assert (refused.value.code, desk.head) == (code, head)


def test_a_tap_of_a_closed_day_cannot_be_made_void(desk, people):
    made = service.tap(desk, people["1001"], "door")
    with desk.write() as tx:
        tx.put(DayClosing(
            day=desk.today(), closed_at=tx.now, closed_by_id=people["9001"].id, gaps=0,
            outcome="{}",
        ))  # fmt: skip
        tx.record("test.closed")
    with pytest.raises(Refused) as refused:
        void(desk, "2001", made.tap_id, VoidReason.TWICE)
    assert refused.value.code == "tap.books_closed"


@pytest.mark.parametrize(
    ("proof", "drawn", "asks"),
    [(SecondProof.NONE, 0, False), (SecondProof.GUARD, 0, False), (SecondProof.PIN, 99, True),
     (SecondProof.SHARE, 9, True), (SecondProof.SHARE, 10, False)],
)  # fmt: skip
def test_clause_22_the_site_chooses_the_second_proof(proof, drawn, asks):
    assert rules.asks_pin(proof, 10, lambda _most: drawn) is asks


def test_clause_22_a_pin_in_time_proves_the_tap(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "desk", ask_pin=True)
    desk_clock.advance(seconds=20)
    prove(desk, made.tap_id, prove_by_badge(desk, ZHANG, "2580"))
    head = desk.head
    prove(desk, made.tap_id, prove_by_badge(desk, ZHANG, "2580"))  # sent twice
    assert desk.head == head
    desk_clock.advance(minutes=5)
    assert odd(desk) == []
    assert not day_of(desk, people["1001"]).taps[0].unproven


def test_clause_22_a_tap_without_its_pin_is_kept_as_unproven(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "desk", ask_pin=True)
    assert odd(desk) == []  # there is time yet
    desk_clock.advance(seconds=21)
    with pytest.raises(Refused) as refused:
        prove(desk, made.tap_id, prove_by_badge(desk, ZHANG, "2580"))
    assert refused.value.code == "tap.proof_too_late"
    assert odd(desk) == [(Odd.UNPROVEN, "1001")]
    assert day_of(desk, people["1001"]).came is not None
    with desk.read() as book:
        [row] = attendance(desk, book, Period(desk.today(), desk.today())).rows
    assert row[-1] == "08:20 in (not proven)"


def test_clause_22_a_colleagues_pin_proves_nothing(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "desk", ask_pin=True)
    with pytest.raises(Refused) as refused:
        prove(desk, made.tap_id, prove_by_badge(desk, LI, "2580"))
    assert refused.value.code == "tap.another_proved"
    for typed in ("", "0000"):
        with pytest.raises(Refused):
            prove_by_badge(desk, ZHANG, typed)
    desk_clock.advance(seconds=21)
    assert odd(desk) == [(Odd.UNPROVEN, "1001")]


def test_a_void_tap_is_no_unproven_one_any_more(desk, people, desk_clock):
    made = service.tap(desk, people["1001"], "desk", ask_pin=True)
    desk_clock.advance(seconds=21)
    void(desk, "2001", made.tap_id, VoidReason.NOT_HOLDER)
    assert odd(desk) == [(Odd.VOID, "1001")]
    assert made.at + timedelta(seconds=21) == desk_clock.now
