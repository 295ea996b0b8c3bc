from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk import journal
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from shift_handover import feature, matters
from shift_handover.matters import Entrusting
from shift_handover.models import Ending, Found, GiverKind, Group
from shift_handover.rules import ITEMS, Finding, Report, due_at, fast_places
from shift_handover.safety import faults, reporting
from shift_handover.safety import service as safety
from shift_handover.safety.results import last_results

pytestmark = pytest.mark.usefixtures("people")

FAULT = Finding(
    Found.FAULT, what="应急灯不亮", where="二楼楼梯", measure="放了警示牌", told="赵主任"
)


def entries(desk, code):
    with desk.read() as book:
        found = journal.entries(book.connection, desk.gate)
        return [entry.facts_made() for entry in found if entry.code == code]


def answer_all(desk, **odd):
    progress = safety.begin(desk, "2001")
    while progress.next_item is not None:
        code = progress.next_item.code
        finding = odd.get(code, Finding(Found.NORMAL))
        progress = safety.answer(desk, "2001", progress.round_id, code, finding)
    return progress


def test_a_round_has_all_four_groups_in_order():
    groups = [item.group for item in ITEMS]
    assert groups == sorted(groups, key=list(Group).index)
    assert set(groups) == set(Group)


def test_the_check_is_over_only_when_every_item_is_answered(desk):
    progress = safety.begin(desk, "2001")
    with pytest.raises(Refused) as refused:
        safety.finish(desk, "2001", progress.round_id)
    assert (refused.value.code, refused.value.facts) == ("safety.not_all", {"left": len(ITEMS)})
    progress = answer_all(desk)
    safety.finish(desk, "2001", progress.round_id, Report("赵主任", "电话"))
    checked = entries(desk, "safety.checked")
    assert checked[0]["found"] == {"normal": len(ITEMS), "fault": 0, "not_checked": 0}


def test_a_round_broken_off_goes_on_where_it_was(desk, desk_clock):
    first = safety.begin(desk, "2001")
    safety.answer(desk, "2001", first.round_id, ITEMS[0].code, Finding(Found.NORMAL))
    desk_clock.advance(hours=1)
    again = safety.begin(desk, "2001")
    assert (again.round_id, again.next_item) == (first.round_id, ITEMS[1])
    desk_clock.advance(hours=4)
    assert safety.begin(desk, "2001").round_id != first.round_id


def test_an_item_is_answered_once(desk):
    progress = safety.begin(desk, "2001")
    item = ITEMS[0].code
    safety.answer(desk, "2001", progress.round_id, item, Finding(Found.NORMAL))
    with pytest.raises(Refused) as refused:
        safety.answer(desk, "2001", progress.round_id, item, FAULT)
    assert refused.value.code == "safety.answered"


def test_the_last_answer_is_taken_back_and_its_fault_with_it(desk):
    progress = safety.begin(desk, "2001")
    first, second = ITEMS[0], ITEMS[1]
    safety.answer(desk, "2001", progress.round_id, first.code, Finding(Found.NORMAL))
    safety.answer(desk, "2001", progress.round_id, second.code, FAULT)
    progress = safety.take_back(desk, "2001", progress.round_id)
    assert (progress.next_item, progress.found) == (second, {first.code: Found.NORMAL})
    with desk.read() as book:
        assert faults.open_faults(book) == []
    taken = entries(desk, "safety.answer_taken_back")
    assert [(one["item"], one["fault"]) for one in taken] == [(second.code, "S1")]
    progress = safety.answer(desk, "2001", progress.round_id, second.code, Finding(Found.NORMAL))
    assert progress.found[second.code] is Found.NORMAL


def test_nothing_is_taken_back_where_nothing_was_answered_or_the_fault_is_dealt_with(desk):
    progress = safety.begin(desk, "2001")
    with pytest.raises(Refused) as refused:
        safety.take_back(desk, "2001", progress.round_id)
    assert refused.value.code == "safety.none_answered"
    safety.answer(desk, "2001", progress.round_id, ITEMS[0].code, FAULT)
    with desk.read() as book:
        (fault,) = faults.open_faults(book)
    faults.close_fault(desk, "2001", fault.ref, "换了灯", "赵主任")
    with pytest.raises(Refused) as refused:
        safety.take_back(desk, "2001", progress.round_id)
    assert refused.value.code == "safety.fault_closed"


@pytest.mark.parametrize(
    ("finding", "code", "field"),
    [
        (Finding(Found.NOT_CHECKED, reason="  "), "safety.reason_missing", "reason"),
        (Finding(Found.FAULT, where="楼梯", measure="关门"), "safety.fault_incomplete", "what"),
        (Finding(Found.FAULT, what="灯", measure="关门"), "safety.fault_incomplete", "where"),
        (Finding(Found.FAULT, what="灯", where="楼梯"), "safety.fault_incomplete", "measure"),
    ],
)
def test_a_finding_says_what_belongs_to_it(desk, finding, code, field):
    progress = safety.begin(desk, "2001")
    with pytest.raises(Refused) as refused:
        safety.answer(desk, "2001", progress.round_id, ITEMS[0].code, finding)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


def test_a_fault_stays_open_under_its_number_until_somebody_closes_it(desk):
    answer_all(desk, fire_exits=FAULT)
    with desk.read() as book:
        [thing] = feature.outstanding(desk, book)
    assert (thing.kind, thing.number, thing.urgency) == ("safety.fault", "S1", Urgency.WAITING)
    assert thing.facts["group"] == "fire"
    with pytest.raises(Refused) as refused:
        faults.close_fault(desk, "2001", thing.ref, "换了灯泡", "")
    assert refused.value.code == "safety.told_missing"
    faults.close_fault(desk, "2001", thing.ref, "换了灯泡", "赵主任")
    with desk.read() as book:
        assert feature.outstanding(desk, book) == []
    with pytest.raises(Refused) as refused:
        faults.close_fault(desk, "2001", thing.ref, "换了灯泡", "赵主任")
    assert refused.value.code == "safety.fault_closed"


def test_a_fault_nobody_was_told_of_is_red_until_somebody_is(desk):
    answer_all(desk, fire_exits=Finding(Found.FAULT, what="灯", where="楼梯", measure="无"))
    with desk.read() as book:
        [thing] = faults.open_faults(book)
    assert thing.urgency is Urgency.NOW
    faults.report_fault(desk, "2001", thing.ref, "赵主任")
    with desk.read() as book:
        assert faults.open_faults(book)[0].urgency is Urgency.WAITING


def test_a_check_stays_open_until_a_superior_was_told(desk):
    progress = answer_all(desk)
    done = safety.finish(desk, "2001", progress.round_id)
    with desk.read() as book:
        [thing] = feature.outstanding(desk, book)
    assert (thing.kind, thing.number, thing.urgency) == ("safety.report", "C1", Urgency.WAITING)
    with pytest.raises(Refused) as refused:
        reporting.report_round(desk, "2001", done.id, Report(" ", "电话"))
    assert refused.value.code == "safety.told_missing"
    reporting.report_round(desk, "2001", done.id, Report("赵主任", "电话"))
    with desk.read() as book:
        assert feature.outstanding(desk, book) == []


def test_faster_than_one_can_walk_is_marked(desk):
    progress = answer_all(desk)
    assert safety.finish(desk, "2001", progress.round_id).too_fast
    with desk.read() as book:
        assert all(result.too_fast for result in last_results(book, desk.gate))


def test_walking_first_and_answering_afterwards_is_not_too_fast(desk, desk_clock):
    safety.begin(desk, "2001")
    desk_clock.advance(minutes=15)
    progress = answer_all(desk)
    assert not safety.finish(desk, "2001", progress.round_id).too_fast


def test_one_place_takes_no_walking(desk):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    here = [(item.place, now) for item in ITEMS if item.place == "offices"]
    assert not fast_places(now, here, [], desk.rules)


def test_the_result_names_reason_and_fault(desk):
    odd = {"fire_exits": FAULT, "windows_shut": Finding(Found.NOT_CHECKED, reason="305 锁着")}
    progress = answer_all(desk, **odd)
    safety.finish(desk, "2001", progress.round_id)
    with desk.read() as book:
        results = {result.group: result for result in last_results(book, desk.gate)}
    assert results[Group.CLEARING].count(Found.NORMAL) == 3
    fault = next(i for i in results[Group.FIRE].items if i.found is Found.FAULT)
    assert (fault.fault, fault.told) == ("S1", "赵主任")
    assert [i.reason for i in results[Group.THEFT].items if i.reason] == ["305 锁着"]


def entrusting(**change):
    said = {"giver": "王小明", "receiver": "张科长", "what": "图纸一卷", **change}
    return Entrusting(GiverKind.VISITOR, **said)


def test_a_matter_gets_a_number_that_stays(desk):
    assert [matters.entrust(desk, "2001", entrusting()) for _ in range(2)] == ["M1", "M2"]
    assert entries(desk, "matter.entrusted")[0] == {"number": "M1", "giver": "visitor"}
    with desk.read() as book:
        assert [one.number for one in matters.open_matters(book)] == ["M1", "M2"]


@pytest.mark.parametrize("field", ["giver", "receiver", "what"])
def test_a_matter_without_one_of_three_is_none(desk, field):
    with pytest.raises(Refused) as refused:
        matters.entrust(desk, "2001", entrusting(**{field: " "}))
    assert (refused.value.code, refused.value.facts["field"]) == ("matter.incomplete", field)


def test_a_matter_is_closed_by_who_got_it_and_the_tap_is_kept(desk, people):
    matters.entrust(desk, "2001", entrusting(left_here="图纸"))
    with desk.read() as book:
        [thing] = matters.outstanding(desk, book)
    assert "图纸" in thing.next_step.text()
    with pytest.raises(Refused) as refused:
        matters.close(desk, "2001", thing.ref, Ending.HANDED, "")
    assert refused.value.code == "matter.to_whom"
    matters.close(desk, "2001", thing.ref, Ending.HANDED, "", people["1001"])
    assert entries(desk, "matter.closed") == [
        {"number": "M1", "ending": "handed", "receiver": "1001"}
    ]
    with pytest.raises(Refused) as refused:
        matters.close(desk, "2001", thing.ref, Ending.TOLD, "张科长")
    assert refused.value.code == "matter.closed"


def test_a_matter_becomes_amber_when_due_soon_and_red_when_late(desk, desk_clock):
    due = desk.clock() + timedelta(hours=1)
    matters.entrust(desk, "2001", entrusting(due=due))

    def urgency():
        with desk.read() as book:
            return matters.outstanding(desk, book)[0].urgency

    assert urgency() is Urgency.SOON
    desk_clock.advance(minutes=60 - desk.rules.matter_remind_min)
    assert urgency() is Urgency.WAITING
    desk_clock.advance(minutes=desk.rules.matter_remind_min)
    assert urgency() is Urgency.NOW


AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("", None), ("16", AT.replace(hour=16, minute=0)), ("16:05", AT.replace(hour=16, minute=5)),
        ("1605", AT.replace(hour=16, minute=5)), ("１６：０５", AT.replace(hour=16, minute=5)),
        ("9", AT.replace(day=24, hour=9, minute=0)), ("15:30", AT.replace(day=24)),
    ],
)  # fmt: skip
def test_an_hour_is_the_next_time_the_clock_shows_it(text, due):
    assert due_at(text, AT) == due


@pytest.mark.parametrize("text", ["24", "16:60", "later", "9-10", "-1", "99999"])
def test_no_hour_is_refused(text):
    with pytest.raises(Refused) as refused:
        due_at(text, AT)
    assert refused.value.code == "matter.due_unclear"
