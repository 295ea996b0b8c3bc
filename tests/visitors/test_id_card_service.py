"""What an ID card leaves behind: a masked number, a keyed hash, and a verdict on who it is."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import journal
from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from visitors import appointments, cards, corrections, id_cards, id_numbers, reception
from visitors.id_cards import Likeness
from visitors.models import Answer, How, State
from visitors.rules import Details
from visitors.service import Times, visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
NUMBER, OTHER = "11010519491231002X", "440524188001010014"
OLD_FOREIGNER = "USA110090010113"
WANG = Details(name="王小明", matter="水表检修", id_number=NUMBER)
CARD = IdCard("王小明", "Mr", NUMBER)


def compared(desk, visit, card):
    return id_cards.compare(desk, GUARD, visit, card)


def waiting(desk, details=WANG):
    return reception.walk_in(desk, GUARD, details, HOST)


def test_the_registered_person_is_the_same_and_another_differs(desk):
    visit = waiting(desk)
    assert compared(desk, visit, CARD) is Likeness.SAME
    assert compared(desk, visit, IdCard("王小明", "Mr", OTHER)) is Likeness.DIFFERS
    assert cards.visit_card(desk, visit).id_masked == "110***********002X"


def test_an_appointment_without_a_number_takes_the_card_s_when_the_name_is_the_same(desk):
    visit = appointments.expect(desk, GUARD, Details(name="王小明", matter="检修"), HOST)
    assert compared(desk, visit, IdCard(" 王 小明", "", NUMBER)) is Likeness.TAKEN
    assert cards.visit_card(desk, visit).id_masked == "110***********002X"
    assert compared(desk, visit, CARD) is Likeness.SAME
    assert compared(desk, visit, IdCard("王小明", "", OTHER)) is Likeness.DIFFERS


def test_another_name_is_said_and_nothing_is_taken_from_the_card(desk):
    visit = appointments.expect(desk, GUARD, Details(name="王小明", matter="检修"), HOST)
    assert compared(desk, visit, IdCard("李四", "Mr", NUMBER)) is Likeness.OTHER_NAME
    with desk.read() as book:
        row, _ = visit_of(book, visit)
    assert (row.id_masked, row.id_hash) == ("", "")


@pytest.mark.parametrize(
    ("written", "on_card"), [("阿依古丽·买买提", "阿依古丽•买买提"), ("John Smith", "JOHN  SMITH")]
)
def test_one_name_in_two_spellings_is_one_name(desk, written, on_card):
    visit = appointments.expect(desk, GUARD, Details(name=written, matter="检修"), HOST)
    assert compared(desk, visit, IdCard(on_card, "", NUMBER)) is Likeness.TAKEN


def test_a_visit_that_is_inside_is_not_compared(desk):
    visit = waiting(desk)
    reception.answer(desk, GUARD, visit, Answer.YES, How.IN_PERSON)
    reception.admit(desk, GUARD, visit)
    with pytest.raises(Refused) as refused:
        compared(desk, visit, CARD)
    assert refused.value.code == "visit.not_possible"


def test_a_number_with_a_wrong_check_digit_compares_nothing(desk):
    visit = waiting(desk)
    with pytest.raises(Refused) as refused:
        compared(desk, visit, IdCard("王小明", "Mr", NUMBER[:-1] + "1"))
    assert refused.value.code == "visit.id_check"


def test_a_card_finds_who_waits_before_who_is_expected_and_only_today(desk):
    tomorrow = desk.clock() + timedelta(days=1)
    times = Times(tomorrow, tomorrow + timedelta(hours=1))
    appointments.expect(desk, GUARD, WANG, HOST, times)
    assert id_cards.visit_with(desk, CARD) is None
    expected = appointments.expect(desk, GUARD, WANG, HOST)
    assert id_cards.visit_with(desk, CARD) == (expected, State.EXPECTED)
    here = waiting(desk)
    assert id_cards.visit_with(desk, CARD) == (here, State.WAITING)
    corrections.void(desk, GUARD, here, "登记错误")
    assert id_cards.visit_with(desk, CARD) == (expected, State.EXPECTED)
    assert id_cards.visit_with(desk, IdCard("李四", "", OTHER)) is None


def test_the_old_number_of_a_foreigner_is_registered_and_known_again(desk):
    visit = waiting(desk, Details(name="JOHN DOE", matter="拜访", id_number=OLD_FOREIGNER))
    assert cards.visit_card(desk, visit).id_masked == "USA********0113"
    assert compared(desk, visit, IdCard("JOHN DOE", "", OLD_FOREIGNER)) is Likeness.SAME
    assert not id_numbers.has_check_digit(OLD_FOREIGNER)


@given(st.from_regex(r"[A-Z]{3}[0-9]{12}|[0-9]{17}[0-9X]", fullmatch=True))
def test_a_mask_shows_seven_signs_and_is_as_long_as_the_number(number):
    masked = id_numbers.masked(number)
    assert len(masked) == len(number)
    assert masked.replace("*", "") == number[:3] + number[-4:]


def test_neither_book_nor_journal_holds_a_number_or_a_stranger_s_name(desk):
    visit = waiting(desk)
    compared(desk, visit, CARD)
    compared(desk, visit, IdCard("李四", "Mr", OTHER))
    with desk.read() as book:
        entries = [*journal.entries(book.connection, desk.gate)]
    asked = [entry for entry in entries if entry.code == "visit.id_compared"]
    assert [entry.facts_made()["result"] for entry in asked] == ["same", "differs"]
    assert all(entry.by == GUARD for entry in asked)
    folder = desk.settings.desk.database.parent
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert held
    for secret in (NUMBER, OTHER, "李四"):
        assert not any(secret.encode() in content for content in held), secret
        assert secret not in json.dumps([str(entry) for entry in entries], ensure_ascii=False)


def test_a_card_on_its_way_is_shown_in_no_log():
    assert NUMBER not in repr(CARD)
    assert "王小明" not in repr(CARD)
