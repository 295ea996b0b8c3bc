"""Who signed a handover, when and how: what its sheet says beside the frozen record."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.people import owner_names
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book
from shift_handover.exits.paper import more_of
from shift_handover.frozen import FrozenHandover
from shift_handover.models import Handover, HandoverState
from shift_handover.papers.queries import DUTY_ENDED
from shift_handover.records import Record
from shift_handover.slips import Signed


def signed_of(book: Book, row: Handover, frozen: FrozenHandover, desk: Desk) -> Signed:
    """Return who signed the handover of ``row``, as the journal's entry of both signatures says.

    A night that was locked up has the outgoing's signature alone, and whoever read it later. A
    handover that nobody signed is a bug (``LookupError``).
    """
    if row.signed_seq is None or row.ended_at is None:
        raise LookupError(f"{row.number} was not signed")
    entry = next(journal.entries(book.connection, row.post, row.signed_seq - 1))
    means = entry.facts_made()
    return Signed(
        frozen.incoming.name if frozen.incoming else "", row.ended_at, frozen.fingerprint,
        frozen.marks, frozen.notes,
        frozen.answers, more_of(book, frozen, desk),
        outgoing_signs=row.state is not HandoverState.TAKEN_OVER_ALONE,
        outgoing_no_badge=means.get("outgoing_means", means.get("means")) == Means.NO_BADGE,
        incoming_no_badge=means.get("incoming_means") == Means.NO_BADGE,
        on_post_since=on_post_since(book, row), owners=owners_of(book, frozen.document.things),
    )  # fmt: skip


def on_post_since(book: Book, row: Handover) -> datetime | None:
    """Return since when the outgoing held the post that he gave away then (aware UTC)."""
    duty = book.one(DUTY_ENDED, post=row.post, person=row.outgoing_id, at=row.ended_at)
    return duty.since if duty else None


def owners_of(book: Book, things: Iterable[Record]) -> Mapping[str, str]:
    """Return the name behind each owner that is a staff number; other owners are names already."""
    return owner_names(book, {thing.owner for thing in things})
