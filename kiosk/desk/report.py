"""Reports: a titled table that goes to a screen, a file or paper, always the same rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from importlib import import_module

from kiosk.desk.desk import Desk
from kiosk.desk.slip_lines import Line
from kiosk.desk.transaction import Book

SINCE_EVER = date(1970, 1, 1)
"""The first day of a report about everything there ever was."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: days, both included, in the site's calendar.

    ``who`` is the staff number of the one person it is about, "" for everybody; ``unit`` is part of
    the name of the unit that visitors come from, ``thing`` the label of the one thing, "" for all.
    ``section`` is the name of the one section whose people it is about, "" for all. ``at`` is the
    one moment of its first day, in the site's zone; None for whole days.
    """

    first: date
    last: date
    who: str = ""
    unit: str = ""
    thing: str = ""
    section: str = ""
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A finished report: words are already in the language it was made in.

    ``foot`` stands under the rows, ``signatures`` names who signs beneath it. ``paper`` makes
    the rows as a narrow paper shows them, where columns side by side would not fit; ``workbook``
    makes the .xlsx of a report that has more than one sheet of its own.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    foot: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    paper: Callable[[], Iterable[Line]] | None = None
    workbook: Callable[[], bytes] | None = None


Build = Callable[[Desk, Book, Period], Table]


def made_by(module: str, name: str) -> Build:
    """Return the report that the function ``name`` of ``module`` makes, loaded when it is asked.

    The screen at the gate asks for none all day, and need not keep what makes them in memory.
    """

    def build(desk: Desk, book: Book, period: Period) -> Table:
        make: Build = getattr(import_module(module), name)
        return make(desk, book, period)

    return build
