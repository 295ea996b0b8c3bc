"""Is what is kept beside the tables right? A conflict that is taken away there is asked no more."""

import json
import sqlite3
from collections.abc import Iterator

from kiosk.desk import journal
from kiosk.desk.replay import Replay
from kiosk.desk.row import Row, Stored, shape_of
from kiosk.desk.unique_places import colliding, turn_of
from kiosk.desk.versions import Key, Version

Aside = dict[str, dict[str, Stored]]


def first_wrong(connection: sqlite3.Connection, replay: Replay) -> Key | None:
    """Return the first row whose heads or tombstone are not what the journal says, None for none.

    It is asked of a settled replay.
    """
    heads = {
        (*key, *_told(version)) for key, versions in replay.forks.items() for version in versions
    }
    kept = connection.execute(
        'SELECT table_name, row_id, stamp, "at", "by", code, stored, id FROM fork_head'
    )
    told = [(str(one[0]), str(one[1])) for one in heads ^ {_named(row) for row in kept}]
    return min([*told, *_wrongly_buried(connection, replay)], default=None)


def _wrongly_buried(connection: sqlite3.Connection, replay: Replay) -> Iterator[Key]:
    """Yield the rows whose tombstone is missing, wrong or that of a row which is there."""
    right = 0
    for key, stamp in replay.dropped():
        found = connection.execute("SELECT stamp FROM tombstone WHERE id = ?", ("/".join(key),))
        if found.fetchone() == (stamp,):
            right += 1
        else:
            yield key
    (buried,) = connection.execute("SELECT count(*) FROM tombstone").fetchone()
    if buried > right:
        gone = {"/".join(key): stamp for key, stamp in replay.dropped()}
        for name, stamp in connection.execute("SELECT id, stamp FROM tombstone"):
            if gone.get(name) != stamp:
                yield _parted(str(name))


def _told(version: Version) -> tuple[Stored, ...]:
    stored = "" if version.stored is None else journal.canonical(version.stored)
    return version.stamp, version.at, version.by, version.code, stored


def _named(row: tuple[Stored, ...]) -> tuple[Stored, ...]:
    """Return a kept head without its id; with another id than its own it is nobody's."""
    *columns, name = row
    return tuple(columns) if name == "/".join(map(str, columns[:3])) else ("fork_head", name)


def _parted(name: str) -> Key:
    table, _, row_id = name.partition("/")
    return table, row_id


def set_aside(connection: sqlite3.Connection, table: str) -> Aside:
    """Return the rows of a table that stand aside, by id."""
    found = connection.execute("SELECT id, stored FROM set_aside WHERE table_name = ?", (table,))
    return {_parted(name)[1]: _read(stored) for name, stored in found.fetchall()}


def _read(stored: str) -> dict[str, Stored]:
    try:
        row = json.loads(stored)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def wrongly_aside(
    connection: sqlite3.Connection, kind: type[Row], table: str, aside: Aside
) -> Iterator[str]:
    """Yield the ids of rows that stand aside though no row that comes first has their place."""
    for row_id, stored in sorted(aside.items()):
        if stored.keys() != shape_of(kind).columns.keys() or row_id != stored["id"]:
            yield row_id
            continue
        holders = {other: _turn(connection, kind, table, other) for other in
                   colliding(connection, table, stored)}  # fmt: skip
        first = turn_of(kind, stored)
        if not any(turn < first for turn in holders.values()):
            yield row_id


def _turn(
    connection: sqlite3.Connection, kind: type[Row], table: str, row_id: str
) -> tuple[int, str]:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))  # noqa: S608 - our own names
    names = [column[0] for column in found.description]
    return turn_of(kind, dict(zip(names, found.fetchone(), strict=True)))
