"""What is typed about an outing, whose word lets whom go, and what every tap asks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.attendance.outing import rules
from kiosk.attendance.outing.reading import OWED
from kiosk.attendance.outing.rules import Back, Going, checked, typed_back, typed_leaves
from kiosk.attendance.stand_ins.rules import typed_day
from kiosk.desk.absence import OPEN_OUTINGS_OF
from kiosk.desk.clauses import Rules
from kiosk.desk.people import Rank
from kiosk.desk.queries import compiled
from kiosk.desk.refusal import Refused

NOW = datetime(2026, 11, 23, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("15:30", Back(NOW.replace(hour=15, minute=30))),
        ("1530", Back(NOW.replace(hour=15, minute=30))),
        ("１５：３０", Back(NOW.replace(hour=15, minute=30))),
        ("15点", Back(NOW.replace(hour=15, minute=0))),
        ("15", Back(NOW.replace(hour=15, minute=0))),
        ("", Back()),
        ("0", Back(not_today=True)),
        ("不回", Back(not_today=True)),
    ],
)
def test_when_somebody_is_back(typed, back):
    assert typed_back(typed, NOW.date(), NOW) == back


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [
        ("", None),
        ("13:30", NOW.replace(hour=13, minute=30)),
        ("+1 8:00", NOW.replace(day=24, hour=8, minute=0)),
        ("11-30 8:00", NOW.replace(day=30, hour=8, minute=0)),
        ("1月4日 8:00", NOW.replace(year=2027, month=1, day=4, hour=8, minute=0)),
    ],
)
def test_when_somebody_leaves(typed, leaves):
    assert typed_leaves(typed, NOW) == leaves


def refused_by(read):
    """Return what a reading is refused with, None for one that is understood."""
    try:
        read()
    except Refused as refused:
        return refused
    return None


@given(st.text(max_size=14))
def test_whatever_is_typed_is_a_time_or_refused_in_its_field(typed):
    for read, field in (
        (lambda: typed_back(typed, NOW.date(), NOW), "back"),
        (lambda: typed_leaves(typed, NOW), "leaves"),
        (lambda: rules.typed_kind(typed), "kind"),
    ):
        refused = refused_by(read)
        assert refused is None or refused.facts["field"] == field


@given(st.text(max_size=10))
def test_whatever_is_typed_is_a_day_or_refused(typed):
    refused = refused_by(lambda: typed_day(typed, date(2026, 2, 28)))
    assert refused is None or refused.code == "standin.day_unclear"


@pytest.mark.parametrize("typed", ["+3", "3-3", "3月3日", "０３-０３"])
def test_until_which_day_somebody_stands_in(typed):
    assert typed_day(typed, date(2026, 2, 28)) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (Going("", "开会"), "outing.place_missing", "place"),
        (Going("镇政府", " "), "outing.why_missing", "why"),
        (Going("镇政府", "开会", phone="不知道"), "outing.phone_unlikely", "phone"),
        (Going("镇政府", "开会", Back(NOW)), "outing.back_past", "back"),
        (Going("镇政府", "开会", leaves=NOW - timedelta(hours=3)), "outing.leaves_past", "leaves"),
        (
            Going("镇政府", "开会", leaves=NOW + timedelta(days=40)),
            "outing.leaves_too_far", "leaves",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_impossible_is_refused_in_its_field(said, code, field):
    with pytest.raises(Refused) as refused:
        checked(said, NOW, Rules())
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


@pytest.mark.parametrize(
    ("query", "index"), [(OPEN_OUTINGS_OF, "ix_outing_open"), (OWED, "ix_outing_word_owed")]
)
def test_what_every_tap_asks_reads_only_what_is_open(desk, query, index):
    asked = compiled(query)
    bound = {"person": "x", **asked.constants}
    with desk.read() as book:
        plan = book.connection.execute(f"EXPLAIN QUERY PLAN {asked.sql}", bound).fetchall()
    assert index in str([row[3] for row in plan])


@pytest.mark.parametrize(
    ("rank", "by", "same", "may"),
    [
        (Rank.ORDINARY, Rank.HEAD_OF_STATION, True, True),
        (Rank.ORDINARY, Rank.HEAD_OF_STATION, False, False),
        (Rank.ORDINARY, Rank.LEADER_IN_CHARGE, False, True),
        (Rank.HEAD_OF_STATION, Rank.HEAD_OF_STATION, True, False),
        (Rank.HEAD_OF_STATION, Rank.LEADER_IN_CHARGE, False, True),
        (Rank.TEAM_MEMBER, Rank.LEADER_IN_CHARGE, False, False),
        (Rank.TEAM_MEMBER, Rank.PRINCIPAL_LEADER, False, True),
    ],
)
def test_whose_word_lets_whom_go(people, rank, by, same, may):
    person, approver = people["3001"], people["1001"]
    person.rank, approver.rank = rank, by
    if not same:
        approver.department_id = "another"
    assert rules.may_let_go(approver, person) is may
