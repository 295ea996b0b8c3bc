"""Who forgot to sign out keeps nobody from being the last out: the guard saw them go."""

from datetime import timedelta

import pytest

from kiosk import features
from kiosk.attendance import service as taps
from kiosk.desk import journal
from kiosk.desk.refusal import Refused
from shift_handover.last_out import presence
from shift_handover.last_out.seen_gone import STILL_IN, see_gone, went_at

GUARD, ZHANG, LI_NA = "2001", "1001", "3001"


@pytest.fixture
def forgot(desk, desk_clock, people):
    """Both came at 12:00 and later; Li Na signed out at 17:30 local time, Zhang forgot to."""
    for one in (ZHANG, LI_NA):
        taps.tap(desk, people[one], "door")
        desk_clock.advance(minutes=1)
    desk_clock.now = desk.calendar.end(desk.today())
    taps.tap(desk, people[LI_NA], "door")
    return people[ZHANG]


def last(desk):
    with desk.read() as book:
        return presence.gone_last(desk, book, desk.today())


def still_in_things(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == STILL_IN]


def test_the_last_out_is_found_anew_once_who_forgot_was_seen_to_go(desk, desk_clock, forgot):
    assert last(desk) is None
    desk_clock.advance(minutes=90)
    end = desk.calendar.end(desk.today())
    see_gone(desk, GUARD, forgot.id, f"{end - timedelta(minutes=30):%H:%M}")
    assert [one.staff_no for one in last(desk).people] == [LI_NA]
    with desk.read() as book:
        entry = list(journal.entries(book.connection, desk.gate))[-1]
        assert presence.still_in(desk, book) == []
    assert entry.code == "presence.seen_gone"
    assert '"person":"1001"' in entry.facts


def test_who_was_seen_to_go_after_the_others_is_the_last_out(desk, desk_clock, forgot):
    desk_clock.advance(minutes=90)
    see_gone(desk, GUARD, forgot.id, f"{desk.local(desk.clock()):%H:%M}")
    assert [one.staff_no for one in last(desk).people] == [ZHANG]


def test_the_evening_says_who_is_still_in_until_they_were_seen_to_go(desk, desk_clock, forgot):
    desk_clock.advance(minutes=desk.rules.still_in_grace_min - 1)
    assert still_in_things(desk) == []
    desk_clock.advance(minutes=1)
    [thing] = still_in_things(desk)
    assert forgot.name in thing.what.text()
    see_gone(desk, GUARD, forgot.id, f"{desk.local(desk.clock()):%H:%M}")
    assert still_in_things(desk) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("soon", "lastout.hour_unclear"), ("25", "lastout.hour_unclear"), ("0:01", "came_later")],
)
def test_an_hour_that_cannot_be_changes_nothing(desk, forgot, typed, code):
    with pytest.raises(Refused, match=code):
        see_gone(desk, GUARD, forgot.id, typed)
    assert last(desk) is None


def test_who_has_signed_out_meanwhile_is_not_seen_to_go(desk, people, forgot):
    taps.tap(desk, people[ZHANG], "door")
    with pytest.raises(Refused, match=r"lastout\.not_in"):
        see_gone(desk, GUARD, forgot.id, "17")


def test_an_hour_later_than_now_was_yesterday(desk):
    now = desk.local(desk.clock())
    later = now + timedelta(minutes=2)
    assert went_at(f"{later:%H:%M}", now).date() == now.date() - timedelta(days=1)
    assert went_at(f"{now.hour}", now) == now.replace(minute=0, second=0, microsecond=0)
