"""Presence prompts: when the guard is asked, what answers, what is missed (clause 156)."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from presence_night import NIGHT, second

from kiosk import all_reports, features
from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from shift_handover.away import service as away
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import Asked, Keeping
from shift_handover.from_open_things import records_of
from shift_handover.presence import service
from shift_handover.presence.models import RUNNING, UNEXPLAINED
from shift_handover.record_kinds import PresenceMissed, group_of

pytestmark = pytest.mark.usefixtures("on_post")
MONDAY = date(2026, 11, 23)


def shown(desk):
    with desk.read() as book:
        return next((one for one in features.watches(desk, book) if one.asks), None)


def running(desk):
    with desk.read() as book:
        return service.running(desk, book)


def open_things(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "presence.missed"]


def facts(entry):
    return json.loads(entry.facts)


def miss(desk, clock, asked):
    asked()
    clock.advance(minutes=5)
    second(desk)


def test_the_guard_is_asked_about_every_hour_at_no_fixed_minute(desk, desk_clock, asked):
    waited = []
    for _round in range(5):
        before = desk_clock.now
        asked()
        waited.append((desk_clock.now - before) / timedelta(minutes=1))
        desk.worked_at = desk_clock.now
        second(desk)
        assert shown(desk) is None
    assert min(waited) >= 45
    assert max(waited) <= 76
    assert len(set(waited)) > 1


def test_a_key_answers_and_one_entry_says_it(desk, desk_clock, asked, entries):
    asked()
    assert shown(desk).rings
    assert not shown(desk).late
    desk_clock.advance(seconds=40)
    desk.worked_at = desk_clock.now
    for _again in range(3):
        second(desk)
    (entry,) = entries("presence.answered")
    assert facts(entry) == {"number": "ZG1", "seconds": 40, "means": "key", "late": False}
    assert running(desk) is None
    assert open_things(desk) == []


def test_a_key_before_the_prompt_answers_nothing(desk, desk_clock, asked, entries):
    desk.worked_at = desk_clock.now
    asked()
    second(desk)
    assert running(desk) is not None
    assert entries("presence.answered") == []


def test_only_the_guards_own_badge_answers(desk, asked, people, entries):
    assert not service.answer(desk, people["2001"])
    asked()
    assert not service.answer(desk, people["1001"])
    assert running(desk) is not None
    assert service.answer(desk, people["2001"])
    assert not service.answer(desk, people["2001"])
    (entry,) = entries("presence.answered")
    assert (entry.by, facts(entry)["means"]) == ("2001", "tap")


def test_who_works_is_never_asked(desk, desk_clock, entries):
    for _step in range(48):
        desk_clock.advance(minutes=10)
        desk.worked_at = desk_clock.now
        second(desk)
    assert entries("presence.asked") == []


def test_nobody_is_asked_by_day_or_where_the_site_turned_it_off(desk, desk_clock, entries):
    desk_clock.now = NIGHT + timedelta(hours=8)  # 06:00
    for _step in range(16 * 60 // 5 - 1):
        desk_clock.advance(minutes=5)
        second(desk)
    assert entries("presence.asked") == []
    desk.rules = replace(desk.rules, presence_every_min=0)
    for _step in range(60):
        desk_clock.advance(minutes=5)
        second(desk)
    assert entries("presence.asked") == []


def test_no_answer_is_red_and_rings_until_somebody_answers(desk, desk_clock, asked, entries):
    asked()
    desk_clock.advance(minutes=4, seconds=59)
    second(desk)
    assert entries("presence.missed") == []
    desk_clock.advance(seconds=1)
    for _again in range(3):
        second(desk)
    assert len(entries("presence.missed")) == 1
    assert shown(desk).late
    assert shown(desk).rings
    assert shown(desk).record is None
    (thing,) = open_things(desk)
    assert (thing.urgency, thing.number, thing.owner) == (Urgency.NOW, "ZG1", "2001")
    desk_clock.advance(minutes=50)
    second(desk)
    assert shown(desk).late, "it is not forgotten"
    desk.worked_at = desk_clock.now
    second(desk)
    (entry,) = entries("presence.answered")
    assert facts(entry)["late"] is True
    assert shown(desk) is None
    assert len(open_things(desk)) == 1


def test_a_missed_prompt_stands_in_the_handover_under_its_number(desk, desk_clock, asked):
    miss(desk, desk_clock, asked)
    (record,) = records_of(open_things(desk))
    assert isinstance(record, PresenceMissed)
    assert (record.number, record.name, group_of(record)) == ("ZG1", "李建国", "post")


def test_the_guards_word_closes_it_and_goes_after_its_days(desk, desk_clock, asked, entries):
    miss(desk, desk_clock, asked)
    (thing,) = open_things(desk)
    for by, words, code in (
        ("2001", "  ", "presence.why_missing"),
        ("2002", "睡着了", "presence.not_yours"),
    ):
        with pytest.raises(Refused) as refused:
            service.explain(desk, by, thing.ref, words)
        assert refused.value.code == code
    service.explain(desk, "2001", thing.ref, "去接李四的电话")
    assert open_things(desk) == []
    assert "李四" not in entries("presence.explained")[0].facts
    with pytest.raises(Refused, match=r"presence\.closed"):
        service.explain(desk, "2001", thing.ref, "另一个原因")
    assert why(desk) == "去接李四的电话"
    with desk.read() as book:
        assert features.naming(book, "李四") == ["ZG1"]
    desk_clock.advance(days=180)
    features.purge(desk)
    assert why(desk) == "去接李四的电话"
    desk_clock.advance(days=1)
    features.purge(desk)
    assert why(desk) == "-"


def test_a_prompt_without_words_makes_no_key_that_nobody_would_delete(desk, asked):
    keys = "SELECT count(*) FROM subject_key"
    with desk.read() as book:
        before = book.connection.execute(keys).fetchone()
    asked()
    with desk.read() as book:
        assert book.connection.execute(keys).fetchone() == before


def test_a_superior_may_say_why_and_the_entry_names_who_said_it(desk, desk_clock, asked, entries):
    miss(desk, desk_clock, asked)
    (thing,) = open_things(desk)
    service.explain(desk, "1001", thing.ref, "我叫他去开门")
    assert open_things(desk) == []
    assert facts(entries("presence.explained")[0]) == {"number": "ZG1", "person": "1001"}


def why(desk):
    with desk.read() as book:
        table = all_reports.reports()["presence"](desk, book, Period(MONDAY, MONDAY))
    return table.rows[0][-1]


def test_the_report_counts_what_was_answered_and_missed(desk, desk_clock, asked):
    asked()
    desk.worked_at = desk_clock.now
    second(desk)
    desk.worked_at = None
    miss(desk, desk_clock, asked)
    period = Period(MONDAY, MONDAY + timedelta(days=1))
    with desk.read() as book:
        table = all_reports.reports()["presence"](desk, book, period)
        nobody = all_reports.reports()["presence"](desk, book, replace(period, who="2002"))
    assert [row[5] for row in table.rows] == ["in time", "missed"]
    assert table.foot == ("Asked 2 times, missed 1",)
    assert nobody.rows == ()


def test_no_prompt_while_an_absence_runs_and_one_that_stands_ends(desk, asked, people, entries):
    asked()
    keeping = Keeping(Cover.COMPANION, people["2002"], None)
    away.start(desk, "2001", Asked(Kind.REST, 120, "", ""), keeping)
    second(desk)
    assert facts(entries("presence.lost")[0]) == {"number": "ZG1", "why": "away"}
    with pytest.raises(AssertionError, match="nobody was asked"):
        asked()


def test_who_takes_the_post_is_not_asked_for_the_one_before(desk, desk_clock, asked, people):
    miss(desk, desk_clock, asked)
    with desk.write(by="2002") as tx:
        posts.relieve(tx, desk.gate, people["2001"], people["2002"])
    second(desk)
    assert shown(desk) is None
    assert [one.owner for one in open_things(desk)] == ["2001"]
    asked()
    assert running(desk).person_id == people["2002"].id


@pytest.mark.parametrize("jump", [{"days": 3}, {"minutes": 11}, {"minutes": -1}, {"days": -30}])
def test_a_jump_of_the_clock_is_no_missed_prompt(desk, desk_clock, asked, entries, jump):
    asked()
    desk_clock.advance(**jump)
    second(desk)
    assert facts(entries("presence.lost")[0])["why"] == "clock"
    assert entries("presence.missed") == []
    asked()
    assert len(entries("presence.asked")) == 2


def test_a_clock_set_back_ends_the_ringing_of_a_missed_prompt(desk, desk_clock, asked, entries):
    miss(desk, desk_clock, asked)
    desk_clock.advance(minutes=-30)
    second(desk)
    assert shown(desk) is None
    assert facts(entries("presence.lost")[0]) == {"number": "ZG1", "why": "clock"}
    assert [one.number for one in open_things(desk)] == ["ZG1"], "it is still to be explained"


def test_a_restart_goes_on_with_the_prompt(desk, desk_clock, asked, settings):
    asked()
    number = running(desk).number
    desk.close()
    desk_clock.advance(minutes=5, seconds=30)
    again = Desk.open(settings, desk_clock)
    try:
        assert running(again).number == number
        second(again)
        with again.read() as book:
            assert book.one(RUNNING, post=again.gate).missed_at == desk_clock.now
            assert len(book.all(UNEXPLAINED, post=again.gate)) == 1
    finally:
        again.close()
