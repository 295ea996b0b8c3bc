"""Find a visit among all there ever were, newest first, in a million as fast as in a thousand.

What is typed is the beginning of a name, of its pinyin or its first letters (each also without the
surname), the end of a phone number, a plate, or a number with its day. Each is a range in an index.
Where a range is long, what was typed says little and the newest visits are full of it: they are
read backwards until enough are found. So neither many visits nor a common name cost more.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from kiosk.desk import names
from kiosk.desk.transaction import Book
from visitors import plates

MOST = 60
"""So many are found at most: a list longer than that is narrowed by one more letter."""
_LONG_RANGE = 2000
_NEWEST = 4000
_ENOUGH = 8
_LAST = chr(0x10FFFF)
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DAY_NUMBER = re.compile(r"(\d{4})?(\d\d?)-?(\d\d)[-/](\d{1,6})", re.ASCII).fullmatch
_PHONE_TAIL = 4
_COLUMNS = (
    "name", "given", "initials", "given_initials", "spelled", "given_spelled", "phone_tail",
    "plate", "plate_number",
)  # fmt: skip
_SPELT_COLUMNS = ("initials", "given_initials", "spelled", "given_spelled")
_RANGE = {
    column: f"(SELECT day, rowid FROM visit_words INDEXED BY ix_visit_words_{column}"  # noqa: S608 - our own names
    f" WHERE {column} >= ? AND {column} < ? LIMIT ?)"
    for column in _COLUMNS
}
_COUNT = {column: f"SELECT count(*) FROM {rows}" for column, rows in _RANGE.items()}  # noqa: S608 - the same
_NEWEST_IN = {
    column: f"SELECT day, rowid FROM {rows} ORDER BY day DESC, rowid DESC LIMIT ?"  # noqa: S608 - the same
    for column, rows in _RANGE.items()
}
_ID = "SELECT id FROM visit_words WHERE rowid = ?"
_OF_DAY = "SELECT id FROM visit_words WHERE day = ? AND number = ? ORDER BY rowid DESC"
_NAMED = "SELECT id FROM visit_words WHERE name = ? ORDER BY day DESC, rowid DESC LIMIT ?"

Place = tuple[str, int]
"""A visit's day and where its words stand: a later one is the newer one."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed: the beginning of which columns it may be, and of what it may be a part."""

    begins: tuple[tuple[str, str], ...] = ()
    in_phone: str = ""


def _newest(*columns: str) -> str:
    """Return these columns of the newest visits, the last first, as a part of a query."""
    listed = ", ".join(("rowid", "day", *columns))
    return f"(SELECT {listed} FROM visit_words ORDER BY rowid DESC LIMIT {_NEWEST})"  # noqa: S608 - our own names


def sought(query: str) -> Sought:
    """Return what the typed words may mean; nothing for an empty query."""
    text = "".join(unicodedata.normalize("NFKC", query).split())
    if not text:
        return Sought()
    signs = "".join(c for c in text.upper() if c.isalnum())
    if not text.isascii():
        whole = signs[: plates.HEAD] + plates.number(signs[plates.HEAD :])
        return Sought((("name", query.strip()), ("given", text), ("plate", whole)))
    if text.isdigit():
        part = text if 1 < len(text) < _PHONE_TAIL else ""
        return Sought((("phone_tail", text[-_PHONE_TAIL:]), ("plate_number", text)), part)
    letters = text.lower().replace("v", "u")
    if letters.isalpha():
        return Sought(tuple((column, letters) for column in _SPELT_COLUMNS))
    # People say a plate without its province's character, and with or without the letter.
    parts = (plates.number(signs), plates.number(signs[1:]))
    numbers = tuple(("plate_number", part) for part in parts if part)
    return Sought((("plate", signs), ("spelled", letters), *numbers))


def find(book: Book, query: str, most: int = MOST) -> list[str]:
    """Return the ids of the visits that ``query`` may mean, newest first, at most ``most``."""
    numbered = _DAY_NUMBER(query.strip())
    if numbered is not None:
        return list(_of_day(book, numbered))[:most]
    asked = sought(query)
    is_long = any(_is_long(book, column, text) for column, text in asked.begins)
    places: set[Place] = set()
    if is_long or asked.in_phone:
        places.update(_among_newest(book, asked, most))
    if not is_long or len(places) < _ENOUGH:
        places.update(_in_ranges(book, asked, most))
    if not places:
        places.update(_spelt_in_part(book, query))
    return [_id(book, place) for place in nlargest(most, places)]


def _is_long(book: Book, column: str, text: str) -> bool:
    """Say whether so many begin with it that a range does not say which are the newest."""
    bounds = (text, text + _LAST, _LONG_RANGE + 1)
    (count,) = book.connection.execute(_COUNT[column], bounds).fetchone()
    return int(count) > _LONG_RANGE


def _in_ranges(book: Book, asked: Sought, most: int) -> Iterator[Place]:
    """Yield where the ranges lead, of each the newest."""
    for column, text in asked.begins:
        bounds = (text, text + _LAST, _LONG_RANGE, most)
        yield from book.connection.execute(_NEWEST_IN[column], bounds)


def _among_newest(book: Book, asked: Sought, most: int) -> list[Place]:
    """Return the newest that fit, read backwards until there are enough."""
    if not asked.begins:
        return []
    fits = [f"({column} >= ? AND {column} < ?)" for column, _text in asked.begins]
    texts = [bound for _column, text in asked.begins for bound in (text, text + _LAST)]
    if asked.in_phone:
        fits.append("instr(phone_tail, ?)")
        texts.append(asked.in_phone)
    columns = dict.fromkeys(column for column, _text in asked.begins)
    query = f"SELECT day, rowid FROM {_newest(*columns)} WHERE {' OR '.join(fits)} LIMIT {most}"  # noqa: S608 - our own names
    return book.connection.execute(query, texts).fetchall()


_SPELT = (
    f"SELECT day, rowid, name, pinyin, initials FROM {_newest('name', 'pinyin', 'initials')}"  # noqa: S608 - our own names
    " WHERE instr(initials, ?) LIMIT 500"
)


def _spelt_in_part(book: Book, query: str) -> Iterator[Place]:
    """Yield the newest whose syllables are all begun: ``zhwei`` for 张伟."""
    typed = "".join(query.lower().split())
    if not (typed.isascii() and typed.isalpha()):
        return
    for day, rowid, name, pinyin, initials in book.connection.execute(_SPELT, (typed[0],)):
        if names.matches(typed, name, pinyin, initials):
            yield day, rowid


def _id(book: Book, place: Place) -> str:
    return str(book.connection.execute(_ID, (place[1],)).fetchone()[0])


def _of_day(book: Book, asked: re.Match[str]) -> Iterator[str]:
    """Yield who had the number on that day; of a day without its year the newest first."""
    year, month, day, number = asked.groups()
    for one in [f"{year}"] if year else _years(book):
        try:
            when = date(int(one), int(month), int(day)).isoformat()
        except ValueError:
            continue
        for (found,) in book.connection.execute(_OF_DAY, (when, f"{int(number):03}")):
            yield found


def _years(book: Book) -> Iterator[str]:
    """Yield the years of the visits there are words of, the last first."""
    oldest, newest = book.connection.execute(
        "SELECT min(day), max(day) FROM visit_words"
    ).fetchone()
    if newest:
        yield from map(str, range(int(newest[:4]), int(oldest[:4]) - 1, -1))


def named(book: Book, name: str, most: int) -> list[str]:
    """Return the ids of the visits under exactly this name, newest first."""
    rows = book.connection.execute(_NAMED, (name, most)).fetchall()
    return [str(one) for (one,) in rows]
