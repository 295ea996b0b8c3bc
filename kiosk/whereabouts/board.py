"""The board as it is read: everybody with section, place and stand-in, and what is sought of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from kiosk.desk import where as places
from kiosk.desk.desk import Desk
from kiosk.desk.names import matches
from kiosk.desk.people import Department, Person
from kiosk.desk.transaction import Book
from kiosk.desk.where import NOT_SIGNED, AllWhere, Counted, Place, Where, counted

Known = Callable[[Desk, Book], AllWhere]
"""What the features know better than the taps."""

_PEOPLE = (
    select(Person, Department.name)
    .join(Department, col(Department.id) == col(Person.department_id), isouter=True)
    .where(col(Person.active))
    .order_by(col(Department.name), col(Person.staff_no))
)


class Show(StrEnum):
    """What of the board is shown."""

    ALL = "all"
    IN = "in"
    AWAY = "away"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the board; ``stand_in`` is who stands in, None for nobody."""

    person: Person
    section: str
    where: Where
    stand_in: Person | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody by section, in its order, with the counts of each and of the house."""

    lines: Sequence[Line]
    counts: Counter[Counted]
    of_section: Mapping[str, Counter[Counted]]


class Reader:
    """Reads the board again and again; the people only after one of them changed."""

    def __init__(self, desk: Desk, known: Known) -> None:
        self._desk, self._asked = desk, known
        self._people: Sequence[tuple[Person, str]] = ()
        self._version = -1

    def read(self) -> Board:
        """Return the board of this moment."""
        with self._desk.read() as book:
            version = self._desk.version_of("person", "department")
            if version != self._version:
                self._people = people_by_section(book)
                self._version = version
            found = places.everyone(self._desk, book, self._asked(self._desk, book))
        return board(self._people, found)


def people_by_section(book: Book) -> list[tuple[Person, str]]:
    """Return everybody of the house with the name of the section, "" for none, in its order."""
    return [(person, section or "") for person, section in book.all(_PEOPLE)]


def board(people: Sequence[tuple[Person, str]], found: AllWhere) -> Board:
    """Put people and places together, and count them."""
    by_id = {person.id: person for person, _section in people}
    lines = []
    sections: defaultdict[str, list[Where]] = defaultdict(list)
    for person, section in people:
        there = found.get(person.id, NOT_SIGNED)
        lines.append(Line(person, section, there, by_id.get(there.stand_in)))
        sections[section].append(there)
    of_section = {section: counted(wheres) for section, wheres in sections.items()}
    return Board(lines, sum(of_section.values(), Counter()), of_section)


def shown(one: Board, show: Show, typed: str) -> list[Line]:
    """Return the lines that are sought: by place, and by what was typed.

    It is the start of a staff number, part of a name, pinyin or first letters, or the end of an
    extension; "" finds everybody.
    """
    wanted = typed.strip()
    return [line for line in one.lines if _fits(line, show) and _is_sought(line, wanted)]


def _fits(line: Line, show: Show) -> bool:
    if show is Show.ALL:
        return True
    if show is Show.NOT_SIGNED:
        return line.where.place is Place.NOT_SIGNED
    return line.where.here if show is Show.IN else line.where.away


def _is_sought(line: Line, wanted: str) -> bool:
    person = line.person
    return (
        not wanted
        or person.staff_no.startswith(wanted)
        or bool(person.extension and person.extension.endswith(wanted))
        or matches(wanted, person.name, person.pinyin, person.initials)
    )
