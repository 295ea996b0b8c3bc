"""A post has one holder and no gap: taken when empty, moved in one step, never left to nobody."""

import pytest
from sqlalchemy.dialects import sqlite

from kiosk.desk import posts
from kiosk.desk.journal import entries
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means

POST = "gate-1"


@pytest.fixture
def at_post(desk, people):
    """Do one of ``posts``' use cases with people named by staff number."""

    def do(use_case, *staff_nos, **more):
        with desk.write() as tx:
            return use_case(tx, POST, *(people[number] for number in staff_nos), **more)

    return do


def holder(desk):
    with desk.read() as book:
        held = posts.on_duty(book, POST)
    return None if held is None else held[1].staff_no


def codes(desk, by):
    with desk.read() as book:
        found = list(entries(book.connection, desk.gate))
    return [(entry.code, entry.by) for entry in found if entry.by == by and "post" in entry.code]


def test_an_empty_post_is_taken_in_ones_own_name(desk, at_post, desk_clock):
    assert holder(desk) is None
    duty = at_post(posts.take, "2001")
    assert (holder(desk), duty.since, duty.until) == ("2001", desk_clock.now, None)
    assert codes(desk, "2001") == [("post.taken", "2001")]


@pytest.mark.parametrize("again", ["2001", "2002", "9001"])
def test_a_held_post_is_not_taken(desk, at_post, again):
    at_post(posts.take, "2001")
    with pytest.raises(Refused) as refusal:
        at_post(posts.take, again)
    assert (refusal.value.code, refusal.value.facts["name"]) == ("post.held", "李建国")
    assert holder(desk) == "2001"


def test_staff_who_keep_no_desk_take_no_post(desk, at_post):
    with pytest.raises(Refused, match=r"post\.not_a_guard"):
        at_post(posts.take, "1001")
    assert holder(desk) is None


def test_relief_moves_the_post_in_one_step(desk, at_post, desk_clock):
    at_post(posts.take, "2001")
    desk_clock.advance(hours=8)
    new = at_post(posts.relieve, "2001", "2002")
    assert (holder(desk), new.since) == ("2002", desk_clock.now)
    assert codes(desk, "2001") == [("post.taken", "2001"), ("post.left", "2001")]
    assert codes(desk, "2002") == [("post.taken", "2002")]


@pytest.mark.parametrize(
    ("outgoing", "incoming", "code"),
    [
        ("2001", "2001", "sign.same_person"),
        ("2002", "2001", "post.not_holder"),
        ("2001", "1001", "post.not_a_guard"),
    ],
)
def test_a_refused_relief_leaves_the_post_where_it_was(desk, at_post, outgoing, incoming, code):
    at_post(posts.take, "2001")
    head = desk.head
    with pytest.raises(Refused) as refusal:
        at_post(posts.relieve, outgoing, incoming)
    assert (refusal.value.code, holder(desk), desk.head) == (code, "2001", head)


def test_opening_an_empty_desk_takes_the_post(desk, at_post):
    at_post(posts.open_desk, "2001", means=Means.BADGE)
    assert holder(desk) == "2001"


def test_one_comes_back_to_ones_own_desk_and_another_guard_does_not(desk, at_post):
    at_post(posts.open_desk, "2001", means=Means.BADGE)
    at_post(posts.open_desk, "2001", means=Means.NO_BADGE)
    with pytest.raises(Refused, match=r"post\.held"):
        at_post(posts.open_desk, "2002", means=Means.BADGE)
    assert holder(desk) == "2001"


def test_an_administrator_works_at_a_desk_whose_post_stays_the_guards(desk, at_post):
    at_post(posts.open_desk, "2001", means=Means.BADGE)
    at_post(posts.open_desk, "9001", means=Means.BADGE)
    assert holder(desk) == "2001"


def test_who_holds_the_post_is_found_at_once_however_long_the_book(desk):
    held = str(posts.ON_DUTY.compile(dialect=sqlite.dialect()))
    with desk.read() as book:
        plan = book.connection.execute(f"EXPLAIN QUERY PLAN {held}", (POST,)).fetchall()
    assert plan[0][3] == "SEARCH duty USING INDEX ix_duty_post_until (post=? AND until=?)"
