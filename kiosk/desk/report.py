"""Reports: a titled table that goes to a screen, a file or paper, always the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book

SINCE_EVER = date(1970, 1, 1)
"""The first day of a report about everything there ever was."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: days, both included, in the site's calendar.

    ``who`` is the staff number of the one person it is about, "" for everybody; ``thing`` the
    label of the one thing, "" for all.
    """

    first: date
    last: date
    who: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A finished report: words are already in the language it was made in."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


Build = Callable[[Desk, Book, Period], Table]
