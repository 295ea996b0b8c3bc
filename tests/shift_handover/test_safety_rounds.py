"""A round with tags, the pace place by place, and the superior's answer (clauses 146, 147)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.clauses import Rules
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from kiosk.desk.signing import Means, Proof
from shift_handover.models import Found, Group
from shift_handover.rules import ITEMS, Finding, Report, fast_places
from shift_handover.safety import editing, faults, reporting
from shift_handover.safety import service as safety
from shift_handover.safety.reports import safety as safety_report
from shift_handover.safety.results import changed_since, last_results

people_there = pytest.mark.usefixtures("people")
HALL, YARD = "04A1A1A1A1A101", "04A1A1A1A1A102"
FAULT = Finding(Found.FAULT, what="灯不亮", where="楼梯", measure="放了警示牌", told="赵主任")
NORMAL = Finding(Found.NORMAL)
START = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def tagged(desk, people):
    """Tags hang in the hall and in the yard."""
    manager = Proof(people["1001"], Means.BADGE, desk.clock())
    editing.enrol(desk, manager, "hall", HALL)
    editing.enrol(desk, manager, "yard", YARD)


def answer_rest(desk, clock, progress, **odd):
    while progress.next_item is not None:
        clock.advance(seconds=30)
        code = progress.next_item.code
        finding = odd.get(code, NORMAL)
        progress = safety.answer(desk, "2001", progress.round_id, code, finding)
    return progress


def unproven(desk):
    with desk.read() as book:
        return {
            item.item for result in last_results(book, desk.gate) for item in result.items
            if item.unproven
        }  # fmt: skip


@pytest.mark.usefixtures("tagged")
def test_a_tap_leads_to_what_its_place_still_needs(desk):
    progress = safety.begin(desk, "2001")
    assert progress.next_item.code == "nobody_left"
    progress = safety.tap(desk, "2001", progress.round_id, HALL)
    asked = []
    while progress.next_item.place == "hall":
        asked.append(progress.next_item.code)
        progress = safety.answer(desk, "2001", progress.round_id, asked[-1], NORMAL)
    assert asked == ["passages_clear", "extinguishers", "doors_locked"]
    assert progress.next_item.code == "nobody_left"
    with pytest.raises(Refused) as refused:
        safety.tap(desk, "2001", progress.round_id, "04FFFFFFFFFF01")
    assert refused.value.code == "safety.no_place"


@pytest.mark.usefixtures("tagged")
def test_a_place_answered_without_its_tap_is_not_proven(desk, desk_clock):
    progress = safety.begin(desk, "2001")
    safety.answer(desk, "2001", progress.round_id, "passages_clear", NORMAL)
    safety.answer(
        desk, "2001", progress.round_id, "nobody_left", Finding(Found.NOT_CHECKED, reason="下雨")
    )
    progress = safety.tap(desk, "2001", progress.round_id, HALL)
    answer_rest(desk, desk_clock, progress)
    safety.finish(desk, "2001", progress.round_id)
    assert unproven(desk) == {"passages_clear"}
    with desk.read() as book:
        clearing = last_results(book, desk.gate)[list(Group).index(Group.CLEARING)]
    assert (clearing.unproven, clearing.all_normal) == (1, False)


@pytest.mark.usefixtures("tagged")
def test_two_tags_tapped_faster_than_one_walks_mark_the_second_place(desk, desk_clock):
    progress = safety.begin(desk, "2001")
    desk_clock.advance(minutes=10)
    safety.tap(desk, "2001", progress.round_id, HALL)
    desk_clock.advance(seconds=desk.rules.safety_min_place_s - 1)
    progress = safety.tap(desk, "2001", progress.round_id, YARD)
    answer_rest(desk, desk_clock, progress)
    assert safety.finish(desk, "2001", progress.round_id).too_fast
    with desk.read() as book:
        results = last_results(book, desk.gate)
    assert {one.place for result in results for one in result.items if one.fast} == {"yard"}


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 90)), max_size=12))
def test_who_takes_the_least_time_for_every_place_is_never_too_fast(steps):
    rules = Rules()
    at, seen = START, []
    for place, more in steps:
        at += timedelta(seconds=rules.safety_min_place_s + more)
        seen.append((place, at))
    assert fast_places(START, seen, seen, rules) == frozenset()
    at_once = [(place, START) for place, _more in steps]
    changes = {
        one for (one, _a), (two, _b) in zip(at_once[1:], at_once, strict=False) if one != two
    }
    assert fast_places(START, at_once, [], rules) >= changes


@people_there
def test_a_round_with_a_fault_stays_open_until_the_superior_answers(desk, desk_clock):
    progress = answer_rest(desk, desk_clock, safety.begin(desk, "2001"), fire_exits=FAULT)
    done = safety.finish(desk, "2001", progress.round_id, Report("赵主任", "电话"))
    later = answer_rest(desk, desk_clock, safety.begin(desk, "2001"))
    safety.finish(desk, "2001", later.round_id, Report("赵主任", "当面", "好"))
    with desk.read() as book:
        [thing] = reporting.unreported(desk, book)
    assert (thing.ref, thing.what.facts["number"]) == (done.id, "C1")
    reporting.answer_report(desk, "2001", done.id, "明早派电工")
    with desk.read() as book:
        assert reporting.unreported(desk, book) == []
        assert reporting.shown_report(book, done.id).report.answer == "明早派电工"
    for code, act, words in (
        ("safety.has_answer", reporting.answer_report, "不用"),
        ("safety.reported", reporting.report_round, Report("我", "电话")),
    ):
        with pytest.raises(Refused) as refused:
            act(desk, "2001", done.id, words)
        assert refused.value.code == code


@people_there
def test_a_normal_round_is_reported_and_needs_no_answer(desk, desk_clock):
    progress = answer_rest(desk, desk_clock, safety.begin(desk, "2001"))
    with pytest.raises(Refused) as refused:
        safety.finish(desk, "2001", progress.round_id, Report("赵主任", " "))
    assert (refused.value.code, refused.value.facts["field"]) == ("safety.how_missing", "how")
    done = safety.finish(desk, "2001", progress.round_id)
    with desk.read() as book:
        assert [one.ref for one in reporting.unreported(desk, book)] == [done.id]
    with pytest.raises(Refused) as early:
        reporting.answer_report(desk, "2001", done.id, "好")
    assert early.value.code == "safety.not_reported"
    reporting.report_round(desk, "2001", done.id, Report("赵主任", "电话"))
    with desk.read() as book:
        assert reporting.unreported(desk, book) == []


@people_there
def test_a_relief_carries_what_changed_since_the_last_check(desk, desk_clock):
    progress = answer_rest(desk, desk_clock, safety.begin(desk, "2001"), fire_exits=FAULT)
    safety.finish(desk, "2001", progress.round_id, Report("赵主任", "电话", "好"))
    with desk.read() as book:
        assert changed_since(book, desk.gate) == ()
        [old] = faults.open_faults(book)
    desk_clock.advance(hours=1)
    faults.close_fault(desk, "2001", old.ref, "换了灯", "赵主任")
    running = safety.begin(desk, "2001")
    desk_clock.advance(minutes=1)
    safety.answer(desk, "2001", running.round_id, "nobody_left", FAULT)
    with desk.read() as book:
        changes = changed_since(book, desk.gate)
    assert [(one.fault, one.found, one.done) for one in changes] == [
        ("S1", Found.NORMAL, "换了灯"), ("S2", Found.FAULT, ""),
    ]  # fmt: skip


@people_there
def test_the_report_of_a_month_says_what_was_found_told_and_answered(desk, desk_clock):
    progress = answer_rest(desk, desk_clock, safety.begin(desk, "2001"), fire_exits=FAULT)
    safety.finish(desk, "2001", progress.round_id, Report("赵主任", "电话", "明早派人"))
    today = desk.today()
    month = Period(today.replace(day=1), today)
    with desk.read() as book:
        [row] = safety_report(desk, book, month).rows
        assert safety_report(desk, book, Period(date(2020, 1, 1), date(2020, 1, 31))).rows == ()
    assert row[0] == "C1"
    assert row[3:6] == (str(len(ITEMS) - 1), "1", "0")
    assert "灯不亮" in row[6]
    assert (row[9], row[10], row[12]) == ("赵主任", "电话", "明早派人")


@people_there
def test_the_report_on_paper_leaves_out_no_column(desk):
    done = safety.begin(desk, "2001")
    for item in ITEMS:
        done = safety.answer(desk, "2001", done.round_id, item.code, Finding(Found.NORMAL))
    safety.finish(desk, "2001", done.round_id, Report("赵主任", "电话", "知道了"))
    with desk.read() as book:
        table = safety_report(desk, book, Period(desk.today(), desk.today()))
    paper = slip_of("safety", table, desk.local(desk.clock()), "1").to_json()
    assert [cell for cell in table.rows[0] if cell not in paper] == []
