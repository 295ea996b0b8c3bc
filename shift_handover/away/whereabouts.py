"""What stepping away tells the whereabouts board: who has left the post for a while, or rests."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.desk.where import Place, Where
from shift_handover.away import rules
from shift_handover.away.models import RUNNING, Kind
from shift_handover.away.rules import Rung


def whereabouts(desk: Desk, book: Book) -> Mapping[str, Where]:
    """Return the guard who is away from this post now, and until when; never why."""
    found = book.one(RUNNING, post=desk.gate)
    if found is None:
        return {}
    away, person = found
    place = Place.RESTING if away.kind is Kind.REST else Place.STEPPED_AWAY
    late = rules.rung(away, desk.clock(), desk.rules) > Rung.RUNNING
    return {person.id: Where(place, away.started_at, until=away.due_at, late=late)}
