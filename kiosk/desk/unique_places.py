"""Places that only one row may have: what collides in a table's unique indexes, asked of SQLite."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.desk.row import Row, Stored

_WHERE = re.compile(r"\sWHERE\s(.*)$", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A unique index: its columns, and for which rows it counts ("" for all)."""

    columns: tuple[str, ...]
    where: str


def places_of(connection: sqlite3.Connection, table: str) -> list[Place]:
    """Return the unique indexes of a table but for its key."""
    found = []
    for name, unique, origin in connection.execute(
        'SELECT name, "unique", origin FROM pragma_index_list(?)', (table,)
    ).fetchall():
        if not unique or origin == "pk":
            continue
        columns = connection.execute("SELECT name FROM pragma_index_info(?)", (name,)).fetchall()
        made_by = connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)
        ).fetchone()
        where = _WHERE.search(made_by[0] or "") if made_by else None
        found.append(Place(tuple(one[0] for one in columns), where[1] if where else ""))
    return found


def colliding(
    connection: sqlite3.Connection, table: str, stored: Mapping[str, Stored]
) -> Iterator[str]:
    """Yield the ids of the rows in ``table`` that have a place which ``stored`` wants."""
    for place in places_of(connection, table):
        wanted = [stored[name] for name in place.columns]
        if None in wanted or not counts(connection, place, stored):
            continue
        same = " AND ".join(f'"{name}" = ?' for name in place.columns)
        where = f" AND ({place.where})" if place.where else ""
        # Names and condition are the schema's own.
        sql = f'SELECT id FROM "{table}" WHERE {same}{where} AND id <> ?'  # noqa: S608
        for (row_id,) in connection.execute(sql, (*wanted, stored["id"])):
            yield row_id


def turn_of(kind: type[Row], stored: Mapping[str, Stored]) -> tuple[int, str]:
    """Return what sorts rows that want one place: the heavier first, then the one made first."""
    return -kind.weight(stored), str(stored["id"])


def under_another_name(kind: type[Row], stored: Mapping[str, Stored]) -> dict[str, Stored]:
    """Return a row as it is shown while another has its name: with the end of its id behind it."""
    nullable = kind.__table__.columns
    end = str(stored["id"])[-6:]
    lent = {
        name: None if nullable[name].nullable else f"{stored[name]}-{end}"
        for name in kind.lends_name
    }  # fmt: skip
    return {**stored, **lent}


def own_name(
    kind: type[Row], aside: Mapping[str, Stored], stored: Mapping[str, Stored]
) -> dict[str, Stored]:
    """Return the own names of a row in ``aside`` that is ``stored`` under the lent ones still."""
    lent = under_another_name(kind, aside)
    return {name: aside[name] for name in kind.lends_name if stored[name] == lent[name]}


def counts(connection: sqlite3.Connection, place: Place, stored: Mapping[str, Stored]) -> bool:
    """Say whether a row wants the place: an index may be of open loans only."""
    if not place.where:
        return True
    columns = ", ".join(f'? AS "{name}"' for name in stored)
    sql = f"SELECT 1 FROM (SELECT {columns}) WHERE {place.where}"  # noqa: S608 - the schema's own
    return connection.execute(sql, tuple(stored.values())).fetchone() is not None
