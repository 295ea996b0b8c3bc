"""Writing into the duty log, and printing a day of it."""

from datetime import date

from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period
from kiosk.desk.report_slip import slip_of
from kiosk.desk.transaction import Transaction
from shift_handover.duty_log.models import CORRECTION_OF, LINE, DutyLine
from shift_handover.duty_log.reports import NAME, duty_log
from shift_handover.duty_log.rules import checked


def write(desk: Desk, by: str, words: str, corrects: str = "") -> str:
    """Add a line, sealed; return its number, such as ``B3``. No line is ever changed.

    ``corrects`` is the number of a line that this one puts right. Records ``duty_log.written``.
    Raises ``Refused``: ``duty_log.empty``, ``duty_log.corrected``, ``duty_log.same``.
    """
    with desk.write(by=by) as tx:
        fine = checked(words)
        if corrects:
            _check_correction(tx, corrects, fine)
        subject = tx.new_subject()
        line = tx.put(
            DutyLine(
                number=f"B{next_number(tx, 'duty_line')}", post=desk.gate, subject=subject,
                words=tx.seal(subject, fine), written_at=tx.now, written_by=by, corrects=corrects,
            )
        )  # fmt: skip
        tx.record("duty_log.written", number=line.number, corrects=corrects)
    return line.number


def _check_correction(tx: Transaction, number: str, words: str) -> None:
    old = tx.one(LINE, number=number)
    if old is None:
        raise LookupError(f"no line {number}")
    newer = tx.one(CORRECTION_OF, number=number)
    if newer is not None:
        raise Refused("duty_log.corrected", number=number, newer=newer.number)
    if tx.read_sealed(old.words) == words:
        raise Refused("duty_log.same", number=number)


def print_day(desk: Desk, by: str, day: date) -> None:
    """Print the page of one of the site's days, with its lines to sign on."""
    with desk.write(by=by) as tx:
        table = duty_log(desk, tx, Period(day, day))
        number = f"{tx.head.seq + 1}"
        list_papers.put_on_paper(tx, slip_of(NAME, table, desk.local(tx.now), number))
        tx.record("duty_log.printed", day=day.isoformat())
