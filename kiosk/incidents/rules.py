"""Whom to call next, how long a call may ring, and what a report must say. Nothing here writes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.settings_contacts import EmergencyContact
from kiosk.desk.words import N_
from kiosk.incidents.models import IncidentStep, Kind, Outcome

STATE = "state"
"""The role of 110, 119 and 120: everybody calls them, and nobody is set for them."""
_SIDE_BY_SIDE, _LEADER = ("security", "superior"), "leader"
STATE_NUMBERS = (
    ("110", N_("police")),
    ("119", N_("fire brigade")),
    ("120", N_("ambulance")),
)
_FIRST_OF = {Kind.FIRE: "119", Kind.MEDICAL: "120", Kind.INTRUDER: "110"}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """A line of the sheet. ``name`` is what ``N_`` marked for the State's numbers."""

    key: str
    role: str
    name: str
    phone: str


def contacts_of(settings: Iterable[EmergencyContact]) -> tuple[Contact, ...]:
    """Return 110, 119 and 120 first, then the site's own in the order of their roles (153)."""
    state = [Contact(phone, STATE, name, phone) for phone, name in STATE_NUMBERS]
    own = list(settings)
    sited = [
        Contact(f"{role}.{place}", role, one.name, one.phone)
        for role in (*_SIDE_BY_SIDE, _LEADER)
        for place, one in enumerate((one for one in own if one.role == role), start=1)
    ]
    return (*state, *sited)


def latest(steps: Iterable[IncidentStep]) -> dict[str, IncidentStep]:
    """Return the last step of each contact, by its key."""
    return {step.contact: step for step in steps}


def to_call(
    kind: Kind, contacts: Sequence[Contact], last: Mapping[str, Outcome], late: frozenset[str],
    strangers: Sequence[Contact] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Return the keys of whom to call now, most pressing first.

    The State's number of the kind comes first. Security and superior are called side by side, the
    next of the same role when one is not reached, and the leader when a role has nobody left.
    ``late`` are calls that ring longer than ``rules.incident_call_s``. ``strangers`` stand on
    another desk's list alone: nobody is told to call them, but whoever of a role was reached there
    knows of it.
    """
    first = _FIRST_OF.get(kind)
    named = [first] if first and first not in last else []
    unanswered = False
    for role in _SIDE_BY_SIDE:
        own = [one.key for one in contacts if one.role == role]
        following = _next_of(own, last, late)
        named += following
        there = [last.get(one.key) for one in strangers if one.role == role]
        unanswered = unanswered or (Outcome.ANSWERED not in there and _in_vain(own, last, late))
    if unanswered:
        named += _next_of([one.key for one in contacts if one.role == _LEADER], last, late)
    return tuple(named)


def _next_of(keys: Sequence[str], last: Mapping[str, Outcome], late: frozenset[str]) -> list[str]:
    """Return the first of ``keys`` not called yet, when all before it were called in vain."""
    for key in keys:
        if key not in last:
            return [key]
        if last[key] is Outcome.ANSWERED or (last[key] is Outcome.CALLED and key not in late):
            return []
    return []


def _in_vain(keys: Sequence[str], last: Mapping[str, Outcome], late: frozenset[str]) -> bool:
    """Say whether one of the role did not answer, and none of it has answered since (153)."""
    tried = [key for key in keys if key in last]
    if any(last[key] is Outcome.ANSWERED for key in tried):
        return False
    return not keys or any(last[key] is Outcome.NOT_REACHED or key in late for key in tried)


class Countdowns:
    """How long each call may still ring, by the monotonic clock: a clock set anew changes nothing.

    A call made before this was looking begins where the wall clock says, once, and never in the
    future.
    """

    def __init__(self) -> None:
        self._ends: dict[str, float] = {}

    def left_s(self, step: IncidentStep, now: datetime, ticks: float, limit_s: int) -> int:
        """Return the seconds left, negative when it rings too long. ``ticks`` is monotonic."""
        if step.id not in self._ends:
            gone = (now - step.at).total_seconds()
            self._ends[step.id] = ticks + limit_s - min(max(0.0, gone), limit_s + 3600.0)
        return math.ceil(self._ends[step.id] - ticks)


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says (clause 154): only ``what`` is needed, all else may stay empty."""

    what: str
    when: str = ""
    place: str = ""
    hurt: str = ""
    loss: str = ""
    spread: str = ""
    measures: str = ""
    present: str = ""


def checked(said: Said) -> Said:
    """Return the report, cleaned. Raises ``Refused("incident.no_what")`` with its ``field``."""
    fine = replace(
        said,
        **{one.name: clean(getattr(said, one.name), LONGEST).strip() for one in fields(said)},
    )
    if not fine.what:
        raise Refused("incident.no_what", field="what")
    return fine


@dataclass(frozen=True, slots=True)
class Course:
    """When an incident was opened and last reported (None: never). UTC."""

    opened_at: datetime
    drill: bool
    reported_at: datetime | None = None


def in_first_hour(course: Course, now: datetime, rules: Rules) -> bool:
    """Say whether the incident is so young that it runs at this moment."""
    return now - course.opened_at < timedelta(minutes=rules.incident_first_hour_min)


def report_due(course: Course, rules: Rules) -> datetime:
    """Return when the next report is due: the first soon, a follow-up hours after the last."""
    if course.reported_at is None:
        return course.opened_at + timedelta(minutes=rules.incident_first_report_min)
    return course.reported_at + timedelta(hours=rules.incident_follow_up_h)


def urgency(course: Course, now: datetime, rules: Rules) -> Urgency:
    """Return how soon somebody must act: red in the first hour and when a report is due.

    A drill is never red: nobody may take it for the real thing.
    """
    if course.drill:
        return Urgency.WAITING
    red = in_first_hour(course, now, rules) or now >= report_due(course, rules)
    return Urgency.NOW if red else Urgency.WAITING
