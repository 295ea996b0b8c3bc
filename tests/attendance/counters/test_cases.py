"""Case cards: when one opens, what an excuse or another rule does to it, and who closes it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from counters_days import DAYS, LATE, MONDAY, late_week, workdays

from kiosk.attendance.counters import acting, service
from kiosk.attendance.counters.models import CASES_OF
from kiosk.attendance.counters.reading import (
    card_by_id,
    standing_of,
    warnings,
)
from kiosk.attendance.models import TapVoid, VoidReason
from kiosk.attendance.remarks.models import About
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_attendance import Attendance


def all_of(desk, person):
    with desk.read() as book:
        return book.all(CASES_OF, person=person.id)


def test_clause_15_the_third_late_mark_opens_one_card_with_its_evidence(office, people, codes):
    late_week(office, people["1001"], 2)
    assert office.open_cases() == []
    office.works(people["1001"], DAYS[2], LATE)
    office.next_morning(DAYS[2])
    office.count()
    (case,) = office.open_cases()
    assert (case.clause, case.counter, case.units, case.most) == ("15", "late_week", 3, 2)
    assert (case.first_day, case.last_day) == (MONDAY, MONDAY + timedelta(days=6))
    assert json.loads(case.evidence)[0] == {
        "day": "2026-11-23", "what": "late", "minutes": 12, "came": LATE, "went": "17:35",
        "remarks": [],
    }  # fmt: skip
    assert codes("case.opened") == [
        {
            "number": case.number, "person": "1001", "counter": "late_week", "clause": "15",
            "first": "2026-11-23", "last": "2026-11-29", "n": 3,
        }
    ]  # fmt: skip


def test_clause_15_no_second_card_for_the_same_week_however_often_it_is_counted(office, people):
    late_week(office, people["1001"], 3)
    office.works(people["1001"], DAYS[3], LATE)
    office.next_morning(DAYS[3])
    for day in DAYS:
        with office.desk.write() as tx:
            service.count(office.desk, tx, day)
    (case,) = all_of(office.desk, people["1001"])
    assert (case.units, case.units_now) == (3, 4)


def test_a_tap_counts_nothing_and_today_is_not_counted(office, people):
    for day in DAYS[:3]:
        office.works(people["1001"], day, LATE)
    assert office.open_cases() == []
    office.count()
    assert office.open_cases() == []


def test_clause_15_an_excused_mark_does_not_count_and_a_later_excuse_keeps_the_card(
    office, people, codes
):
    who = people["1001"]
    office.works(who, DAYS[0], LATE)
    office.excuse(who, DAYS[0], "B1")
    office.works(who, DAYS[1], LATE)
    office.works(who, DAYS[2], LATE)
    office.works(who, DAYS[3], LATE)
    office.next_morning(DAYS[3])
    office.count()
    (case,) = office.open_cases()
    assert [one["day"] for one in json.loads(case.evidence)] == [str(day) for day in DAYS[1:4]]
    office.clock.advance(hours=1)
    office.excuse(who, DAYS[2], "B2")
    office.count()
    (after,) = office.open_cases()
    assert (after.reached, after.units, after.units_now) == (False, 3, 2)
    assert after.evidence == case.evidence
    assert codes("case.no_longer_reached") == [{"number": case.number, "n": 2}]
    with office.desk.read() as book:
        card = card_by_id(office.desk, book, case.id)
    assert [(one.day, one.counts, one.remarks) for one in card.lines] == [
        (DAYS[1], True, ()), (DAYS[2], False, (("B2", "signed"),)), (DAYS[3], True, ()),
    ]  # fmt: skip


def test_another_rule_keeps_the_old_evidence_beside_the_new_count(office, people):
    late_week(office, people["1001"], 3)
    office.desk.rules = replace(office.desk.rules, late_week_most=3)
    office.clock.advance(hours=1)
    office.count()
    (case,) = office.open_cases()
    assert (case.most, case.units, case.most_now, case.reached) == (2, 3, 3, False)
    office.desk.rules = replace(office.desk.rules, late_week_most=1)
    office.count()
    (case,) = office.open_cases()
    assert (case.most, case.most_now, case.reached) == (2, 1, True)


def absent_days(office, people, days):
    for day in days:
        office.works(people["3001"], day)
    office.next_morning(days[-1])
    office.close(people["9001"], *days)
    office.count()


def test_clause_137_more_than_three_days_away_opens_a_card_once_the_days_are_closed(office, people):
    days = workdays(office.desk, MONDAY, 4)
    for day in days:
        office.works(people["3001"], day)
    office.next_morning(days[-1])
    office.count()
    assert all_of(office.desk, people["1001"]) == []
    office.close(people["9001"], *days)
    office.count()
    (case,) = all_of(office.desk, people["1001"])
    assert (case.clause, case.units, case.first_day, case.last_day) == ("137", 8, MONDAY, days[-1])
    assert all_of(office.desk, people["3001"]) == []


def test_clause_21_sixteen_days_in_a_row_open_a_card_that_shows_both_ways_of_counting(
    office, people
):
    days = workdays(office.desk, MONDAY, 16)
    absent_days(office, people, days)
    office.clock.advance(minutes=1)
    office.count()
    found = {one.counter: one for one in all_of(office.desk, people["1001"])}
    assert found.keys() == {"absent_short", "absent_row"}
    with office.desk.read() as book:
        card = card_by_id(office.desk, book, found["absent_row"].id)
    assert (card.workdays, card.calendar) == (32, 2 * ((days[-1] - days[0]).days + 1))
    assert card.case.units == 32


def test_clause_21_the_house_may_count_calendar_days(office, people, settings):
    office.desk.settings = replace(settings, attendance=Attendance(absence_days="calendar"))
    absent_days(office, people, workdays(office.desk, MONDAY, 12))
    office.clock.advance(minutes=1)
    office.count()
    found = {one.counter: one for one in all_of(office.desk, people["1001"])}
    assert found["absent_row"].units == 32  # twelve workdays with the two weekends between them
    assert found["absent_row"].days_off


def test_a_row_that_an_excuse_parts_keeps_its_card_and_opens_no_second(office, people):
    days = workdays(office.desk, MONDAY, 5)
    absent_days(office, people, days)
    office.clock.advance(hours=1)
    office.excuse(people["1001"], days[1], "B1", About.NO_TAP)
    office.count()
    (case,) = all_of(office.desk, people["1001"])
    assert (case.reached, case.first_day, case.units_now) == (False, days[2], 6)


def void(office, tap_id, day, hand=None):
    with office.desk.write(by="2001") as tx:
        tx.put(
            TapVoid(
                tap_id=tap_id, day=day, at=tx.now, by="2001", reason=VoidReason.NOT_HOLDER,
                hand_id=hand.id if hand else None,
            )
        )  # fmt: skip
        tx.record("tap.voided", tap=tap_id)


def test_clause_22_both_sides_of_a_proxy_get_a_card(office, people):
    tap = office.works(people["1001"], MONDAY)
    void(office, tap, MONDAY, people["3001"])
    office.next_morning(MONDAY)
    office.count()
    sides = {(one.person_id, one.clause, one.counter) for one in office.open_cases()}
    assert sides == {
        (people["1001"].id, "22", "proxy"), (people["3001"].id, "22", "proxy"),
    }  # fmt: skip


def test_clause_22_the_second_side_may_be_named_later(office, people):
    void(office, office.works(people["1001"], MONDAY), MONDAY)
    office.next_morning(MONDAY)
    office.count()
    (case,) = office.open_cases()
    clerk = people["9001"]
    with pytest.raises(Refused, match="hand_is_holder"):
        acting.name_hand(office.desk, clerk, case.id, "1001")
    with pytest.raises(Refused, match="not_yours"):
        acting.name_hand(office.desk, people["2001"], case.id, "3001")
    opened = acting.name_hand(office.desk, clerk, case.id, "3001")
    assert [one.number for one in all_of(office.desk, people["3001"])] == opened
    with pytest.raises(Refused, match="no_proxy"):
        acting.name_hand(office.desk, clerk, case.id, "2002")


def test_clause_22_nobody_says_himself_who_tapped_with_his_badge(office, people):
    clerk = people["9001"]
    void(office, office.works(clerk, MONDAY), MONDAY)
    office.next_morning(MONDAY)
    office.count()
    (case,) = office.open_cases()
    with pytest.raises(Refused, match="own_hand"):
        acting.name_hand(office.desk, clerk, case.id, "3001")
    assert all_of(office.desk, people["3001"]) == []


def test_clause_132_the_marks_of_a_principal_leader_count_like_everybodys(office, people, leaders):
    for day in DAYS[:3]:
        office.works(leaders["1100"], day, LATE)
        office.works(people["1001"], day, LATE)
    office.next_morning(DAYS[2])
    office.count()
    found = {one.person_id: one.units for one in office.open_cases()}
    assert found == {leaders["1100"].id: 3, people["1001"].id: 3}


def test_who_is_near_a_limit_is_warned_before_the_card_opens(office, people):
    late_week(office, people["1001"], 2)
    with office.desk.read() as book:
        near = warnings(office.desk, book)
        own = standing_of(office.desk, book, people["1001"], DAYS[2])
    assert [(who.staff_no, one.counter.id, one.units) for who, one in near] == [
        ("1001", "late_week", 2)
    ]
    assert {one.counter.id: one.units for one in own} == {
        "late_week": 2, "late_month": 2, "absent_short": 0, "absent_row": 0, "absent_year": 0,
        "proxy": 0,
    }  # fmt: skip


def test_absence_across_new_year_is_one_row_and_two_years(office, people):
    days = workdays(office.desk, date(2026, 12, 28), 6)
    absent_days(office, people, days)
    with office.desk.read() as book:
        own = standing_of(office.desk, book, people["1001"], days[-1])
    found = {one.counter.id: one.units for one in own}
    assert (found["absent_row"], found["absent_year"]) == (
        12, 2 * sum(day.year == 2027 for day in days)
    )  # fmt: skip
