"""Two rows that want one place: what becomes of the one that gives way. Nothing here writes.

A badge's number belongs to one person, a key is in one hand. Where the place is a name or a number,
the other row gets one of its own and both are right; elsewhere it ends, or goes.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from kiosk.desk.loans import Ended
from kiosk.desk.row import Stored
from kiosk.desk.unique_places import counts, places_of


class Yields(StrEnum):
    """What becomes of the row that does not get the place."""

    RENAMED = "renamed"  # both are right: it gets a number or a name of its own
    UNTAGGED = "untagged"  # it stays, without the tag
    ENDED = "ended"  # it is closed now: the thing has one holder
    GONE = "gone"  # it goes: there can be one such row only


_NAMES = frozenset({"number", "label", "name", "staff_no", "code"})
_ENDED = frozenset({"loan", "spare_lending"})
_KEPT = frozenset({"person", "department", "thing"})
"""Whose rows others refer to: they are never dropped."""


def wanted(
    connection: sqlite3.Connection, table: str, one: Mapping[str, Stored],
    other: Mapping[str, Stored],
) -> tuple[str, ...]:  # fmt: skip
    """Return the columns of the place that two rows of a table both want, () for none."""
    for place in places_of(connection, table):
        said = [one.get(name) for name in place.columns]
        same = None not in said and said == [other.get(name) for name in place.columns]
        if same and all(counts(connection, place, row) for row in (one, other)):
            return place.columns
    return ()


def yields(table: str, columns: tuple[str, ...]) -> Yields:
    """Return what becomes of a row of ``table`` that gives up the place of these columns."""
    if table in _ENDED and set(columns) & {"thing_id", "spare_id", "person_id"}:
        return Yields.ENDED
    if set(columns) <= _NAMES:
        return Yields.RENAMED
    if columns == ("tag",):
        return Yields.UNTAGGED
    if table in _KEPT:
        raise LookupError(f"nobody said how a {table} gives up {columns}")
    return Yields.GONE


def given_up(
    table: str, how: Yields, columns: tuple[str, ...], now: datetime, by: str
) -> dict[str, object]:
    """Return what changes in a row that gives way but for a new name; ``now`` is UTC."""
    if how is Yields.UNTAGGED:
        return dict.fromkeys(columns)
    if how is Yields.ENDED and table == "loan":
        return {"returned_at": now, "received_by": by, "ended": Ended.BY_HAND}
    if how is Yields.ENDED:
        return {"ended_at": now, "returned_at": now, "returned_by": by}
    return {}


def next_name(name: str, taken: frozenset[str]) -> str:
    """Return the first of ``name-2``, ``name-3``, ... that no other row has."""
    n = 2
    while f"{name}-{n}" in taken:
        n += 1
    return f"{name}-{n}"
