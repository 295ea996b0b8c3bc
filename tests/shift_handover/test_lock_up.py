"""The night ends without a successor: a record, an empty post, and somebody who reads it (150)."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import journal, posts
from kiosk.desk.print_job import JOBS_OF
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from shift_handover import frozen, service
from shift_handover.duty_log.service import write
from shift_handover.lockup import outstanding, rules
from shift_handover.lockup import service as lockup
from shift_handover.lockup.rules import Told
from shift_handover.models import HandoverState
from shift_handover.record_json import from_json, to_json

TOLD = Told(
    "赵主任", "", "可以锁门，明早七点有人来", "大门、侧门已锁，全楼看过", "柜内 12 把，已锁"
)
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def proof(desk, person):
    return Proof(person, Means.BADGE, desk.clock())


def lock(desk, people, open_list, told=TOLD):
    return lockup.lock_up(desk, proof(desk, people["2001"]), told, open_list)


def facts_of(desk, code):
    with desk.read() as book:
        entries = journal.entries(book.connection, desk.gate)
        return [one.facts_made() for one in entries if one.code == code]


@pytest.mark.usefixtures("on_post", "checked")
def test_the_post_is_empty_and_everything_open_is_kept_under_its_number(desk, people, open_list):
    with desk.read() as book:
        numbers = {one.number for one in open_list(desk, book)}
    locked = lock(desk, people, open_list)
    assert locked.state is HandoverState.ENDED_WITHOUT_SUCCESSOR
    assert {one.number for one in locked.document.things} == numbers
    assert locked.fingerprint
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate) is None
        assert frozen.open_handover(book, desk.gate) is None
    (told,) = facts_of(desk, "handover.locked_up")
    assert told["outgoing"] == "2001"
    assert "赵主任" not in str(told)
    assert from_json(to_json(locked.document)) == locked.document


@pytest.mark.usefixtures("on_post", "checked")
def test_the_record_has_the_report_of_the_check_and_the_duty_log_as_a_handover_has(
    desk, people, open_list
):
    write(desk, "2001", "23:10 巡楼一圈，三楼灯已关")
    document = lock(desk, people, open_list).document
    assert document.log_lines
    assert document.safety_report is not None
    assert document.safety_report.whom == "赵主任"


@pytest.mark.usefixtures("on_post", "checked")
def test_the_sheet_says_whom_he_told_and_what_was_said(desk, people, open_list):
    locked = lock(desk, people, open_list)
    with desk.read() as book:
        (job,) = book.all(JOBS_OF, slip="handover", number=locked.number)
        paper = book.unseal(job.document)
    for words in ("赵主任", TOLD.said, TOLD.doors, TOLD.keys, "李建国"):
        assert words in paper


@pytest.mark.usefixtures("on_post", "checked")
def test_the_first_to_come_takes_the_post_and_signs_that_he_has_read(
    desk, desk_clock, people, open_list
):
    locked = lock(desk, people, open_list)
    wang = people["2002"]
    desk_clock.advance(hours=9, minutes=10)
    with pytest.raises(Refused, match=r"lockup\.take_post_first"):
        lockup.sign_read(desk, proof(desk, wang), locked.id)
    with desk.write(by="2002") as tx:
        posts.open_desk(tx, desk.gate, wang, "badge")
    assert facts_of(desk, "post.empty") == [{"minutes": 550, "post": desk.gate}]
    with desk.read() as book:
        (thing,) = outstanding.unread(desk, book)
    assert (thing.number, thing.urgency) == (locked.number, 0)
    desk_clock.advance(minutes=15)
    assert lockup.sign_read(desk, proof(desk, wang), locked.id) == 550
    with desk.read() as book:
        assert outstanding.unread(desk, book) == []
        assert frozen.handover_by_id(book, locked.id).incoming.staff_no == "2002"
    with pytest.raises(Refused, match=r"lockup\.read_already"):
        lockup.sign_read(desk, proof(desk, wang), locked.id)


@pytest.mark.usefixtures("on_post", "checked")
def test_only_who_is_on_duty_locks_up_and_a_waiting_handover_is_replaced(desk, people, open_list):
    waiting = service.freeze(desk, "2001", open_list)
    with pytest.raises(Refused, match=r"handover\.not_on_duty"):
        lockup.lock_up(desk, proof(desk, people["2002"]), TOLD, open_list)
    lock(desk, people, open_list)
    with desk.read() as book:
        state = frozen.handover_by_id(book, waiting.id).state
    assert state is HandoverState.FROZEN_AGAIN
    with pytest.raises(Refused, match=r"handover\.not_on_duty"):
        lock(desk, people, open_list)


@pytest.mark.usefixtures("on_post")
def test_it_asks_for_the_safety_check_as_every_handover(desk, people, open_list):
    with pytest.raises(Refused, match=r"handover\.no_check"):
        lock(desk, people, open_list)
    with desk.read() as book:
        assert posts.on_duty(book, desk.gate)[1].staff_no == "2001"


@pytest.mark.usefixtures("on_post", "checked")
def test_a_relief_leaves_no_minute_empty(desk, people):
    with desk.write(by="2002") as tx:
        posts.relieve(tx, desk.gate, people["2001"], people["2002"])
    assert facts_of(desk, "post.empty") == []


@pytest.mark.parametrize("field", rules.FIELDS)
def test_every_word_is_needed(desk, field):
    with pytest.raises(Refused, match=r"lockup\.incomplete") as refused:
        rules.checked_told(Told(**{**_words(), field: "  "}), desk.local(desk.clock()))
    assert refused.value.facts["field"] == field


def _words():
    return {name: getattr(TOLD, name) for name in (*rules.FIELDS, "at")}


@given(st.text(max_size=8))
def test_an_hour_typed_anyhow_is_a_past_moment_or_is_refused(typed):
    try:
        said = rules.checked_told(replace(TOLD, at=typed), NOW)
    except Refused as refused:
        fields = {refused.facts["field"]}
    else:
        fields = {"at"}
        assert NOW - timedelta(days=1) < said.told_at <= NOW
    assert fields == {"at"}


def test_an_hour_of_the_evening_before_is_yesterdays():
    said = rules.checked_told(replace(TOLD, at="23:30"), NOW)
    assert said.told_at == NOW - timedelta(hours=1)
