"""Who may see a case card, who closes it, and what is told of one that stays open."""

import pytest
from counters_days import late_week

from kiosk import features
from kiosk.attendance.counters import acting
from kiosk.attendance.counters.reading import card_by_id, cards_for, late_count
from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof, prove_by_badge

PIN = "2580"


def proof(desk, uid) -> Proof:
    return prove_by_badge(desk, uid, PIN)


def test_clause_142_a_card_stays_open_until_a_leader_writes_what_was_done(
    office, people, leaders, codes
):
    late_week(office, people["1001"])
    (case,) = office.open_cases()
    signed = proof(office.desk, "04A1B2C3D4E512")
    with pytest.raises(Refused, match="nothing_done"):
        acting.close_case(office.desk, "2001", case.id, signed, "  ")
    with pytest.raises(Refused, match="not_leader"):
        by_admin = proof(office.desk, "04A1B2C3D4E505")
        acting.close_case(office.desk, "2001", case.id, by_admin, "谈过话")
    acting.close_case(office.desk, "2001", case.id, signed, "钱芳与张伟谈话")
    assert office.open_cases() == []
    assert codes("case.closed") == [{"number": case.number, "leader": "1101", "means": "badge"}]
    with office.desk.read() as book:
        card = card_by_id(office.desk, book, case.id)
    assert (card.done, card.closed_by) == ("钱芳与张伟谈话", leaders["1101"].name)
    with pytest.raises(Refused, match="is_closed"):
        acting.close_case(office.desk, "2001", case.id, signed, "再谈")


def test_nobody_closes_a_card_about_himself(office, leaders):
    late_week(office, leaders["1100"])
    (case,) = office.open_cases()
    with pytest.raises(Refused, match="own"):
        own = proof(office.desk, "04A1B2C3D4E511")
        acting.close_case(office.desk, "2001", case.id, own, "无事")


def test_clause_142_a_card_open_for_long_is_listed_to_the_principal_leader(office, people, leaders):
    late_week(office, people["1001"])
    kinds = lambda: [one.kind for one in things(office.desk)]  # noqa: E731 - asked twice, at two times
    office.clock.advance(days=14)
    assert "case.late" not in kinds()
    office.clock.advance(minutes=1)
    assert "case.late" in kinds()
    told = next(one for one in things(office.desk) if one.kind == "case.late")
    assert people["1001"].name not in told.what.text()
    with office.desk.read() as book:
        assert late_count(office.desk, book) == 1
        notes = [
            feature.note(office.desk, book, person)
            for person in (leaders["1100"], leaders["1101"])
            for feature in features.FEATURES if feature.id == "counters" and feature.note
        ]  # fmt: skip
    assert notes == ["1 case card is open for long: at the desk (F7, 7)", ""]


def things(desk):
    with desk.read() as book:
        return features.outstanding(desk, book)


def test_what_was_done_is_deleted_after_its_days(office, people, leaders):
    assert leaders
    late_week(office, people["1001"])
    (case,) = office.open_cases()
    signed = proof(office.desk, "04A1B2C3D4E512")
    acting.close_case(office.desk, "2001", case.id, signed, "谈过话")
    office.clock.advance(days=office.desk.rules.case_words_days, minutes=1)
    features.purge(office.desk)
    with office.desk.read() as book:
        card = card_by_id(office.desk, book, case.id)
    assert (card.done, card.case.number) == ("-", case.number)


def test_the_gate_and_other_sections_see_no_card(office, people, leaders):
    late_week(office, people["3001"])
    head = people["1001"]
    with office.desk.read() as book:
        seen = {no: len(cards_for(book, one)) for no, one in {**people, **leaders}.items()}
    assert seen == {
        "1001": 1, "2001": 0, "2002": 0, "3001": 0, "9001": 1, "1100": 1, "1101": 1,
    }  # fmt: skip
    head.department_id = "another"
    with office.desk.read() as book:
        assert cards_for(book, head) == []
    assert head.rank is Rank.HEAD_OF_STATION
