"""Who was on duty, what nobody covered, and errands refused: as the registers say it."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import all_reports, features
from kiosk.desk import posts
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Erased
from shift_handover.away import errands, rules, service
from shift_handover.away.models import ERRAND, EVERY_AWAY, Cover, Door
from shift_handover.away.rules import Keeping

pytestmark = pytest.mark.usefixtures("people")
TODAY = date(2026, 11, 23)
DAY = Period(TODAY, TODAY)


def table(desk, name, period=DAY):
    with desk.read() as book:
        return all_reports.reports()[name](desk, book, period)


def relieve(desk, people, outgoing, incoming):
    with desk.write(by=incoming) as tx:
        posts.relieve(tx, desk.gate, people[outgoing], people[incoming])


def uncovered_minutes(desk):
    return int(table(desk, "away").foot[0].rpartition(" ")[2])


def to(desk, clock, hour, minute=0):
    clock.now = datetime.combine(TODAY, time(hour, minute), desk.zone)


@pytest.mark.usefixtures("on_post")
def test_who_was_on_duty_at_any_moment_is_one_query(desk, desk_clock, people):
    desk_clock.advance(hours=4)
    relieve(desk, people, "2001", "2002")
    moment = desk.clock()
    asked = []
    with desk.read() as book:
        book.connection.set_trace_callback(asked.append)
        names = [
            [person.staff_no for _duty, person in posts.on_duty_at(book, desk.gate, at, at)]
            for at in (moment - timedelta(seconds=1), moment, moment - timedelta(days=1))
        ]
        book.connection.set_trace_callback(None)
    assert names == [["2001"], ["2002"], []]
    assert len([one for one in asked if one.startswith("SELECT")]) == len(names)


@pytest.mark.usefixtures("on_post")
def test_on_duty_lists_the_day_and_answers_for_one_moment(desk, desk_clock, people):
    desk_clock.advance(hours=4)
    relieve(desk, people, "2001", "2002")
    desk_clock.advance(days=1)
    assert [row[1] for row in table(desk, "on-duty").rows] == ["2001", "2002"]
    at = replace(DAY, at=time(9, 0))
    assert [row[1] for row in table(desk, "on-duty", at).rows] == ["2001"]
    assert [row[1] for row in table(desk, "on-duty", replace(DAY, at=time(23, 59))).rows] == [
        "2002"
    ]
    assert table(desk, "on-duty", replace(DAY, at=time(3, 0))).rows == ()
    tomorrow = Period(TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    assert [row[1] for row in table(desk, "on-duty", tomorrow).rows] == ["2002"]


def test_minutes_without_a_companion_in_working_hours_count_and_covered_ones_do_not(
    desk, desk_clock, people, go
):
    to(desk, desk_clock, 9)
    go(10)
    desk_clock.advance(minutes=10)
    service.come_back(desk, people["2001"], Means.BADGE)
    assert uncovered_minutes(desk) == 0
    go(10, Keeping(Cover.SHORT, door=Door.LOCKED))
    desk_clock.advance(minutes=7)
    assert uncovered_minutes(desk) == 7  # it still runs
    service.come_back(desk, people["2001"], Means.BADGE)
    to(desk, desk_clock, 23)
    go(10, Keeping(Cover.SHORT, door=Door.LOCKED))
    desk_clock.advance(minutes=10)
    service.come_back(desk, people["2001"], Means.BADGE)
    assert uncovered_minutes(desk) == 7
    rows = table(desk, "away").rows
    assert [row[0] for row in rows] == ["A1", "A2", "A3"]


@pytest.mark.usefixtures("on_post")
def test_a_post_left_empty_on_a_leaders_word_counts_until_the_next_tap_on(
    desk, desk_clock, people, entries, things
):
    to(desk, desk_clock, 10)
    leader = people["1001"]
    for word, door, code in (("", Door.LOCKED, "words_missing"), ("锁门", None, "door_missing")):
        with pytest.raises(Refused, match=code):
            service.leave_post(desk, "2001", leader, word, door)
    with pytest.raises(Refused, match="not_a_superior"):
        service.leave_post(desk, "2001", people["2002"], "锁门", Door.LOCKED)
    assert things() == []
    service.leave_post(desk, "2001", leader, "锁门回来", Door.LOCKED)
    assert json.loads(entries("post.left")[-1].facts)["leader"] == "1001"
    desk_clock.advance(minutes=25)
    assert [one.kind for one in things()] == ["post.uncovered"]
    with desk.read() as book:
        assert features.watch(desk, book).rings
    with desk.write(by="2002") as tx:
        posts.take(tx, desk.gate, people["2002"])
    assert things() == []
    desk_clock.advance(minutes=25)
    assert uncovered_minutes(desk) == 25


@pytest.mark.usefixtures("on_post")
def test_an_empty_post_is_no_alarm_at_night(desk, desk_clock, people, things):
    to(desk, desk_clock, 22)
    service.leave_post(desk, "2001", people["1001"], "可以锁门了", Door.LOCKED)
    assert things() == []
    with desk.read() as book:
        assert features.watch(desk, book) is None


TODAY_ZONE = datetime.fromisoformat("2026-11-23T00:00:00+08:00").tzinfo
moments = st.integers(0, 4000)


@given(st.lists(st.tuples(moments, moments), max_size=8))
def test_joined_spans_count_every_minute_once(pairs):
    start = datetime(2026, 11, 23, tzinfo=TODAY_ZONE)
    spans = [(start + timedelta(minutes=a), start + timedelta(minutes=b)) for a, b in pairs]
    minutes = {m for a, b in pairs for m in range(a, b)}
    made = rules.joined(spans)
    assert sum((b - a for a, b in made), timedelta()) == timedelta(minutes=len(minutes))
    assert all(one[1] < two[0] for one, two in pairwise(made))


def test_an_errand_goes_to_the_superior_and_to_no_open_list(desk, people, entries):
    errand, number = errands.refuse(desk, "2001")
    errands.describe(desk, "2001", errand, "赵某", "取快递")
    with pytest.raises(Refused, match=r"errand\.not_yours"):
        errands.take_back(desk, "2002", errand)
    with desk.read() as book:
        assert all(one.number != number for one in features.outstanding(desk, book))
        told = book.connection.execute("SELECT facts, images FROM journal").fetchall()
    assert not [text for row in told for text in row if "快递" in text or "赵某" in text]
    with pytest.raises(Refused, match=r"errand\.not_a_superior"):
        errands.see(desk, people["2001"])
    assert [(one.who, one.what) for one in errands.see(desk, people["1001"])] == [
        ("赵某", "取快递")
    ]
    assert errands.see(desk, people["1001"]) == []
    with pytest.raises(Refused, match=r"errand\.closed"):
        errands.take_back(desk, "2001", errand)
    (row,) = table(desk, "errands").rows
    assert (row[0], row[2], row[4], row[5], row[7]) == (number, "2001", "赵某", "取快递", "张伟")
    assert len(entries("errand.refused")) == 1


def test_an_errand_taken_back_is_in_no_list(desk, people):
    errand, _number = errands.refuse(desk, "2001")
    errands.take_back(desk, "2001", errand)
    assert table(desk, "errands").rows == ()
    assert errands.see(desk, people["1001"]) == []


def test_the_words_go_after_their_days_and_the_numbers_stay(desk, desk_clock, people, go):
    go(place="档案室", why="李明找资料")
    errand, _number = errands.refuse(desk, "2001")
    errands.describe(desk, "2001", errand, "李明", "买烟")
    with desk.read() as book:
        assert features.naming(book, "李明") == ["A1", "Y1"]
    desk_clock.advance(days=desk.rules.away_words_days + 1)
    features.purge(desk)
    with desk.read() as book:
        (row,) = book.all(EVERY_AWAY)
        assert book.unseal(row.why) == "李明找资料", "what still runs is kept"
        with pytest.raises(Erased):
            book.unseal(book.one(ERRAND, id=errand).who)
    service.come_back(desk, people["2001"], Means.BADGE)
    desk_clock.advance(days=desk.rules.away_words_days + 1)
    features.purge(desk)
    with desk.read() as book:
        (row,) = book.all(EVERY_AWAY)
        assert book.read_sealed(row.why) == "-"
        assert row.number == "A1"
        assert features.naming(book, "李明") == []
