"""The sheet of a signed handover, made again from what the book has sealed."""

import unicodedata

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.slip import Slip
from kiosk.desk.transaction import Book, Erased
from shift_handover.frozen import document_of, opened
from shift_handover.models import Handover
from shift_handover.papers.queries import BY_NUMBER
from shift_handover.papers.signed import signed_of
from shift_handover.record_json import NotADocument
from shift_handover.slips import handover_slip, worn_slip

_LONGEST_NUMBER = 20


def sheet_of(desk: Desk, book: Book, typed: str) -> Slip:
    """Return the sheet of the handover whose number was typed, marked as a copy made now.

    Where its words were deleted after their time, the sheet has the people, the times and the
    fingerprint. Raises ``Refused``: ``handover.unknown``, ``handover.no_sheet`` for one that was
    refused, withdrawn, frozen again or waits, ``handover.damaged``.
    """
    row = by_number(book, typed)
    if row.signed_seq is None:
        raise Refused("handover.no_sheet", number=row.number)
    try:
        frozen = opened(book, row)
        signed = signed_of(book, row, frozen, desk)
        make = worn_slip if _is_worn(book, row) else handover_slip
        return make(frozen.document, signed, desk, desk.clock())
    except NotADocument:
        raise Refused("handover.damaged", number=row.number) from None
    except Refused as refused:
        if refused.code != "sealed.damaged":
            raise
        raise Refused("handover.damaged", number=row.number) from None


def by_number(book: Book, typed: str) -> Handover:
    """Return the handover of a number as people type it: ``H12``, ``h12`` or ``12``.

    Raises ``Refused("handover.unknown")``.
    """
    number = unicodedata.normalize("NFKC", clean(typed, _LONGEST_NUMBER)).strip().upper()
    row = book.one(BY_NUMBER, number=f"H{number}" if number.isdecimal() else number)
    if row is None:
        raise Refused("handover.unknown", number=number)
    return row


def _is_worn(book: Book, row: Handover) -> bool:
    try:
        document_of(book, row)
    except Erased:
        return True
    return False
