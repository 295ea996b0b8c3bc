"""Instructions and notices written down, known by tap, closed: each function is one act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Means, Proof
from kiosk.desk.transaction import Book, Transaction
from shift_handover.instructions.models import (
    IN_FORCE,
    INSTRUCTION,
    KNOWN_IN_FORCE,
    KNOWN_OF,
    Instruction,
    InstructionKnown,
    Sort,
)
from shift_handover.instructions.rules import (
    LONGEST_CLOSING,
    Said,
    check_giver,
    check_reader,
    checked,
)
from shift_handover.models import Mark


@dataclass(frozen=True, slots=True)
class InstructionShown:
    """An instruction with its words opened. Moments are UTC; ``known_to`` are who knows it.

    ``over`` says that it is closed or that its time has passed.
    """

    id: str
    number: str
    sort: Sort
    giver: Person
    words: str
    given_at: datetime
    valid_until: datetime | None
    known_to: tuple[Person, ...]
    over: bool

    def is_known_to(self, person_id: str) -> bool:
        """Say whether this person has said that it is known."""
        return any(one.id == person_id for one in self.known_to)


def give(desk: Desk, by: str, giver: str, said: Said) -> str:
    """Write down what the person with the staff number ``giver`` tells the gate.

    Returns its number, such as ``Z3``. Raises ``Refused``: ``person.unknown``,
    ``instruction.not_leader`` and those of ``rules.checked``.
    """
    with desk.write(by=by) as tx:
        fine = checked(said, tx.now, desk.rules)
        person = person_by_staff_no(tx, giver)
        check_giver(person, fine.sort)
        subject = tx.new_subject()
        row = tx.put(
            Instruction(
                number=f"Z{next_number(tx, 'instruction')}", post=desk.gate, sort=fine.sort,
                subject=subject,
                giver_id=person.id, words=tx.seal(subject, fine.words), given_at=tx.now,
                written_by=by, valid_until=fine.until,
            )
        )  # fmt: skip
        tx.record(
            "instruction.given", number=row.number, sort=fine.sort.value, giver=person.staff_no
        )
        return row.number


def know(desk: Desk, by: str, instruction_id: str, reader: Person, means: Means) -> bool:
    """Write down that ``reader`` knows an instruction; False when that was said before.

    Raises ``Refused``: ``post.not_a_guard``, ``instruction.over``.
    """
    with desk.write(by=by) as tx:
        row = _in_force(tx, instruction_id)
        check_reader(reader)
        if not _known(tx, row, reader, means):
            return False
        _record_known(tx, [row.number], reader, means)
        return True


def know_at_relief(tx: Transaction, marks: Mapping[tuple[str, str], Mark], incoming: Proof) -> None:
    """Write down that the incoming knows the instructions marked as known in the handover."""
    numbers = []
    for (kind, ref), mark in marks.items():
        if kind != Sort.INSTRUCTION.value or mark is not Mark.KNOWN:
            continue
        found = tx.one(INSTRUCTION, id=ref)
        if found is not None and _known(tx, found[0], incoming.person, incoming.means):
            numbers.append(found[0].number)
    if numbers:
        _record_known(tx, numbers, incoming.person, incoming.means)


def _known(tx: Transaction, row: Instruction, reader: Person, means: Means) -> bool:
    if any(person.id == reader.id for _one, person in tx.all(KNOWN_OF, id=row.id)):
        return False
    tx.put(
        InstructionKnown(instruction_id=row.id, person_id=reader.id, at=tx.now, means=means)
    )  # fmt: skip
    return True


def _record_known(tx: Transaction, numbers: list[str], reader: Person, means: Means) -> None:
    tx.record("instruction.known", numbers=numbers, reader=reader.staff_no, means=means.value)


def close(desk: Desk, by: str, instruction_id: str, words: str) -> str:
    """Close an instruction or notice before its time; return its number.

    Raises ``Refused``: ``instruction.closing_missing``, ``instruction.over``.
    """
    with desk.write(by=by) as tx:
        row = _in_force(tx, instruction_id)
        said = clean(words, LONGEST_CLOSING).strip()
        if not said:
            raise Refused("instruction.closing_missing")
        row.closed_at, row.closed_by = tx.now, by
        row.closing = tx.seal(row.subject, said)
        tx.put(row)
        tx.record("instruction.closed", number=row.number)
        return row.number


def _in_force(tx: Transaction, instruction_id: str) -> Instruction:
    row, _giver = _row(tx, instruction_id)
    if _is_over(row, tx.now):
        raise Refused("instruction.over", number=row.number)
    return row


def _is_over(row: Instruction, now: datetime) -> bool:
    return row.closed_at is not None or (row.valid_until is not None and row.valid_until <= now)


def _row(book: Book, instruction_id: str) -> tuple[Instruction, Person]:
    found = book.one(INSTRUCTION, id=instruction_id)
    if found is None:
        raise LookupError(f"no instruction {instruction_id}")
    return found


def instruction_by_id(desk: Desk, book: Book, instruction_id: str) -> InstructionShown:
    """Return one instruction with its words; a missing one is a bug (``LookupError``)."""
    row, giver = _row(book, instruction_id)
    known = [person for _one, person in book.all(KNOWN_OF, id=row.id)]
    return _shown(book, row, giver, known, desk.clock())


def in_force(desk: Desk, book: Book) -> list[InstructionShown]:
    """Return every instruction, then every notice, that is in force now, the oldest first."""
    now = desk.clock()
    known: dict[str, list[Person]] = {}
    for one, person in book.all(KNOWN_IN_FORCE, now=now):
        known.setdefault(one.instruction_id, []).append(person)
    return [
        _shown(book, row, giver, known.get(row.id, ()), now)
        for row, giver in book.all(IN_FORCE, now=now)
    ]


def _shown(
    book: Book, row: Instruction, giver: Person, known: Collection[Person], now: datetime
) -> InstructionShown:
    return InstructionShown(
        row.id, row.number, row.sort, giver, book.read_sealed(row.words), row.given_at,
        row.valid_until, tuple(known), _is_over(row, now),
    )  # fmt: skip
