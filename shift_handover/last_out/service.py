"""The lock-up list: signed by the last out, confirmed or disputed by the guard, settled (92)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book, Transaction
from shift_handover.last_out.models import (
    LINE,
    LINES_OF,
    LIST,
    OPEN_LISTS,
    PEOPLE_OF,
    LastOutLine,
    LastOutList,
    LastOutPerson,
    ListState,
    Verdict,
)
from shift_handover.last_out.presence import Gone, missing, still_in
from shift_handover.last_out.rules import Answer, checked_answers, items_of, needed

Signer = tuple[Person, Means]
"""Who signs the list, and whether by badge or by number and PIN."""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line with its words opened; ``number`` is the list's and the line's place."""

    id: str
    number: str
    item: str
    done: bool
    reason: str
    verdict: Verdict
    found: str
    closed: bool
    closing: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list with its people and lines; ``at`` is UTC."""

    id: str
    number: str
    state: ListState
    at: datetime
    people: tuple[Person, ...]
    lines: tuple[LineShown, ...]

    @property
    def unchecked(self) -> int:
        """How many lines the guard's round has not looked at."""
        return sum(line.verdict is Verdict.OPEN for line in self.lines)


def items(desk: Desk) -> tuple[str, ...]:
    """Return what the list of this site asks, in order."""
    asked = desk.settings.last_out
    return items_of(asked.checks, asked.doors)


def sign(desk: Desk, by: str, answers: Sequence[Answer], signers: Sequence[Signer]) -> str:
    """Write down the list as the last out sign it together; return its number, such as ``L3``.

    ``by`` is who works at the open desk. Raises ``Refused``: ``lastout.nobody`` without a signer,
    and those of ``rules.checked_answers``.
    """
    people = {person.id: (person, means) for person, means in signers}
    if not people:
        raise Refused("lastout.nobody")
    with desk.write(by=by) as tx:
        fine = checked_answers(answers, items(desk))
        subject = tx.new_subject()
        made = tx.put(
            LastOutList(
                number=f"U{next_number(tx, 'last_out')}", post=desk.gate,
                day=desk.work_day(tx.now), state=ListState.SIGNED, at=tx.now, subject=subject,
            )
        )  # fmt: skip
        for person, means in people.values():
            tx.put(LastOutPerson(list_id=made.id, person_id=person.id, means=means))
        for place, one in enumerate(fine, 1):
            tx.put(
                LastOutLine(
                    list_id=made.id, place=place, item=one.item, done=one.done,
                    reason=tx.seal(subject, one.reason), verdict=Verdict.OPEN,
                )
            )  # fmt: skip
        others = {one.person.id for one in still_in(desk, tx)} - people.keys()
        tx.record(
            "lastout.signed", number=made.number, done=sum(one.done for one in fine),
            not_done=sum(not one.done for one in fine), still_in=len(others),
            people=[[person.staff_no, means.value] for person, means in people.values()],
        )  # fmt: skip
    return made.number


def check_line(desk: Desk, by: str, line_id: str, found: str | None = None) -> ListShown:
    """Write down what the guard's round found of one line: None confirms it, words dispute it.

    The list is closed with its last line; a disputed one stays open until it is settled. Raises
    ``Refused``: ``lastout.own_list`` for who signed it, ``lastout.checked`` for a line looked at
    before, ``lastout.found_missing`` for a dispute without words.
    """
    with desk.write(by=by) as tx:
        line, made = _line(tx, line_id)
        if by in {person.staff_no for _row, person in tx.all(PEOPLE_OF, list=made.id)}:
            raise Refused("lastout.own_list", number=made.number)
        if line.verdict is not Verdict.OPEN:
            raise Refused("lastout.checked", number=_number(made, line))
        disputed = found is not None
        if found is not None:
            line.found = tx.seal(made.subject, needed(found, "lastout.found_missing"))
        line.verdict = Verdict.DISPUTED if disputed else Verdict.CONFIRMED
        line.checked_at, line.checked_by = tx.now, by
        tx.put(line)
        _close_when_done(tx, made, by)
        code = "lastout.disputed" if disputed else "lastout.confirmed"
        tx.record(code, number=made.number, line=line.place)
        return shown(tx, made)


def settle_line(desk: Desk, by: str, line_id: str, closing: str) -> str:
    """Say what was done about a disputed line; return its number, such as ``L3.2``.

    Raises ``Refused``: ``lastout.closing_missing``, ``lastout.settled``.
    """
    with desk.write(by=by) as tx:
        line, made = _line(tx, line_id)
        if line.verdict is not Verdict.DISPUTED or line.closed_at is not None:
            raise Refused("lastout.settled", number=_number(made, line))
        line.closing = tx.seal(made.subject, needed(closing, "lastout.closing_missing"))
        line.closed_at, line.closed_by = tx.now, by
        tx.put(line)
        _close_when_done(tx, made, by)
        tx.record("lastout.settled", number=made.number, line=line.place)
        return _number(made, line)


def settle_missing(desk: Desk, by: str, ref: str, closing: str) -> str:
    """Say what the guard did where the last out left without the list; return its number.

    Raises ``Refused``: ``lastout.closing_missing``, ``lastout.settled``.
    """
    with desk.write(by=by) as tx:
        words = needed(closing, "lastout.closing_missing")
        made = tx.one(LIST, id=ref) or _missed(desk, tx, missing(desk, tx), ref)
        if made is None or made.closed_at is not None:
            raise Refused("lastout.settled", number=made.number if made else "-")
        made.closing = tx.seal(made.subject, words)
        made.closed_at, made.closed_by = tx.now, by
        tx.put(made)
        tx.record("lastout.settled", number=made.number, line=0)
        return made.number


def note_missed(desk: Desk) -> int:
    """Record who left as last without the list, once; return how many leavings it were.

    Who left the house as last is known of the whole site, so the desk that keeps it records it.
    """
    if not desk.settings.hub.keeper:
        return 0
    with desk.read() as book:
        gone = missing(desk, book)
        if gone is None or book.one(LIST, id=gone.ref) is not None:
            return 0
    with desk.write() as tx:
        gone = missing(desk, tx)
        if gone is None or tx.one(LIST, id=gone.ref) is not None:
            return 0
        _missed(desk, tx, gone, gone.ref)
    return 1


def _missed(desk: Desk, tx: Transaction, gone: Gone | None, ref: str) -> LastOutList | None:
    if gone is None or gone.ref != ref:
        return None
    made = tx.put(
        LastOutList(
            id=ref, number=number_of(desk, gone), post=desk.gate, day=gone.day,
            state=ListState.MISSED, at=gone.left_at, subject=tx.new_subject(),
        )
    )  # fmt: skip
    for person in gone.unsigned:
        tx.put(LastOutPerson(list_id=made.id, person_id=person.id))
    people = [person.staff_no for person in gone.unsigned]
    tx.record("lastout.missed", number=made.number, people=people)
    return made


def number_of(desk: Desk, gone: Gone) -> str:
    """Return the number of a leaving without the list: day and time, known before any row is."""
    return f"U{desk.local(gone.left_at):%y%m%d-%H%M%S}"


def _close_when_done(tx: Transaction, made: LastOutList, by: str) -> None:
    lines = tx.all(LINES_OF, list=made.id)
    if all(one.verdict is Verdict.CONFIRMED or one.closed_at is not None for one in lines):
        made.closed_at, made.closed_by = tx.now, by
        tx.put(made)


def _line(tx: Transaction, line_id: str) -> tuple[LastOutLine, LastOutList]:
    found = tx.one(LINE, id=line_id)
    if found is None:
        raise LookupError(f"no line {line_id} of a lock-up list")
    line, made = found
    return line, made


def _number(made: LastOutList, line: LastOutLine) -> str:
    return f"{made.number}.{line.place}"


def shown(book: Book, made: LastOutList) -> ListShown:
    """Return a list with its words opened; deleted ones show as a dash."""
    people = tuple(person for _row, person in book.all(PEOPLE_OF, list=made.id))
    lines = tuple(
        LineShown(
            line.id, _number(made, line), line.item, line.done, book.read_sealed(line.reason),
            line.verdict, book.read_sealed(line.found), line.closed_at is not None,
            book.read_sealed(line.closing),
        )
        for line in book.all(LINES_OF, list=made.id)
    )  # fmt: skip
    return ListShown(made.id, made.number, made.state, made.at, people, lines)


def unchecked_lists(book: Book) -> list[ListShown]:
    """Return the signed lists with lines the guard's round has not looked at, oldest first."""
    made = (shown(book, one) for one in book.all(OPEN_LISTS) if one.state is ListState.SIGNED)
    return [one for one in made if one.unchecked]


def list_by_id(book: Book, list_id: str) -> ListShown:
    """Return one list; a missing one is a bug (``LookupError``)."""
    made = book.one(LIST, id=list_id)
    if made is None:
        raise LookupError(f"no lock-up list {list_id}")
    return shown(book, made)


def dispute_by_id(book: Book, line_id: str) -> LineShown:
    """Return one line; a missing one is a bug (``LookupError``)."""
    found = book.one(LINE, id=line_id)
    if found is None:
        raise LookupError(f"no line {line_id} of a lock-up list")
    return next(one for one in shown(book, found[1]).lines if one.id == line_id)
