"""The book of handovers: all of it, newest first, by guard, day, number or a word that is in it.

Days narrow the query itself. A word may be sealed, so the handovers it could be in are opened one
by one, the newest first, until enough are found or somebody asks for something else.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from kiosk.desk import names
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from shift_handover.models import Handover, HandoverMark, HandoverState
from shift_handover.papers.said import says_all
from shift_handover.papers.sought import Sought

MOST_FOUND = 200
"""A word is looked for until it was found so often; a day or a guard narrows it further."""

_OUT, _IN = Person.__table__.alias(), Person.__table__.alias()
_WHO = (_OUT.c.name, _OUT.c.staff_no, _OUT.c.pinyin, _OUT.c.initials)
_WHO_IN = (_IN.c.name, _IN.c.staff_no, _IN.c.pinyin, _IN.c.initials)
_DAYS = (
    col(Handover.post) == bindparam("post"),
    col(Handover.frozen_at) >= bindparam("first"),
    col(Handover.frozen_at) < bindparam("after"),
)
_COLUMNS: Any = (
    Handover.id, Handover.number, Handover.state, Handover.frozen_at, Handover.ended_at,
    Handover.open_count, *_WHO, *_WHO_IN,
)  # fmt: skip
"""As ``_listed`` reads them: without the sealed record, which is opened only for a word."""

_ALL = (
    select(*map(col, _COLUMNS))
    .join(_OUT, col(_OUT.c.id) == col(Handover.outgoing_id))
    .join(_IN, col(_IN.c.id) == col(Handover.incoming_id), isouter=True)
    .where(*_DAYS)
    .order_by(col(Handover.frozen_at).desc(), col(Handover.id).desc())
)
_PAGE = _ALL.limit(bindparam("most")).offset(bindparam("skip"))
_COUNT = select(func.count()).select_from(Handover).where(*_DAYS)
_NOTES = (
    select(col(HandoverMark.handover_id), col(HandoverMark.note))
    .join(Handover, col(Handover.id) == col(HandoverMark.handover_id))
    .where(*_DAYS, col(HandoverMark.note) != "")
)
_IDS = (
    select(col(Handover.id))
    .where(*_DAYS)
    .order_by(col(Handover.frozen_at).desc(), col(Handover.id).desc())
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Who gave the post away or took it, with what a name is found by."""

    name: str
    staff_no: str
    pinyin: str
    initials: str

    def is_meant(self, word: str) -> bool:
        """Say whether a typed word means this person."""
        return word == self.staff_no.lower() or names.matches(
            word, self.name, self.pinyin, self.initials
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One handover in the list; moments are aware UTC. ``incoming`` is None until one is named."""

    id: str
    number: str
    state: HandoverState
    frozen_at: datetime
    ended_at: datetime | None
    open_count: int
    outgoing: Guard
    incoming: Guard | None


def count(book: Book, post: str, sought: Sought) -> int:
    """Return how many handovers of ``post`` the days have; words are not looked at."""
    return book.one(_COUNT, post=post, **sought.days) or 0


def page(book: Book, post: str, sought: Sought, offset: int, limit: int) -> list[Listed]:
    """Return some of the handovers of the days, newest first; words are not looked at."""
    facts: dict[str, Any] = {"post": post, "skip": offset, "most": limit, **sought.days}
    return [_listed(row) for row in book.all(_PAGE, **facts)]


def place(book: Book, post: str, sought: Sought, handover_id: str) -> int | None:
    """Return where a handover stands in the list of the days, None when it is not in it."""
    ids = book.all(_IDS, post=post, **sought.days)
    return ids.index(handover_id) if handover_id in ids else None


def found(
    book: Book, post: str, sought: Sought, still_asked: Callable[[], bool] = lambda: True
) -> list[Listed]:
    """Return the newest ``MOST_FOUND`` handovers of the days in which every word is.

    It ends early, with what it has, when ``still_asked`` says that nobody waits for it any more.
    """
    fitting: list[Listed] = []
    notes: dict[str, list[str]] = defaultdict(list)
    for handover_id, note in book.all(_NOTES, post=post, **sought.days):
        notes[handover_id].append(note)
    for row in book.all(_ALL, post=post, **sought.days):
        if len(fitting) == MOST_FOUND or not still_asked():
            break
        one = _listed(row)
        inside = [word for word in sought.words if not _is_outside(one, word)]
        if not inside or says_all(book, one.id, notes[one.id], inside):
            fitting.append(one)
    return fitting


def _listed(row: tuple[Any, ...]) -> Listed:
    one, number, state, frozen_at, ended_at, open_count = row[:6]
    incoming = Guard(*row[10:]) if row[11] is not None else None
    outgoing = Guard(*row[6:10])
    return Listed(one, number, state, frozen_at, ended_at, open_count, outgoing, incoming)


def _is_outside(one: Listed, word: str) -> bool:
    """Say whether a word is the handover's number or one of its two people."""
    guards = [guard for guard in (one.outgoing, one.incoming) if guard is not None]
    return word == one.number.lower() or any(guard.is_meant(word) for guard in guards)
