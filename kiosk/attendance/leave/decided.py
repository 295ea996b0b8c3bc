"""What follows when a conflict about a leave is decided: nobody stands in for one that is off."""

from collections.abc import Sequence

from kiosk.desk.absence import Leave, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.stand_in import end_stand_ins
from kiosk.desk.transaction import Transaction
from kiosk.desk.versions import Version

_OFF = frozenset({LeaveState.REFUSED, LeaveState.WITHDRAWN, LeaveState.RETURNED})


def follow(
    tx: Transaction, desk: Desk, row_id: str, kept: Version, others: Sequence[Version]
) -> None:
    """End, with ``standin.ended``, who stands in for a leave that does not stand."""
    del desk, kept, others
    leave = tx.row_of(Leave, row_id)
    if isinstance(leave, Leave) and leave.state in _OFF:
        end_stand_ins(tx, leave.person_id, leave.id)
