"""Among what is red, what concerns people in the house this minute stands first."""

from datetime import UTC, datetime, timedelta

from kiosk.desk.open_kinds import PEOPLE_FIRST, known_kinds
from kiosk.desk.outstanding import OpenThing, Urgency, Wording, most_urgent_first

NOW = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)


def thing(kind, urgency, hours):
    return OpenThing(kind, kind, "", urgency, Wording(kind), NOW - timedelta(hours=hours))


def kinds(*things):
    return [one.kind for one in most_urgent_first(list(things))]


def test_a_new_alarm_stands_above_an_old_overdue_key():
    old = thing("loan.out", Urgency.NOW, 19)
    for kind in PEOPLE_FIRST:
        assert kinds(old, thing(kind, Urgency.NOW, 0)) == [kind, "loan.out"]


def test_a_danger_stands_above_a_person_inside_twice_however_old():
    twice, danger = thing("visit.twice", Urgency.NOW, 5), thing("rollcall.runs", Urgency.NOW, 0)
    assert kinds(twice, danger) == ["rollcall.runs", "visit.twice"]


def test_other_reds_stay_oldest_first_and_a_drill_stays_amber():
    key, message = thing("loan.out", Urgency.NOW, 19), thing("message", Urgency.NOW, 23)
    drill = thing("rollcall.runs", Urgency.WAITING, 0)
    fault = thing("safety.fault", Urgency.WAITING, 22)
    assert kinds(drill, key, fault, message) == ["message", "loan.out", "safety.fault",
                                                 "rollcall.runs"]  # fmt: skip


def test_every_kind_that_stands_first_is_a_kind_there_is():
    assert set(PEOPLE_FIRST) <= known_kinds()
