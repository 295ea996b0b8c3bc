"""Open things become the records of a handover: each exactly once, under its own number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

from kiosk.desk.outstanding import OpenThing, Wording, most_urgent_first
from shift_handover.record_kinds import KIND_OF
from shift_handover.records import (
    ENDS_WITH_IT,
    FACT,
    OtherOpenThing,
    Record,
    Saying,
    by_urgency,
    facts_of,
)

_COMMON = frozenset(one.name for one in fields(Record))


class _UnfitError(ValueError):
    """A thing's facts are not those its kind promises."""


class _Wanted(NamedTuple):
    """A field of a record: its name, the fact it is taken from, how, and its default."""

    name: str
    fact: str
    read: Callable[[object], object]
    default: Any


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
    common: dict[str, Any] = {
        "kind": thing.kind, "ref": thing.ref, "number": thing.number, "urgency": thing.urgency,
        "since": thing.since, "due": thing.due, "owner": thing.owner, "at": thing.at,
        "next_step": _saying(thing.next_step),
        "what": Saying(thing.what.template, facts_of(thing.what.facts)),
    }  # fmt: skip
    kind = KIND_OF.get(thing.kind, OtherOpenThing)
    try:
        return kind(**common, **_own(kind, {**thing.what.facts, **thing.facts}))
    except _UnfitError:
        return OtherOpenThing(**common)


def _saying(wording: Wording | None) -> Saying | None:
    return None if wording is None else Saying(wording.template, facts_of(wording.facts))


def _own(kind: type[Record], facts: Mapping[str, object]) -> dict[str, Any]:
    wanted = _wanted(kind)  # type: ignore[arg-type] # mypy takes a class for one of its objects
    return {one.name: _taken(one, facts) for one in wanted}


def _taken(wanted: _Wanted, facts: Mapping[str, object]) -> object:
    if wanted.fact in facts:
        value = wanted.read(facts[wanted.fact])
        if value == "" and wanted.default is MISSING:
            raise _UnfitError(wanted.name)
        return value
    if wanted.default is MISSING:
        raise _UnfitError(wanted.name)
    return wanted.default


@lru_cache(maxsize=64)
def _wanted(kind: type[Any]) -> tuple[_Wanted, ...]:
    types = get_type_hints(kind)
    return tuple(
        _Wanted(one.name, one.metadata.get(FACT, one.name), _READERS[types[one.name]], one.default)
        for one in fields(kind)
        if one.name not in _COMMON
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _UnfitError
    return str(value)


def _count(value: object) -> int:
    if type(value) is not int:  # not isinstance: a yes is no number
        raise _UnfitError
    return value


def _moment(value: object) -> datetime | None:
    if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
        raise _UnfitError
    return value


_READERS: Mapping[Any, Callable[[object], object]] = {
    str: _text, int: _count, datetime | None: _moment,
}  # fmt: skip
