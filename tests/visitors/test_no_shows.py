"""Appointments nobody came to: late on the day, closed after it, written anew when he comes."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import bindparam
from sqlmodel import select

from kiosk.desk.journal import entries
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import SubjectKey
from visitors import appointments, cards, no_shows, reception
from visitors.models import How, Origin, State
from visitors.outstanding import outstanding
from visitors.rules import Details
from visitors.service import Times, visit_of

pytestmark = pytest.mark.usefixtures("people")
GUARD, HOST = "2001", "1001"
WANG = Details(
    name="王小明", form="Mr", unit="东川供水公司", phone="13800138000", matter="水表检修",
    people=2, goods="工具箱1", area="二楼", id_number="11010519491231002X",
)  # fmt: skip
_KEY = select(SubjectKey).where(SubjectKey.id == bindparam("id"))


def expected(desk, length_h=1, **ahead):
    """Expect a visitor ``ahead`` of now, the host's yes given."""
    start = desk.clock() + timedelta(**ahead)
    times = Times(start, start + timedelta(hours=length_h))
    return appointments.expect(desk, GUARD, WANG, HOST, times, How.PHONE)


def facts(desk, code):
    with desk.read() as book:
        found = [entry for entry in entries(book.connection, desk.gate) if entry.code == code]
    return [(entry.by, json.loads(entry.facts)) for entry in found]


def things(desk):
    with desk.read() as book:
        return outstanding(desk, book)


def test_who_is_late_is_an_open_thing_until_he_comes(desk, desk_clock):
    visit = expected(desk, length_h=2)
    desk_clock.advance(minutes=desk.rules.visit_late_arrival_min)
    assert things(desk) == []
    desk_clock.advance(minutes=1)
    [late] = things(desk)
    assert (late.kind, late.ref, late.number) == ("visit.late", visit, "08:20")
    assert late.urgency is Urgency.SOON
    assert "08:20" in late.what.text()
    reception.arrive(desk, GUARD, visit)
    assert [thing.kind for thing in things(desk)] == ["visit.waiting"]


def test_until_the_day_is_over_he_may_still_come(desk, desk_clock):
    visit = expected(desk)
    desk_clock.advance(hours=15)  # 23:20
    assert no_shows.close_no_shows(desk) == 0
    assert [thing.kind for thing in things(desk)] == ["visit.late"]
    reception.arrive(desk, GUARD, visit)
    assert cards.visit_card(desk, visit).state is State.WAITING


def test_the_next_day_the_system_closes_it_once(desk, desk_clock):
    visit, tomorrow = expected(desk), expected(desk, days=1)
    desk_clock.advance(hours=15, minutes=40)  # midnight
    assert no_shows.close_no_shows(desk) == 1
    entries_then = desk.head.seq
    assert no_shows.close_no_shows(desk) == 0
    assert desk.head.seq == entries_then
    assert cards.visit_card(desk, visit).state is State.NO_SHOW
    assert cards.visit_card(desk, tomorrow).state is State.EXPECTED
    [(by, said)] = facts(desk, "visit.no_show")
    assert by == "system"
    assert (said["visit"], said["host"], said["day"]) == (visit, HOST, "2026-11-23")
    assert said["confirmed"] is True
    assert things(desk) == []


def test_an_appointment_over_midnight_lasts_until_its_own_end(desk, desk_clock):
    visit = expected(desk, length_h=2, hours=14, minutes=40)  # 23:00 to 01:00
    desk_clock.advance(hours=16)  # 00:20, twenty minutes into the new day
    assert no_shows.close_no_shows(desk) == 0
    assert [one.id for one in cards.todays(desk)] == [visit]
    desk_clock.advance(minutes=41)
    assert no_shows.close_no_shows(desk) == 1
    assert cards.todays(desk) == []


def test_who_comes_the_next_morning_is_a_new_visit_with_the_same_words(desk, desk_clock):
    missed = expected(desk)
    desk_clock.advance(days=1)
    no_shows.close_no_shows(desk)
    again = no_shows.come_after_all(desk, GUARD, missed)
    before, now = cards.visit_card(desk, missed), cards.visit_card(desk, again)
    for field in ("name", "form", "unit", "phone", "matter", "goods", "area", "people"):
        assert getattr(now, field) == getattr(before, field) == getattr(WANG, field)
    assert now.id_masked == before.id_masked == "110***********002X"
    assert (now.number, now.state, now.origin) == ("001", State.WAITING, Origin.WALK_IN)
    assert facts(desk, "visit.arrived")[-1][1]["instead_of"] == missed
    with desk.read() as book:
        (old, _), (new, _) = visit_of(book, missed), visit_of(book, again)
    assert old.subject != new.subject
    assert old.id_hash == new.id_hash != ""
    with pytest.raises(Refused, match=r"visit\.no_yes"):
        reception.admit(desk, GUARD, again)


@pytest.mark.parametrize("arrived", [False, True])
def test_only_a_missed_appointment_is_written_anew(desk, arrived):
    visit = expected(desk)
    if arrived:
        reception.arrive(desk, GUARD, visit)
    with pytest.raises(Refused, match=r"visit\.not_possible"):
        no_shows.come_after_all(desk, GUARD, visit)


def test_a_missed_appointment_is_found_for_some_days(desk, desk_clock):
    missed = expected(desk)
    desk_clock.advance(days=1)
    no_shows.close_no_shows(desk)
    assert cards.todays(desk) == []
    desk_clock.advance(days=desk.rules.visit_no_show_days - 1)
    assert [one.id for one in cards.no_shows(desk)] == [missed]
    desk_clock.advance(days=1)
    assert cards.no_shows(desk) == []


def test_an_erased_visitor_does_not_stop_the_others(desk, desk_clock):
    erased, other = expected(desk), expected(desk)
    desk_clock.advance(days=1)
    with desk.write() as tx:
        tx.forget(tx.one(_KEY, id=visit_of(tx, erased)[0].subject))
        tx.record("test.erased")
    assert no_shows.close_no_shows(desk) == 2
    assert cards.visit_card(desk, other).state is State.NO_SHOW
