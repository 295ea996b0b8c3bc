"""Leaving the post for a while: all three facts and a companion, and what follows when late."""

import contextlib
import json
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import features
from kiosk.desk import posts
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from shift_handover.away import rules, service
from shift_handover.away.models import Cover, Door, Kind, StepAway
from shift_handover.away.rules import Asked, Keeping, Rung
from shift_handover.from_open_things import records_of

pytestmark = pytest.mark.usefixtures("people")


def facts(entry):
    return json.loads(entry.facts)


def rung_now(desk):
    with desk.read() as book:
        return service.running(desk, book).rung


def watch_now(desk):
    with desk.read() as book:
        return features.watch(desk, book)


def alone(door=Door.LOCKED):
    return Keeping(Cover.SHORT, door=door)


def test_with_all_three_facts_and_a_companion_it_runs_until_the_own_tap(
    desk, desk_clock, people, go, entries, things
):
    assert go() == "A1"
    (thing,) = things()
    assert (thing.number, thing.urgency) == ("A1", Urgency.SOON)
    assert thing.what.text() == "李建国 is away: 水表间, 抄表"
    with pytest.raises(Refused, match=r"away\.not_yours"):
        service.come_back(desk, people["2002"], Means.BADGE)
    desk_clock.advance(minutes=7)
    assert service.come_back(desk, people["2001"], Means.BADGE).number == "A1"
    assert things() == []
    told = facts(entries("away.ended")[-1])
    assert (told["minutes"], told["late"], told["uncovered"]) == (7, 0, 0)
    assert entries("post.uncovered") == []
    with pytest.raises(Refused, match=r"away\.none_running"):
        service.come_back(desk, people["2001"], Means.BADGE)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(Kind.AWAY, 5, "", "抄表"), "away.place_missing"),
        (Asked(Kind.AWAY, 5, "水表间", " "), "away.why_missing"),
        (Asked(Kind.AWAY, 0, "水表间", "抄表"), "away.minutes_unclear"),
        (Asked(Kind.AWAY, 121, "水表间", "抄表"), "away.too_long"),
        (Asked(Kind.EMERGENCY, 0, "", ""), "away.why_missing"),
    ],
)
@pytest.mark.usefixtures("on_post")
def test_a_missing_fact_is_refused(desk, covered, asked, code, entries):
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        service.start(desk, "2001", asked, covered)
    assert entries("away.started") == []


def test_the_companion_is_another_one_who_keeps_a_desk(people, go):
    for person, code in (("2001", "companion_is_self"), ("1001", "not_a_companion")):
        with pytest.raises(Refused, match=code):
            go(keeping=Keeping(Cover.COMPANION, people[person], Means.BADGE))
    assert go(keeping=Keeping(Cover.COMPANION, people["9001"], Means.NO_BADGE)) == "A1"
    with pytest.raises(Refused, match=r"away\.running"):
        go()


def test_alone_only_for_ten_minutes_or_on_a_superiors_word(desk, people, go, entries, desk_clock):
    with pytest.raises(Refused, match=r"away\.door_missing"):
        go(5, alone(door=None))
    with pytest.raises(Refused, match=r"away\.needs_cover"):
        go(11, alone())
    word = Keeping(Cover.LEADER, leader=people["1001"], words="去吧", door=Door.LOCKED)
    with pytest.raises(Refused, match=r"away\.words_missing"):
        go(30, Keeping(Cover.LEADER, leader=people["1001"], door=Door.LOCKED))
    with pytest.raises(Refused, match=r"away\.not_a_superior"):
        go(30, Keeping(Cover.LEADER, leader=people["2002"], words="去吧", door=Door.LOCKED))
    go(10, alone())
    service.come_back(desk, people["2001"], Means.BADGE)
    go(30, word)
    desk_clock.advance(minutes=20)
    service.come_back(desk, people["2001"], Means.BADGE)
    assert [facts(one)["why"] for one in entries("post.uncovered")] == ["short", "leader"]
    told = facts(entries("away.ended")[-1])
    # 08:20 to 08:40; work begins at 08:30.
    assert (told["uncovered"], told["in_hours"]) == (20, _after_start(desk, 20))


def _after_start(desk, minutes):
    now = desk.local(desk.clock())
    return min(minutes, max(0, int((now - desk.calendar.start(now.date())).total_seconds() // 60)))


def test_a_rest_is_in_the_rest_room_with_the_post_covered(go, things):
    with pytest.raises(Refused, match=r"away\.rest_alone"):
        go(5, alone(), Kind.REST)
    go(60, kind=Kind.REST)
    assert things()[0].what.text() == "李建国 rests in the rest room"


def test_an_emergency_goes_at_once_with_its_reason_alone(desk, go, things, entries):
    go(0, alone(), Kind.EMERGENCY, "", "楼下有人晕倒")
    (thing,) = things()
    assert thing.urgency is Urgency.WAITING
    assert thing.due - thing.since == timedelta(minutes=desk.rules.away_emergency_min)
    assert facts(entries("post.uncovered")[0])["why"] == "nobody"


def test_overdue_climbs_from_a_ring_to_the_companion_to_the_superior(
    desk, desk_clock, people, go, entries, things
):
    go(10)
    assert not watch_now(desk).rings
    assert service.note_overdue(desk) == 0
    desk_clock.advance(minutes=10)
    assert watch_now(desk).rings
    assert [service.note_overdue(desk), service.note_overdue(desk)] == [1, 0]
    climbed = []
    for minutes in (0, desk.rules.away_companion_min, desk.rules.away_superior_min):
        desk_clock.advance(minutes=minutes - sum(m for m, _ in climbed[-1:]))
        climbed.append((minutes, rung_now(desk)))
    assert [one for _, one in climbed] == [Rung.OVERDUE, Rung.COMPANION, Rung.SUPERIOR]
    assert things()[0].urgency is Urgency.NOW
    service.tell_superior(desk, "2002", people["1001"], "派人去找", 0)
    assert rung_now(desk) is Rung.TOLD
    assert not watch_now(desk).rings
    assert things()[0].urgency is Urgency.NOW
    assert len(entries("away.overdue")) == 1


def test_the_companion_lengthens_it_once_then_the_superior_decides(desk, desk_clock, people, go):
    go(10)
    desk_clock.advance(minutes=11)
    service.note_overdue(desk)
    with pytest.raises(Refused, match=r"companion_is_self"):
        service.confirm(desk, "2001", people["2001"], Means.BADGE, 5)
    service.confirm(desk, "2002", people["2002"], Means.BADGE, 5)
    assert rung_now(desk) is Rung.RUNNING
    desk_clock.advance(minutes=5)
    assert service.note_overdue(desk) == 1
    desk_clock.advance(minutes=desk.rules.away_companion_min)
    assert rung_now(desk) is Rung.SUPERIOR
    with pytest.raises(Refused, match=r"superior_next"):
        service.confirm(desk, "2002", people["2002"], Means.BADGE, 5)
    with pytest.raises(Refused, match=r"not_a_superior"):
        service.tell_superior(desk, "2002", people["2002"], "好", 5)
    service.tell_superior(desk, "2002", people["1001"], "再给五分钟", 5)
    assert rung_now(desk) is Rung.RUNNING


def test_who_was_alone_comes_to_the_superior_without_a_companion(desk, desk_clock, go):
    go(10, alone())
    desk_clock.advance(minutes=10)
    service.note_overdue(desk)
    desk_clock.advance(minutes=desk.rules.away_companion_min)
    assert rung_now(desk) is Rung.SUPERIOR


def test_a_clock_set_back_asks_at_once_and_ends_no_earlier_than_it_began(
    desk, desk_clock, people, go, entries
):
    go(10)
    desk_clock.advance(hours=-3)
    assert watch_now(desk).rings
    assert service.note_overdue(desk) == 1
    assert rung_now(desk) is Rung.OVERDUE
    service.confirm(desk, "2002", people["2002"], Means.BADGE, 10)
    assert rung_now(desk) is Rung.RUNNING
    ended = service.come_back(desk, people["2001"], Means.BADGE)
    assert ended.ended_at == ended.started_at
    assert facts(entries("away.overdue")[0])["clock_set_back"] is True
    assert facts(entries("away.ended")[0])["minutes"] == 0


def test_a_clock_that_jumps_ahead_skips_no_step(desk, desk_clock, go):
    go(10)
    desk_clock.advance(days=2)
    assert rung_now(desk) is Rung.OVERDUE
    service.note_overdue(desk)
    assert rung_now(desk) is Rung.OVERDUE
    desk_clock.advance(days=-2)
    assert rung_now(desk) is Rung.OVERDUE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(jumps=st.lists(st.integers(-5000, 5000), max_size=8), minutes=st.integers(1, 120))
def test_no_jump_of_the_clock_gives_more_time_than_was_allowed(desk, desk_clock, jumps, minutes):
    now = desk_clock.now
    row = StepAway(
        number="A1", post="g", person_id="p", kind=Kind.AWAY, cover=Cover.COMPANION, subject="s",
        minutes=minutes, started_at=now, since_at=now, due_at=now + timedelta(minutes=minutes),
        extended=0,
    )  # fmt: skip
    for jump in jumps:
        now += timedelta(minutes=jump)
        assert timedelta() <= rules.left(row, now) <= timedelta(minutes=minutes)
        assert (rules.rung(row, now, desk.rules) is Rung.RUNNING) == (
            rules.left(row, now) > timedelta()
        )


def test_the_post_stays_the_holders_and_the_companion_may_open_its_desk(desk, people, go):
    with pytest.raises(Refused, match=r"post\.held"), desk.write(by="2002") as tx:
        posts.open_desk(tx, desk.gate, people["2002"], "badge")
    go()
    with desk.write(by="2002") as tx:
        stands_in = features.stands_in(desk, tx, people["2002"])
        posts.open_desk(tx, desk.gate, people["2002"], "badge", stands_in=stands_in)
        assert posts.on_duty(tx, desk.gate)[1].id == people["2001"].id
        assert not features.stands_in(desk, tx, people["3001"])


def test_it_stands_in_the_handover_under_its_number(desk, go):
    go()
    with desk.read() as book:
        found = [one for one in records_of(features.outstanding(desk, book)) if one.kind == "away"]
    assert [one.number for one in found] == ["A1"]


def test_no_journal_entry_holds_what_was_said(desk, go, people):
    go(place="离婚处", why="办手续")
    service.come_back(desk, people["2001"], Means.BADGE)
    with desk.read() as book:
        rows = book.connection.execute("SELECT facts, images FROM journal").fetchall()
    assert not [text for row in rows for text in row if "离婚" in text or "手续" in text]


@given(typed=st.text(max_size=12) | st.text("0123456789 \uff10\uff11\u0660", max_size=5))
def test_minutes_typed_wildly_are_a_number_or_refused(typed):
    found = None
    with contextlib.suppress(Refused):
        found = rules.typed_minutes(typed)
    digits = unicodedata.normalize("NFKC", typed).strip()
    fine = digits.isascii() and digits.isdigit() and len(digits) <= 3
    assert found == (int(digits) if fine else None)
