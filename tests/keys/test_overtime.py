"""Overtime: asked for in advance, a word given before, why a thing goes out (clauses 86, 90)."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.loans import (
    OPEN_LOANS,
    Approval,
    Approved,
    Reason,
    Thing,
    ThingKind,
    ThingState,
)
from kiosk.desk.people import DEPARTMENTS, Department, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.keys import asking, booking, enrolling, places, service
from kiosk.keys.enrolling import Described
from kiosk.keys.service import Given, Terms

SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a day off


@pytest.fixture
def managers(desk) -> dict[str, Person]:
    """Two managers of the office and one of the finance section."""
    made = {}
    with desk.write() as tx:
        finance = tx.put(Department(name="财政所"))
        office = tx.one(DEPARTMENTS)
        for staff_no, section in (("1101", office), ("1102", office), ("1103", finance)):
            made[staff_no] = tx.put(
                Person(
                    staff_no=staff_no, name=f"负责人{staff_no}", rank=Rank.DEPARTMENT_MANAGER,
                    role=Role.STAFF, department_id=section.id,
                )
            )  # fmt: skip
        tx.record("person.added")
    return made


def thing(desk: Desk, label: str, kind=ThingKind.CABINET_KEY, **more) -> Thing:
    with desk.write(by="4001") as tx:
        return enrolling.enrol(tx, Described(label=label, kind=kind, **more), "")


def refused(act, *args, **more) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return caught.value


def proof(desk: Desk, person: Person) -> Proof:
    return Proof(person, Means.BADGE, desk.clock())


MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai; work ends at 17:30


def test_an_overtime_request_is_the_word_given_before_and_its_end_is_the_due_time(
    desk, people, managers, desk_clock
):
    desk_clock.now = SATURDAY - timedelta(days=1)
    wanted = thing(desk, "306", ThingKind.OFFICE_KEY, approval=Approval.MANAGER)
    until = SATURDAY + timedelta(hours=5)
    booking.ask_overtime(
        desk, people["3001"], "2001", SATURDAY, until, "306", proof(desk, managers["1101"]),
        (wanted.id,),
    )  # fmt: skip
    desk_clock.now = SATURDAY + timedelta(minutes=10)
    [asked] = asking.ask(desk, (wanted.id,), people["3001"])
    assert (asked.approval, asked.prior.approver.staff_no) == (Approval.NONE, "1101")
    assert service.lend(desk, wanted.id, people["3001"], "2001").due_at == until
    elsewhere = thing(desk, "307", ThingKind.OFFICE_KEY, approval=Approval.MANAGER)
    for who in ("1001", "3001"):  # nor does his request open what it does not name
        [asked] = asking.ask(desk, (elsewhere.id,), people[who])
        assert (asked.approval, asked.prior) == (Approval.MANAGER, None)
    with desk.read() as book:
        assert book.all(OPEN_LOANS)[0][0].reason is Reason.OVERTIME
        entries = list(journal.entries(book.connection, desk.gate))
    [out] = [one for one in entries if one.code == "loan.out"]
    assert json.loads(out.facts)["reason"] == "overtime"


@pytest.mark.parametrize(
    ("begins", "code"),
    [
        (timedelta(hours=-3), "keys.overtime_late"),
        (timedelta(minutes=-1), "keys.overtime_late"),
        (timedelta(0), ""),  # the clock says 10:00:30: this minute is not over
        (timedelta(hours=1), ""),
    ],
)
def test_overtime_is_asked_for_in_advance(desk, people, managers, desk_clock, begins, code):
    desk_clock.now = SATURDAY + timedelta(seconds=30)
    span = (SATURDAY + begins, SATURDAY + timedelta(hours=5))
    asked = (desk, people["3001"], "2001", *span, "306", proof(desk, managers["1101"]))
    if code:
        head = desk.head
        assert refused(booking.ask_overtime, *asked).code == code
        assert desk.head == head
    else:
        assert booking.ask_overtime(*asked).from_at == span[0]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"approval": Approval.TWO}, "keys.two_at_hand_out"),
        ({"approval": Approval.OTHER_SECTION}, "keys.same_section"),
        ({"section_id": "finance"}, "keys.other_section"),
        ({"state": ThingState.LOST}, "keys.lost"),
        ({"approval": Approval.MANAGER}, ""),
        ({}, ""),
    ],
)
def test_no_request_names_a_key_for_which_its_word_would_not_serve(
    desk, people, managers, desk_clock, more, code
):
    desk_clock.now = SATURDAY
    wanted = [thing(desk, "12号柜钥匙"), thing(desk, "13号柜钥匙")]
    with desk.write() as tx:
        for name, value in more.items():
            setattr(wanted[1], name, value)
        tx.put(wanted[1])
        tx.record("thing.changed")
    span = (SATURDAY, SATURDAY + timedelta(hours=5))
    signed = proof(desk, managers["1101"])
    asked = (desk, people["3001"], "2001", *span, "306", signed, [one.id for one in wanted])
    if code:
        head = desk.head
        assert refused(booking.ask_overtime, *asked).code == code
        assert desk.head == head
        known = (desk, people["3001"], *span, [one.id for one in wanted])
        if code != "keys.same_section":  # that one depends on who signs
            assert refused(booking.check_overtime, *known).code == code
    else:
        assert len(booking.ask_overtime(*asked).things.split()) == len(wanted)


@pytest.mark.parametrize(
    ("at", "who", "told", "reason"),
    [
        (MONDAY + timedelta(hours=9, minutes=19), "3001", Reason.WORK, Reason.WORK),
        (MONDAY + timedelta(hours=9, minutes=20), "3001", Reason.WORK, Reason.OVERTIME),
        (MONDAY + timedelta(hours=12), "3001", Reason.WORK, Reason.OVERTIME),
        (MONDAY + timedelta(hours=12), "3001", Reason.REPAIR, Reason.REPAIR),
        (MONDAY + timedelta(hours=12), "2002", Reason.WORK, Reason.WORK),  # a guard's night
        (MONDAY + timedelta(hours=16.5), "3001", Reason.WORK, Reason.OVERTIME),  # 00:30
        (MONDAY + timedelta(hours=16.5), "2002", Reason.WORK, Reason.WORK),
        (MONDAY + timedelta(hours=22), "3001", Reason.WORK, Reason.OVERTIME),  # 06:00
        (MONDAY - timedelta(minutes=1), "3001", Reason.WORK, Reason.OVERTIME),
        (MONDAY, "3001", Reason.WORK, Reason.WORK),  # the window in which people sign in
        (SATURDAY, "3001", Reason.WORK, Reason.OVERTIME),
    ],
)
def test_what_goes_out_after_work_is_for_overtime(
    desk, people, managers, desk_clock, at, who, told, reason
):
    desk_clock.now = at
    card = thing(desk, "临时门禁卡", ThingKind.DOOR_CARD)
    given = Given(Approved.PHONE, (managers["1101"],)) if at == SATURDAY else Given()
    lent = service.lend(desk, card.id, people[who], "2001", Terms(reason=told, given=given))
    in_hours = MONDAY <= at < MONDAY + timedelta(hours=9, minutes=20)
    after_hours = at + timedelta(hours=desk.rules.loan_overtime_h)
    assert lent.due_at == (MONDAY + timedelta(hours=9.5) if in_hours else after_hours)
    with desk.read() as book:
        [(loan, _, _)] = book.all(OPEN_LOANS)
    assert (loan.reason, loan.approved) == (reason, given.how)


@pytest.mark.parametrize(
    ("hours", "approval", "told", "reason"),
    [
        (1, Approval.MANAGER, Reason.REPAIR, Reason.REPAIR),
        (1, Approval.NONE, Reason.REPAIR, Reason.CLEANING),  # nobody was asked: as it was
        (12, Approval.MANAGER, Reason.WORK, Reason.OVERTIME),
        (12, Approval.NONE, Reason.WORK, Reason.CLEANING),
    ],
)
def test_passed_on_on_a_word_it_is_for_what_the_manager_heard(
    desk, people, managers, desk_clock, hours, approval, told, reason
):
    desk_clock.now = MONDAY + timedelta(hours=1)
    key = thing(desk, "12号柜钥匙", approval=approval)
    given = Given(Approved.PHONE, (managers["1101"],))
    lent_for = Terms(reason=Reason.CLEANING, given=given)
    lent = service.lend(desk, key.id, people["3001"], "2001", lent_for)
    desk_clock.now = MONDAY + timedelta(hours=hours)
    terms = Terms(reason=told, given=given)
    passed = service.pass_on(desk, key.id, people["3001"], people["1001"], "2001", terms)
    with desk.read() as book:
        [(loan, _, _)] = book.all(OPEN_LOANS)
    assert (loan.number, loan.reason, loan.due_at) == (passed.number, reason, lent.due_at)


@pytest.mark.parametrize(
    ("hours", "told", "reason"),
    [
        (1, Reason.WORK, Reason.WORK),
        (11, Reason.WORK, Reason.OVERTIME),
        (16.5, Reason.WORK, Reason.OVERTIME),  # 00:30
        (11, Reason.CLEANING, Reason.CLEANING),
    ],
)
@pytest.mark.usefixtures("people")
def test_nor_does_a_place_have_it_for_work_then(desk, desk_clock, hours, told, reason):
    desk_clock.now = MONDAY + timedelta(hours=hours)
    card = thing(desk, "临时门禁卡", ThingKind.DOOR_CARD)
    places.lend_to_place(desk, card.id, "Room 204", "2001", told, Approved.NOT_ASKED)
    with desk.read() as book:
        [(loan, _, _)] = book.all(OPEN_LOANS)
    assert loan.reason is reason
