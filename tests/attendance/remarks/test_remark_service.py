"""Remarks on a real book: two signatures excuse, corrections are records of their own."""

import json
from datetime import date, timedelta

import pytest

from kiosk.attendance.days.reading import days_between
from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.attendance.remarks import outstanding, purging, service
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.reports import remarks
from kiosk.attendance.remarks.rules import Said
from kiosk.attendance.reports import attendance
from kiosk.desk import journal
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period

TODAY = date(2026, 11, 23)
LATE = Said(TODAY, About.LATE, "送孩子看急诊")


def entries(desk, first):
    with desk.read() as book:
        found = list(journal.entries(book.connection, desk.gate, 0))
    return [(one.code, json.loads(one.facts)) for one in found if one.code.startswith(first)]


def day_of(desk, person, day=TODAY):
    with desk.read() as book:
        return days_between(desk, book, day, day, person).of(person, day)


def refused(code, act, *args):
    with pytest.raises(Refused) as told:
        act(*args)
    assert told.value.code == code


def test_clause_24_a_late_mark_is_excused_by_both_signatures_and_by_no_single_one(
    desk, late, proof
):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    assert day_of(desk, late).late_min == 25
    assert day_of(desk, late).late_counts
    assert day_of(desk, late).open_remarks == (row,)
    service.sign(desk, "2001", row.id, proof("1001"))
    assert day_of(desk, late).late_counts
    service.sign(desk, "2001", row.id, proof("8001"))
    done = day_of(desk, late)
    assert (done.late_counts, done.late_min, done.open_remarks) == (False, 25, ())
    assert [(code, facts["missing"]) for code, facts in entries(desk, "remark.")] == [
        ("remark.entered", 2), ("remark.countersigned", 1), ("remark.countersigned", 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("late")
def test_clause_24_nobody_signs_for_himself_twice_or_without_standing_above(desk, proof):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    refused("remark.own", service.sign, desk, "2001", row.id, proof("3001"))
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("3002"))
    refused("remark.not_above", service.sign, desk, "2001", row.id, proof("7001"))
    service.sign(desk, "2001", row.id, proof("8001"))
    refused("remark.signed_already", service.sign, desk, "2001", row.id, proof("8001"))
    refused("remark.nothing_missing", service.sign, desk, "2001", row.id, proof("8002"))
    service.sign(desk, "2001", row.id, proof("1001"))


def test_clause_24_the_head_who_writes_it_signs_it_and_a_head_needs_two_leaders(
    desk, house, late, proof
):
    row = service.enter(desk, "2001", late.staff_no, LATE, proof("1001"))
    assert (row.head_id, row.missing) == (house["1001"].id, 1)
    own = service.enter(desk, "2001", "1001", LATE, proof("1001"))
    assert own.missing == 2
    service.sign(desk, "2001", own.id, proof("8001"))
    service.sign(desk, "2001", own.id, proof("8002"))
    assert day_of(desk, house["1001"]).open_remarks == ()


def test_clause_24_the_deputy_signs_for_the_head(desk, house, late, proof):
    with desk.write() as tx:
        head = tx.one(service.EVERYONE)
        assert head.staff_no == "1001"
        head.deputy_no = "3002"
        tx.put(head)
        tx.record("person.changed", person="1001")
    row = service.enter(desk, "2001", late.staff_no, LATE, proof("3001"))
    assert service.sign(desk, "2001", row.id, proof("3002")).head_id == house["3002"].id


@pytest.mark.usefixtures("late")
def test_clause_24_after_the_day_only_a_leader_signs_and_says_why(desk, proof, desk_clock):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    desk_clock.advance(days=1)
    refused("remark.too_late", service.sign, desk, "2001", row.id, proof("1001"))
    refused("remark.why_missing", service.sign, desk, "2001", row.id, proof("8001"))
    service.sign(desk, "2001", row.id, proof("8001"), "科长出差")
    done = service.sign(desk, "2001", row.id, proof("8002"), "同意")
    assert done.excuses
    assert all(facts["late"] for code, facts in entries(desk, "remark.countersigned"))


def test_clause_24_what_only_the_next_day_shows_is_signed_on_the_next_workday(
    desk, house, proof, desk_clock
):
    friday = TODAY + timedelta(days=4)
    desk_clock.advance(days=7)  # Monday
    said = Said(friday, About.NO_SIGN_OUT, "忘记刷卡")
    row = service.enter(desk, "2001", house["3001"].staff_no, said, proof("3001"))
    assert not service.is_late(desk, row)
    desk_clock.advance(days=1)
    assert service.is_late(desk, row)


@pytest.mark.usefixtures("house")
def test_clause_25_the_office_writes_what_a_leader_telephoned_and_the_leader_confirms(
    desk, house, proof
):
    at = desk.local(desk.clock())
    said = Said(TODAY, About.LATE, "在县里开会", called_by="赵镇长本人", called_at=at)
    refused("remark.only_leaders_call", service.enter, desk, "9001", "3001", said, proof("9001"))
    refused("remark.caller_missing", service.enter, desk, "9001", "8002", LATE, proof("9001"))
    refused("remark.not_yours_to_write", service.enter, desk, "2001", "8002", said, proof("2001"))
    row = service.enter(desk, "9001", "7001", said, proof("9001"))
    with desk.read() as book:
        assert outstanding.note(desk, book, house["7001"]) == (
            "1 remark in your name to confirm: F7, 1"
        )
        assert outstanding.note(desk, book, house["3001"]) == ""
        assert outstanding.note(desk, book, house["8001"]) == "1 remark to sign: F7, 1"
    service.sign(desk, "2001", row.id, proof("8001"))
    service.sign(desk, "2001", row.id, proof("8002"))
    assert day_of(desk, house["7001"]).open_remarks[0].unconfirmed
    refused("remark.only_himself_confirms", service.confirm, desk, "2001", row.id, proof("8001"))
    done = service.confirm(desk, "2001", row.id, proof("7001"))
    assert (done.excuses, done.by_phone) == (True, True)
    assert entries(desk, "remark.confirmed")[0][1]["person"] == "7001"
    with desk.read() as book:
        assert outstanding.note(desk, book, house["7001"]) == ""
        written = remarks(desk, book, Period(TODAY, TODAY)).rows[0][7]
    assert written == "9001 11-23 08:20, by phone: 08:20"


def test_clause_25_a_leader_who_never_telephoned_says_no(desk, house, proof):
    at = desk.local(desk.clock())
    said = Said(TODAY, About.LATE, "开会", called_by="秘书", called_at=at)
    row = service.enter(desk, "9001", "7001", said, proof("9001"))
    assert service.refuse(desk, "2001", row.id, proof("7001"), "没有打过电话").closed_at
    assert day_of(desk, house["7001"]).open_remarks == ()
    refused("remark.over", service.confirm, desk, "2001", row.id, proof("7001"))


def test_clause_130_a_correction_is_a_new_remark_and_the_sheet_shows_both_and_the_raw_tap(
    desk, late, proof
):
    came = desk.local(desk.clock())
    first = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    service.sign(desk, "2001", first.id, proof("1001"))
    with desk.read() as book:
        before = book.all(TAPS_BETWEEN, first=TODAY, last=TODAY)
    said = Said(TODAY, About.TAP, "刷卡机故障", came_at=came.replace(hour=8, minute=25))
    second = service.replace(desk, "2001", first.id, said, proof("3001"))
    refused("remark.over", service.sign, desk, "2001", first.id, proof("8001"))
    refused("remark.over", service.replace, desk, "2001", first.id, said, proof("3001"))
    with desk.read() as book:
        assert book.all(TAPS_BETWEEN, first=TODAY, last=TODAY) == before
        shown = [row[:1] + row[4:7] + row[10:12] for row in
                 remarks(desk, book, Period(TODAY, TODAY, "3001")).rows]  # fmt: skip
        sheet = attendance(desk, book, Period(TODAY, TODAY)).rows[0]
    assert shown == [
        ("BZ1", "Came late", "08:55-", "", "replaced", ""),
        ("BZ2", "Tap is wrong", "08:55-", "08:25-", "to be signed", "BZ1"),
    ]
    assert sheet[8:] == (
        "BZ1 Came late replaced BZ2 Tap is wrong 08:25- to be signed", "08:55 in",
    )  # fmt: skip
    assert (second.replaces, day_of(desk, late).late_counts) == (first.id, True)


@pytest.mark.usefixtures("late")
def test_a_refused_remark_excuses_nothing_and_the_day_asks_again(desk, late, proof):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    refused("remark.not_above", service.refuse, desk, "2001", row.id, proof("3002"), "no")
    refused("remark.why_missing", service.refuse, desk, "2001", row.id, proof("1001"), " ")
    service.refuse(desk, "2001", row.id, proof("1001"), "没有说明")
    refused("remark.over", service.sign, desk, "2001", row.id, proof("8001"))
    assert day_of(desk, late).late_counts


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(TODAY + timedelta(days=1), About.LATE, "x"), "remark.day_ahead"),
        (Said(TODAY, About.LATE, "  "), "remark.cause_missing"),
    ],
)
@pytest.mark.usefixtures("house")
def test_a_remark_that_says_nothing_or_too_early_is_not_written(desk, proof, said, code):
    refused(code, service.enter, desk, "2001", "3001", said, proof("3001"))
    assert entries(desk, "remark.") == []


@pytest.mark.usefixtures("late")
def test_a_cause_is_in_no_fact_and_goes_after_its_days(desk, proof, desk_clock):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    assert "急诊" not in json.dumps(entries(desk, ""), ensure_ascii=False)
    with desk.read() as book:
        assert purging.naming(book, "急诊") == [row.number]
    desk_clock.advance(days=desk.rules.remark_words_days + 1)
    assert purging.WORDS.purge(desk).counts == {"remarks": 1}
    with desk.read() as book:
        assert book.read_sealed(row.cause) == "-"


@pytest.mark.usefixtures("late")
def test_an_unsigned_remark_becomes_a_quiet_open_thing_until_it_is_signed(desk, proof, desk_clock):
    row = service.enter(desk, "2001", "3001", LATE, proof("3001"))
    with desk.read() as book:
        assert outstanding.outstanding(desk, book) == []
    desk_clock.advance(days=desk.rules.remark_open_days)
    with desk.read() as book:
        found = outstanding.outstanding(desk, book)
    assert [(one.kind, one.number, one.urgency) for one in found] == [
        ("remark.unsigned", row.number, Urgency.QUIET)
    ]
    assert "急诊" not in found[0].what.text()
    service.refuse(desk, "2001", row.id, proof("8001"), "过期")
    with desk.read() as book:
        assert outstanding.outstanding(desk, book) == []
