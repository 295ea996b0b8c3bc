"""Where somebody went and why, and who asked for an errand, is kept for some days, then deleted."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.purge import Purged
from kiosk.desk.transaction import Book
from shift_handover.away.models import EVERY_AWAY, EVERY_ERRAND, RefusedErrand, StepAway

_KEPT = (
    KeptWords(
        kind="absences",
        due=due_keys(StepAway, StepAway.subject, StepAway.ended_at),
        days=lambda rules: rules.away_words_days,
    ),
    KeptWords(
        kind="errands",
        due=due_keys(RefusedErrand, RefusedErrand.subject, RefusedErrand.at),
        days=lambda rules: rules.away_words_days,
    ),
)


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete the words of one bite of absences and errands that were kept long enough."""
    return Purged.of([kept.purge(desk, account) for kept in _KEPT])


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the absences and errands, a bite of each at most, whose words are to be deleted."""
    return {kind: n for kept in _KEPT for kind, n in kept.overdue(desk, book).items()}


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the absences and errands in whose words the name was typed."""
    absences = (
        (one.number, (one.place, one.why, one.leader_words, one.superior_words))
        for one in book.all(EVERY_AWAY)
    )
    errands = ((one.number, (one.who, one.what)) for one in book.all(EVERY_ERRAND))
    return [*numbers_naming(book, name, absences), *numbers_naming(book, name, errands)]
