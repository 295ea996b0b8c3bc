"""Who are you? Badge and PIN, staff number and PIN; waits that survive a restart; two people."""

from dataclasses import replace

import pytest

from kiosk.desk.badges import block
from kiosk.desk.desk import Desk
from kiosk.desk.journal import entries
from kiosk.desk.people import BADGE, BY_STAFF_NO
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import (
    Means,
    Proof,
    check_two_people,
    prove_by_badge,
    prove_by_staff_no,
    set_pin,
)

GUARD = "04A1B2C3D4E502"


def refused(call, *args):
    with pytest.raises(Refused) as refusal:
        call(*args)
    return refusal.value


def wrong_times(desk, times):
    return [refused(prove_by_badge, desk, GUARD, "1357").code for _ in range(times)]


@pytest.fixture
def desk(desk, people):
    """A desk with people in it."""
    assert people["2001"].name == "李建国"
    return desk


def test_badge_and_pin_prove_who_somebody_is(desk, desk_clock):
    proof = prove_by_badge(desk, GUARD, "2580")
    assert (proof.person.name, proof.means, proof.at) == ("李建国", Means.BADGE, desk_clock.now)


def test_staff_number_and_pin_do_where_the_badge_is_forgotten(desk):
    proof = prove_by_staff_no(desk, "2001", "2580")
    assert (proof.person.name, proof.means) == ("李建国", Means.NO_BADGE)


def test_a_right_pin_writes_nothing(desk):
    before = desk.head
    prove_by_badge(desk, GUARD, "2580")
    assert desk.head == before


@pytest.mark.parametrize(
    ("uid", "code"), [("04FFFFFFFFFFFF", "badge.unknown"), ("", "badge.unknown")]
)
def test_a_card_nobody_enrolled_proves_nothing(desk, uid, code):
    assert refused(prove_by_badge, desk, uid, "2580").code == code


def test_a_blocked_badge_proves_nothing_even_with_the_pin(desk):
    with desk.write(by="9001") as tx:
        block(tx, tx.one(BADGE, uid=GUARD), tx.one(BY_STAFF_NO, staff_no="2001"), "lost")
    assert refused(prove_by_badge, desk, GUARD, "2580").code == "badge.blocked"


def test_somebody_who_left_proves_nothing(desk):
    with desk.write(by="9001") as tx:
        person = tx.one(BY_STAFF_NO, staff_no="2001")
        person.active = False
        tx.put(person)
        tx.record("person.left", person="2001")
    assert refused(prove_by_badge, desk, GUARD, "2580").code == "person.inactive"
    assert refused(prove_by_staff_no, desk, "2001", "2580").code == "person.unknown"


def test_another_ones_pin_is_wrong(desk):
    with desk.write(by="9001") as tx:
        set_pin(tx, desk.site_key, tx.one(BY_STAFF_NO, staff_no="2002"), "8642")
    assert refused(prove_by_staff_no, desk, "2001", "8642").code == "pin.wrong"
    assert prove_by_staff_no(desk, "2002", "8642").person.name == "王磊"


def test_a_wrong_pin_says_how_many_tries_are_left(desk):
    left = [refused(prove_by_badge, desk, GUARD, "1357").facts["left"] for _ in range(4)]
    assert left == [4, 3, 2, 1]


def test_after_five_wrong_pins_even_the_right_one_waits(desk, desk_clock):
    assert wrong_times(desk, 5) == ["pin.wrong"] * 4 + ["pin.wait"]
    refusal = refused(prove_by_badge, desk, GUARD, "2580")
    assert (refusal.code, refusal.facts["seconds"]) == ("pin.wait", 30)
    desk_clock.advance(seconds=29.5)
    assert refused(prove_by_badge, desk, GUARD, "2580").facts["seconds"] == 1
    desk_clock.advance(seconds=0.5)
    assert prove_by_badge(desk, GUARD, "2580").person.staff_no == "2001"


def test_the_wait_doubles_and_a_right_pin_forgets_it(desk, desk_clock):
    wrong_times(desk, 5)
    for seconds in (60, 120, 240, 480, 900, 900):
        desk_clock.advance(seconds=900)
        assert refused(prove_by_badge, desk, GUARD, "1357").facts["seconds"] == seconds
    desk_clock.advance(seconds=900)
    prove_by_badge(desk, GUARD, "2580")
    assert refused(prove_by_badge, desk, GUARD, "1357").facts["left"] == 4


def test_the_wait_is_of_the_person_whichever_way_he_comes(desk):
    wrong_times(desk, 5)
    assert refused(prove_by_staff_no, desk, "2001", "2580").code == "pin.wait"
    assert prove_by_staff_no(desk, "2002", "2580").person.name == "王磊"


def test_the_wait_survives_a_restart(desk, settings, desk_clock):
    wrong_times(desk, 5)
    desk.close()
    again = Desk.open(settings, desk_clock)
    try:
        assert refused(prove_by_badge, again, GUARD, "2580").code == "pin.wait"
    finally:
        again.close()


def test_a_clock_set_back_by_a_year_locks_nobody_out(desk, desk_clock):
    wrong_times(desk, 5)
    desk_clock.advance(days=-365)
    assert prove_by_badge(desk, GUARD, "2580").person.staff_no == "2001"


def test_wrong_pins_are_in_the_journal_and_the_pins_are_not(desk):
    wrong_times(desk, 5)
    with desk.read() as book:
        found = [
            entry for entry in entries(book.connection, desk.gate) if entry.code == "pin.wrong"
        ]
    assert [entry.facts_made()["wrong"] for entry in found] == [1, 2, 3, 4, 5]
    assert all(entry.by == "system" for entry in found)  # whoever it was, it is not proved
    assert not any("1357" in entry.facts for entry in found)


def test_somebody_without_a_pin_is_told_so(desk):
    with desk.write() as tx:
        person = tx.one(BY_STAFF_NO, staff_no="1001")
        new = type(person)(staff_no="5001", name="新人", rank=person.rank, role=person.role)
        tx.put(new)
        tx.record("person.added", person="5001")
    assert refused(prove_by_staff_no, desk, "5001", "2580").code == "pin.not_set"


def test_an_easy_pin_is_not_set(desk):
    with desk.write() as tx:
        person = tx.one(BY_STAFF_NO, staff_no="2001")
        assert refused(set_pin, tx, desk.site_key, person, "1234").code == "pin.too_easy"
    assert prove_by_staff_no(desk, "2001", "2580")


def test_a_new_pin_ends_the_wait_and_the_old_pin(desk):
    wrong_times(desk, 5)
    with desk.write(by="9001") as tx:
        set_pin(tx, desk.site_key, tx.one(BY_STAFF_NO, staff_no="2001"), "8642")
    assert prove_by_badge(desk, GUARD, "8642")
    assert refused(prove_by_badge, desk, GUARD, "2580").code == "pin.wrong"


@pytest.fixture
def proofs(desk, people):
    now = desk.clock()
    return (
        Proof(people["2001"], Means.BADGE, now),
        Proof(people["2002"], Means.NO_BADGE, now),
    )


def test_two_people_within_a_minute_sign_together(desk, proofs, desk_clock):
    desk_clock.advance(seconds=60)
    assert check_two_people(desk, *proofs) is None


def test_nobody_signs_both_sides(desk, proofs):
    outgoing, _ = proofs
    twice = replace(outgoing, means=Means.NO_BADGE)
    assert refused(check_two_people, desk, outgoing, twice).code == "sign.same_person"


@pytest.mark.parametrize("older", [0, 1])
def test_a_signature_older_than_a_minute_must_be_given_again(desk, proofs, desk_clock, older):
    desk_clock.advance(seconds=61)
    both = list(proofs)
    both[1 - older] = replace(both[1 - older], at=desk_clock.now)
    refusal = refused(check_two_people, desk, *both)
    assert (refusal.code, refusal.facts["seconds"]) == ("sign.too_late", 60)
