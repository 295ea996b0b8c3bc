"""Signatures that are still owed: a holder's for what came from a file, a leaver's word."""

import pytest

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import leave
from kiosk.desk.loans import Approval, Approved, Ended, Thing, ThingKind
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import Person, Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.table_file import FileRow
from kiosk.features import end_for_leaver
from kiosk.features import holdings as held_by
from kiosk.keys import chasing, enrolling, holdings, returning, service, things_import
from kiosk.keys.enrolling import Described
from kiosk.keys.outstanding import outstanding
from kiosk.keys.service import Given, Terms


def thing(desk: Desk, label: str, **more) -> Thing:
    with desk.write(by="9001") as tx:
        described = Described(label=label, kind=ThingKind.CABINET_KEY, **more)
        return enrolling.enrol(tx, described, "")


def proof(desk: Desk, person: Person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


def unconfirmed(desk: Desk) -> list[str]:
    with desk.read() as book:
        return [person.staff_no for person, _ in holdings.to_confirm(desk, book)]


def open_word(desk: Desk) -> OpenThing:
    with desk.read() as book:
        return next(one for one in outstanding(desk, book) if one.kind == "loan.word_owed")


def change(desk: Desk, row: Person | Thing, **values) -> None:
    with desk.write(by="9001") as tx:
        for name, value in values.items():
            setattr(row, name, value)
        tx.put(row)
        tx.record("row.changed")


def refusal_of(act, *args) -> str:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code


def test_what_a_file_gives_somebody_is_to_be_confirmed_at_once(desk, people, managers, desk_clock):
    key = thing(desk, "12号柜钥匙")
    row = FileRow(2, {"label": "13号柜钥匙", "kind": "cabinet_key", "holder": "1001"})
    with desk.read() as book:
        plan = things_import.check(book, [row], str, desk.clock())
    assert plan.bad == ()
    with desk.write(by="9001") as tx:
        things_import.apply(tx, plan)
    signed = Terms(permanent=True, given=Given(Approved.TAP, (managers["1005"],)))
    service.lend(desk, key.id, people["3001"], "2001", signed)
    assert unconfirmed(desk) == ["1001"]
    holdings.confirm(desk, proof(desk, people["1001"]))
    assert unconfirmed(desk) == []
    desk_clock.advance(days=desk.rules.loan_confirm_days)
    assert unconfirmed(desk) == ["1001", "3001"]


def test_a_manager_does_not_leave_with_a_word_owed(desk, people):
    key = thing(desk, "306", approval=Approval.MANAGER)
    said = Terms(given=Given(Approved.PHONE, (people["1001"],)))
    lent = service.lend(desk, key.id, people["3001"], "2001", said)
    returning.give_back(desk, key.id, "2001", Ended.TAG)
    with desk.read() as book:
        [owed] = holdings.held_for_leaver(desk, book, people["1001"])
    listed = open_word(desk)
    assert (owed.kind, owed.number) == ("loan.word_owed", "W1") == (listed.kind, listed.number)
    office = proof(desk, people["9001"])
    assert refusal_of(leave, desk, office, "1001", held_by, end_for_leaver) == "person.still_holds"
    chasing.give_word(desk, lent.loan_id, proof(desk, people["1001"]), "2001")
    leave(desk, office, "1001", held_by, end_for_leaver)


@pytest.mark.parametrize("gone", [{"active": False}, {"rank": Rank.ORDINARY}])
def test_another_manager_gives_the_word_of_one_who_is_none_any_more(desk, people, managers, gone):
    key = thing(desk, "306", approval=Approval.TWO)
    said = Terms(given=Given(Approved.PHONE, (people["1001"], managers["1005"])))
    lent = service.lend(desk, key.id, people["3001"], "2001", said)
    other = proof(desk, managers["1006"])
    early = refusal_of(chasing.give_word, desk, lent.loan_id, other, "2001")
    assert early == "keys.other_approver"
    assert open_word(desk).next_step.text() == "张伟 and 孙建华 tap badge and PIN here"
    change(desk, people["1001"], **gone)
    assert open_word(desk).next_step.text() == "孙建华 taps badge and PIN here"
    with desk.read() as book:
        assert holdings.held_for_leaver(desk, book, people["1001"]) == []
    own = proof(desk, managers["1005"])
    chasing.give_word(desk, lent.loan_id, own, "2001")
    assert open_word(desk).next_step.text() == "A manager taps badge and PIN here"
    twice = refusal_of(chasing.give_word, desk, lent.loan_id, own, "2001")
    assert twice == "keys.two_needed"
    assert not chasing.give_word(desk, lent.loan_id, other, "2001").owed


@pytest.mark.parametrize("moved", ["borrower", "manager"])
def test_who_gave_the_word_taps_for_it_whatever_is_asked_by_then(desk, people, managers, moved):
    """He said yes when it was his to say: nobody else could tap for him, and he could not leave."""
    key = thing(desk, "306", approval=Approval.MANAGER)
    said = Terms(given=Given(Approved.PHONE, (managers["1005"],)))
    lent = service.lend(desk, key.id, people["3001"], "2001", said)
    change(desk, key, approval=Approval.OTHER_SECTION)
    who, to = people["3001"], managers["1005"]
    if moved == "manager":
        who, to = to, who
    change(desk, who, department_id=to.department_id)
    chasing.give_word(desk, lent.loan_id, proof(desk, managers["1005"]), "2001")
    leave(desk, proof(desk, people["9001"]), "1005", held_by, end_for_leaver)


def test_for_one_who_has_left_a_manager_taps_who_does_for_the_thing(desk, people, managers):
    key = thing(desk, "306", approval=Approval.OTHER_SECTION)
    said = Terms(given=Given(Approved.PHONE, (managers["1005"],)))
    lent = service.lend(desk, key.id, people["3001"], "2001", said)
    change(desk, managers["1005"], active=False)
    same = refusal_of(chasing.give_word, desk, lent.loan_id, proof(desk, people["1001"]), "2001")
    assert same == "keys.same_section"
    chasing.give_word(desk, lent.loan_id, proof(desk, managers["1006"]), "2001")
