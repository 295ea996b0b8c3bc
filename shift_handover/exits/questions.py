"""The outgoing answers what the incoming asked, before both sign (clause 150)."""

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from shift_handover import service
from shift_handover.frozen import FrozenHandover, Key, document_of, opened, row_of
from shift_handover.models import MARKS, HandoverState, Mark
from shift_handover.rules import step

_LONG = 120


def answer(desk: Desk, by: str, handover_id: str, key: Key, text: str) -> FrozenHandover:
    """Write down the outgoing's answer to a question; the question stays an exception.

    The incoming who is content with it marks the line as known. Records ``handover.answered``.
    Raises ``Refused``: ``handover.not_on_duty``, ``handover.over``, ``handover.no_question``,
    ``handover.answer_missing``.
    """
    words = clean(text, _LONG)
    if not words:
        raise Refused("handover.answer_missing")
    with desk.write(by=by) as tx:
        service.holder(tx, desk, by)
        row = row_of(tx, handover_id)
        step(row.state, HandoverState.BRIEFING, row.number)
        mark = next(
            (one for one in tx.all(MARKS, handover=row.id) if (one.kind, one.ref) == key), None
        )
        if mark is None or mark.mark is not Mark.QUESTION:
            raise Refused("handover.no_question")
        mark.answer = tx.seal(row.subject, words)
        tx.put(mark)
        thing = document_of(tx, row).thing(*key)
        tx.record("handover.answered", number=row.number, thing=[thing.kind, thing.number])
        return opened(tx, row)
