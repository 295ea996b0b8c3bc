"""Parcels and helmets counted by both at a relief, beside the ledger of things lent (145, 150)."""

from collections.abc import Iterable

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction
from shift_handover.exits.models import COUNTS_OF, LAST_COUNT, Counted, HandoverCount
from shift_handover.frozen import document_of, row_of
from shift_handover.models import Handover, HandoverState
from shift_handover.records import Record
from shift_handover.rules import step

_PARCEL, _HELMET = "parcel", "visit.helmet_out"


def pieces(things: Iterable[Record], kind: Counted) -> int:
    """Return how many pieces the handover's lines name: parcels lying here, helmets that are out.

    A line about several pieces counts as many as it says.
    """
    return sum(_pieces(one, kind) for one in things)


def _pieces(thing: Record, kind: Counted) -> int:
    facts = dict(thing.what.facts)
    if kind is Counted.PARCEL and thing.kind == _PARCEL:
        return int(str(facts.get("n", 1)))
    if kind is Counted.HELMET and thing.kind == _HELMET:
        return len(str(facts.get("helmets", "")).split())
    return 0


def expected(book: Book, row: Handover, kind: Counted) -> tuple[int | None, int]:
    """Return how many pieces should be counted here, and how many are away.

    Helmets in the rack and out are as many as at the last count that was signed; None when there
    never was one: a difference counted before stays one until both have signed it.
    """
    named = pieces(document_of(book, row).things, kind)
    if kind is Counted.PARCEL:
        return named, 0
    last = book.one(LAST_COUNT, post=row.post, counted=kind)
    return (None if last is None else last.found + last.away - named), named


def count(desk: Desk, by: str, handover_id: str, counted: Counted, found: int) -> HandoverCount:
    """Record what both counted; a later count of the same kind takes its place.

    A difference blocks nothing: it stands on the sheet. Records ``handover.counted`` with
    ``expected`` and ``found``. Raises ``Refused("handover.over")`` once it is signed or ended.
    """
    with desk.write(by=by) as tx:
        row = row_of(tx, handover_id)
        step(row.state, HandoverState.BRIEFING, row.number)
        should, away = expected(tx, row, counted)
        made = next((one for one in counts_of(tx, row.id) if one.counted is counted), None)
        made = made or HandoverCount(
            handover_id=row.id, counted=counted, found=found, away=away, at=tx.now
        )
        made.expected, made.found, made.away, made.at = should, found, away, tx.now
        tx.put(made)
        tx.record(
            "handover.counted", number=row.number, counted=counted, expected=should, found=found
        )
        return made


def carry(tx: Transaction, earlier: str, later: str) -> None:
    """Keep what both counted when a handover is frozen again: it stands as it was counted then."""
    for one in counts_of(tx, earlier):
        tx.put(
            HandoverCount(
                handover_id=later, counted=one.counted, expected=one.expected, found=one.found,
                away=one.away, at=one.at,
            )
        )  # fmt: skip


def counts_of(book: Book, handover_id: str) -> list[HandoverCount]:
    """Return what both counted at this handover."""
    return book.all(COUNTS_OF, handover=handover_id)
