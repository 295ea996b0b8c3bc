"""The rules of the gatehouse: what a safety round looks at, when a check is too fast, who may sign.

Nothing here writes. The items are the site's defaults; each names the clause that asks for it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import DESK_ROLES, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from shift_handover.models import Found, Group, HandoverState


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at: its code, where it is, its group and the clause that asks for it.

    ``name`` and ``place_name`` are the site's own words, "" for the usual ones; ``tagged`` says
    whether the place has a tag that proves the visit.
    """

    code: str
    group: Group
    place: str
    clause: str
    name: str = ""
    place_name: str = ""
    tagged: bool = False


ITEMS: tuple[CheckItem, ...] = (
    CheckItem("nobody_left", Group.CLEARING, "yard", "146"),
    CheckItem("visitors_gone", Group.CLEARING, "offices", "146"),
    CheckItem("passages_clear", Group.CLEARING, "hall", "88"),
    CheckItem("extinguishers", Group.FIRE, "hall", "146"),
    CheckItem("fire_exits", Group.FIRE, "stairs", "146"),
    CheckItem("no_embers", Group.FIRE, "tea_room", "146"),
    CheckItem("lights_off", Group.ELECTRICITY, "offices", "92"),
    CheckItem("machines_off", Group.ELECTRICITY, "offices", "92"),
    CheckItem("taps_closed", Group.ELECTRICITY, "tea_room", "124"),
    CheckItem("windows_shut", Group.THEFT, "offices", "92"),
    CheckItem("doors_locked", Group.THEFT, "hall", "92"),
    CheckItem("keys_locked", Group.THEFT, "gatehouse", "146"),
)
"""What a round looks at, in the order of the four groups; every item is answered one by one."""

ROUND_LASTS = timedelta(hours=4)
"""A round broken off is taken up again within this time; later it is begun anew."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person says about one item; a fault's words, or the reason it was not checked."""

    found: Found
    reason: str = ""
    what: str = ""
    where: str = ""
    measure: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Which superior was told of a round, by what means, and what he answered (clause 147)."""

    whom: str = ""
    how: str = ""
    answer: str = ""


WORDS = 80
"""Characters that one answer may have; longer ones are cut when they are cleaned."""


def needed(text: str, code: str) -> str:
    """Return ``text`` cleaned; raise ``Refused(code)`` when nothing is left of it."""
    said = clean(text, WORDS)
    if not said:
        raise Refused(code)
    return said


def checked_report(report: Report) -> Report:
    """Return the report cleaned. Raises ``Refused`` with the ``field``.

    ``safety.told_missing`` when nobody is named, ``safety.how_missing`` without the means.
    """
    said = Report(
        clean(report.whom, WORDS), clean(report.how, WORDS), clean(report.answer, WORDS)
    )  # fmt: skip
    if not said.whom:
        raise Refused("safety.told_missing", field="whom")
    if not said.how:
        raise Refused("safety.how_missing", field="how")
    return said


def checked_finding(finding: Finding) -> Finding:
    """Return the finding cleaned, with only the words that belong to it.

    Raises ``Refused`` with the ``field``: ``safety.reason_missing`` for an item not checked without
    a reason, ``safety.fault_incomplete`` for a fault without what, where or measure.
    """
    if finding.found is Found.NOT_CHECKED:
        reason = clean(finding.reason, WORDS)
        if not reason:
            raise Refused("safety.reason_missing", field="reason")
        return Finding(finding.found, reason=reason)
    if finding.found is Found.NORMAL:
        return Finding(finding.found)
    words = {name: clean(getattr(finding, name), WORDS) for name in ("what", "where", "measure")}
    for name, said in words.items():
        if not said:
            raise Refused("safety.fault_incomplete", field=name)
    return Finding(finding.found, **words, told=clean(finding.told, WORDS))


Seen = Sequence[tuple[str, datetime]]
"""Places with the moments at which something was said or tapped there, in order."""


def fast_places(started: datetime, answers: Seen, taps: Seen, rules: Rules) -> frozenset[str]:
    """Return the places of a round that were reached faster than one can walk (clause 146).

    Each change of place in ``answers`` needs ``rules.safety_min_place_s`` since the start: a guard
    may walk first and answer afterwards. Two tags tapped one after the other need as much.
    """
    least = timedelta(seconds=rules.safety_min_place_s)
    found: set[str] = set()
    places, here = 0, ""
    for place, at in answers:
        if place != here:
            here = place
            places += 1
        if at - started < (places - 1) * least:
            found.add(place)
    for (before, left), (place, at) in pairwise(taps):
        if place != before and at - left < least:
            found.add(place)
    return frozenset(found)


def fault_urgency(told: str) -> Urgency:
    """Return red for a fault nobody was told of (clause 147), amber for a reported one."""
    return Urgency.WAITING if told else Urgency.NOW


def matter_urgency(due: datetime | None, now: datetime, rules: Rules) -> Urgency:
    """Return how soon an entrusted matter must be done: overdue is red, soon due amber."""
    if due is None:
        return Urgency.SOON
    if due <= now:
        return Urgency.NOW
    soon = timedelta(minutes=rules.matter_remind_min)
    return Urgency.WAITING if due - now <= soon else Urgency.SOON


_HOUR = re.compile(r"(\d{1,2})(?:[:：.]?(\d{2}))?").fullmatch


def due_at(text: str, now: datetime) -> datetime | None:
    """Return when something is due: the next time the clock shows ``text``, None for no text.

    ``16``, ``16:30`` and ``1630`` are hours in the zone of ``now``; one that is over today is
    tomorrow's. Raises ``Refused("matter.due_unclear")`` for anything else.
    """
    if not text:
        return None
    found = _HOUR(unicodedata.normalize("NFKC", text).replace(" ", ""))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    try:
        due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise Refused("matter.due_unclear", field="due") from None
    return due if due > now else due + timedelta(days=1)


STEPS: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.FROZEN: frozenset(
        {HandoverState.BRIEFING, HandoverState.WITHDRAWN, HandoverState.REFUSED,
         HandoverState.FROZEN_AGAIN, HandoverState.ACCEPTED, HandoverState.UNRELIEVED,
         HandoverState.TAKEN_OVER_ALONE}
    ),
    HandoverState.BRIEFING: frozenset(
        {HandoverState.BRIEFING, HandoverState.WITHDRAWN, HandoverState.REFUSED,
         HandoverState.FROZEN_AGAIN, HandoverState.ACCEPTED, HandoverState.ACCEPTED_WITH_EXCEPTIONS,
         HandoverState.UNRELIEVED, HandoverState.TAKEN_OVER_ALONE}
    ),
}  # fmt: skip
"""Which state may follow which; a state that is not here is an end."""


def step(now: HandoverState, wanted: HandoverState, number: str) -> HandoverState:
    """Return ``wanted``; raise ``Refused("handover.over")`` when it cannot follow."""
    if wanted not in STEPS.get(now, frozenset()):
        raise Refused("handover.over", number=number)
    return wanted


def check_incoming(person: Person, outgoing_id: str) -> None:
    """Raise ``Refused`` unless ``person`` can take the post over from the outgoing.

    ``handover.hands_over`` for the outgoing himself, ``post.not_a_guard`` for a role without desk.
    """
    if person.id == outgoing_id:
        raise Refused("handover.hands_over", name=person.name)
    if person.role not in DESK_ROLES:
        raise Refused("post.not_a_guard", name=person.name)


def check_is_recent(checked_at: datetime | None, now: datetime, rules: Rules) -> None:
    """Raise ``Refused("handover.no_check")`` unless the safety check is recent (clause 146)."""
    hours = rules.safety_check_hours
    if hours and (checked_at is None or now - checked_at > timedelta(hours=hours)):
        raise Refused("handover.no_check", hours=hours)
