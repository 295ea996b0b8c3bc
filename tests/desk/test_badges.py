"""Whose card is this: enrolling, blocking, and what an unknown, closed or doubtful card becomes."""

import pytest

from kiosk.desk.badges import block, enrol, named, of_card, reason_of, unblock
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, UnknownCard, whose
from kiosk.desk.loans import Thing, ThingKind
from kiosk.desk.people import BADGE, BY_STAFF_NO, BlockReason
from kiosk.desk.refusal import Refused

NEW = "04FFEEDDCCBBAA"


@pytest.fixture
def enrol_for(desk, people):
    assert "1001" in people

    def enrol_(uid, staff_no="1001"):
        with desk.write(by="9001") as tx:
            return enrol(tx, uid, tx.one(BY_STAFF_NO, staff_no=staff_no))

    return enrol_


def bearer(desk, uid):
    with desk.read() as book:
        return whose(book, uid)


def test_an_enrolled_card_names_its_person(desk, enrol_for):
    enrol_for(NEW)
    found = bearer(desk, NEW)
    assert isinstance(found, StaffCard)
    assert found.person.name == "张伟"


def test_one_person_may_have_two_cards(desk, enrol_for):
    enrol_for(NEW)
    assert {bearer(desk, uid).person.staff_no for uid in (NEW, "04A1B2C3D4E501")} == {"1001"}


def test_a_card_is_one_persons_only_and_says_whose(desk, enrol_for):
    with pytest.raises(Refused) as refusal:
        enrol_for("04A1B2C3D4E502")
    assert refusal.value.code == "badge.taken"
    assert refusal.value.facts == {"staff_no": "2001", "name": "李建国"}
    assert bearer(desk, "04A1B2C3D4E502").person.staff_no == "2001"


@pytest.mark.parametrize(
    ("uid", "code"),
    [
        ("08112233", "badge.random_number"),
        ("", "badge.bad_number"),
        ("04A1", "badge.bad_number"),
        ("04A1B2C3D", "badge.bad_number"),
        ("04a1b2c3", "badge.bad_number"),
        ("04A1B2C3D4E5010203040506", "badge.bad_number"),
        ("０4A1B2C3", "badge.bad_number"),
        ("\x1b[2J1234", "badge.bad_number"),
    ],
)
def test_what_is_no_cards_own_number_is_not_enrolled(enrol_for, uid, code):
    with pytest.raises(Refused) as refusal:
        enrol_for(uid)
    assert refusal.value.code == code


def test_a_seven_byte_number_may_begin_like_a_phones(desk, enrol_for):
    enrol_for("08112233445566")
    assert isinstance(bearer(desk, "08112233445566"), StaffCard)


def test_the_tag_of_a_key_is_nobodys_badge(desk, enrol_for):
    with desk.write(by="9001") as tx:
        tx.put(Thing(label="12号", kind=ThingKind.OFFICE_KEY, tag=NEW))
        tx.record("thing.added", label="12号")
    with pytest.raises(Refused) as refusal:
        enrol_for(NEW)
    assert (refusal.value.code, refusal.value.facts) == ("badge.is_a_tag", {"label": "12号"})
    found = bearer(desk, NEW)
    assert isinstance(found, ThingTag)
    assert found.thing.label == "12号"


def test_a_blocked_badge_opens_nothing(desk, people):
    with desk.write(by="9001") as tx:
        block(tx, tx.one(BADGE, uid="04A1B2C3D4E501"), people["1001"], "lost")
    found = bearer(desk, "04A1B2C3D4E501")
    assert isinstance(found, ClosedCard)
    assert found.person.staff_no == "1001"


@pytest.mark.usefixtures("people")
def test_the_badge_of_somebody_who_left_opens_nothing(desk):
    with desk.write(by="9001") as tx:
        person = tx.one(BY_STAFF_NO, staff_no="1001")
        person.active = False
        tx.put(person)
        tx.record("person.left", person="1001")
    assert isinstance(bearer(desk, "04A1B2C3D4E501"), ClosedCard)


@pytest.mark.parametrize("uid", [NEW, "", "' OR 1=1 --", "04a1b2c3d4e501"])
@pytest.mark.usefixtures("people")
def test_a_card_nobody_enrolled_is_unknown(desk, uid):
    assert bearer(desk, uid) == UnknownCard(uid)


ZHANG = "04A1B2C3D4E501"


def blocks(desk, uid=ZHANG, reason=BlockReason.LOST):
    with desk.write(by="2001") as tx:
        block(tx, *of_card(tx, uid), reason)


def unblocks(desk, uid=ZHANG, note="found"):
    with desk.write(by="9001") as tx:
        unblock(tx, *of_card(tx, uid), note)


def refusal_of(use_case, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        use_case(*args, **kwargs)
    return refusal.value.code


@pytest.mark.usefixtures("people")
def test_a_badge_that_was_found_opens_again_and_forgets_why_it_was_blocked(desk):
    blocks(desk)
    unblocks(desk)
    assert isinstance(bearer(desk, ZHANG), StaffCard)
    with desk.read() as book:
        badge, _person = of_card(book, ZHANG)
    assert (badge.blocked_at, badge.blocked_for) == (None, None)


@pytest.mark.usefixtures("people")
def test_blocking_or_giving_back_twice_changes_nothing(desk):
    assert refusal_of(unblocks, desk) == "badge.not_blocked"
    blocks(desk)
    head = desk.head
    assert refusal_of(blocks, desk) == "badge.blocked_already"
    assert refusal_of(unblocks, desk, note="") == "badge.no_reason"
    assert desk.head == head


def test_a_staff_number_means_the_one_badge_that_works(desk, enrol_for):
    with desk.read() as book:
        assert named(book, "1001")[0].uid == ZHANG
        assert named(book, "04:a1:b2:c3:d4:e5:01")[1].staff_no == "1001"
    enrol_for(NEW)
    with desk.read() as book, pytest.raises(Refused) as refusal:
        named(book, "1001")
    assert refusal.value.code == "badge.several"
    assert refusal.value.facts["uids"] == [ZHANG, NEW]
    blocks(desk)
    with desk.read() as book:
        assert named(book, "1001")[0].uid == NEW
    blocks(desk, NEW)
    with desk.read() as book:
        assert refusal_of(named, book, "1001") == "badge.none_working"
        assert refusal_of(named, book, "7777") == "badge.not_enrolled"


def test_a_blocked_card_is_given_to_nobody_and_says_whose_it_was(desk, enrol_for):
    blocks(desk)
    with pytest.raises(Refused) as refusal:
        enrol_for(ZHANG, "2001")
    assert refusal.value.code == "badge.taken_blocked"
    assert refusal.value.facts == {"staff_no": "1001", "name": "张伟"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("lost", (BlockReason.LOST, "")),
        (" Stolen ", (BlockReason.STOLEN, "")),
        ("挂失", (BlockReason.LOST, "")),
        ("the dog ate it", (BlockReason.OTHER, "the dog ate it")),
        ("other", (BlockReason.OTHER, "")),
    ],
)
@pytest.mark.usefixtures("words_zh")
def test_a_reason_in_words_is_one_we_know_or_a_note(words, reason):
    assert reason_of(words) == reason


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_no_words_are_no_reason(words):
    assert refusal_of(reason_of, words) == "badge.no_reason"
