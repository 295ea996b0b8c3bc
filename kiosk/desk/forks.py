"""The conflicts of the book: what two desks said of one row or one place, until it is decided."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.book import Book
from kiosk.desk.row import Merge, Row, journalled, load, shape_of
from kiosk.desk.versions import (
    ForkHead,
    Key,
    SetAside,
    Version,
    are_apart,
    version_of,
    winner,
    written,
)

AnyRow = TypeVar("AnyRow", bound=Row)
FORK_HEADS = select(ForkHead).order_by(col(ForkHead.id))
ASIDE_OF = (
    select(SetAside)
    .where(col(SetAside.table_name) == bindparam("table"))
    .order_by(col(SetAside.id))
)
ALL_SET_ASIDE = select(SetAside).order_by(col(SetAside.id))


@dataclass(frozen=True, slots=True)
class Fork:
    """A conflict: the versions of one row that stand against each other.

    ``kind`` is ``row``, or ``place`` where two rows want one place and this one stands aside:
    then its one head is the row that is aside. ``shown`` is the stamp that the table has.
    """

    kind: str
    table: str
    row_id: str
    heads: tuple[Version, ...]
    shown: str


def open_forks(book: Book) -> list[Fork]:
    """Return every conflict that a person must decide, the oldest first.

    Of a row that stands aside and has several versions as well it is asked first which one is
    right: that one may want another place, or none.
    """
    known = journalled()
    heads: dict[Key, list[Version]] = {}
    for one in book.all(FORK_HEADS):
        heads.setdefault((one.table_name, one.row_id), []).append(version_of(one))
    found = [
        Fork("row", table, row_id, tuple(versions), winner(known[table], versions).stamp)
        for (table, row_id), versions in heads.items()
        if known[table].merged is Merge.ASK and are_apart(known[table], versions)
    ]
    asked = {(one.table, one.row_id) for one in found}
    aside = [one for one in book.all(ALL_SET_ASIDE) if (one.table_name, one.row_id) not in asked]
    found += [_aside(book, one) for one in aside]
    return sorted(found, key=lambda fork: max(one.at for one in fork.heads))


def rows_aside(book: Book, kind: type[AnyRow]) -> Iterator[AnyRow]:
    """Yield the rows of a table that stand aside; changed, they are put with ``tx.decide``."""
    shape = shape_of(kind)
    for one in book.all(ASIDE_OF, table=shape.table):
        stored = json.loads(one.stored)
        values = tuple(stored.get(name) for name in shape.columns)
        yield cast("AnyRow", load(kind, values))


def _aside(book: Book, one: SetAside) -> Fork:
    stored = json.loads(one.stored)
    stamp = str(stored["stamp"])
    version = written(book.connection, stamp, stored)
    return Fork("place", one.table_name, one.row_id, (version,), stamp)
