"""What is stored is what was meant: moments in UTC, known choices, rows that read back equal."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from kiosk.desk.columns import utc_text
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.presence import Presence, Whereabouts, whereabouts
from kiosk.desk.row import new_id

PRESENCES = select(Presence)
EAST = timezone(timedelta(hours=8))
MOMENTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda micros: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
ANYWHERE = st.builds(datetime.astimezone, MOMENTS, st.sampled_from([UTC, EAST]))


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2026, 11, 23, 8, 20))  # noqa: DTZ001 - exactly what must be refused


@given(ANYWHERE, ANYWHERE)
def test_moments_sort_as_their_texts_do_and_lose_nothing(one, other):
    assert (utc_text(one) < utc_text(other)) == (one < other)
    assert datetime.fromisoformat(utc_text(one)) == one
    assert len(utc_text(one)) == 27


@pytest.fixture
def here(desk, people):
    with desk.write() as tx:
        row = tx.put(
            Presence(
                id=people["1001"].id, person_id=people["1001"].id, state=Whereabouts.IN,
                since=tx.now.astimezone(desk.zone), day=desk.today(), tapped_at=tx.now,
            )
        )  # fmt: skip
        tx.record("staff.signed_in", person="1001")
    return row


def test_a_row_reads_back_as_it_was_written(desk, here):
    with desk.read() as book:
        found = book.one(PRESENCES)
    assert found == here
    assert found.since.tzinfo is UTC
    assert found.state is Whereabouts.IN


def test_yesterdays_whereabouts_are_not_todays(desk, here, people):
    with desk.read() as book:
        assert whereabouts(book, people["1001"], desk.today()) == here
        assert whereabouts(book, people["1001"], desk.today() + timedelta(days=1)) is None


def test_a_choice_there_is_not_is_never_stored(desk):
    row = Person(staff_no="1", name="x", rank="emperor", role=Role.STAFF)
    with pytest.raises(ValueError, match="emperor"), desk.write() as tx:
        tx.put(row)


def test_an_outer_join_that_finds_nothing_gives_none(desk, people):
    joined = (
        select(Person, Presence)
        .join(Presence, col(Presence.id) == col(Person.id), isouter=True)
        .order_by(col(Person.staff_no))
    )
    with desk.read() as book:
        rows = book.all(joined)
    assert [(person.staff_no, here) for person, here in rows] == [(no, None) for no in people]
    assert rows[0][0].rank is Rank.HEAD_OF_STATION


def test_ids_made_later_sort_later_and_never_repeat():
    made = [new_id() for _ in range(2000)]
    assert len(set(made)) == len(made)
    assert all(one[14] == "7" and one[19] in "89ab" for one in made)
    assert made == sorted(made)
