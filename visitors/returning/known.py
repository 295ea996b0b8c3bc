"""Who was here before: one line for each person, and what the last visit said.

A person is known by the ID number, else by name and phone, else by name and unit; two different ID
numbers are two people whatever else is the same. A line says no more than the desk needs to ask
"is this you?": no ID number, no goods, and of the phone the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors import id_numbers
from visitors.cards import HostCard, host_card
from visitors.emergency.models import owed_by
from visitors.lanes.table import Lane, lane_of
from visitors.models import VISIT, WORDS, State, Visit
from visitors.returning.finding import find, named
from visitors.service import id_hash, refuse_erased, visit_of
from visitors.visit_words import VisitWords

MOST_SHOWN = 8
_CARRIED = ("name", "form", "unit", "matter", "besides", "phone", "plate", "area")
"""What the form takes over from last time. Not the goods, nor the ID number: it is asked anew."""
_INSIDE_UNDER = """
SELECT v.id, v.id_hash FROM visit v WHERE v.id IN (
    SELECT id FROM visit_words WHERE same_phone = ?1
    UNION SELECT id FROM visit_words WHERE same_unit = ?1
    UNION SELECT id FROM visit WHERE id_hash = ?1
) AND v.admitted_at IS NOT NULL AND v.state <> 'voided'
"""
_OF_NUMBER = "SELECT id FROM visit WHERE id_hash = ? ORDER BY id DESC LIMIT ?"
_BEFORE_THIS = """
SELECT p.staff_no FROM visit v JOIN person p ON p.id = v.host_id AND p.active
WHERE v.id = (SELECT id FROM visit WHERE gate = ? AND file_ref = '' ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A person who was here before, as the list shows it; ``visit_id`` is the last visit.

    ``day`` is the site's day of that visit, ``times`` how often the person was inside. ``host`` is
    whom that visit was to, ``host_left`` that he does not work here any more.
    """

    visit_id: str
    name: str
    form: str
    unit: str
    phone_tail: str
    host: str
    host_left: bool
    day: date
    times: int


@dataclass(frozen=True, slots=True)
class LastTime:
    """What the form is filled with: the fields by name, and the host while he works here.

    ``left_host`` is the last host's form of address where he does not. ``people`` and
    ``companions`` are the last group's, for whoever comes with the same one again; ``lane`` is the
    kind of that visit.
    """

    values: dict[str, str]
    host: HostCard | None
    left_host: str
    people: int
    companions: str
    lane: Lane


_Found = tuple[Visit, VisitWords, Person]


@dataclass(slots=True)
class _OnePerson:
    """The visits of one person among those found, the newest first, and what they are known by."""

    visits: list[_Found] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    id_hash: str = ""
    on_screen: bool = False

    def is_of(self, other: "_OnePerson") -> bool:
        two_numbers = self.id_hash and other.id_hash and self.id_hash != other.id_hash
        return not two_numbers and bool(self.marks & other.marks)

    def take_in(self, other: "_OnePerson") -> None:
        self.visits += other.visits
        self.marks |= other.marks
        self.id_hash = self.id_hash or other.id_hash
        self.on_screen |= other.on_screen


def _alone(found: _Found, *, on_screen: bool) -> _OnePerson:
    visit, words, _host = found
    marks = {mark for mark in (visit.id_hash, words.same_phone, words.same_unit) if mark}
    return _OnePerson([found], marks, visit.id_hash, on_screen)


def _parted(visits: Iterator[_OnePerson]) -> list[_OnePerson]:
    """Return the people whose visits these are; a visit may show that two of them are one."""
    people: list[_OnePerson] = []
    for one in visits:
        first: _OnePerson | None = None
        for person in list(people):
            if not person.is_of(one if first is None else first):
                continue
            if first is None:
                first = person
                first.take_in(one)
            else:
                first.take_in(person)
                people.remove(person)
        if first is None:
            people.append(one)
    return people


def known(desk: Desk, query: str, shown: frozenset[str] = frozenset()) -> list[Known]:
    """Return who of those that ``query`` may mean was inside before, the newest visit first.

    Nobody of whom a visit in ``shown`` (their ids) stands on the screen already.
    """
    with desk.read() as book:
        return _people(book, find(book, query), shown)


def called(desk: Desk, name: str, number: str = "") -> list[Known]:
    """Return who of exactly this name was inside before, the newest visit first.

    With the identity ``number`` of a card its owner comes first, and nobody who has another.
    """
    mark = _mark_of(desk, number)
    with desk.read() as book:
        owner = book.connection.execute(_OF_NUMBER, (mark, MOST_SHOWN)) if mark else ()
        found = [*(one for (one,) in owner), *named(book, name.strip(), MOST_SHOWN * 2)]
        return _people(book, found, frozenset(), mark)


def _mark_of(desk: Desk, number: str) -> str:
    """Return the keyed hash of an identity number, "" for none and for one that cannot be."""
    try:
        plain = id_numbers.id_number(number)
    except Refused:
        return ""
    return id_hash(desk, plain) if plain else ""


def _people(
    book: Book, found: Sequence[str], shown: frozenset[str], mark: str = ""
) -> list[Known]:  # fmt: skip
    visits = (
        _alone(one, on_screen=visit_id in shown)
        for visit_id in dict.fromkeys([*sorted(shown), *found])
        if (one := _read(book, visit_id)) is not None
    )
    people = [person for person in _parted(visits) if not person.on_screen]
    may_be = (person for person in people if not mark or person.id_hash in {"", mark})
    lines = (_line(book, person) for person in may_be)
    return list(islice((line for line in lines if line is not None), MOST_SHOWN))


def _read(book: Book, visit_id: str) -> _Found | None:
    """Return a visit that has words; None for one that was erased meanwhile."""
    pair, words = book.one(VISIT, id=visit_id), book.one(WORDS, id=visit_id)
    return None if pair is None or words is None else (pair[0], words, pair[1])


def _was_inside(book: Book, visit: Visit) -> bool:
    """Say whether somebody was inside who is known by name: not "the ambulance"."""
    if "name" in owed_by(book, visit):
        return False
    return visit.admitted_at is not None and visit.state is not State.VOIDED


def _line(book: Book, person: _OnePerson) -> Known | None:
    """Return the line of a person by the newest visit inside; None where there was none."""
    newest = next((one for one in person.visits if _was_inside(book, one[0])), None)
    if newest is None:
        return None
    visit, words, host = newest
    return Known(
        visit.id, words.name, book.read_sealed(visit.form, erased=""),
        book.read_sealed(visit.unit, erased=""), words.phone_tail, names.address(host),
        not host.active, visit.day, _times(book, person, visit.id),
    )  # fmt: skip


def _times(book: Book, person: _OnePerson, newest: str) -> int:
    """Return how often the person was inside, in all visits there are."""
    found = {newest}
    for mark in person.marks:
        for visit_id, its_hash in book.connection.execute(_INSIDE_UNDER, (mark,)):
            if not (its_hash and person.id_hash) or its_hash == person.id_hash:
                found.add(visit_id)
    return len(found)


def last_time(desk: Desk, visit_id: str) -> LastTime:
    """Return what the form takes over from a visit.

    Raises ``Refused``: ``visit.unknown``, ``visit.erased``.
    """
    with desk.read() as book:
        visit, host = visit_of(book, visit_id)
        refuse_erased(book, visit)
        values = {one: book.read_sealed(getattr(visit, one), erased="") for one in _CARRIED}
        companions = book.read_sealed(visit.companions, erased="")
        return LastTime(
            values, host_card(desk, book, host) if host.active else None,
            "" if host.active else names.address(host), visit.people, companions,
            lane_of(visit.lane),
        )  # fmt: skip


def host_before(desk: Desk) -> HostCard:
    """Return the host of the visit that was written last at this desk; no file is written there.

    Raises ``Refused("visit.no_host_before")`` where there is none, or he does not work here now.
    """
    with desk.read() as book:
        found = book.connection.execute(_BEFORE_THIS, (desk.gate,)).fetchone()
        if found is None:
            raise Refused("visit.no_host_before", field="host")
        return host_card(desk, book, person_by_staff_no(book, found[0]))
