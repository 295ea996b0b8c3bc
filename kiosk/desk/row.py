"""Rows: SQLModel table classes with a strict constructor, read and written without a Session.

``Row`` is journalled: it changes only inside a transaction that records why. ``SideRow`` is not:
search indexes, which a replay rebuilds, and the wrapped keys whose loss is the erasure of a person.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import Any, ClassVar, Self, cast

from pydantic_core import PydanticUndefined
from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite
from sqlmodel import Field, SQLModel
from sqlmodel.main import SQLModelMetaclass

DIALECT = sqlite.dialect(paramstyle="named")
Stored = str | int | float | None

_making = Lock()
_newest = 0


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562 5.7): rows created later sort later, at every desk of the site.

    At one desk that holds within a millisecond too (RFC 9562 6.2, method 2): the next id is the
    newest one increased by one.
    """
    global _newest  # noqa: PLW0603 - the newest id belongs to the process, as the clock does
    millis = time.time_ns() // 1_000_000  # an id's clock part orders, it is never shown as a time
    rest = int.from_bytes(os.urandom(10), "big")
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | (rest >> 68) << 64 | 0b10 << 62
    with _making:
        _newest = max(value | rest & (1 << 62) - 1, _newest + 1)
        digits = f"{_newest:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class TableClass(SQLModelMetaclass):
    """Makes a row class with ``table=True``: its columns are those of a plain table.

    An ORM mapper, which SQLModel would make for a Session, is not made: we have no Session, and
    the mappers of all our tables are 10 MB. ``Person.name`` in a query is the column itself.
    """

    def __init__(cls, *made: Any, **options: object) -> None:  # noqa: ANN401, N805 - a class is made
        type.__init__(cls, *made)
        if options.get("table"):
            row_class: Any = cls
            row_class.__table__ = _table_of(row_class)

    def __clause_element__(cls) -> Table:  # noqa: N805 - the same
        """Return the table: what a query selects and joins when it names the class."""
        return cast("type[StrictRow]", cls).__table__


def _table_of(row_class: Any) -> Table:  # noqa: ANN401 - it is being made
    columns: list[Column[Any]] = []
    for name in row_class.model_fields:
        column = getattr(row_class, name)
        column.name = column.key = name
        columns.append(column)
    more = getattr(row_class, "__table_args__", ())
    where = {"row": row_class}  # what a query that selects the whole table makes of it
    return Table(row_class.__tablename__, SQLModel.metadata, *columns, *more, info=where)


class StrictRow(SQLModel, metaclass=TableClass):
    """What both kinds share: only declared columns exist, and nothing is set behind the back."""

    # Rows have a constructor of their own: pydantic's validators would be built for nobody.
    model_config = {"defer_build": True}
    __table__: ClassVar[Table]

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - a row's columns have any type
        shape = shape_of(type(self))
        unknown = values.keys() - shape.columns.keys()
        missing = shape.required - values.keys()
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {unknown}, missing {missing}")
        filled = self.__dict__
        for name, make in shape.defaults.items():
            filled[name] = make()
        filled.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        """Set a column's value; raise ``AttributeError`` for anything that is not a column."""
        if name not in shape_of(type(self)).columns:
            raise AttributeError(f"{type(self).__name__} has no column {name!r}")
        self.__dict__[name] = value

    def __eq__(self, other: object) -> bool:
        """Equal when every column is."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = object.__hash__

    def __repr_args__(self) -> Iterator[tuple[str, object]]:  # type: ignore[override] # SQLModel says Sequence
        """Show the columns (pydantic's own bookkeeping does not exist on these rows)."""
        yield from self.__dict__.items()


class Merge(StrEnum):
    """What becomes of a row that two desks changed while they could not hear each other."""

    ASK = "ask"  # both versions are kept, and a signed decision closes the conflict
    NEWEST = "newest"  # pure state: the newest version stands, quietly
    OWN = "own"  # a desk's own affair: the others keep the entry and never apply the row


class Row(StrictRow):
    """A journalled row. ``stamp`` is ``gate/seq`` of the entry that last changed it.

    ``merged`` says what becomes of a row that two desks changed at once, ``weight`` which of two
    versions is the stronger whatever the time: a denial is heavier than any grant. ``lends_name``
    are the unique columns of rows that others refer to: such a row is never out of its table, and
    has another name there as long as a row of another desk has its own.
    """

    merged: ClassVar[Merge] = Merge.ASK
    lends_name: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:  # noqa: ARG003 - for those that have two
        """Return how strong a version is, from its columns as they are stored; 0 for most rows."""
        return 0

    @classmethod
    def agree(cls, versions: Sequence[Mapping[str, Stored] | None]) -> bool:  # noqa: ARG003 - the same
        """Say whether versions that differ say the same in substance, and none must be asked."""
        return False

    id: str = Field(default_factory=new_id, primary_key=True)
    stamp: str = Field(default="")


class SideRow(StrictRow):
    """A row beside the journal: derived from it, or erasable on purpose."""

    id: str = Field(default_factory=new_id, primary_key=True)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a row class is stored; made once a class."""

    table: str
    columns: dict[str, Column[Any]]
    required: frozenset[str]
    defaults: dict[str, Callable[[], Any]]
    binders: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    loaders: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    insert: str
    replace: str
    update: str
    delete: str

    def bind(self, row: StrictRow) -> list[Stored]:
        """Return the values as the database stores them, in column order."""
        values = row.__dict__
        return [values[name] if bind is None else bind(values[name]) for name, bind in self.binders]


@cache
def shape_of(row_class: type[StrictRow]) -> Shape:
    """Return how ``row_class`` is stored."""
    columns = {column.name: column for column in row_class.__table__.columns}
    required, defaults = set[str](), dict[str, Callable[[], Any]]()
    for name, field in row_class.model_fields.items():
        if field.default_factory is not None:
            defaults[name] = field.default_factory  # type: ignore[assignment] # SQLModel types it so
        elif field.default is not PydanticUndefined:
            defaults[name] = _constantly(field.default)
        else:
            required.add(name)
    table, names = str(row_class.__table__.name), list(columns)
    marks = ", ".join("?" * len(names))
    # The key stays out of SET: SQLite would write its index anew, a page more to make durable.
    assignments = ", ".join(f'"{name}" = ?' for name in names if name != "id")
    listed = ", ".join(f'"{name}"' for name in names)
    # Every name below comes from a table class of ours, never from outside.
    return Shape(
        table=table,
        columns=columns,
        required=frozenset(required),
        defaults=defaults,
        binders=tuple(
            (n, c.type.dialect_impl(DIALECT).bind_processor(DIALECT)) for n, c in columns.items()
        ),
        loaders=tuple(
            (n, c.type.dialect_impl(DIALECT).result_processor(DIALECT, None))
            for n, c in columns.items()
        ),
        insert=f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',  # noqa: S608 - our own names
        replace=f'INSERT OR REPLACE INTO "{table}" ({listed}) VALUES ({marks})',  # noqa: S608 - our own names
        update=f'UPDATE "{table}" SET {assignments} WHERE id = ? AND stamp = ?',  # noqa: S608 - our own names
        delete=f'DELETE FROM "{table}" WHERE id = ?',  # noqa: S608 - our own names
    )


def _constantly(value: object) -> Callable[[], object]:
    return lambda: value


def load(row_class: type[StrictRow], stored: tuple[Stored, ...]) -> StrictRow:
    """Make a row from the values of its columns, without running its constructor."""
    row = object.__new__(row_class)
    values = row.__dict__
    for (name, read), value in zip(shape_of(row_class).loaders, stored, strict=True):
        values[name] = value if read is None else read(value)
    return row


def load_row(kind: type[Row], stored: tuple[Stored, ...]) -> Row:
    """Make a journalled row as ``load`` does."""
    row = load(kind, stored)
    if not isinstance(row, Row):
        raise TypeError(f"{kind.__name__} is not journalled")
    return row


def journalled() -> dict[str, type[Row]]:
    """Return every journalled table class that is imported, by table name."""
    return {str(kind.__table__.name): kind for kind in _tables(Row)}


def _tables(base: type[Row]) -> Iterator[type[Row]]:
    for kind in base.__subclasses__():
        if hasattr(kind, "__table__"):
            yield kind
        yield from _tables(kind)


__all__ = ["DIALECT", "Merge", "Row", "Self", "SideRow", "Stored", "load", "new_id", "shape_of"]
