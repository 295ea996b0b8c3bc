"""Lines between desks: sent, come, read; each function is one act, written whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.site_desks import SiteDesks, site_desks
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk_line.models import (
    EVERY_DESK,
    FROM_HERE,
    LINE,
    READING,
    READINGS,
    SAID_SINCE,
    TO_HERE,
    DeskLine,
    DeskLineRead,
    Reply,
)

LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of this desk and how it fared at each desk it was for; None: it has not come yet."""

    line: DeskLine
    readings: Sequence[tuple[str, DeskLineRead | None]]

    @property
    def unread(self) -> tuple[str, ...]:
        """The gates where nobody has read it."""
        return tuple(gate for gate, one in self.readings if one is None or one.read_at is None)

    def open_at(self, since: datetime) -> tuple[tuple[str, DeskLineRead | None], ...]:
        """Return the gates where it is unread and came after ``since`` (UTC), or has not come."""
        return tuple(
            (gate, one)
            for gate, one in self.readings
            if one is None or (one.read_at is None and one.came_at > since)
        )


def send(desk: Desk, by: str, to_gate: str, words: str) -> str:
    """Send a line to the desk ``to_gate``, or to every other one (``EVERY_DESK``); return its id.

    It is in this book at once and at the other desk as soon as the hub is reached. Raises
    ``Refused``: ``desk_line.empty``, ``desk_line.no_such_desk``.
    """
    said = _said(words)
    with desk.write(by=by) as tx:
        others = {one.id for one in site_desks(desk, tx).others}
        if not others or to_gate not in {EVERY_DESK, *others}:
            raise Refused("desk_line.no_such_desk", gate=to_gate)
        return _send(tx, desk, to_gate, said)


def _said(words: str) -> str:
    said = clean(words, LONGEST_WORDS).strip()
    if not said:
        raise Refused("desk_line.empty", field="text")
    return said


def _send(tx: Transaction, desk: Desk, to_gate: str, said: str, answers: str = "") -> str:
    subject = tx.new_subject()
    line = tx.put(
        DeskLine(
            from_gate=desk.gate, to_gate=to_gate, subject=subject, words=tx.seal(subject, said),
            sent_at=tx.now, sent_by=tx.by, answers=answers,
        )
    )  # fmt: skip
    tx.record("desk_line.sent", line=line.id, to=to_gate)
    return line.id


def note_arrivals(desk: Desk) -> int:
    """Write down which lines have come to this desk, so that their senders see it; return how many.

    Twice does no more than once.
    """
    with desk.write() as tx:
        come = new_here(desk, tx)
        for line in come:
            tx.put(DeskLineRead(line_id=line.id, gate=desk.gate, came_at=tx.now))
        if come:
            tx.record("desk_line.came", lines=[line.id for line in come])
    return len(come)


def read(desk: Desk, by: str, line_id: str, reply: Reply = Reply.READ) -> bool:
    """Write down who of this desk read a line and the reply; False when it was read before.

    Raises ``Refused("desk_line.not_for_here")`` for a line of this desk or to another one.
    """
    with desk.write(by=by) as tx:
        return _read(tx, desk, line_by_id(tx, line_id), reply)


def answer(desk: Desk, by: str, line_id: str, words: str) -> str:
    """Send words back to the desk a line came from, and write down that the line was read.

    Return the new line's id. Raises ``Refused``: ``desk_line.empty``, ``desk_line.not_for_here``.
    """
    said = _said(words)
    with desk.write(by=by) as tx:
        line = line_by_id(tx, line_id)
        _read(tx, desk, line, Reply.READ)
        return _send(tx, desk, line.from_gate, said, answers=line_id)


def _read(tx: Transaction, desk: Desk, line: DeskLine, reply: Reply) -> bool:
    if line.from_gate == desk.gate or line.to_gate not in {EVERY_DESK, desk.gate}:
        raise Refused("desk_line.not_for_here")
    reading = tx.one(READING, line=line.id, gate=desk.gate)
    if reading is None:
        reading = DeskLineRead(line_id=line.id, gate=desk.gate, came_at=tx.now)
    if reading.read_at is not None:
        return False
    reading.read_at, reading.read_by, reading.reply = tx.now, tx.by, reply
    tx.put(reading)
    tx.record("desk_line.read", line=line.id, reply=reply.value)
    return True


def line_by_id(book: Book, line_id: str) -> DeskLine:
    """Return a line; a missing one is a bug (``LookupError``)."""
    found = book.one(LINE, id=line_id)
    if found is None:
        raise LookupError(f"no line {line_id}")
    return found


def new_here(desk: Desk, book: Book) -> list[DeskLine]:
    """Return the lines to this desk whose coming is not written down yet."""
    return [
        line
        for line in _open_here(desk, book)
        if book.one(READING, line=line.id, gate=desk.gate) is None
    ]


def unread_here(desk: Desk, book: Book) -> list[tuple[DeskLine, datetime]]:
    """Return the lines that nobody of this desk has read, each with when it came (UTC)."""
    unread = []
    for line in _open_here(desk, book):
        reading = book.one(READING, line=line.id, gate=desk.gate)
        if reading is None:
            unread.append((line, desk.clock()))
        else:
            unread.append((line, reading.came_at))
    return unread


def sent_from_here(desk: Desk, book: Book, desks: SiteDesks) -> list[Sent]:
    """Return the lines that this desk sent and that are unread somewhere, with their readings.

    Nobody waits for a desk that the site has given up.
    """
    lines = book.all(
        FROM_HERE, gate=desk.gate, oldest=_oldest(desk), others=len(desks.by_gate) - 1
    )  # fmt: skip
    found = (sent(book, desks, line) for line in lines)
    return [one for one in found if any(_is_unread(reading) for _gate, reading in one.readings)]


def _is_unread(reading: DeskLineRead | None) -> bool:
    return reading is None or reading.read_at is None


def sent(book: Book, desks: SiteDesks, line: DeskLine) -> Sent:
    """Return how a line fared at each desk it was for."""
    found = {one.gate: one for one in book.all(READINGS, line=line.id)}
    gates: tuple[str, ...] = (line.to_gate,)
    if line.to_gate == EVERY_DESK:
        others = (one.id for one in desks.by_gate.values() if one.id != line.from_gate)
        gates = tuple(gate for gate in others if gate in found or _was_there(book, gate, line))
    kept = (gate for gate in gates if gate not in desks.gone or not _is_unread(found.get(gate)))
    return Sent(line, tuple((gate, found.get(gate)) for gate in kept))


def said_lately(desk: Desk, book: Book) -> list[DeskLine]:
    """Return the lines between the site's desks that still matter, newest first."""
    return book.all(SAID_SINCE, since=open_since(desk), oldest=_oldest(desk))


def _open_here(desk: Desk, book: Book) -> list[DeskLine]:
    """Return the unread lines to this desk, however long the cable kept them."""
    lines = book.all(TO_HERE, gate=desk.gate, since=open_since(desk), oldest=_oldest(desk))
    return [line for line in lines if line.to_gate or _was_there(book, desk.gate, line)]


def _was_there(book: Book, gate: str, line: DeskLine) -> bool:
    """Say whether a desk was at work when a line to all was sent: one that came later is spared."""
    first = next(journal.entries(book.connection, gate), None)
    return first is None or datetime.fromisoformat(first.at) <= line.sent_at


def open_since(desk: Desk) -> datetime:
    """Return since when (UTC) a line must have come to be still open."""
    return desk.clock() - timedelta(hours=desk.rules.desk_line_open_h)


def _oldest(desk: Desk) -> datetime:
    """Return since when lines have their words."""
    return desk.clock() - timedelta(days=desk.rules.desk_line_words_days)
