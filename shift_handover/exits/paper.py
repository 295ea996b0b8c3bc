"""What the exits add to the handover sheet: exceptions, counts, a leader's word, later words."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.slip_lines import Field, Heading, Line, Notice, Space, Text
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.exits.models import ADDENDA_OF, CAME_FOR, COUNTS_OF, WORDS_OF, Addendum, WordFor
from shift_handover.exits.wording import count_line, counted_word, late_words
from shift_handover.frozen import FrozenHandover
from shift_handover.models import Mark
from shift_handover.wording import joined, labelled, text_of


def more_of(book: Book, frozen: FrozenHandover, desk: Desk) -> tuple[Line, ...]:
    """Return the lines between the things to do and the foot of the sheet."""
    return (
        *_exceptions(frozen),
        *_relief(book, frozen, desk),
        *_counts(book, frozen),
        *_leader(book, frozen, desk),
        *_added(book, frozen, desk),
    )


def _exceptions(frozen: FrozenHandover) -> Iterator[Line]:
    numbers = [
        thing.number or text_of(thing)
        for thing in frozen.document.things
        if frozen.marks.get(thing.key) is Mark.QUESTION
    ]
    if numbers:
        yield Heading(pgettext("relief", "Exceptions"), str(len(numbers)))
        stays = _("Not taken over as settled; each stays open under its number: {numbers}")
        yield Text(stays.format(numbers=pgettext("between parts", ", ").join(numbers)))


def _relief(book: Book, frozen: FrozenHandover, desk: Desk) -> Iterator[Line]:
    if frozen.incoming is None or frozen.ended_at is None:
        return
    came = book.one(
        CAME_FOR, post=desk.gate, person=frozen.incoming.id, relieved_at=frozen.ended_at
    )
    if came is not None and came.due_at is not None:
        due = _("due at {time}, came at {came}").format(
            time=f"{desk.local(came.due_at):%H:%M}", came=f"{desk.local(came.came_at):%H:%M}"
        )
        yield Space(8)
        yield Field(pgettext("relief", "Relief"), joined(due, late_words(came.late_min)))


def _counts(book: Book, frozen: FrozenHandover) -> Iterator[Line]:
    counts = book.all(COUNTS_OF, handover=frozen.id)
    if counts:
        yield Space(8)
        yield Heading(_("Counted by both"))
    for one in counts:
        yield Field(counted_word(one.counted), count_line(one.expected, one.found))


def _leader(book: Book, frozen: FrozenHandover, desk: Desk) -> Iterator[Line]:
    for word in book.all(WORDS_OF, handover=frozen.id):
        if word.word_for is WordFor.TAKEOVER:
            yield Notice(_("Taken over without the outgoing"))
            yield Field(_("Why"), frozen.reason)
            yield Field(pgettext("relief", "Leader"), book.read_sealed(word.leader))
            yield Field(
                pgettext("relief", "Said"), book.read_sealed(word.words) or _("by badge and PIN")
            )
            yield Field(pgettext("relief", "At"), desk.local(word.at).strftime("%Y-%m-%d %H:%M"))


def _added(book: Book, frozen: FrozenHandover, desk: Desk) -> Iterator[Line]:
    rows = book.all(ADDENDA_OF, handover=frozen.id)
    if rows:
        yield Space(8)
        yield Heading(_("Added after signing"), str(len(rows)))
    for row, person in rows:
        yield Text(labelled(_who(row, person.name, desk), book.read_sealed(row.words)))


def _who(row: Addendum, name: str, desk: Desk) -> str:
    return f"{desk.local(row.at).strftime('%m-%d %H:%M')} {name}"
