"""Find a visit by characters, pinyin, initials, the end of a phone number, or its number."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kiosk.desk import names
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.secrets import SiteKey
from kiosk.desk.transaction import SUBJECT_KEY, Book, Erased, Transaction
from visitors import plates
from visitors.models import ALL_VISITS, ALL_WORDS, WORDS, WORDS_OF_DAY, Visit
from visitors.rules import spoken
from visitors.visit_words import VisitWords

PHONE_TAIL = 4
_PLATE_SIGNS = 3
_MARK_SIGNS = 16  # 64 bits: two of a million people share one once in 37 million sites


def words_of(visit: Visit, name: str, phone: str, plate: str = "") -> VisitWords:
    """Return by what the visit is found among today's; ``index`` adds what all visits need."""
    pinyin, initials = names.pinyin_of(name)
    return VisitWords(
        id=visit.id, day=visit.day, name=name, pinyin=pinyin, initials=initials,
        phone_tail=phone[-PHONE_TAIL:], number=spoken(visit.number),
        phone_day=visit.day if phone else None, plate=plate, plate_number=plates.number_of(plate),
    )  # fmt: skip


def spell(words: VisitWords) -> None:
    """Write down the name as it is typed: without spaces, u for ü, and without the surname."""
    given = given_name(words.name)
    family = words.name[: len(words.name) - len(given)]
    syllables = words.pinyin.replace("v", "u").split()
    of_given = syllables[len(names.pinyin_of(family)[0].split()) :] if given else []
    words.initials = words.initials.replace("v", "u")
    words.spelled, words.given = "".join(syllables), given
    words.given_spelled = "".join(of_given)
    words.given_initials = "".join(one[0] for one in of_given)


def given_name(name: str) -> str:
    """Return what follows the surname, or the first part of a name in several; "" for nothing."""
    family = names.surname(name)
    if family != name.strip():
        return name.strip()[len(family) :]
    parts = re.split(r"[\s·]+", name.strip(), maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def know_again(site_key: SiteKey, words: VisitWords, phone: str, unit: str) -> None:
    """Write the keyed hashes by which the same person is known; nothing of them leads back.

    Who gave neither phone nor unit is known by the name alone.
    """
    said = "".join(unit.split()).casefold()
    words.same_phone = _mark(site_key, "phone", words.name, phone) if phone else ""
    by_unit = bool(words.name) and (bool(said) or not phone)
    words.same_unit = _mark(site_key, "unit", words.name, said) if by_unit else ""


def _mark(site_key: SiteKey, kind: str, name: str, value: str) -> str:
    return site_key.blind(f"known by {kind} {name}|{value}")[:_MARK_SIGNS]


def index(tx: Transaction, visit: Visit) -> None:
    """Write the visit's words anew; belongs to the entry that changes the visit.

    An erased visitor is found by nothing.
    """
    with suppress(Erased):
        name, phone = _findable(tx, visit.name), _phone(tx, visit.phone)
        words = words_of(visit, name, phone, _findable(tx, visit.plate))
        spell(words)
        know_again(tx.site_key, words, phone, _findable(tx, visit.unit))
        tx.keep(words)


def forget_phone(tx: Transaction, visit: Visit, words: VisitWords) -> None:
    """Take the phone number out of the words, once its key is destroyed."""
    words.phone_tail, words.phone_day = "", None
    know_again(tx.site_key, words, "", _findable(tx, visit.unit))
    tx.keep(words)


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


_OF_SUBJECTS = """
SELECT id FROM visit_words JOIN visit USING (id)
WHERE visit.subject IN (SELECT value FROM json_each(:gone))
OR visit.subject || '-phone' IN (SELECT value FROM json_each(:gone))
"""


def absorb(tx: Transaction, rows: Sequence[Row], gone: Sequence[tuple[str, str]]) -> None:
    """Write the words of visits that came in from another desk, and take away what it erased.

    ``gone`` names the subjects that were erased: a visitor's, or a phone number's alone.
    """
    visits = [row for row in rows if isinstance(row, Visit)]
    erased = [subject for table, subject in gone if table == "subject_key"]
    if erased:
        found = tx.connection.execute(_OF_SUBJECTS, {"gone": json.dumps(erased)}).fetchall()
        also = (tx.row_of(Visit, visit_id) for (visit_id,) in found)
        visits += [row for row in also if isinstance(row, Visit)]
    for visit in visits:
        _index_or_forget(tx, visit)


def _index_or_forget(tx: Transaction, visit: Visit) -> None:
    if tx.one(SUBJECT_KEY, id=visit.subject) is not None:
        index(tx, visit)
        return
    words = tx.one(WORDS, id=visit.id)
    if words is not None:
        tx.forget(words)


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
        of_phone = _ends_phone(asked, words.phone_tail)
        return is_number(asked, words) or of_phone or _in_plate(asked, words.plate)
    return _in_plate(asked, words.plate) or names.matches(
        asked, words.name, words.pinyin, words.initials
    )


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


def _in_plate(asked: str, plate: str) -> bool:
    """Say whether so much was typed of a plate that it may be this one."""
    signs = "".join(filter(str.isalnum, asked.upper()))
    readings = {signs} | {signs[:at] + plates.number(signs[at:]) for at in range(plates.HEAD + 1)}
    return len(signs) >= _PLATE_SIGNS and any(one in plate for one in readings)


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
