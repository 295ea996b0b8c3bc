"""How a row was before two desks changed it, from the journal itself."""

import json
import sqlite3
from collections.abc import Iterator, Mapping

from kiosk.desk.forks import Fork
from kiosk.desk.row import Stored
from kiosk.desk.unique_places import colliding
from kiosk.desk.versions import Version, written

_FARTHEST = 400
"""A row that a desk changed more often than this while it was cut off shows no value of before."""


def image_before(connection: sqlite3.Connection, fork: Fork) -> Mapping[str, Stored] | None:
    """Return the newest version that every side continues, None when there is none near by."""
    lines = [
        dict.fromkeys(_earlier(connection, fork.table, fork.row_id, one.stamp))
        for one in fork.heads
    ]
    common = next((one for one in lines[0] if all(one in line for line in lines)), None)
    return None if common is None else _image(connection, fork.table, fork.row_id, common)[1]


def _earlier(connection: sqlite3.Connection, table: str, row_id: str, stamp: str) -> Iterator[str]:
    """Yield the versions that one continues, nearest first."""
    ahead, seen = [stamp], {stamp}
    for _n in range(_FARTHEST):
        if not ahead:
            return
        was, _row = _image(connection, table, row_id, ahead.pop(0))
        for one in filter(None, was.split(",")):
            if one not in seen:
                seen.add(one)
                ahead.append(one)
                yield one


def _image(
    connection: sqlite3.Connection, table: str, row_id: str, stamp: str
) -> tuple[str, Mapping[str, Stored] | None]:
    """Return what a version continues, and the version itself."""
    gate, _, seq = stamp.rpartition("/")
    found = connection.execute(
        "SELECT images FROM journal WHERE gate = ? AND seq = ?", (gate, int(seq))
    ).fetchone()
    for name, one, was, row in json.loads(found[0]) if found else ():
        if (name, one) == (table, row_id):
            return was, row
    return "", None


def now_of(connection: sqlite3.Connection, fork: Fork) -> tuple[Version, ...]:
    """Return the rows that have the place for which the row of ``fork`` stands aside."""
    (aside,) = fork.heads
    found = []
    for row_id in colliding(connection, fork.table, aside.stored or {}):
        rows = connection.execute(f'SELECT * FROM "{fork.table}" WHERE id = ?', (row_id,))  # noqa: S608 - our own names
        names = [column[0] for column in rows.description]
        stored = dict(zip(names, rows.fetchone(), strict=True))
        found.append(written(connection, str(stored["stamp"]), stored))
    return tuple(found[:1])
