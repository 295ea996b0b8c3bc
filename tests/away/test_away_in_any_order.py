"""Whatever is pressed in whatever order, and wherever the clock jumps: the book stays sound."""

import contextlib
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import features
from kiosk.desk import posts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.verify import verify
from shift_handover.away import service
from shift_handover.away.models import EVERY_AWAY, Cover, Door, Kind
from shift_handover.away.reports import uncovered
from shift_handover.away.rules import Asked, Keeping

ACTS = st.lists(
    st.one_of(
        st.sampled_from(["go", "rest", "alone", "emergency", "back", "note", "confirm", "tell"]),
        st.sampled_from(["leave", "take"]),
        st.integers(-600, 600),
    ),
    max_size=14,
)


def begin(desk, people, act):
    companion = Keeping(Cover.COMPANION, people["2002"], Means.BADGE)
    asked, keeping = {
        "go": (Asked(Kind.AWAY, 10, "水表间", "抄表"), companion),
        "rest": (Asked(Kind.REST, 60), companion),
        "alone": (Asked(Kind.AWAY, 5, "水表间", "抄表"), Keeping(Cover.SHORT, door=Door.SHUT)),
        "emergency": (Asked(Kind.EMERGENCY, 0, why="有人晕倒"), Keeping(Cover.NOBODY)),
    }[act]
    service.start(desk, "2001", asked, keeping)


def take(desk, person):
    with desk.write(by=person.staff_no) as tx:
        posts.take(tx, desk.gate, person)


def do(desk, clock, people, act):
    guard, companion, leader = people["2001"], people["2002"], people["1001"]
    acts = {
        "back": lambda: service.come_back(desk, guard, Means.BADGE),
        "note": lambda: service.note_overdue(desk),
        "confirm": lambda: service.confirm(desk, "2002", companion, Means.BADGE, 5),
        "tell": lambda: service.tell_superior(desk, "2002", leader, "知道了", 0),
        "leave": lambda: service.leave_post(desk, "2001", leader, "锁门", Door.LOCKED),
        "take": lambda: take(desk, guard),
    }
    if isinstance(act, int):
        clock.advance(minutes=act)
    elif act in acts:
        acts[act]()
    else:
        begin(desk, people, act)


@pytest.mark.usefixtures("on_post")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(acts=ACTS)
def test_one_absence_at_a_time_that_ends_after_it_began(desk, desk_clock, people, acts):
    for act in acts:
        with contextlib.suppress(Refused):
            do(desk, desk_clock, people, act)
        with desk.read() as book:
            rows = book.all(EVERY_AWAY)
            running = service.running(desk, book)
            things = features.outstanding(desk, book)
            now = desk.local(desk.clock())
            bare = uncovered(desk, book, now - timedelta(days=1), now + timedelta(days=1))
        assert sum(row.ended_at is None for row in rows) == (running is not None)
        assert all(row.ended_at is None or row.ended_at >= row.started_at for row in rows)
        assert [one.number for one in things if one.kind == "away"] == (
            [running.number] if running else []
        )
        assert timedelta() <= bare <= timedelta(days=1)


@pytest.mark.usefixtures("on_post")
def test_the_journal_still_verifies(desk, desk_clock, people):
    for act in (
        "go",
        20,
        "note",
        "confirm",
        20,
        "note",
        "tell",
        "back",
        "alone",
        -90,
        "back",
        "leave",
    ):
        do(desk, desk_clock, people, act)
    with closing(sqlite3.connect(desk.settings.desk.database)) as connection:
        assert verify(connection, desk.gate).intact
