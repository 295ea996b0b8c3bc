"""What two desks did while cut, and the next act on the merged book: no crash loses it."""

import pytest
from site_books import heal, intact, tables_of

from kiosk import features
from kiosk.attendance import service as attendance
from kiosk.attendance.spares import service as spares
from kiosk.desk import badges
from kiosk.desk.forks import open_forks
from kiosk.desk.people import BADGE, EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from visitors import appointments, departures, reception
from visitors.models import How
from visitors.rules import Details

GUARD, HOST, STAFF = "2001", "1001", "3001"
CARD, OTHER_CARD = "04A1B2C3D4E5F1", "04A1B2C3D4E5F2"


def person(desk, staff_no):
    with desk.read() as book:
        return next(one for one in book.all(EVERYONE) if one.staff_no == staff_no)


def proof(desk, staff_no):
    return Proof(person(desk, staff_no), Means.BADGE, desk.clock())


def everything_is_read(desks):
    """Every list that the gate shows, and every person asked of."""
    for desk in desks:
        with desk.read() as book:
            features.outstanding(desk, book)
            features.watches(desk, book)
            features.inside(desk, book)
            features.at_desks(desk, book)
            features.whereabouts(desk, book)
            for one in book.all(EVERYONE):
                features.holdings(desk, book, one)
        for one in (person(desk, STAFF), person(desk, HOST)):
            features.notes(desk, one)
        features.lapse(desk)
    heal(desks)
    assert tables_of(desks[0]) == tables_of(desks[1])
    assert all(intact(desk) for desk in desks)


def test_one_person_with_two_temporary_badges_gives_both_back(two, desk_clock):
    """The second lending stands aside: its card is taken back and lent again all the same."""
    east, west = two
    first, second = (spares.add(east, GUARD, uid, label) for uid, label in
                     ((CARD, "1"), (OTHER_CARD, "2")))  # fmt: skip
    heal(two)
    spares.lend(east, GUARD, first.id, proof(east, STAFF))
    desk_clock.advance(minutes=1)
    spares.lend(west, GUARD, second.id, proof(west, STAFF))
    heal(two)
    assert [fork.table for desk in two for fork in _forks(desk)] == ["spare_lending"] * 2
    everything_is_read(two)
    for spare in (second, first):
        spares.take_back(west, GUARD, spare.id)
        with west.read() as book:
            assert book.one(BADGE, uid=spare.uid) is None
    heal(two)
    assert [_forks(desk) for desk in two] == [[], []]
    spares.lend(east, GUARD, second.id, proof(east, HOST))
    heal(two)
    everything_is_read(two)


def test_a_temporary_badge_whose_lending_stands_aside_is_not_lent_to_another(two):
    east, west = two
    first, second = (spares.add(east, GUARD, uid, label) for uid, label in
                     ((CARD, "1"), (OTHER_CARD, "2")))  # fmt: skip
    heal(two)
    spares.lend(east, GUARD, first.id, proof(east, STAFF))
    spares.lend(west, GUARD, second.id, proof(west, STAFF))
    heal(two)
    with pytest.raises(Refused) as refused:
        spares.lend(west, GUARD, second.id, proof(west, HOST))
    assert refused.value.code == "spare.lent_already"


def _forks(desk):
    with desk.read() as book:
        return open_forks(book)


def hires(desk, staff_no):
    """Somebody new is written down at this desk, with a badge of this desk's own."""
    with desk.write(by="9001") as tx:
        like = next(one for one in tx.all(EVERYONE) if one.staff_no == STAFF)
        made = tx.put(
            Person(
                staff_no=staff_no, name="赵新人", pinyin="zhaoxinren", initials="zxr",
                department_id=like.department_id, title="", rank=like.rank, role=like.role,
                extension="8777",
            )
        )  # fmt: skip
        badges.enrol(tx, CARD if desk.gate == "gate-1" else OTHER_CARD, made)
        tx.record("person.added", person=staff_no)
    return made


def test_who_was_hired_at_both_desks_works_on_until_somebody_decides(two, desk_clock):
    """Until somebody decides one of the two stands aside; what names him is read all the same."""
    made = {}
    for desk in two:
        made[desk.gate] = hires(desk, "7777")
        desk_clock.advance(minutes=1)
    for desk in two:
        attendance.tap(desk, made[desk.gate], "door")
        visit = appointments.expect(
            desk, GUARD, Details(name="王小明", matter="谈事", people=1), "7777",
            confirmed=How.PHONE,
        )  # fmt: skip
        reception.admit(desk, GUARD, visit, "")
        made[desk.gate, "visit"] = visit
    heal(two)
    everything_is_read(two)
    for desk in two:
        for uid in (CARD, OTHER_CARD):
            desk_clock.advance(minutes=10)
            with desk.read() as book:
                _badge, owner = badges.of_card(book, uid)
            attendance.tap(desk, owner, "door")
            with pytest.raises(Refused):  # it is somebody's, and is not given to another
                attendance.enrol(desk, GUARD, uid, STAFF)
        everything_is_read(two)
    for desk in two:
        assert [fork.table for fork in _forks(desk)] == ["person"]
        with desk.read() as book:
            inside = features.inside(desk, book)
        assert sum(one.name == "赵新人" for one in inside) == 2
    for desk in two:
        departures.leave(desk, GUARD, made[desk.gate, "visit"], signed=True)
    everything_is_read(two)
