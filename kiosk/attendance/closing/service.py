"""Closing the books of a day (clause 130): a clerk's act, in the order of the days.

It is asked once more when somebody becomes absent by it. The counters of clauses 15, 21 and 137 are
brought up to it in the same transaction: a card opens with the closing that made it due.
"""

from dataclasses import dataclass
from datetime import date

from kiosk.attendance.closing.books import DayBook, day_book, open_workdays
from kiosk.attendance.closing.models import CLOSINGS_BETWEEN, DayClosing
from kiosk.attendance.closing.outcome import written
from kiosk.attendance.closing.rules import check_keeper, check_office
from kiosk.attendance.counters.service import count
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing did; ``again`` is true when the day had been closed before."""

    day: date
    gaps: int
    absent: int
    again: bool


def close_day(desk: Desk, proof: Proof, day: date, sure_of: int = 0) -> Closed:
    """Close the books of ``day`` in the name of who proved himself.

    ``sure_of`` is how many persons the clerk was told become absent. Closing once more after a
    mend writes a new closing; the earlier ones stay. Raises ``Refused``: ``closing.not_yours``,
    ``closing.day_not_over``, ``closing.earlier_open`` (with ``first`` and ``n``),
    ``closing.ask_again`` (with ``absent`` and ``gaps``) while the number is another than
    ``sure_of``, ``closing.kept_elsewhere`` at any desk but the one that keeps the books.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        return close_in(tx, desk, proof, day, sure_of)


def close_in(tx: Transaction, desk: Desk, proof: Proof, day: date, sure_of: int = 0) -> Closed:
    """Close a day within a transaction; raises as :func:`close_day`."""
    check_office(proof.person)
    check_keeper(desk)
    if day >= desk.work_day(tx.now):
        raise Refused("closing.day_not_over", day=day.isoformat())
    earlier = [one for one in open_workdays(desk, tx, day) if one != day]
    if earlier:
        raise Refused("closing.earlier_open", first=earlier[0].isoformat(), n=len(earlier))
    now = day_book(desk, tx, day)
    if now.absent and now.absent != sure_of:
        raise Refused("closing.ask_again", absent=now.absent, gaps=len(now.gaps))
    return _write(tx, desk, proof, now)


def _write(tx: Transaction, desk: Desk, proof: Proof, now: DayBook) -> Closed:
    again = bool(tx.all(CLOSINGS_BETWEEN, first=now.day, last=now.day))
    tx.put(
        DayClosing(
            day=now.day, closed_at=tx.now, closed_by_id=proof.person.id, gaps=len(now.gaps),
            outcome=written(now.outcomes), no_taps=now.no_taps,
        )
    )  # fmt: skip
    tx.record(
        "day.closed", by=proof.person.staff_no, day=now.day.isoformat(), gaps=len(now.gaps),
        absent=now.absent, no_taps=now.no_taps, again=again, means=proof.means.value,
    )  # fmt: skip
    count(desk, tx, now.day)
    return Closed(now.day, len(now.gaps), now.absent, again)
