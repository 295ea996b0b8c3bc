"""Faults of the house: found by a safety round, open until somebody was told and put them right."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_, _
from shift_handover.models import FAULT, OPEN_FAULTS, SafetyFault
from shift_handover.rules import Finding, fault_urgency, needed
from shift_handover.safety.points import House, house


@dataclass(frozen=True, slots=True)
class FaultShown:
    """A fault with its words opened; ``told`` is "" while nobody was told. Moments are UTC."""

    id: str
    number: str
    item: str
    what: str
    place: str
    measure: str
    told: str
    found_at: datetime


def open_fault(tx: Transaction, item: str, finding: Finding) -> SafetyFault:
    """Put a new fault with its number, such as ``S3``; the caller records it with the answer."""
    subject = tx.new_subject()
    return tx.put(
        SafetyFault(
            number=f"S{next_number(tx, 'fault')}",
            item=item,
            subject=subject,
            what=tx.seal(subject, finding.what),
            place=tx.seal(subject, finding.where),
            measure=tx.seal(subject, finding.measure),
            told=tx.seal(subject, finding.told),
            found_at=tx.now,
        )
    )


def report_fault(desk: Desk, by: str, fault_id: str, told: str) -> None:
    """Write down who was told of an open fault.

    Raises ``Refused``: ``safety.told_missing``, ``safety.fault_closed``.
    """
    with desk.write(by=by) as tx:
        fault = _still_open(tx, fault_id)
        fault.told = tx.seal(fault.subject, needed(told, "safety.told_missing"))
        tx.put(fault)
        tx.record("safety.fault_reported", number=fault.number)


def close_fault(desk: Desk, by: str, fault_id: str, closing: str, told: str) -> None:
    """Close a fault: ``closing`` is what was done, ``told`` who was told of it.

    Raises ``Refused``: ``safety.closing_missing``, ``safety.told_missing``,
    ``safety.fault_closed``.
    """
    with desk.write(by=by) as tx:
        fault = _still_open(tx, fault_id)
        fault.closing = tx.seal(fault.subject, needed(closing, "safety.closing_missing"))
        fault.closed_told = tx.seal(fault.subject, needed(told, "safety.told_missing"))
        fault.closed_at = tx.now
        tx.put(fault)
        tx.record("safety.fault_closed", number=fault.number)


def withdraw_fault(tx: Transaction, fault_id: str) -> SafetyFault:
    """Close a fault that was typed by mistake; the caller records it with the answer taken back.

    Raises ``Refused("safety.fault_closed")``.
    """
    fault = _still_open(tx, fault_id)
    fault.closing = tx.seal(fault.subject, _("Typed by mistake"))
    fault.closed_at = tx.now
    return tx.put(fault)


def _still_open(tx: Transaction, fault_id: str) -> SafetyFault:
    fault = _row(tx, fault_id)
    if fault.closed_at is not None:
        raise Refused("safety.fault_closed", number=fault.number)
    return fault


def _row(book: Book, fault_id: str) -> SafetyFault:
    fault = book.one(FAULT, id=fault_id)
    if fault is None:
        raise LookupError(f"no fault {fault_id}")
    return fault


def fault_by_id(book: Book, fault_id: str) -> FaultShown:
    """Return one fault with its words; a missing one is a bug (``LookupError``)."""
    return _shown(book, _row(book, fault_id))


def _shown(book: Book, fault: SafetyFault) -> FaultShown:
    return FaultShown(
        fault.id, fault.number, fault.item, book.read_sealed(fault.what),
        book.read_sealed(fault.place), book.read_sealed(fault.measure),
        book.read_sealed(fault.told), fault.found_at,
    )  # fmt: skip


def open_faults(book: Book) -> list[OpenThing]:
    """Return every fault that is not closed, as open things."""
    found = book.all(OPEN_FAULTS)
    asked = house(book) if found else None
    return [_thing(_shown(book, fault), asked) for fault in found]


def _thing(fault: FaultShown, asked: House | None) -> OpenThing:
    group = asked.group_of(fault.item) if asked else None
    facts = {
        "number": fault.number, "group": group.value if group else "", "place": fault.place,
        "what": fault.what, "measure": fault.measure, "told": fault.told,
    }  # fmt: skip
    next_step = (
        Wording(N_("Ask {told} what was decided"), {"told": fault.told})
        if fault.told
        else Wording(N_("Tell the superior now"))
    )
    return OpenThing(
        kind="safety.fault", ref=fault.id, number=fault.number, urgency=fault_urgency(fault.told),
        what=Wording(N_("Fault: {place}, {what}"), {"place": fault.place, "what": fault.what}),
        since=fault.found_at, next_step=next_step, facts=facts,
    )  # fmt: skip
