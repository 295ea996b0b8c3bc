"""The ledger of everything lent as a handover says it: counted at relief (clauses 84, 87)."""

from dataclasses import replace

from kiosk.desk import posts
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.stock import MISSING_OF, StockTake, last_take, ledger_count_at
from kiosk.desk.transaction import Book
from shift_handover.records import StockCount


def stock_of(book: Book, gate: str) -> StockCount | None:
    """Return how many things are where and how they were last counted; None for an empty ledger."""
    count = ledger_count_at(book, gate)
    if not count.all:
        return None
    ledger = StockCount(
        on_board=count.on_board, out=count.out, permanent=count.permanent, lost=count.lost,
        blocked=count.blocked,
    )  # fmt: skip
    take = last_take(book, gate)
    if take is None or take.finished_at is None:
        return ledger
    return replace(
        ledger, counted_at=take.finished_at, counted_by=_name(book, take.by),
        in_shift=_in_shift(book, gate, take), expected=take.expected, present=take.present,
        missing=take.missing, unknown=take.unknown, differing=take.differing,
        lacking=tuple(book.all(MISSING_OF, take=take.id)),
    )  # fmt: skip


def _in_shift(book: Book, gate: str, take: StockTake) -> bool:
    held = posts.on_duty(book, gate)
    return held is not None and take.finished_at is not None and take.finished_at >= held[0].since


def _name(book: Book, staff_no: str) -> str:
    person = book.one(BY_STAFF_NO, staff_no=staff_no)
    return person.name if person else staff_no
