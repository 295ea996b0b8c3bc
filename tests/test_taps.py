"""From a card's number to what it names: asked of the book once, and again after every change."""

import pytest

from kiosk.desk import badges
from kiosk.desk.bearer import ClosedCard, StaffCard, UnknownCard
from kiosk.desk.people import BADGE, person_by_staff_no
from kiosk.taps import Directory, Repeats

CARD, NEW = "04A1B2C3D4E501", "04A1B2C3D4E599"


@pytest.mark.usefixtures("people")
def test_a_known_card_is_its_bearers_and_is_asked_of_the_book_only_once(desk, monkeypatch):
    directory = Directory(desk)
    first = directory.whose(CARD)
    assert isinstance(first, StaffCard)
    assert first.person.staff_no == "1001"
    monkeypatch.setattr(desk, "read", None)  # whoever asks the book again fails
    assert directory.whose(CARD) is first


@pytest.mark.usefixtures("people")
def test_a_blocked_badge_is_closed_at_its_next_tap(desk):
    directory = Directory(desk)
    directory.whose(CARD)
    with desk.write(by="9001") as tx:
        badges.block(tx, tx.one(BADGE, uid=CARD), person_by_staff_no(tx, "1001"), "lost")
    assert isinstance(directory.whose(CARD), ClosedCard)


@pytest.mark.usefixtures("people")
def test_a_stranger_s_card_is_known_as_soon_as_it_is_enrolled(desk):
    directory = Directory(desk)
    assert isinstance(directory.whose(NEW), UnknownCard)
    with desk.write(by="9001") as tx:
        badges.enrol(tx, NEW, person_by_staff_no(tx, "1001"))
    assert isinstance(directory.whose(NEW), StaffCard)


def test_the_same_card_within_two_seconds_is_one_tap():
    repeats = Repeats(2)
    assert [repeats.repeated(b"a", at) for at in (0, 1.9, 3.8, 5.9)] == [False, True, True, False]


def test_a_tap_that_was_not_answered_may_come_again_at_once():
    repeats = Repeats(2)
    repeats.repeated(b"a", 0)
    repeats.forget(b"a")
    assert not repeats.repeated(b"a", 0.5)
