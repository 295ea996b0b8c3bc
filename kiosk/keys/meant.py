"""Who is meant by what was typed where a place may stand too: a colleague is never a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from sqlmodel import col, select

from kiosk.desk.names import matches
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book

MOST = 8
_EVERYBODY_EVER = select(Person).order_by(col(Person.staff_no))


@dataclass(frozen=True, slots=True)
class Meant:
    """Who may be meant, the likeliest first; ``sure`` when it is no place but one of them."""

    people: Sequence[Person]
    sure: bool


def who_is_meant(book: Book, typed: str) -> Meant:
    """Return whom a staff number, a whole name, or pinyin may mean; at most ``MOST`` of them.

    Raises ``Refused`` as ``named`` does.
    """
    sure = named(book, typed)
    if sure:
        return Meant(sure[:MOST], sure=True)
    everybody = book.all(EVERYONE)
    spelt = [one for one in everybody if matches(typed, one.name, one.pinyin, one.initials)]
    return Meant(spelt[:MOST], sure=False)


def named(book: Book, typed: str) -> Sequence[Person]:
    """Return the colleagues whose staff number or whole name was typed: no place is called so.

    Raises ``Refused("keys.place_has_left")`` when it is the number or the name of nobody but who
    has left the house.
    """
    wanted, everybody = _bare(typed), book.all(_EVERYBODY_EVER)
    found = [one for one in everybody if _bare(one.staff_no) == wanted] or [
        one for one in everybody if _bare(one.name) == wanted
    ]
    here = [one for one in found if one.active]
    if found and not here:
        raise Refused("keys.place_has_left", name=found[0].name, staff_no=found[0].staff_no)
    return here


def _bare(text: str) -> str:
    """Return what is left of a name or number however it is typed: spaces, case, full width."""
    return "".join(normalize("NFKC", text).casefold().split())
