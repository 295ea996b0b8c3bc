"""A conflict as people see it: what each desk says, side by side, in the words of the columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.conflicts import places, rules
from kiosk.conflicts.history import image_before, now_of
from kiosk.conflicts.models import DECISIONS_ON
from kiosk.conflicts.places import Yields
from kiosk.conflicts.values import Reader
from kiosk.desk.desk import Desk
from kiosk.desk.forks import Fork, open_forks
from kiosk.desk.row import Stored, journalled
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.versions import Version


@dataclass(frozen=True, slots=True)
class Side:
    """What one desk wrote: where (its gate), when (UTC), who (name), which entry.

    ``code`` and ``facts`` are the entry's; ``shown``: the lists have this one meanwhile; ``gone``:
    it deleted the row.
    """

    version: Version
    gate: str
    at: datetime
    by: str
    shown: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One column that differs: how it was before ("" unknown), and what each side says."""

    column: str
    before: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision of before about the same row: who, when (UTC), in which words."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """One conflict, ready for the screen. ``what`` names the row, "" where the gate sees no name.

    ``yields`` says what becomes of the row that gives way, for two rows that want one place;
    ``together`` that both sides can be right, because each changed something else.
    """

    fork: Fork
    number: str
    what: str
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]
    earlier: tuple[Earlier, ...]
    yields: Yields | None = None
    together: bool = False

    @property
    def table(self) -> str:
        """The table of the row."""
        return self.fork.table

    @property
    def seen(self) -> tuple[str, ...]:
        """The stamps that somebody sees who looks at it: what he decides between."""
        return tuple(side.version.stamp for side in self.sides)


def fork_of(book: Book, table: str, row_id: str) -> Fork | None:
    """Return the open conflict about a row, None when there is none (any more)."""
    found = (one for one in open_forks(book) if (one.table, one.row_id) == (table, row_id))
    return next(found, None)


def shown(desk: Desk, book: Book, fork: Fork) -> ConflictShown:
    """Read one conflict. Words that are not for the gate are left out, erased ones say so."""
    reader = Reader(desk, book, fork.table)
    versions = versions_of(book, fork)
    before = image_before(book.connection, fork) if fork.kind == "row" else None
    sides = tuple(_side(desk, book, reader, one, fork, i) for i, one in enumerate(versions))
    columns = places_between(book, fork, versions)
    return ConflictShown(
        fork, rules.number_of(fork.table, fork.row_id), title_of(reader, versions), sides,
        _lines(reader, before, versions), _earlier(book, fork),
        places.yields(fork.table, columns) if columns else None,
        rules.together(before, [one.stored for one in versions]) is not None,
    )  # fmt: skip


def versions_of(book: Book, fork: Fork) -> tuple[Version, ...]:
    """Return what stands against each other, in the order in which it is offered.

    For two rows that want one place: the one that has it, then the one that stands aside.
    """
    if fork.kind == "row":
        return tuple(sorted(fork.heads, key=lambda one: (one.at, one.stamp)))
    holders = now_of(book.connection, fork)
    return (*holders, *fork.heads)


def places_between(book: Book, fork: Fork, versions: Sequence[Version]) -> tuple[str, ...]:
    """Return the columns of the place that two rows want, () for a row with several versions."""
    stored = [one.stored for one in versions if one.stored is not None]
    if fork.kind == "row" or len(stored) < 2:  # noqa: PLR2004 - it takes two to want one place
        return ()
    return places.wanted(book.connection, fork.table, stored[0], stored[-1])


def title_of(reader: Reader, versions: Sequence[Version]) -> str:
    """Return what the row is about: its number, label or person; "" where no name is shown."""
    stored = [one.stored for one in versions if one.stored is not None]
    return reader.title(stored[0]) if stored else ""


def _side(desk: Desk, book: Book, reader: Reader, one: Version, fork: Fork, place: int) -> Side:
    is_shown = place == 0 if fork.kind == "place" else one.stamp == fork.shown
    at = datetime.fromisoformat(one.at)
    gate = gate_name(desk, book, one.gate)
    return Side(one, gate, at, reader.staff_name(one.by), is_shown, one.stored is None)


def _lines(
    reader: Reader, before: Mapping[str, Stored] | None, versions: Sequence[Version]
) -> tuple[Line, ...]:
    kind = journalled()[reader.table]
    names = [column.name for column in kind.__table__.columns]
    found = []
    for name in names:
        said = [one.stored.get(name) if one.stored else None for one in versions]
        if reader.is_told(name) and len(set(said)) > 1:
            told = tuple(
                reader.value(name, value) if one.stored else ""
                for one, value in zip(versions, said, strict=True)
            )
            was = reader.value(name, before.get(name)) if before else ""
            found.append(Line(name, was, told))
    return tuple(found)


def _earlier(book: Book, fork: Fork) -> tuple[Earlier, ...]:
    decided = book.all(DECISIONS_ON, about=fork.table, row_ref=fork.row_id)
    return tuple(
        Earlier(person.name, one.at, book.read_sealed(one.reason)) for one, person in decided
    )
