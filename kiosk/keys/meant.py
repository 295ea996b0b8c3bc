"""Who is meant by what was typed where a place may stand too: a colleague is never a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.desk.names import matches
from kiosk.desk.people import BY_STAFF_NO, EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book

MOST = 8


@dataclass(frozen=True, slots=True)
class Meant:
    """Who may be meant, the likeliest first; ``sure`` when it is no place but one of them."""

    people: Sequence[Person]
    sure: bool


def who_is_meant(book: Book, typed: str) -> Meant:
    """Return whom a staff number, a whole name, or pinyin may mean; at most ``MOST`` of them.

    A staff number or the whole name of a colleague is that colleague's. Raises
    ``Refused("keys.person_left")`` for the number of who has left the house.
    """
    person = book.one(BY_STAFF_NO, staff_no=typed)
    if person is not None and not person.active:
        raise Refused("keys.person_left", name=person.name)
    if person is not None:
        return Meant([person], sure=True)
    everybody = book.all(EVERYONE)
    named = [one for one in everybody if "".join(one.name.split()) == "".join(typed.split())]
    if named:
        return Meant(named[:MOST], sure=True)
    spelt = [one for one in everybody if matches(typed, one.name, one.pinyin, one.initials)]
    return Meant(spelt[:MOST], sure=False)
