"""The taps of one person's day as they count: void ones left out, corrections folded in."""

from datetime import date

from kiosk.attendance.days.facts import Counted, Facts, counted
from kiosk.attendance.models import TAPS_OF_BETWEEN, VOIDS_BETWEEN
from kiosk.desk.transaction import Book


def taps_that_count(book: Book, person_id: str, day: date) -> list[Counted]:
    """Return the taps of a site's day that count, by time, each with the way it counts."""
    taps = book.all(TAPS_OF_BETWEEN, person=person_id, first=day, last=day)
    if not taps:
        return []
    voided = frozenset(one.tap_id for one in book.all(VOIDS_BETWEEN, first=day, last=day))
    return [one for one in counted(Facts(day, taps=taps, voided=voided)) if not one.void]
