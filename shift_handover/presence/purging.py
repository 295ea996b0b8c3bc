"""Why a prompt was missed is kept for some days, then deleted; the numbers stay."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.kept_words import KeptWords, due_keys
from kiosk.desk.naming import numbers_naming
from kiosk.desk.purge import Purged
from kiosk.desk.transaction import Book
from shift_handover.presence.models import EXPLAINED, PresencePrompt

_KEPT = KeptWords(
    kind="presence_prompts",
    due=due_keys(PresencePrompt, PresencePrompt.subject, PresencePrompt.explained_at),
    days=lambda rules: rules.away_words_days,
)


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete one bite of the reasons that were kept long enough."""
    return _KEPT.purge(desk, account)


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Count the prompts, a bite at most, whose reasons are to be deleted."""
    return _KEPT.overdue(desk, book)


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of the missed prompts in whose reason the name was typed."""
    return numbers_naming(book, name, ((one.number, (one.why,)) for one in book.all(EXPLAINED)))
