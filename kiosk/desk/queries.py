"""Constant ``select()`` statements, compiled once and run on the driver's connection.

A Session costs 3.9 times hand-written SQL per tap; this costs 1.3 to 1.6 times and stays typed.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import Select

from kiosk.desk.row import DIALECT, StrictRow, load

_REMEMBERED = 512
_NO_TEXT = "Could not decode to UTF-8"
"""What sqlite3 says of such a text; it has no code of its own for it."""

Entity = type[StrictRow]
Convert = Callable[[Any], Any]
Keep = Callable[[StrictRow], StrictRow]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a statement selects: a whole row of ``width`` columns, or one plain column."""

    entity: Entity | None
    convert: Convert | None
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Query:
    """A compiled statement."""

    statement: object
    sql: str
    constants: dict[str, Any]
    binders: dict[str, Convert]
    items: tuple[Item, ...]

    def rows(
        self, connection: sqlite3.Connection, parameters: dict[str, Any], keep: Keep
    ) -> Iterator[Any]:
        """Yield one value (or a tuple of values) a row; ``keep`` gets every row object."""
        bound = {**self.constants, **parameters}
        for name, bind in self.binders.items():
            bound[name] = bind(bound[name])
        single = len(self.items) == 1
        for raw in _fetched(connection, self.sql, bound):
            values = tuple(_value(item, raw, keep) for item in self.items)
            yield values[0] if single else values


def _fetched(
    connection: sqlite3.Connection, sql: str, bound: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows. A byte that is no UTF-8 any more spoils its own text, not the whole list."""
    read = 0
    try:
        for raw in connection.execute(sql, bound):
            yield raw
            read += 1
    except sqlite3.OperationalError as error:
        if _NO_TEXT not in str(error):
            raise
        before = connection.text_factory
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        try:
            rest = connection.execute(sql, bound).fetchall()[read:]
        finally:
            connection.text_factory = before
        yield from rest


def _value(item: Item, raw: tuple[Any, ...], keep: Keep) -> Any:  # noqa: ANN401 - a column's type
    if item.entity is None:
        value = raw[item.start]
        return value if item.convert is None else item.convert(value)
    part = raw[item.start : item.start + item.width]
    # What an outer join did not find is all NULL; every table's first column is its key.
    return None if part[0] is None else keep(load(item.entity, part))


_compiled: OrderedDict[int, Query] = OrderedDict()


def compiled(statement: Select[Any]) -> Query:
    """Return ``statement`` compiled; the newest 512 are remembered by identity."""
    query = _compiled.get(id(statement))
    if query is None or query.statement is not statement:
        query = _compiled[id(statement)] = _compile(statement)
        if len(_compiled) > _REMEMBERED:
            _compiled.popitem(last=False)
    return query


def _compile(statement: Select[Any]) -> Query:
    made = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    assert isinstance(made, SQLCompiler)  # noqa: S101 - a select is never DDL
    processors = made._bind_processors.items()  # noqa: SLF001 - SQLAlchemy offers no other door
    binders: dict[str, Convert] = {name: bind for name, bind in processors if callable(bind)}
    # What has to be given has no value here: else a forgotten one would be NULL and find nothing.
    constants = {k: value for k, value in made.params.items() if not made.binds[k].required}
    return Query(statement, str(made), constants, binders, tuple(_items(statement)))


def _items(statement: Select[Any]) -> Iterator[Item]:
    start = 0
    for chosen in statement._raw_columns:  # noqa: SLF001 - the public list takes a table apart
        if isinstance(chosen, Table):
            width = len(chosen.columns)
            yield Item(chosen.info["row"], None, start, width)
        else:
            assert isinstance(chosen, ColumnElement)  # noqa: S101 - we select no text and no alias
            width = 1
            read = chosen.type.dialect_impl(DIALECT).result_processor(DIALECT, None)
            yield Item(None, read, start, width)
        start += width
