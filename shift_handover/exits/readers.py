"""Who reads a handover: every mark is the incoming's own, and who signs has read (clause 150)."""

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from shift_handover.frozen import FrozenHandover, opened, row_of
from shift_handover.models import MARKS, Handover, HandoverState, Mark
from shift_handover.rules import check_incoming, step


def reads(desk: Desk, staff_no: str, handover_id: str) -> FrozenHandover:
    """Record that another incoming reads a handover from now on; return it as it then stands.

    What somebody else called known is to be read again; questions stay. Records
    ``handover.reader``. Raises ``Refused``: ``handover.over`` and those of
    ``rules.check_incoming``.
    """
    with desk.write(by=staff_no) as tx:
        row = row_of(tx, handover_id)
        step(row.state, HandoverState.BRIEFING, row.number)
        check_incoming(person_by_staff_no(tx, staff_no), row.outgoing_id)
        read_by(tx, row)
        tx.record("handover.reader", number=row.number, reader=staff_no)
        return opened(tx, row)


def read_by(tx: Transaction, row: Handover) -> None:
    """Name who writes now as the one who reads; what another one called known is unread again."""
    reader = person_by_staff_no(tx, tx.by)
    if row.incoming_id == reader.id:
        return
    for mark in tx.all(MARKS, handover=row.id) if row.incoming_id else ():
        if mark.mark is Mark.KNOWN:
            tx.drop(mark)
    row.incoming_id = reader.id
    tx.put(row)


def check_has_read(frozen: FrozenHandover, incoming: Person) -> None:
    """Raise ``Refused("handover.read_by_other")`` when another than ``incoming`` read the lines."""
    reader = frozen.incoming
    if frozen.marks and reader is not None and reader.id != incoming.id:
        raise Refused("handover.read_by_other", reader=reader.name, name=incoming.name)
