"""Whom to call next (clause 153), how long a call rings, and what a report must say (154)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.incidents.models import IncidentStep, Kind, Outcome
from kiosk.incidents.rules import (
    Countdowns,
    Course,
    Said,
    checked,
    contacts_of,
    report_due,
    to_call,
    urgency,
)

CALLED, ANSWERED, NOT_REACHED = Outcome
BEGAN = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
OWN = contacts_of(
    [
        EmergencyContact("leader", "周主任", "8001"),
        EmergencyContact("security", "保卫科", "8110"),
        EmergencyContact("security", "警务室", "8111"),
        EmergencyContact("superior", "张科长", "8101"),
    ]
)


def following(kind=Kind.OTHER, late=(), contacts=OWN, **last):
    said = {key.replace("_", "."): outcome for key, outcome in last.items()}
    return to_call(kind, contacts, said, frozenset(late))


def test_the_numbers_of_the_state_stand_first_then_the_roles_in_their_order():
    assert [one.phone for one in OWN] == ["110", "119", "120", "8110", "8111", "8101", "8001"]


@pytest.mark.parametrize(
    ("kind", "first"), [(Kind.FIRE, "119"), (Kind.MEDICAL, "120"), (Kind.INTRUDER, "110")]
)
def test_the_number_of_the_kind_is_called_first_and_both_sides_with_it(kind, first):
    assert following(kind) == (first, "security.1", "superior.1")


def test_security_and_superior_are_called_side_by_side():
    assert following() == ("security.1", "superior.1")
    assert following(security_1=CALLED) == ("superior.1",)
    assert following(security_1=CALLED, superior_1=CALLED) == ()


def test_who_does_not_answer_is_followed_by_the_next_and_by_the_leader():
    assert following(security_1=NOT_REACHED, superior_1=ANSWERED) == ("security.2", "leader.1")
    assert following(security_1=CALLED, superior_1=NOT_REACHED) == ("leader.1",)
    assert following(
        late=["security.1"], security_1=CALLED, superior_1=ANSWERED
    ) == ("security.2", "leader.1")  # fmt: skip


def test_the_leader_is_left_alone_when_both_sides_answer():
    assert following(security_1=ANSWERED, superior_1=ANSWERED) == ()
    assert following(security_1=NOT_REACHED, security_2=ANSWERED, superior_1=ANSWERED) == ()


def test_a_role_nobody_is_set_for_leads_to_the_leader_at_once():
    own = contacts_of(
        [EmergencyContact("security", "保卫科", "8110"), EmergencyContact("leader", "周", "8001")]
    )
    assert following(contacts=own) == ("security.1", "leader.1")
    assert following(contacts=contacts_of([])) == ()


@given(
    st.dictionaries(st.sampled_from([one.key for one in OWN]), st.sampled_from(Outcome)),
    st.sets(st.sampled_from([one.key for one in OWN])),
    st.sampled_from(Kind),
)
def test_nobody_is_named_twice_or_after_a_call(last, late, kind):
    named = to_call(kind, OWN, last, frozenset(late))
    assert len(set(named)) == len(named)
    assert not set(named) & set(last)
    keys = ("security.1", "security.2", "superior.1")
    silent = {
        key for key in keys
        if last.get(key) is NOT_REACHED or (last.get(key) is CALLED and key in late)
    }  # fmt: skip
    answered = [key for key in keys if last.get(key) is ANSWERED]
    if silent and not answered and "leader.1" not in last:
        assert "leader.1" in named


def step(at=BEGAN, outcome=CALLED):
    return IncidentStep(
        incident_id="i", contact="110", outcome=outcome, whom="", at=at, by="2001"
    )  # fmt: skip


def test_a_call_counts_down_by_the_monotonic_clock_whatever_the_wall_clock_does():
    countdowns, one = Countdowns(), step()
    assert countdowns.left_s(one, BEGAN, 1000.0, 60) == 60
    assert countdowns.left_s(one, BEGAN + timedelta(hours=5), 1010.0, 60) == 50
    assert countdowns.left_s(one, BEGAN - timedelta(days=1), 1061.5, 60) == -1


def test_a_call_made_before_the_screen_looked_begins_where_the_wall_clock_says():
    assert Countdowns().left_s(step(), BEGAN + timedelta(seconds=45), 7.0, 60) == 15
    assert Countdowns().left_s(step(), BEGAN - timedelta(hours=1), 7.0, 60) == 60
    assert Countdowns().left_s(step(), BEGAN + timedelta(days=3), 7.0, 60) < 0


@given(st.text(max_size=300))
def test_a_report_needs_what_happened_and_is_kept_without_what_no_screen_can_show(text):
    said = checked(Said(f"烟{text}", hurt=text))
    assert said.what.startswith("烟")
    assert len(said.what) <= 200
    assert said.hurt == said.hurt.strip()
    assert not {"\x1b", "\n", "\r", "\x9b"} & set(said.what)


@pytest.mark.parametrize("text", ["", "  ", "\u200b\n"])
def test_a_report_that_says_nothing_is_refused(text):
    with pytest.raises(Refused, match=r"incident\.no_what"):
        checked(Said(text, place="三楼"))


@pytest.mark.parametrize(
    ("minutes", "reported", "grown"),
    [
        (59, 10, Urgency.NOW),  # its first hour
        (61, 10, Urgency.WAITING),
        (61, None, Urgency.NOW),  # nobody reported
        (10 + 239, 10, Urgency.WAITING),
        (10 + 240, 10, Urgency.NOW),  # the follow-up is due
    ],
)
def test_it_is_red_in_its_first_hour_and_when_a_report_is_due(minutes, reported, grown):
    at = None if reported is None else BEGAN + timedelta(minutes=reported)
    now = BEGAN + timedelta(minutes=minutes)
    assert urgency(Course(BEGAN, drill=False, reported_at=at), now, Rules()) is grown
    assert urgency(Course(BEGAN, drill=True, reported_at=at), now, Rules()) is Urgency.WAITING


def test_the_first_report_is_due_after_a_quarter_of_an_hour():
    assert report_due(Course(BEGAN, drill=False), Rules()) == BEGAN + timedelta(minutes=15)
