"""Find a visit by characters, pinyin, initials, the end of a phone number, or its number of the day."""

from collections.abc import Sequence
from datetime import date


from kiosk.desk import names
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.transaction import Book, Transaction
from visitors.models import ALL_VISITS, ALL_WORDS, WORDS_OF_DAY, State, Visit, VisitWords
from visitors.rules import spoken


PHONE_TAIL = 4


def words_of(visit: Visit, name: str, phone: str) -> VisitWords:
    """Return by what the visit is found."""
    pinyin, initials = names.pinyin_of(name)
    return VisitWords(
        id=visit.id, day=visit.day, name=name, pinyin=pinyin, initials=initials,
        phone_tail=phone[-PHONE_TAIL:], number=spoken(visit.number),
    )  # fmt: skip


def index(tx: Transaction, visit: Visit) -> None:
    """Write the visit's words anew; belongs to the entry that changes the visit."""
    tx.keep(words_of(visit, tx.unseal(visit.name), tx.unseal(visit.phone)))


def reindex(tx: Transaction) -> None:
    """Rebuild every visit's words from the rows, and drop those of visits that are gone or void."""
    for words in tx.all(ALL_WORDS):
        tx.forget(words)
    for visit in tx.all(ALL_VISITS):
        if visit.state is not State.VOIDED:
            index(tx, visit)


def find(book: Book, query: str, day: date) -> list[str]:
    """Return the ids of the day's visits that ``query`` may mean, in the order they were made."""
    return [words.id for words in book.all(WORDS_OF_DAY, day=day) if fits(query, words)]


def fits(query: str, words: VisitWords) -> bool:
    """Say whether ``query`` (what was typed) may mean this visit; an empty one means every visit."""
    asked = query.strip()
    if not asked:
        return True
    if asked.isascii() and asked.isdigit():
        return _fits_digits(asked, words)
    return names.matches(asked, words.name, words.pinyin, words.initials)


def _fits_digits(asked: str, words: VisitWords) -> bool:
    """Three digits or fewer name the number of the day; any number of them may end a phone number."""
    by_number = bool(words.number) and int(asked) == int(words.number)
    return by_number or (len(asked) > 1 and asked in words.phone_tail)


def host_hints(book: Book, query: str, most: int = 5) -> list[Person]:
    """Return the staff whom ``query`` may mean: name, staff number, pinyin, initials, or 张科 as ``zk``."""
    asked = query.strip()
    if not asked:
        return []
    return best(asked, book.all(EVERYONE))[:most]


def best(asked: str, people: Sequence[Person]) -> list[Person]:
    """Return who fits, whoever is meant exactly first."""
    fitting = [person for person in people if _may_be(asked, person)]
    return sorted(fitting, key=lambda person: (asked not in _exact(person), person.staff_no))


def _exact(person: Person) -> tuple[str, ...]:
    return person.name, person.staff_no, person.initials, names.address(person)


def _may_be(asked: str, person: Person) -> bool:
    if asked == person.staff_no or asked == person.extension:
        return True
    called = names.address(person)
    return names.matches(asked, person.name, person.pinyin, person.initials) or names.matches(
        asked, called, *names.pinyin_of(called)
    )
