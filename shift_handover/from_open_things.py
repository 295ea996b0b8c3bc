"""Open things become the records of a handover: each exactly once, under its own number."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from kiosk.desk.outstanding import OpenThing, Wording, most_urgent_first
from shift_handover.records import (
    ENDS_WITH_IT,
    EntrustedMatter,
    HouseFault,
    LoanOut,
    OtherOpenThing,
    PendingVisitorRequest,
    Record,
    Saying,
    ThingLost,
    VisitInside,
    by_urgency,
    facts_of,
)  # fmt: skip

Common = dict[str, Any]


class _UnfitError(ValueError):
    """A thing's facts are not those its kind promises."""


def records_of(things: Iterable[OpenThing]) -> tuple[Record, ...]:
    """Return one record for each thing, most serious first.

    A thing named twice is one thing: its more urgent form counts. A thing whose facts are not those
    of its kind still appears, in the words of its own feature: nothing open is ever left out, but
    that nobody has come yet to take it over.
    """
    once: dict[tuple[str, str], OpenThing] = {}
    for thing in most_urgent_first([one for one in things if one.kind not in ENDS_WITH_IT]):
        once.setdefault((thing.kind, thing.ref), thing)
    return by_urgency(map(record_of, once.values()))


def record_of(thing: OpenThing) -> Record:
    """Return the record of one thing."""
    common: Common = {
        "ref": thing.ref, "number": thing.number, "urgency": thing.urgency, "since": thing.since,
        "due": thing.due, "owner": thing.owner, "next_step": _saying(thing.next_step),
    }  # fmt: skip
    make = _TYPED.get(thing.kind)
    if make is not None:
        try:
            return make(common, thing.facts)
        except _UnfitError:
            pass
    what = Saying(thing.what.template, facts_of(thing.what.facts))
    return OtherOpenThing(**common, other_kind=thing.kind, what=what)


def _saying(wording: Wording | None) -> Saying | None:
    return None if wording is None else Saying(wording.template, facts_of(wording.facts))


def _text(facts: Mapping[str, object], name: str) -> str:
    value = facts.get(name, "")
    if not isinstance(value, str):
        raise _UnfitError(name)
    return str(value)


def _needed(facts: Mapping[str, object], name: str) -> str:
    value = _text(facts, name)
    if not value:
        raise _UnfitError(name)
    return value


def _moment(facts: Mapping[str, object], name: str) -> datetime | None:
    value = facts.get(name)
    if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
        raise _UnfitError(name)
    return value


def _people(facts: Mapping[str, object]) -> int:
    people = facts.get("people", 1)
    if type(people) is not int:
        raise _UnfitError("people")
    return people


def _waiting(common: Common, facts: Mapping[str, object]) -> Record:
    return PendingVisitorRequest(
        **common, visitor=_needed(facts, "visitor"), host=_text(facts, "host"),
        unit=_text(facts, "unit"), matter=_text(facts, "matter"), state=_text(facts, "state"),
    )  # fmt: skip


def _inside(common: Common, facts: Mapping[str, object]) -> Record:
    return VisitInside(
        **common, visitor=_needed(facts, "visitor"), host=_text(facts, "host"),
        unit=_text(facts, "unit"), people=_people(facts), matter=_text(facts, "matter"),
        goods=_text(facts, "goods"), until=_moment(facts, "until"),
    )  # fmt: skip


def _matter(common: Common, facts: Mapping[str, object]) -> Record:
    return EntrustedMatter(
        **common, giver_kind=_text(facts, "giver_kind"), giver=_text(facts, "giver"),
        receiver=_text(facts, "receiver"), what=_needed(facts, "what"),
    )  # fmt: skip


def _loan(common: Common, facts: Mapping[str, object]) -> Record:
    return LoanOut(
        **common, thing=_needed(facts, "thing"), holder=_needed(facts, "holder"),
        recalled=_text(facts, "recalled"),
    )  # fmt: skip


def _fault(common: Common, facts: Mapping[str, object]) -> Record:
    return HouseFault(
        **common, place=_text(facts, "place"), what=_needed(facts, "what"),
        measure=_text(facts, "measure"), told=_text(facts, "told"),
    )  # fmt: skip


def _lost(common: Common, facts: Mapping[str, object]) -> Record:
    return ThingLost(**common, thing=_needed(facts, "thing"))


_TYPED: Mapping[str, Callable[[Common, Mapping[str, object]], Record]] = {
    PendingVisitorRequest.KIND: _waiting,
    VisitInside.KIND: _inside,
    EntrustedMatter.KIND: _matter,
    LoanOut.KIND: _loan,
    HouseFault.KIND: _fault,
    ThingLost.KIND: _lost,
}
