"""Whom somebody means who asks what the book holds: a number, a visit's id, or a name with phone.

Who was expected and never came has no number; and one visitor may stand in several visits: the days
of a series, and the visit of today beside the appointment of another day. They are found together.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from visitors import rules
from visitors.models import ALL_WORDS, VISIT, Visit
from visitors.numbered import visit_numbered
from visitors.search import PHONE_TAIL, fits
from visitors.wording import state_word

_NUMBER = re.compile(r"(?:(\d{4})(\d\d)(\d\d)-|(\d\d?)-(\d\d?)/)(\d{1,6})", re.ASCII).fullmatch
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_NAME = re.compile(rf"(\D+?)\s+(\d{{{PHONE_TAIL}}})", re.ASCII).fullmatch
_SERIES = select(Visit).where(col(Visit.series) == bindparam("series")).order_by(col(Visit.from_at))
_ARRIVALS = "SELECT facts FROM journal WHERE code = 'visit.arrived' AND instr(facts, ?)"


def called(visit: Visit) -> str:
    """Return what a visit is called here: its number, or its id where nobody came."""
    return rules.readable(visit.day, visit.number) if visit.number else visit.id


def visits_called(desk: Desk, book: Book, typed: str) -> list[tuple[Visit, Person]]:
    """Return every visit of whoever is meant, with its host, in order of time.

    ``typed`` is a number (``visit_called``), a visit's id, or a name with the last four digits of
    the phone, ``王小明 5678``. Raises ``Refused``: ``subject.number_unclear``,
    ``subject.unknown``, ``subject.nobody``.
    """
    text = typed.strip()
    named = _NAME(text)
    if named is not None:
        found = _by_name(book, *named.groups())
    elif _ID(text):
        found = [text]
    else:
        found = [visit_called(desk, book, typed)[0].id]
    visits = [pair for pair in (book.one(VISIT, id=one) for one in found) if pair is not None]
    if not visits:
        raise Refused("subject.nobody")
    return _with_linked(book, visits)


def _by_name(book: Book, name: str, tail: str) -> list[str]:
    asked = name.strip().casefold()
    return [
        words.id
        for words in book.all(ALL_WORDS)
        if words.phone_tail == tail and words.name.casefold() == asked
    ]


def visits_like(book: Book, query: str) -> list[tuple[Visit, Person]]:
    """Return the visits that a name, its pinyin or the end of a phone number may mean, by day."""
    likely = [words.id for words in book.all(ALL_WORDS) if query.strip() and fits(query, words)]
    return _in_order(pair for one in likely if (pair := book.one(VISIT, id=one)) is not None)


def as_line(book: Book, visit: Visit) -> str:
    """Return one visit in a list: its id, day, number, where it stands, name and unit."""
    number = rules.spoken(visit.number) or _("no number")
    words = (book.read_sealed(visit.name, erased=""), book.read_sealed(visit.unit, erased=""))
    said = " ".join(word for word in words if word)
    return f"{visit.id}  {visit.day:%Y-%m-%d}  {number}  {state_word(visit)}  {said}"


def _with_linked(book: Book, visits: list[tuple[Visit, Person]]) -> list[tuple[Visit, Person]]:
    found = {visit.id: (visit, host) for visit, host in visits}
    todo = [visit for visit, _host in visits]
    while todo:
        for one in _linked(book, todo.pop()):
            pair = None if one in found else book.one(VISIT, id=one)
            if pair is not None:
                found[one] = pair
                todo.append(pair[0])
    return _in_order(found.values())


def _linked(book: Book, visit: Visit) -> Iterator[str]:
    """Yield the ids of the same visitor's: the same series and name, or one come for the other.

    A day of the series on which another name stands is another visitor's.
    """
    name = book.read_sealed(visit.name, erased="")
    if visit.series and name:
        for one in book.all(_SERIES, series=visit.series):
            if book.read_sealed(one.name, erased="") == name:
                yield one.id
    for (told,) in book.connection.execute(_ARRIVALS, (visit.id,)).fetchall():
        facts = json.loads(told)
        if facts.get("instead_of"):
            yield from (facts["visit"], facts["instead_of"])


def _in_order(visits: Iterable[tuple[Visit, Person]]) -> list[tuple[Visit, Person]]:
    return sorted(visits, key=lambda pair: (pair[0].from_at, pair[0].id))


def visit_called(desk: Desk, book: Book, typed: str) -> tuple[Visit, Person]:
    """Return the visit of a number written ``20261123-017`` or ``11-23/017``, and its host.

    Without a year the last such day is meant. It may be another desk's: no two give one number.
    Raises ``Refused``: ``subject.number_unclear``,
    ``subject.unknown``.
    """
    asked = _NUMBER(typed.strip())
    if asked is None:
        raise Refused("subject.number_unclear", typed=typed)
    year, month, day, short_month, short_day, number = asked.groups()
    try:
        when = date(
            int(year or desk.today().year), int(month or short_month), int(day or short_day)
        )
        if not year and when > desk.today():
            when = when.replace(year=when.year - 1)
    except ValueError:
        raise Refused("subject.number_unclear", typed=typed) from None
    found = visit_numbered(book, desk.gate, when, int(number))
    if found is None or not int(number):
        raise Refused("subject.unknown", number=rules.readable(when, int(number)))
    return found
