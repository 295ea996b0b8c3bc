"""Reporting back (clause 18), overdue leave, early return, maternity (20), and who sees what."""

import json
from datetime import timedelta

import pytest

from kiosk.attendance.closing.models import DayClosing
from kiosk.attendance.leave import ending, purging, reading, rules, slips
from kiosk.attendance.leave.calendar import is_known
from kiosk.attendance.leave.papers import KIND
from kiosk.desk import journal
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState
from kiosk.desk.happenings import told
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.row import new_id
from kiosk.desk.slip import Slip

ZHAO, ZHOU, WU, ZHENG, FENG, CHEN = "5001", "5002", "5003", "5004", "5005", "5006"
AM, PM = Half.MORNING, Half.AFTERNOON


def overdue(house):
    with house.desk.read() as book:
        found = [one for one in reading.listed(house.desk, book) if one.overdue]
    found.sort(key=lambda one: one.back_by)
    return [(one.person.staff_no, f"{house.desk.local(one.back_by):%m-%d %H:%M}") for one in found]


def test_clause_18_nobody_back_by_the_start_of_the_next_workday_is_overdue(house, at):
    granted = house.granted(house.span(26, 27))  # Thursday, Friday
    at(29, 12)
    assert overdue(house) == []  # the weekend is no workday
    at(30, 8, 30)
    assert overdue(house) == []
    at(30, 8, 31)
    assert overdue(house) == [(ZHAO, "11-30 08:30")]
    assert house.open_kinds() == ["leave.overdue"]
    assert ending.note_overdue(house.desk) == 1
    assert ending.note_overdue(house.desk) == 0
    assert house.row(granted).overdue_at is not None
    done = house.back()
    assert done.late
    assert overdue(house) == []
    assert house.open_kinds() == []


def test_clause_18_one_tap_on_return_closes_the_leave_and_the_sign_in_asks_for_it(house, at):
    granted = house.granted(house.span(24, 25))
    assert "F7, 2, R" not in house.note(ZHAO)
    at(26)
    assert "F7, 2, R" in house.note(ZHAO)
    done = house.back()
    assert (done.given_back, done.late) == (0, False)
    assert house.row(granted).state is LeaveState.RETURNED
    assert "F7, 2, R" not in house.note(ZHAO)
    with pytest.raises(Refused) as caught:
        house.back()
    assert caught.value.code == "leave.none_to_report"


@pytest.mark.parametrize(
    ("day", "hour", "given_back", "last"),
    [(25, 8, 4, (24, PM)), (25, 13, 3, (25, AM)), (26, 8, 2, (25, PM)), (26, 16, 1, (26, AM))],
)
def test_clause_18_who_is_back_early_gives_back_the_rest(house, at, day, hour, given_back, last):
    granted = house.granted(house.span(24, 26))
    at(day, hour)
    assert house.back().given_back == given_back
    leave = house.row(granted)
    assert leave.halves == 6 - given_back
    assert (leave.last_day.day, leave.last_half) == last
    house.ask(house.span(27, 27))  # and the days are free again


def test_clause_18_back_before_anything_was_taken_ends_it_as_taken_back(house, at):
    granted = house.granted(house.span(24, 26))
    at(24)
    assert house.back().given_back == 6
    assert house.row(granted).state is LeaveState.WITHDRAWN
    house.ask(house.span(24, 26))


def test_clause_18_a_leave_that_has_begun_is_not_taken_back_but_reported_back_from(house, at):
    granted = house.granted(house.span(24, 26))
    at(24, 14)
    with pytest.raises(Refused) as caught:
        ending.withdraw(house.desk, "2001", granted, house.proof(ZHAO))
    assert caught.value.code == "leave.begun"


def test_clause_20_maternity_leave_has_a_legal_length_and_is_warned_of_before_its_end(house):
    over = house.span(23, 23)
    most = house.desk.rules.maternity_leave_days
    too_long = over.first_day + timedelta(days=most)
    with pytest.raises(Refused) as caught:
        long = rules.Span(over.first_day, AM, too_long, PM)
        house.ask(long, kind=LeaveKind.MATERNITY)
    assert caught.value.facts["most"] == most
    fits = rules.Span(over.first_day, AM, too_long - timedelta(days=1), PM)
    granted = house.granted(fits, kind=LeaveKind.MATERNITY)
    assert house.open_kinds() == []
    assert house.row(granted).guessed  # it ends in a year without a calendar
    house.desk.clock.now += timedelta(days=most - house.desk.rules.maternity_warn_days)
    assert house.open_kinds() == ["leave.ends"]


def test_clause_17_make_up_workdays_and_holidays_are_counted_by_the_calendar(house, at):
    at(30, month=9)
    holidays = house.ask(house.span(1, 10, month=10))  # 国庆: the 10th is worked
    assert house.row(holidays).halves == 6
    assert house.row(holidays).guessed == 0


def test_an_unpublished_year_is_counted_by_weekday_and_said(house, at, desk):
    assert is_known(desk.calendar, 2026)
    assert not is_known(desk.calendar, 2031)
    at(28, month=12)
    over = house.span(31, 31, month=12)
    across = rules.Span(over.first_day, AM, over.first_day.replace(year=2031, month=1, day=3), PM)
    with desk.read() as book:
        told_before = reading.preview(desk, book, house.people[ZHAO], across)
    assert told_before.guessed > 0
    assert told_before.halves > told_before.guessed


def test_a_leave_of_closed_days_is_marked_as_asked_late(house, desk):
    day = house.span(20, 20).first_day
    with desk.write() as tx:
        tx.put(
            DayClosing(
                day=day, closed_at=tx.now, closed_by_id=house.people[CHEN].id, gaps=0, outcome="[]"
            )
        )  # fmt: skip
        tx.record("test.closed")
    assert house.row(house.ask(house.span(20, 20))).late
    assert not house.row(house.ask(house.span(24, 24))).late


def test_a_double_leave_of_two_desks_is_shown_and_counted_once(house, desk):
    first = house.granted(house.span(24, 25), kind=LeaveKind.PERSONAL)
    with desk.write() as tx:  # as a second desk's book would bring it
        same = {name: getattr(house.row(first), name) for name in Leave.model_fields}
        tx.put(Leave(**same | {"id": new_id(), "stamp": "", "number": "QJ77"}))
        tx.record("test.twin")
    with desk.read() as book:
        listed = reading.listed(desk, book)
    assert [one.doubled for one in listed] == [True, True]
    assert house.whole(first).personal_halves == 4


def test_reasons_are_for_the_person_the_head_and_the_leaders_alone(house):
    granted = house.granted(house.span(24, 24), kind=LeaveKind.SICK)
    for who, seen in (
        (ZHAO, True), (ZHOU, True), (WU, True), (ZHENG, True),
        ("2001", False), (CHEN, False), ("1001", False), (FENG, False),
    ):  # fmt: skip
        one = house.whole(granted, who)
        assert one.may_read is seen
        assert (one.reason == "回老家") is seen
        assert (one.contact == "13800000000") is seen
    with pytest.raises(Refused) as caught:
        slips.print_slip(house.desk, "2001", granted, house.proof(CHEN))
    assert caught.value.code == "leave.not_to_read"


def test_no_entry_names_kind_or_reason_and_every_code_has_words(house, at):
    granted = house.granted(house.span(24, 24), kind=LeaveKind.SICK)
    slips.print_slip(house.desk, "2001", granted, house.proof(ZHAO))
    at(26, 9)
    ending.note_overdue(house.desk)
    house.back()
    entries = [one for one in house.entries() if one.code.startswith("leave.")]
    assert {one.code for one in entries} == {
        "leave.requested", "leave.approved", "leave.printed", "leave.overdue", "leave.returned",
    }  # fmt: skip
    for one in entries:
        facts = journal_facts(one)
        assert told(one.code, facts)
        assert "sick" not in str(facts)
        assert "回老家" not in one.facts


def journal_facts(entry: journal.Entry) -> dict[str, object]:
    return json.loads(entry.facts)


def test_the_slip_has_the_signatures_with_their_times(house, desk):
    granted = house.granted(house.span(1, 4, month=12))
    slips.print_slip(desk, "2001", granted, house.proof(ZHOU))
    with desk.read() as book:
        (job,) = book.all(JOBS_OF, slip=KIND, number="QJ1")
        paper = Slip.from_json(book.unseal(job.document))
    words = str(paper)
    for said in ("赵敏", "回老家", "周涛 2026-11-23 08:20", "吴刚 2026-11-23 08:20"):
        assert said in words


def test_the_report_has_neither_kind_nor_reason(house):
    house.granted(house.span(24, 24), kind=LeaveKind.SICK)
    house.ask(house.span(24, 24), "3001", stand_in="2002")
    table = house.report()
    words = str(table.rows)
    assert "周涛 11-23 08:20" in words
    assert "Sick" not in words
    assert "回老家" not in words
    assert [row[1] for row in house.report("3001").rows] == ["3001"]


def test_the_words_are_deleted_and_the_row_stays(house, desk, desk_clock, at):
    granted = house.granted(house.span(24, 24))
    at(25)
    house.back()
    desk_clock.advance(days=desk.rules.leave_words_days + 1)
    with desk.read() as book:
        assert purging.naming(book, "回老家") == ["QJ1"]
        assert purging.WORDS.overdue(desk, book) == {"leaves": 1}
    assert purging.WORDS.purge(desk).count == 1
    assert house.whole(granted).reason == "-"
    assert house.row(granted).halves == 2


def test_clause_21_overdue_leave_is_listed_since_when_until_the_report(house, at):
    house.granted(house.span(24, 24))
    house.granted(house.span(26, 26), ZHOU)
    at(30, 12)
    assert overdue(house) == [(ZHAO, "11-25 08:30"), (ZHOU, "11-27 08:30")]
    house.back()
    assert overdue(house) == [(ZHOU, "11-27 08:30")]
