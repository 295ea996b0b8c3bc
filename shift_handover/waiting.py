"""The handover that waits to be signed, ended because its outgoing leaves the post another way."""

from kiosk.desk.transaction import Transaction
from shift_handover.models import OPEN_HANDOVER, HandoverState
from shift_handover.rules import step


def end_waiting(tx: Transaction, post: str, state: HandoverState) -> str:
    """End the handover of ``post`` that waits, if one does; return its number, "" for none."""
    waiting = tx.one(OPEN_HANDOVER, post=post)
    if waiting is None:
        return ""
    waiting.state = step(waiting.state, state, waiting.number)
    waiting.ended_at = tx.now
    tx.put(waiting)
    return waiting.number
