"""Find a visit by characters, pinyin, initials, the end of a phone number, or its number."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kiosk.desk import names
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Erased, Transaction
from visitors.models import ALL_VISITS, ALL_WORDS, WORDS_OF_DAY, Visit, VisitWords
from visitors.rules import spoken

PHONE_TAIL = 4


def words_of(visit: Visit, name: str, phone: str) -> VisitWords:
    """Return by what the visit is found."""
    pinyin, initials = names.pinyin_of(name)
    return VisitWords(
        id=visit.id, day=visit.day, name=name, pinyin=pinyin, initials=initials,
        phone_tail=phone[-PHONE_TAIL:], number=spoken(visit.number),
        phone_day=visit.day if phone else None,
    )  # fmt: skip


def index(tx: Transaction, visit: Visit) -> None:
    """Write the visit's words anew; belongs to the entry that changes the visit.

    An erased visitor is found by nothing.
    """
    with suppress(Erased):
        name = _findable(tx, visit.name)
        tx.keep(words_of(visit, name, _phone(tx, visit.phone)))


def _findable(tx: Transaction, sealed: str) -> str:
    """Return the words; nothing where they are damaged: such a visitor goes out by the number."""
    try:
        return tx.unseal(sealed)
    except Refused:
        return ""


def _phone(tx: Transaction, sealed: str) -> str:
    """Return the phone number; nothing where it was deleted, as it is before the other words."""
    try:
        return _findable(tx, sealed)
    except Erased:
        return ""


def reindex(tx: Transaction) -> None:
    """Rebuild every visit's words from the rows."""
    for words in tx.all(ALL_WORDS):
        tx.forget(words)
    for visit in tx.all(ALL_VISITS):
        index(tx, visit)


def find(book: Book, query: str, day: date) -> list[str]:
    """Return the ids of the day's visits that ``query`` may mean, in the order they were made."""
    return [words.id for words in book.all(WORDS_OF_DAY, day=day) if fits(query, words)]


def fits(query: str, words: VisitWords) -> bool:
    """Say whether ``query`` (what was typed) may mean this visit; an empty one means all."""
    asked = query.strip()
    if not asked:
        return True
    if _NUMBER(asked):
        return is_number(asked, words) or _ends_phone(asked, words.phone_tail)
    return names.matches(asked, words.name, words.pinyin, words.initials)


_NUMBER = re.compile(r"(?:(?:\d{4})?(\d\d?)-?(\d\d)[-/])?(\d+)", re.ASCII).fullmatch


def is_number(query: str, words: VisitWords) -> bool:
    """Say whether ``query`` is this visit's number: 17, 017, 11-23/017, or 20261123-017."""
    asked = _NUMBER(query.strip())
    if asked is None or not words.number or asked[3].lstrip("0") != words.number.lstrip("0"):
        return False
    day = (words.day.month, words.day.day)
    return asked[1] is None or (int(asked[1]), int(asked[2])) == day


def _ends_phone(asked: str, tail: str) -> bool:
    """Say whether the digits may be the end of the phone number."""
    return bool(tail) and (asked.endswith(tail) or (len(asked) > 1 and asked in tail))


@dataclass(frozen=True, slots=True)
class HostWords:
    """A member of staff with everything a host is asked for by, made once."""

    person: Person
    address: str
    address_pinyin: str
    address_initials: str


def host_words(book: Book) -> list[HostWords]:
    """Return every active member of staff, ready to be searched."""
    return [_host_words(person) for person in book.all(EVERYONE)]


def _host_words(person: Person) -> HostWords:
    called = names.address(person)
    return HostWords(person, called, *names.pinyin_of(called))


def best(query: str, staff: Sequence[HostWords], most: int = 5) -> list[Person]:
    """Return whom ``query`` may mean, whoever is meant exactly first; nobody for an empty query.

    A name, pinyin, initials, staff number, extension, or the form of address: ``zk`` finds 张科长.
    """
    asked = query.strip()
    fitting = [host for host in staff if asked and _may_be(asked, host)]
    ranked = sorted(fitting, key=lambda host: (not _exactly(asked, host), host.person.staff_no))
    return [host.person for host in ranked[:most]]


def _exactly(asked: str, host: HostWords) -> bool:
    person = host.person
    return asked in {person.name, person.staff_no, person.extension, person.initials, host.address}


def _may_be(asked: str, host: HostWords) -> bool:
    person = host.person
    return (
        _exactly(asked, host)
        or names.matches(asked, person.name, person.pinyin, person.initials)
        or names.matches(asked, host.address, host.address_pinyin, host.address_initials)
    )
