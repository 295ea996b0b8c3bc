"""A tap that is turned round or void leaves the outing as it was before (clauses 22, 26)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from kiosk.attendance import service as taps
from kiosk.attendance.honest.service import void
from kiosk.attendance.models import VoidReason
from kiosk.attendance.outing import service
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.outing.service import Approval
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.attendance.weather.service import cannot_come
from kiosk.desk import journal
from kiosk.desk.absence import Outing, StandIn
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.signing import Means

GUARD, ZHANG, LI_NA, CHEN = "2001", "1001", "3001", "9001"
IN, OUT = Whereabouts.IN, Whereabouts.OUT


def codes(desk):
    with desk.read() as book:
        return [one.code for one in journal.entries(book.connection, desk.gate)]


def outing_of(desk) -> Outing:
    with desk.read() as book:
        [found] = book.all(select(Outing))
    return found


def go(desk, people, said):
    return service.start(desk, GUARD, LI_NA, said, Approval(people[ZHANG], Means.BADGE))


def at(desk, hour, minute=0):
    return desk.local(desk.clock()).replace(hour=hour, minute=minute, second=0, microsecond=0)


def take_back(desk, how: str, tap_id: str):
    if how == "turned round":
        taps.change(desk, tap_id, by=GUARD)
    else:
        void(desk, GUARD, tap_id, VoidReason.NOT_HOLDER)


@pytest.mark.parametrize("how", ["turned round", "void"])
def test_clause_22_a_return_that_was_none_lets_outing_and_stand_in_run_on(
    desk, people, desk_clock, how
):
    taps.tap(desk, people[LI_NA], "door")
    desk_clock.advance(hours=1)
    shown = go(desk, people, Going("镇政府", "开会", Back(at(desk, 15))))
    with desk.write() as tx:
        tx.put(StandIn(
            number="DB1", absent_id=people[LI_NA].id, stand_in_id=people[CHEN].id,
            for_id=outing_of(desk).id, from_at=tx.now, asked_at=tx.now, asked_by=GUARD,
            accepted_at=tx.now, accepted_means=Means.BADGE,
        ))  # fmt: skip
        tx.record("test.stand_in")
    desk_clock.advance(hours=1)
    forged = taps.tap(desk, people[LI_NA], "door")
    assert (forged.kind, forged.outing.number) == (IN, shown.number)
    take_back(desk, how, forged.tap_id)
    assert outing_of(desk).ended_at is None
    assert "outing.runs_on" in codes(desk)
    with desk.read() as book:
        assert whereabouts(book, people[LI_NA], desk.today()).state is OUT
        assert [one.ended_at for one in book.all(select(StandIn))] == [None]
    desk_clock.advance(minutes=6)
    back = taps.tap(desk, people[LI_NA], "door")
    assert (back.kind, back.outing.number) == (IN, shown.number)
    assert outing_of(desk).ended_at == desk_clock.now


@pytest.mark.parametrize("how", ["turned round", "void"])
def test_clause_26_a_planned_outing_stays_planned_when_the_tap_out_is_taken_back(
    desk, people, desk_clock, how
):
    taps.tap(desk, people[LI_NA], "door")
    leaves = at(desk, 14)
    go(desk, people, Going("镇政府", "开会", Back(at(desk, 16)), leaves=leaves))
    desk_clock.now = leaves - timedelta(minutes=10)
    out = taps.tap(desk, people[LI_NA], "door")
    assert (out.kind, outing_of(desk).started_at) == (OUT, desk_clock.now)
    take_back(desk, how, out.tap_id)
    assert (outing_of(desk).started_at, outing_of(desk).ended_at) == (leaves, None)
    assert "outing.ended" not in codes(desk)
    desk_clock.advance(minutes=8)
    again = taps.tap(desk, people[LI_NA], "door")
    assert (again.kind, again.outing is not None, again.marks.early_min) == (OUT, True, 0)
    desk_clock.advance(hours=1)
    assert taps.tap(desk, people[LI_NA], "door").kind is IN
    assert outing_of(desk).ended_at == desk_clock.now


def test_a_void_tap_from_before_does_not_wake_an_outing_that_ended_otherwise(
    desk, people, desk_clock
):
    taps.tap(desk, people[LI_NA], "door")
    desk_clock.advance(hours=1)
    go(desk, people, Going("镇政府", "开会"))
    desk_clock.advance(hours=1)
    forged = taps.tap(desk, people[LI_NA], "door")
    desk_clock.advance(hours=1)
    taps.tap(desk, people[LI_NA], "door")  # goes home
    void(desk, GUARD, forged.tap_id, VoidReason.NOT_HOLDER)
    assert outing_of(desk).ended_at == forged.at


@pytest.mark.parametrize("how", ["turned round", "void"])
def test_clause_26_who_only_tapped_out_by_mistake_has_not_taken_the_outing(
    desk, people, desk_clock, how
):
    taps.tap(desk, people[LI_NA], "door")
    leaves = at(desk, 14)
    go(desk, people, Going("镇政府", "开会", leaves=leaves))
    desk_clock.now = leaves - timedelta(minutes=10)
    out = taps.tap(desk, people[LI_NA], "door")
    take_back(desk, how, out.tap_id)
    desk_clock.advance(days=1)
    service.lapse(desk)
    assert codes(desk)[-1] == "outing.cancelled"


def test_clause_95_a_tap_that_is_void_keeps_nobody_from_telephoning(desk, people):
    with desk.write() as tx:
        tx.put(WeatherSignal(
            number="TQ1", signal="黑色暴雨", source="气象台", on_at=tx.now, on_by=GUARD,
        ))  # fmt: skip
        tx.record("test.weather")
    forged = taps.tap(desk, people[LI_NA], "door")
    void(desk, GUARD, forged.tap_id, VoidReason.NOT_HOLDER, CHEN)
    assert cannot_come(desk, GUARD, LI_NA, ZHANG, "路被淹了").excuses
