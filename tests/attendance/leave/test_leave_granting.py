"""Who grants whose leave (clauses 16, 17, 119), the month's personal leave (19), withdrawing."""

from dataclasses import replace

import pytest

from kiosk.attendance.leave import asking, ending, granting
from kiosk.attendance.leave.models import Granter
from kiosk.desk.absence import Half, LeaveKind, LeaveState
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_leave import LeaveRung

ZHAO, ZHOU, WU, ZHENG, FENG, CHEN = "5001", "5002", "5003", "5004", "5005", "5006"
PERSONAL = LeaveKind.PERSONAL


def waits(house, leave_id):
    """Return which rung a leave waits for and who may sign it."""
    waiting = house.whole(leave_id).waits_for
    return waiting and (waiting.needed, waiting.at, [one.staff_no for one in waiting.people])


def refused(code, act, *given):
    with pytest.raises(Refused) as caught:
        act(*given)
    assert caught.value.code == code
    return caught.value.facts


def test_clause_16_the_leave_of_each_rank_goes_to_its_own_granter(house):
    for day, who, needed, signer in (
        (24, ZHAO, Granter.HEAD, ZHOU),
        (24, ZHOU, Granter.LEADER_IN_CHARGE, WU),
        (24, FENG, Granter.PRINCIPAL_LEADER, ZHENG),
        (25, WU, Granter.PRINCIPAL_LEADER, ZHENG),
        (26, ZHENG, Granter.OFFICE, CHEN),
    ):
        asked = house.ask(house.span(day, day), who)
        waiting = waits(house, asked)
        assert waiting[0] is needed
        assert signer in waiting[2]
        house.sign(asked, signer)
        assert house.row(asked).state is LeaveState.APPROVED


def test_clause_16_nobody_grants_his_own_leave_nor_one_of_another_section(house):
    asked = house.ask(house.span(24, 24))
    refused("leave.own_leave", house.sign, asked, ZHAO)
    facts = refused("leave.not_yours", house.sign, asked, "1001")  # heads another section
    assert facts["who"] == "周涛"
    refused("leave.not_yours", house.sign, asked, WU)  # higher, but the head is here
    assert house.row(asked).state is LeaveState.ASKED


def test_clause_16_the_ladder_is_data_of_the_site(house, desk):
    desk.settings = replace(
        desk.settings, leave_ladder=(LeaveRung("ordinary", "principal_leader"),)
    )
    asked = house.ask(house.span(24, 24))
    assert waits(house, asked)[2] == [ZHENG]


def test_clause_16_a_head_on_leave_is_stood_for_by_the_next_higher_and_it_is_said(house, at):
    house.granted(house.span(24, 27), ZHOU)
    at(24)
    asked = house.ask(house.span(25, 25))
    assert waits(house, asked) == (Granter.HEAD, Granter.LEADER_IN_CHARGE, [WU])
    house.sign(asked, WU)
    (signature,) = house.whole(asked).signatures
    assert signature.approval.in_place
    assert house.row(asked).state is LeaveState.APPROVED


def test_clause_17_more_than_three_days_needs_the_leader_in_charge_on_top(house):
    three = house.ask(house.span(24, 26))
    house.sign(three, ZHOU)
    assert house.row(three).state is LeaveState.APPROVED
    long = house.ask(house.span(1, 4, month=12), "3001", stand_in=ZHAO)
    house.sign(long, "1001")
    assert house.row(long).state is LeaveState.ASKED
    assert waits(house, long) == (Granter.LEADER_IN_CHARGE,) * 2 + ([WU],)
    house.sign(long, WU)
    assert house.row(long).state is LeaveState.APPROVED


@pytest.mark.parametrize(("first", "needs_leader"), [(30, True), (1, False)])
def test_clause_17_two_in_a_row_count_together_over_a_weekend(house, first, needs_leader):
    house.granted(house.span(26, 27))  # Thursday and Friday
    month = 11 if first == 30 else 12  # Monday 30, or Tuesday with a workday between
    second = house.ask(house.span(first, first, month=month))
    third = house.ask(house.span(first + 1, first + 1, month=12)) if month == 12 else second
    if month == 11:
        house.sign(second, ZHOU)
        assert house.row(second).state is LeaveState.APPROVED  # three days in a row
        third = house.ask(house.span(1, 1, month=12))
    house.sign(third, ZHOU)
    assert (house.row(third).state is LeaveState.ASKED) is needs_leader


def test_clause_17_one_higher_in_place_of_the_head_signs_both_rungs_at_once(house, at):
    house.granted(house.span(24, 27), ZHOU)
    at(24)
    asked = house.ask(house.span(1, 4, month=12))
    house.sign(asked, WU)
    assert [one.approval.in_place for one in house.whole(asked).signatures] == [True, False]
    assert house.row(asked).state is LeaveState.APPROVED


def test_clause_7_the_last_yes_waits_for_the_stand_in(house, desk):
    asked = asking.ask(desk, "2001", house.proof(ZHAO), house.asking(house.span(24, 24)))
    facts = refused("leave.stand_in_open", house.sign, asked, ZHOU)
    assert facts["name"] == "李娜"
    assert house.whole(asked).signatures == []
    house.accept(asked)
    house.sign(asked, ZHOU)
    assert house.row(asked).state is LeaveState.APPROVED


def test_clause_7_stand_in_and_matters_in_hand_are_asked_for(house):
    day = house.span(24, 24)
    for code, more in (
        ("leave.no_stand_in", {"stand_in": ""}),
        ("leave.no_matters", {"matters": " "}),
        ("leave.stands_in_himself", {"stand_in": ZHAO}),
        ("person.unknown", {"stand_in": "9999"}),
    ):
        with pytest.raises(Refused) as caught:
            house.ask(day, **more)
        assert caught.value.code == code
        assert caught.value.facts["field"] == ("matters" if "matters" in more else "stand_in")


def test_clause_19_personal_leave_is_three_days_of_a_calendar_month(house):
    house.granted(house.span(3, 4), kind=PERSONAL)
    facts = refused("leave.personal_over", lambda: house.ask(house.span(24, 25), kind=PERSONAL))
    assert (facts["used"], facts["left"], facts["most"]) == ("2", "1", 3)
    assert facts["month"] == "2026-11"
    house.ask(house.span(24, 24, last_half=Half.MORNING), kind=PERSONAL)
    house.ask(house.span(25, 26))  # another kind is free of it


def test_clause_19_a_leave_over_two_months_counts_in_each(house):
    house.granted(house.span(3, 4), kind=PERSONAL)
    ends = house.span(3, 3, month=12).last_day
    early, fits = (replace(house.span(day, day), last_day=ends) for day in (27, 30))
    facts = refused("leave.personal_over", lambda: house.ask(early, kind=PERSONAL))
    assert (facts["month"], facts["left"]) == ("2026-11", "1")
    house.ask(fits, kind=PERSONAL)  # one day in November, three in December
    late = house.span(10, 10, month=12)
    facts = refused("leave.personal_over", lambda: house.ask(late, kind=PERSONAL))
    assert (facts["month"], facts["left"]) == ("2026-12", "0")


def test_clause_19_a_leaders_word_with_a_reason_goes_over_it(house, desk):
    wanted = house.asking(house.span(23, 26), PERSONAL)
    ask = asking.ask
    for who, reason, code in ((ZHOU, "家中急事", "word_not_yours"), (WU, " ", "no_reason")):
        word = asking.Word(house.proof(who), reason)
        refused(f"leave.{code}", ask, desk, "2001", house.proof(ZHAO), wanted, word)
    word = asking.Word(house.proof(WU), "家中急事")
    asked = ask(desk, "2001", house.proof(ZHAO), wanted, word)
    (signature,) = house.whole(asked).signatures
    assert (signature.approval.step, signature.person.staff_no) == (0, WU)
    assert waits(house, asked)[0] is Granter.HEAD  # the ladder is still to be climbed


def test_clause_19_a_word_nobody_needs_is_no_signature(house, desk):
    wanted, word = house.asking(house.span(24, 24), PERSONAL), asking.Word(house.proof(ZHAO), "行")
    asked = asking.ask(desk, "2001", house.proof(ZHAO), wanted, word)
    assert house.whole(asked).signatures == []


def test_a_leave_is_refused_with_a_reason_and_taken_back_by_its_asker_alone(house, desk):
    asked = house.ask(house.span(24, 24))
    refused("leave.no_reason", granting.refuse, desk, "2001", asked, house.proof(ZHOU), " ")
    granting.refuse(desk, "2001", asked, house.proof(ZHOU), "年底盘点")
    assert house.row(asked).state is LeaveState.REFUSED
    again = house.ask(house.span(24, 24))  # its days are free again
    refused("leave.not_your_own", ending.withdraw, desk, "2001", again, house.proof(ZHOU))
    ending.withdraw(desk, "2001", again, house.proof(ZHAO))
    refused("leave.is_over", ending.withdraw, desk, "2001", again, house.proof(ZHAO))
    refused("leave.not_open", house.sign, again, ZHOU)


def test_overlapping_leave_is_refused_and_named(house):
    house.ask(house.span(24, 25, last_half=Half.MORNING))
    facts = refused("leave.overlaps", lambda: house.ask(house.span(25, 26)))
    assert (facts["number"], facts["first"], facts["last"]) == ("QJ1", "2026-11-24", "2026-11-25")
    house.ask(house.span(25, 26, first_half=Half.AFTERNOON))  # the other half is free


def test_the_office_notes_a_call_and_its_papers_are_owed(house, desk):
    sick = house.asking(house.span(23, 24), LeaveKind.SICK, stand_in="", matters="")
    refused("leave.not_office", asking.note_call, desk, house.proof(ZHOU), ZHAO, sick)
    noted = asking.note_call(desk, house.proof(CHEN), ZHAO, sick)
    house.sign(noted, ZHOU)
    assert house.row(noted).state is LeaveState.APPROVED
    assert house.row(noted).papers_owed
    refused("leave.not_office", ending.papers_in, desk, noted, house.proof(ZHOU))
    ending.papers_in(desk, noted, house.proof(CHEN))
    assert not house.row(noted).papers_owed
    refused("leave.no_papers_owed", ending.papers_in, desk, noted, house.proof(CHEN))


def test_a_leaver_keeps_no_open_leave(house, desk):
    asked, runs = house.ask(house.span(1, 1, month=12)), house.granted(house.span(23, 24))
    with desk.write() as tx:
        ending.end_for_leaver(tx, person_by_staff_no(tx, ZHAO))
    assert house.row(asked).state is LeaveState.WITHDRAWN
    assert house.row(runs).state is LeaveState.RETURNED
    assert house.codes()[-2:] == ["leave.ended", "leave.ended"]


def test_clause_119_leave_is_asked_signed_and_reported_back_from_in_this_order(house, desk, at):
    asked = asking.ask(desk, "2001", house.proof(ZHAO), house.asking(house.span(24, 24)))
    refused("leave.none_to_report", house.back)
    house.accept(asked)
    at(24)
    refused("leave.none_to_report", house.back)  # it has begun, and nobody has granted it
    house.sign(asked, ZHOU)
    at(25)
    house.back()
    assert house.codes() == ["leave.requested", "leave.approved", "leave.returned"]


def test_who_grants_is_told_at_the_tap_how_many_wait_and_nobody_else(house):
    long = house.ask(house.span(1, 4, month=12))
    house.ask(house.span(24, 24))
    assert "2 leaves to sign" in house.note(ZHOU)
    for who in (ZHAO, WU, CHEN, "1001", "2001"):
        assert "to sign" not in house.note(who)
    house.sign(long, ZHOU)
    assert "1 leave to sign" in house.note(ZHOU)
    assert "1 leave to sign" in house.note(WU)
    house.sign(long, WU)
    assert "to sign" not in house.note(WU)
