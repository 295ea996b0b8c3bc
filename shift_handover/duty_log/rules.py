"""What a line of the duty log may be, and which entries of the journal belong into a log."""

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST = 200
"""Characters of one line."""

VISITS_IN = frozenset({"visit.admitted", "visit.emergency_admitted"})
VISITS_OUT = frozenset({"visit.left", "visit.assumed_left"})
LENT = frozenset({"loan.out"})
BACK = frozenset({"loan.returned"})

LEFT_OUT = frozenset(
    {
        "duty_log.written", "duty_log.printed", "handover.read", "rollcall.marked",
        "rollcall.unmarked", "staff.signed_in", "staff.signed_out",
    }
)  # fmt: skip
"""Entries with words that are no line: they stand elsewhere already, or are steps of one act."""

PEOPLE = frozenset(
    {
        "person", "outgoing", "incoming", "receiver", "addressee", "holder", "asker", "approver",
        "first", "companion", "superior", "guard", "giver", "reader",
    }
)  # fmt: skip
"""Facts of an entry that are staff numbers where somebody has that number."""


def checked(words: str) -> str:
    """Return the words of a line, cleaned. Raises ``Refused("duty_log.empty")``."""
    fine = clean(words, LONGEST).strip()
    if not fine:
        raise Refused("duty_log.empty", field="words")
    return fine
