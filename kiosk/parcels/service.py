"""Parcels come, go out or go back: each function is one act, written whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_id, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Means
from kiosk.desk.stand_in import may_take_for
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.versions import gate_of
from kiosk.parcels.models import OPEN, OPEN_FOR, PARCEL, Ending, Kind, Parcel, Word
from kiosk.parcels.rules import Arrived, checked, same_number

LONGEST_REASON = 80
SENT_BACK = frozenset({Ending.REFUSED, Ending.RETURNED})


@dataclass(frozen=True, slots=True)
class ParcelShown:
    """A parcel with its words opened; it lies at the desk ``gate``. ``arrived_at`` is UTC."""

    id: str
    number: str
    kind: Kind
    count: int
    sender: str
    tracking: str
    shelf: str
    arrived_at: datetime
    gate: str


def arrive(desk: Desk, by: str, receiver: str, what: Arrived) -> str:
    """Write down what came for the staff number ``receiver``; return its number, such as ``P3``.

    Raises ``Refused``: ``person.unknown``, those of ``rules.checked`` and
    ``check_not_here``.
    """
    with desk.write(by=by) as tx:
        fine = checked(what)
        person = person_by_staff_no(tx, receiver)
        check_not_here(tx, fine.tracking)
        subject = tx.new_subject()
        parcel = tx.put(
            Parcel(
                number=f"P{next_number(tx, 'parcel')}", for_id=person.id, subject=subject,
                kind=fine.kind, count=fine.count, sender=tx.seal(subject, fine.sender),
                tracking=tx.seal(subject, fine.tracking), shelf=tx.seal(subject, fine.shelf),
                arrived_at=tx.now, taken_by=by,
            )
        )  # fmt: skip
        tx.record(
            "parcel.arrived", number=parcel.number, receiver=person.staff_no,
            kind=fine.kind.value, count=fine.count,
        )  # fmt: skip
    return parcel.number


def check_not_here(book: Book, tracking: str) -> None:
    """Refuse a carrier's number that lies here already: one parcel was scanned twice.

    Raises ``Refused("parcel.here_already")`` with the ``number`` it has and its ``field``.
    """
    wanted = same_number(tracking)
    for parcel, person in book.all(OPEN) if wanted else ():
        if book.read_sealed(parcel.tracking) == wanted:
            raise Refused(
                "parcel.here_already", field="tracking", number=parcel.number, name=person.name
            )


def hand_out(
    desk: Desk, by: str, parcel_ids: Sequence[str], receiver: Person, means: Means,
    word: Word = Word.OWN,
) -> tuple[str, ...]:  # fmt: skip
    """Hand parcels of one addressee to ``receiver``, who tapped; return their numbers.

    ``word`` says how the addressee let a colleague take them; his stand-in needs none (clause 7).
    Raises ``Refused``: ``parcel.not_yours`` for a colleague without a word, ``parcel.none_chosen``,
    ``parcel.closed``.
    """
    if not parcel_ids:
        raise Refused("parcel.none_chosen")
    with desk.write(by=by) as tx:
        closed = [_handed(tx, one, receiver, means, word) for one in parcel_ids]
        addressee = person_by_id(tx, closed[0].for_id)
        if any(one.for_id != addressee.id for one in closed):
            raise ValueError("parcels of several people are handed out one by one")
        numbers = [one.number for one in closed]
        said = closed[0].word or word
        tx.record(
            "parcel.handed_out", numbers=numbers, addressee=addressee.staff_no,
            receiver=receiver.staff_no, means=means.value, word=said.value,
        )  # fmt: skip
    return tuple(numbers)


def _handed(tx: Transaction, parcel_id: str, receiver: Person, means: Means, word: Word) -> Parcel:
    parcel, addressee = _open(tx, parcel_id)
    parcel.word = _word(tx, addressee, receiver, word)
    parcel.receiver_id, parcel.means = receiver.id, means
    return _close(tx, parcel, Ending.HANDED_OUT)


def _word(tx: Transaction, addressee: Person, receiver: Person, word: Word) -> Word:
    if receiver.id == addressee.id:
        return Word.OWN
    if word is not Word.OWN:
        return word
    if may_take_for(tx, receiver.id, addressee.id, tx.now):
        return Word.STAND_IN
    raise Refused("parcel.not_yours", name=receiver.name, addressee=addressee.name)


def send_back(desk: Desk, by: str, parcel_id: str, ending: Ending, reason: str) -> str:
    """Give a parcel back to the carrier: refused by its addressee, or returned; say why.

    Returns its number. Raises ``Refused``: ``parcel.reason_missing``, ``parcel.closed``.
    """
    if ending not in SENT_BACK:
        raise ValueError(f"{ending} is no way back to the carrier")
    with desk.write(by=by) as tx:
        parcel, person = _closed_for(tx, parcel_id, ending, reason)
        tx.record(
            "parcel.returned", number=parcel.number, addressee=person.staff_no, how=ending.value
        )
    return parcel.number


def void(desk: Desk, by: str, parcel_id: str, reason: str) -> str:
    """Void a parcel that was written down wrongly; it stays in the book. Returns its number.

    Raises ``Refused``: ``parcel.reason_missing``, ``parcel.closed``.
    """
    with desk.write(by=by) as tx:
        parcel, person = _closed_for(tx, parcel_id, Ending.VOIDED, reason)
        tx.record("parcel.voided", number=parcel.number, addressee=person.staff_no)
    return parcel.number


def _closed_for(
    tx: Transaction, parcel_id: str, ending: Ending, reason: str
) -> tuple[Parcel, Person]:
    parcel, person = _open(tx, parcel_id)
    why = clean(reason, LONGEST_REASON).strip()
    if not why:
        raise Refused("parcel.reason_missing")
    parcel.reason = tx.seal(parcel.subject, why)
    return _close(tx, parcel, ending), person


def _close(tx: Transaction, parcel: Parcel, ending: Ending) -> Parcel:
    parcel.closed_at, parcel.closed_by, parcel.ending = tx.now, tx.by, ending
    return tx.put(parcel)


def _open(tx: Transaction, parcel_id: str) -> tuple[Parcel, Person]:
    parcel, person = parcel_by_id(tx, parcel_id)
    if parcel.closed_at is not None:
        raise Refused("parcel.closed", number=parcel.number)
    return parcel, person


def parcel_by_id(book: Book, parcel_id: str) -> tuple[Parcel, Person]:
    """Return a parcel and whom it is for; a missing one is a bug (``LookupError``)."""
    found = book.one(PARCEL, id=parcel_id)
    if found is None:
        raise LookupError(f"no parcel {parcel_id}")
    return found


def lying_for(book: Book, person_id: str) -> list[ParcelShown]:
    """Return everything that lies for one person at any window, oldest first."""
    return [_shown(book, parcel) for parcel in book.all(OPEN_FOR, person=person_id)]


def _shown(book: Book, parcel: Parcel) -> ParcelShown:
    return ParcelShown(
        parcel.id, parcel.number, parcel.kind, parcel.count, book.read_sealed(parcel.sender),
        book.read_sealed(parcel.tracking), book.read_sealed(parcel.shelf), parcel.arrived_at,
        gate_of(parcel.stamp),
    )  # fmt: skip
