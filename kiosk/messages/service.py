"""Messages taken, received and voided: each function is one act, written whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Means
from kiosk.desk.stand_in import may_take_for
from kiosk.desk.transaction import Book, Transaction
from kiosk.messages.models import MESSAGE, OPEN_FOR, Ending, Message
from kiosk.messages.rules import Said, checked
from kiosk.messages.slips import message_slip

LONGEST_REASON = 80


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message with its words opened: for its addressee. ``taken_at`` is UTC."""

    id: str
    number: str
    caller: str
    phone: str
    words: str
    urgent: bool
    taken_at: datetime
    taken_by: str


def take(desk: Desk, by: str, receiver: str, said: Said) -> str:
    """Write down a message for the staff number ``receiver`` after it was read back.

    Returns its number, such as ``N3``. Raises ``Refused``: ``person.unknown`` and those of
    ``rules.checked``.
    """
    with desk.write(by=by) as tx:
        fine = checked(said)
        person = person_by_staff_no(tx, receiver)
        subject = tx.new_subject()
        message = tx.put(
            Message(
                number=f"N{next_number(tx, 'message')}", for_id=person.id, subject=subject,
                caller=tx.seal(subject, fine.caller), phone=tx.seal(subject, fine.phone),
                words=tx.seal(subject, fine.words), urgent=fine.urgent, taken_at=tx.now,
                taken_by=by,
            )
        )  # fmt: skip
        tx.record(
            "message.taken", number=message.number, receiver=person.staff_no, urgent=fine.urgent
        )
    return message.number


def receive(
    desk: Desk, by: str, message_ids: Sequence[str], receiver: Person, means: Means,
    *, on_paper: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """Close messages because their addressee, or his stand-in, has them; return their numbers.

    ``receiver`` tapped, or gave number and PIN (``means``). ``on_paper`` prints each on a slip of
    its own. Raises ``Refused``: ``message.not_yours``, ``message.closed``.
    """
    with desk.write(by=by) as tx:
        closed = [_received(tx, one, receiver, means) for one in message_ids]
        numbers = [message.number for message, _addressee in closed]
        for message, addressee in closed if on_paper else ():
            slip = message_slip(desk, shown(tx, message), addressee, receiver)
            tx.print(slip, message.subject)
        tx.record(
            "message.received", numbers=numbers, receiver=receiver.staff_no, means=means.value,
            on_paper=on_paper,
        )  # fmt: skip
    return tuple(numbers)


def _received(
    tx: Transaction, message_id: str, receiver: Person, means: Means
) -> tuple[Message, Person]:
    message, person = _open(tx, message_id)
    if not may_receive(tx, person.id, receiver, tx.now):
        raise Refused("message.not_yours", name=receiver.name, number=message.number)
    message.means, message.receiver_id = means, receiver.id
    _close(tx, message, Ending.RECEIVED)
    return message, person


def may_receive(book: Book, addressee_id: str, receiver: Person, now: datetime) -> bool:
    """Say whether somebody receives what was called for the addressee: himself or his stand-in."""
    return receiver.id == addressee_id or may_take_for(book, receiver.id, addressee_id, now)


def void(desk: Desk, by: str, message_id: str, reason: str) -> str:
    """Void a message that was written down wrongly; it stays in the book. Returns its number.

    Raises ``Refused``: ``message.reason_missing``, ``message.closed``.
    """
    with desk.write(by=by) as tx:
        message, person = _open(tx, message_id)
        why = clean(reason, LONGEST_REASON).strip()
        if not why:
            raise Refused("message.reason_missing")
        message.reason = tx.seal(message.subject, why)
        _close(tx, message, Ending.VOIDED)
        tx.record("message.voided", number=message.number, receiver=person.staff_no)
    return message.number


def _close(tx: Transaction, message: Message, ending: Ending) -> None:
    message.closed_at, message.closed_by, message.ending = tx.now, tx.by, ending
    tx.put(message)


def _open(tx: Transaction, message_id: str) -> tuple[Message, Person]:
    message, person = message_by_id(tx, message_id)
    if message.closed_at is not None:
        raise Refused("message.closed", number=message.number)
    return message, person


def message_by_id(book: Book, message_id: str) -> tuple[Message, Person]:
    """Return a message and whom it is for; a missing one is a bug (``LookupError``)."""
    found = book.one(MESSAGE, id=message_id)
    if found is None:
        raise LookupError(f"no message {message_id}")
    return found


def waiting_for(book: Book, person_id: str) -> list[MessageShown]:
    """Return every open message for one person with its words, oldest first."""
    return [shown(book, message) for message in book.all(OPEN_FOR, person=person_id)]


def shown(book: Book, message: Message) -> MessageShown:
    """Return a message with its words opened; one that cannot be read says so."""
    return MessageShown(
        message.id, message.number, book.read_sealed(message.caller),
        book.read_sealed(message.phone), book.read_sealed(message.words), message.urgent,
        message.taken_at, message.taken_by,
    )  # fmt: skip
