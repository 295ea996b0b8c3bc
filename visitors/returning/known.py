"""Who was here before: one line for each person, and what the last visit said.

A person is known by the ID number, else by name and phone, else by name and unit; two different ID
numbers are two people whatever else is the same. A line says no more than the desk needs to ask
"is this you?": no ID number, no goods, and of the phone the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors.cards import HostCard, host_card
from visitors.models import VISIT, WORDS, State, Visit
from visitors.returning.finding import find, named
from visitors.service import is_erased, refuse_erased, visit_of
from visitors.visit_words import VisitWords

MOST_SHOWN = 8
_CARRIED = ("name", "form", "unit", "matter", "phone", "plate", "area")
"""What the form takes over from last time. Not the goods, nor the ID number: it is asked anew."""
_TIMES = """
SELECT count(*) FROM visit v WHERE v.id IN (
    SELECT id FROM visit_words WHERE same_phone = ?1 AND ?1 <> ''
    UNION SELECT id FROM visit_words WHERE same_unit = ?2 AND ?2 <> ''
    UNION SELECT id FROM visit WHERE id_hash = ?3 AND ?3 <> ''
    UNION SELECT ?4
) AND v.admitted_at IS NOT NULL AND v.state <> 'voided' AND (?3 = '' OR v.id_hash IN ('', ?3))
"""
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
    ``companions`` are the last group's, for whoever comes with the same one again.
    """

    values: dict[str, str]
    host: HostCard | None
    left_host: str
    people: int
    companions: str


@dataclass(slots=True)
class _Seen:
    """One person among the visits looked through so far."""

    marks: set[str] = field(default_factory=set)
    id_hash: str = ""

    def is_of(self, visit: Visit, words: VisitWords) -> bool:
        other = self.id_hash and visit.id_hash and self.id_hash != visit.id_hash
        return not other and bool(self.marks & _marks(visit, words))

    def add(self, visit: Visit, words: VisitWords) -> None:
        self.marks |= _marks(visit, words)
        self.id_hash = self.id_hash or visit.id_hash


def _marks(visit: Visit, words: VisitWords) -> set[str]:
    return {mark for mark in (visit.id_hash, words.same_phone, words.same_unit) if mark}


def known(desk: Desk, query: str, shown: frozenset[str] = frozenset()) -> list[Known]:
    """Return who of those that ``query`` may mean was inside before, the newest visit first.

    Nobody of whom a visit in ``shown`` (their ids) stands on the screen already.
    """
    with desk.read() as book:
        return _people(book, find(book, query), shown)


def called(desk: Desk, name: str) -> list[Known]:
    """Return who of exactly this name was inside before, the newest visit first."""
    with desk.read() as book:
        return _people(book, named(book, name.strip(), MOST_SHOWN * 2), frozenset())


def _people(book: Book, found: Sequence[str], shown: frozenset[str]) -> list[Known]:
    people: list[Known] = []
    listed = [_Seen() for _ in shown]
    for seen, visit_id in zip(listed, sorted(shown), strict=True):
        for visit, words, _host in _rows(book, [visit_id]):
            seen.add(visit, words)
    for visit, words, host in _rows(book, found):
        known_already = next((one for one in listed if one.is_of(visit, words)), None)
        if known_already is not None:
            known_already.add(visit, words)
        elif visit.id not in shown and _was_inside(visit) and not is_erased(book, visit):
            people.append(_line(book, visit, words, host))
            listed.append(_Seen(_marks(visit, words), visit.id_hash))
        if len(people) == MOST_SHOWN:
            break
    return people


def _rows(book: Book, found: Sequence[str]) -> Iterator[tuple[Visit, VisitWords, Person]]:
    for visit_id in found:
        pair, words = book.one(VISIT, id=visit_id), book.one(WORDS, id=visit_id)
        if pair is not None and words is not None:
            yield pair[0], words, pair[1]


def _was_inside(visit: Visit) -> bool:
    return visit.admitted_at is not None and visit.state is not State.VOIDED


def _line(book: Book, visit: Visit, words: VisitWords, host: Person) -> Known:
    marks = (words.same_phone, words.same_unit, visit.id_hash, visit.id)
    (times,) = book.connection.execute(_TIMES, marks).fetchone()
    return Known(
        visit.id, words.name, book.read_sealed(visit.form, erased=""),
        book.read_sealed(visit.unit, erased=""), words.phone_tail, names.address(host),
        not host.active, visit.day, int(times),
    )  # fmt: skip


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
