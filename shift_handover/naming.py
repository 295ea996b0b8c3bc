"""Where a name was typed by hand at the gatehouse: matters, checks, lists, handovers."""

from collections.abc import Iterable, Iterator
from itertools import chain

from sqlmodel import select

from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from shift_handover.exits.models import ADDENDA_OF, LeaderWord
from shift_handover.frozen import document_of, is_damaged
from shift_handover.last_out.models import LINES_OF, LastOutList
from shift_handover.models import ANSWERS, MARKS, Handover, Matter, SafetyFault, SafetyRound

_Rows = Iterable[tuple[str, Iterable[str]]]


def naming(book: Book, name: str) -> list[str]:
    """Return the number of everything in whose words ``name`` was typed, each once."""
    sealed = chain(_matters(book), _faults(book), _rounds(book), _lists(book), _leaders(book))
    by_hand = numbers_naming(book, name, chain(sealed, _beside_handovers(book)))
    return list(dict.fromkeys([*by_hand, *_frozen(book, name)]))


def _matters(book: Book) -> _Rows:
    for one in book.all(select(Matter)):
        yield one.number, (one.giver, one.receiver, one.what, one.left_here, one.handed_to)


def _faults(book: Book) -> _Rows:
    for one in book.all(select(SafetyFault)):
        yield (
            one.number,
            (one.what, one.place, one.measure, one.told, one.closing, one.closed_told),
        )


def _rounds(book: Book) -> _Rows:
    for one in book.all(select(SafetyRound)):
        reasons = (said.reason for said in book.all(ANSWERS, round=one.id))
        yield one.number, (one.reported_to, one.reported_how, one.answer, *reasons)


def _lists(book: Book) -> _Rows:
    for one in book.all(select(LastOutList)):
        said = ((line.reason, line.found, line.closing) for line in book.all(LINES_OF, list=one.id))
        yield one.number, (one.closing, *chain.from_iterable(said))


def _leaders(book: Book) -> _Rows:
    for one in book.all(select(LeaderWord)):
        yield one.number, (one.leader, one.words, one.reason)


def _beside_handovers(book: Book) -> _Rows:
    for one in book.all(select(Handover)):
        marks = ((mark.note, mark.answer) for mark in book.all(MARKS, handover=one.id))
        later = (added.words for added, _person in book.all(ADDENDA_OF, handover=one.id))
        yield one.number, (one.reason, *chain.from_iterable(marks), *later)


def _frozen(book: Book, name: str) -> Iterator[str]:
    """Yield the handovers with the name in a note or a lock-up's words; not those that list it."""
    for row in book.all(select(Handover)) if name.strip() else ():
        if not is_damaged(book, row):
            document = document_of(book, row)
            told = document.lock_up
            said = (told.leader, told.said, told.doors, told.keys) if told else ()
            if any(name in one for one in (document.note, *said)):
                yield row.number
