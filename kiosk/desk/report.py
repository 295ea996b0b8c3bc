"""Reports: a titled table that goes to a screen, a file or paper, always the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report is about, both included, in the site's calendar."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Table:
    """A finished report: words are already in the language it was made in."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


Build = Callable[[Desk, Book, Period], Table]
