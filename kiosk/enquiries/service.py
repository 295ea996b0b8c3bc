"""Enquiries opened, led on, received, closed: each function is one act, whole or not at all.

There is no function that changes who was asked first: only the handler changes (clause 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, department_name, person_by_id, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book, Transaction
from kiosk.enquiries.models import ENQUIRY, Ending, Enquiry, FirstMeans
from kiosk.enquiries.rules import Asked, checked, notice_lines, reason_of
from kiosk.enquiries.slips import notice_slip


@dataclass(frozen=True, slots=True)
class EnquiryShown:
    """An enquiry with its words opened. Moments are UTC; ``led_to`` is None before it is led."""

    id: str
    number: str
    enquirer: str
    unit: str
    phone: str
    matter: str
    own_duty: bool
    opened_at: datetime
    first: Person
    handler: Person
    led_to: Person | None
    led_to_section: str
    led_at: datetime | None
    notices: int
    ending: Ending | None


def open_enquiry(desk: Desk, by: str, first: str, means: FirstMeans, asked: Asked) -> str:
    """Write down that the staff number ``first`` was asked first; return the enquiry's id.

    Records ``enquiry.opened``. Raises ``Refused``: ``person.unknown`` and those of
    ``rules.checked``.
    """
    fine = checked(asked)
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, first)
        subject = tx.new_subject()
        enquiry = tx.put(
            Enquiry(
                number=f"Q{next_number(tx, 'enquiry')}", first_id=person.id, first_means=means,
                handler_id=person.id, subject=subject, enquirer=tx.seal(subject, fine.enquirer),
                unit=tx.seal(subject, fine.unit), phone=tx.seal(subject, fine.phone),
                matter=tx.seal(subject, fine.matter), own_duty=fine.own_duty, opened_at=tx.now,
                opened_by=by, notices=0,
            )
        )  # fmt: skip
        tx.record(
            "enquiry.opened", by=first if means is FirstMeans.BADGE else None, enquiry=enquiry.id,
            number=enquiry.number, first=person.staff_no, means=means.value,
            own_duty=fine.own_duty, desk_by=by,
        )  # fmt: skip
        return enquiry.id


def lead(desk: Desk, by: str, enquiry_id: str, to: str) -> str:
    """Lead the enquirer to the staff number ``to``, whose duty it is; return the number.

    It stays open until that person's tap. Records ``enquiry.led``. Raises ``Refused``:
    ``person.unknown`` (also for who has left the house), ``enquiry.led_to_first``,
    ``enquiry.closed``.
    """
    with desk.write(by=by) as tx:
        enquiry, first = _open(tx, enquiry_id)
        person = person_by_staff_no(tx, to)
        if person.id == first.id:
            raise Refused("enquiry.led_to_first", name=first.name)
        enquiry.led_to_id, enquiry.led_at, enquiry.own_duty = person.id, tx.now, False
        tx.put(enquiry)
        tx.record(
            "enquiry.led", enquiry=enquiry.id, number=enquiry.number, first=first.staff_no,
            receiver=person.staff_no,
        )  # fmt: skip
        return enquiry.number


def receive(desk: Desk, by: str, enquiry_id: str, receiver: Person, means: Means) -> str:
    """Close it because whom it was led to has it: ``receiver`` tapped, or gave number and PIN.

    Who received it is the handler from now on. Records ``enquiry.received``. Raises ``Refused``:
    ``enquiry.not_led`` (lead it first), ``enquiry.not_led_to_you``, ``enquiry.closed``.
    """
    with desk.write(by=by) as tx:
        enquiry, first = _open(tx, enquiry_id)
        if enquiry.led_to_id is None:
            raise Refused("enquiry.not_led", number=enquiry.number)
        if enquiry.led_to_id != receiver.id:
            meant = person_by_id(tx, enquiry.led_to_id).name
            raise Refused("enquiry.not_led_to_you", number=enquiry.number, name=meant)
        enquiry.handler_id, enquiry.means = receiver.id, means
        _close(tx, enquiry, Ending.RECEIVED)
        tx.record(
            "enquiry.received", by=receiver.staff_no if means is Means.BADGE else None,
            enquiry=enquiry.id, number=enquiry.number, first=first.staff_no,
            receiver=receiver.staff_no, means=means.value, desk_by=by,
        )  # fmt: skip
        return enquiry.number


def print_notice(desk: Desk, by: str, enquiry_id: str, lines: Sequence[str]) -> str:
    """Print everything that is missing, in one go, as a paper for the enquirer's hand.

    It names whose duty the matter is: whom it was led to, else who was asked first. The enquiry
    stays open until the enquirer leaves. Records ``enquiry.notice_printed`` with the number of
    lines. Raises ``Refused``: those of ``rules.notice_lines``, ``enquiry.closed``.
    """
    said = notice_lines(lines)
    with desk.write(by=by) as tx:
        enquiry, first = _open(tx, enquiry_id)
        meant = person_by_id(tx, enquiry.led_to_id) if enquiry.led_to_id else first
        enquiry.notices, enquiry.notice_at = enquiry.notices + 1, tx.now
        tx.put(enquiry)
        tx.print(notice_slip(desk, tx, shown(tx, enquiry), meant, said), enquiry.subject)
        tx.record(
            "enquiry.notice_printed", enquiry=enquiry.id, number=enquiry.number,
            lines=len(said), handler=meant.staff_no,
        )  # fmt: skip
        return enquiry.number


def handled(desk: Desk, by: str, enquiry_id: str) -> str:
    """Close it because who was asked first has dealt with it. Records ``enquiry.closed``.

    Raises ``Refused``: ``enquiry.not_own_duty`` for a matter that is another's, ``enquiry.closed``.
    """
    with desk.write(by=by) as tx:
        enquiry, first = _open(tx, enquiry_id)
        if not enquiry.own_duty:
            raise Refused("enquiry.not_own_duty", number=enquiry.number, name=first.name)
        return _closed(tx, enquiry, first, Ending.HANDLED)


def leaves(desk: Desk, by: str, enquiry_id: str, reason: str) -> str:
    """Close it because the enquirer leaves; ``reason`` is a code of ``WHY_LEFT`` or own words.

    Own words are sealed. Records ``enquiry.closed``. Raises ``Refused``:
    ``enquiry.reason_missing``, ``enquiry.too_long``, ``enquiry.closed``.
    """
    code, words = reason_of(reason)
    with desk.write(by=by) as tx:
        enquiry, first = _open(tx, enquiry_id)
        enquiry.reason_code, enquiry.reason = code, tx.seal(enquiry.subject, words)
        return _closed(tx, enquiry, first, Ending.LEFT)


def _closed(tx: Transaction, enquiry: Enquiry, first: Person, ending: Ending) -> str:
    _close(tx, enquiry, ending)
    tx.record(
        "enquiry.closed", enquiry=enquiry.id, number=enquiry.number, first=first.staff_no,
        ending=ending.value, reason=enquiry.reason_code,
    )  # fmt: skip
    return enquiry.number


def _close(tx: Transaction, enquiry: Enquiry, ending: Ending) -> None:
    enquiry.closed_at, enquiry.closed_by, enquiry.ending = tx.now, tx.by, ending
    tx.put(enquiry)


def _open(tx: Transaction, enquiry_id: str) -> tuple[Enquiry, Person]:
    enquiry, first = enquiry_by_id(tx, enquiry_id)
    if enquiry.closed_at is not None:
        raise Refused("enquiry.closed", number=enquiry.number)
    return enquiry, first


def enquiry_by_id(book: Book, enquiry_id: str) -> tuple[Enquiry, Person]:
    """Return an enquiry and who was asked first; a missing one is a bug (``LookupError``)."""
    found = book.one(ENQUIRY, id=enquiry_id)
    if found is None:
        raise LookupError(f"no enquiry {enquiry_id}")
    return found


def enquiry_shown(desk: Desk, enquiry_id: str) -> EnquiryShown:
    """Return an enquiry with its words opened, for who works at the desk."""
    with desk.read() as book:
        return shown(book, enquiry_by_id(book, enquiry_id)[0])


def shown(book: Book, enquiry: Enquiry) -> EnquiryShown:
    """Open an enquiry's words; those that were deleted are shown as such."""
    led_to = person_by_id(book, enquiry.led_to_id) if enquiry.led_to_id else None
    return EnquiryShown(
        enquiry.id, enquiry.number, book.read_sealed(enquiry.enquirer),
        book.read_sealed(enquiry.unit), book.read_sealed(enquiry.phone),
        book.read_sealed(enquiry.matter), enquiry.own_duty, enquiry.opened_at,
        person_by_id(book, enquiry.first_id), person_by_id(book, enquiry.handler_id), led_to,
        department_name(book, led_to) if led_to is not None else "", enquiry.led_at,
        enquiry.notices, enquiry.ending,
    )  # fmt: skip
