"""What a handover or a lock-up record says at this moment: one document for both."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from shift_handover.duty_log.reading import lines_in_shift
from shift_handover.from_open_things import records_of
from shift_handover.records import HandoverDocument, LockedUp
from shift_handover.safety.results import changed_since, last_report, last_results
from shift_handover.stock import stock_of


def document_now(
    book: Book, desk: Desk, outgoing: Person, things: list[OpenThing], at: datetime, *,
    number: str = "", note: str = "", lock_up: LockedUp | None = None,
) -> HandoverDocument:  # fmt: skip
    """Return everything open, the last safety check with its report, the stock and the duty log."""
    return HandoverDocument(
        number=number, gate=desk.gate, outgoing=outgoing.staff_no, outgoing_name=outgoing.name,
        frozen_at=at, safety=last_results(book, desk.gate), things=records_of(things), note=note,
        stock=stock_of(book, desk.gate), log_lines=lines_in_shift(book, desk.gate),
        safety_report=last_report(book, desk.gate), safety_since=changed_since(book, desk.gate),
        lock_up=lock_up,
    )  # fmt: skip
