"""Out through the gate: one scan closes the visit, and what went in is compared with what goes out.

Nobody is kept from leaving: a missing return slip stays open until somebody settles it, and so does
everything else that is not as it came in (``visitors.exit``).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import rules, slip_code
from visitors.cards import VisitCard, card, leaving
from visitors.exit import elsewhere
from visitors.exit.lending import Lent, lent_to
from visitors.lanes import helmets
from visitors.models import LeftHow, ReturnSlip, State, Visit
from visitors.rules import Step
from visitors.service import is_erased, reason_text, save, visit_of
from visitors.slip_code import SlipCode
from visitors.wording import day_and_hour


@dataclass(frozen=True, slots=True)
class Departure:
    """A closed visit and what the guard compares at the gate: so many people, these goods.

    ``out`` is what is lent and not back. ``people`` are those who leave with this act.
    ``clock_back`` says that the clock stood before the hour of entry, so that the hour of leaving
    written down is the one of entry.
    """

    visit: VisitCard
    people: int
    goods: str
    return_slip: ReturnSlip
    plate: str = ""
    helmet: str = ""
    out: tuple[Lent, ...] = ()
    clock_back: bool = False


def leave_by_code(desk: Desk, by: str, text: str, *, seen: bool = True) -> Departure:
    """Close the visit whose slip was scanned; the scanned return slip counts as signed.

    ``seen`` is False when nobody was at the desk to look at the signature: then it stays missing.
    The slip of a visit that its visitor card closed is the signature that was still asked for.
    Raises ``Refused``: those of ``slip_code.visit_of_code``, ``visit.not_possible``, and two after
    which whoever shows the slip leaves, and that is recorded: ``visit.code_void`` for the slip of a
    void visit, ``visit.left_with_other_slip`` for another gate's.
    """
    if (code := slip_code.read(desk, text)).gate != desk.gate:
        _other_gates(desk, by, code)
    with desk.write(by=by) as tx:
        visit, _ = slip_code.visit_of_code(desk, tx, text)
        if rules.awaits_slip(visit):
            return _slip_after_card(tx, desk, visit, seen=seen)
        if visit.state is not State.VOIDED:
            return close(tx, desk, visit.id, LeftHow.SCANNED, signed=seen)
        _void_slip_shown(tx, visit)
    raise Refused("visit.code_void", number=_listed(desk, visit))


def _other_gates(desk: Desk, by: str, code: SlipCode) -> NoReturn:
    """Write down that another gate's slip goes out here; that gate is told by who reads this."""
    with desk.write(by=by) as tx:
        elsewhere.note(tx, code)
    number = rules.listed(code.day, code.number, desk.today())
    raise Refused("visit.left_with_other_slip", gate=code.gate, number=number)


def _slip_after_card(tx: Transaction, desk: Desk, visit: Visit, *, seen: bool) -> Departure:
    """Take the slip that comes after the visitor card: nobody leaves a second time."""
    if seen:
        visit.return_slip = ReturnSlip.SIGNED
        save(tx, visit, "visit.return_slip_signed", number=rules.spoken(visit.number))
    return _gone(tx, desk, visit)


def _void_slip_shown(tx: Transaction, visit: Visit) -> None:
    """Record that somebody leaves with the slip of a void visit; the first time stays on it."""
    if visit.left_at is None:
        visit.left_at, visit.left_how = tx.now, LeftHow.SCANNED
    save(tx, visit, "visit.void_slip_shown", number=rules.spoken(visit.number))


def leave(
    desk: Desk, by: str, visit_id: str, *, signed: bool, how: LeftHow = LeftHow.GUARD_SAW
) -> Departure:
    """Close a visit that the guard sees leave (or, at closing time, assumes has left).

    Raises ``Refused("visit.not_possible")`` for a visitor who is not inside.
    """
    with desk.write(by=by) as tx:
        return close(tx, desk, visit_id, how, signed=signed)


def leave_by_number(
    desk: Desk, by: str, number: int, *, signed: bool, day: date | None = None
) -> Departure:  # fmt: skip
    """Close the visit of a number said aloud, also of a visitor who stayed over midnight.

    Raises ``Refused``: those of ``cards.leaving`` (``day`` tells visits of one number apart), and
    those of ``leave``.
    """
    with desk.write(by=by) as tx:
        visit, _ = leaving(desk, tx, number, day)
        return close(tx, desk, visit.id, LeftHow.GUARD_SAW, signed=signed)


def close(tx: Transaction, desk: Desk, visit_id: str, how: LeftHow, *, signed: bool) -> Departure:
    """Close a visit inside a use case: ``visit.left``, or ``visit.assumed_left`` seen by nobody.

    An hour of leaving is never before the hour of entry: where the clock was put back, the entry's
    is written and ``clock_back_s`` in the journal says by how much. Raises ``Refused``:
    ``visit.left_already``, ``visit.not_possible``.
    """
    visit, host = visit_of(tx, visit_id)
    assumed = how is LeftHow.ASSUMED
    refuse_twice(desk, visit)
    visit.state = rules.after(visit, Step.ASSUME_LEFT if assumed else Step.LEAVE)
    entered = visit.admitted_at or tx.now
    visit.left_at, visit.left_how = max(tx.now, entered), how
    # Who helps in an emergency, or carries papers of his own, has no slip to bring back.
    if visit.return_slip is not ReturnSlip.NONE:
        visit.return_slip = ReturnSlip.SIGNED if signed else ReturnSlip.MISSING
    if signed or how is LeftHow.GUARD_SAW:
        helmets.take_back(visit, visit.left_at)
    back = visit.left_at > tx.now
    behind: dict[str, Any] = {"clock_back_s": _seconds(entered - tx.now)} if back else {}
    save(
        tx, visit, "visit.assumed_left" if assumed else "visit.left",
        number=rules.spoken(visit.number), host=host.staff_no, how=how.value,
        people=visit.remaining, return_slip=visit.return_slip.value,
        **behind,
    )  # fmt: skip
    return _gone(tx, desk, visit, clock_back=back)


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _gone(tx: Transaction, desk: Desk, visit: Visit, *, clock_back: bool = False) -> Departure:
    visit, host = visit_of(tx, visit.id)
    shown = card(desk, tx, visit, host)
    return Departure(
        shown, visit.remaining, shown.goods, visit.return_slip,
        plate=tx.read_sealed(visit.plate, erased=""),
        helmet=" ".join(helmets.numbers(visit.helmet)),
        out=lent_to(tx, visit.id), clock_back=clock_back,
    )  # fmt: skip


def refuse_twice(desk: Desk, visit: Visit) -> None:
    """Raise ``Refused("visit.left_already")`` (with ``at``) for who is closed as gone."""
    if visit.state is State.LEFT and visit.left_at is not None:
        raise Refused(
            "visit.left_already", number=_listed(desk, visit), at=day_and_hour(desk, visit.left_at)
        )  # fmt: skip


def _listed(desk: Desk, visit: Visit) -> str:
    return rules.listed(visit.day, visit.number, desk.today())


def slip_not_signed(desk: Desk, by: str, visit_id: str) -> None:
    """Say that the scanned slip has no signature after all: it becomes an open thing.

    Raises ``Refused("visit.slip_not_back")`` for a slip that did not come back signed.
    """
    with desk.write(by=by) as tx:
        visit, _ = visit_of(tx, visit_id)
        if visit.return_slip is not ReturnSlip.SIGNED:
            raise Refused("visit.slip_not_back", number=_listed(desk, visit))
        visit.return_slip = ReturnSlip.MISSING
        number = rules.spoken(visit.number)
        save(tx, visit, "visit.corrected", number=number, fields=["return_slip"])


def settle_return_slip(desk: Desk, by: str, visit_id: str, reason: str) -> None:
    """Settle a missing return slip: it was brought, or the host has said that all is in order.

    Raises ``Refused``: ``visit.slip_not_missing``, ``visit.reason_missing``.
    """
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if visit.return_slip is not ReturnSlip.MISSING:
            raise Refused("visit.slip_not_missing", number=_listed(desk, visit))
        visit.return_slip = ReturnSlip.SETTLED
        # No words are added to an erased visitor: that the slip is settled is recorded without.
        visit.reason = "" if is_erased(tx, visit) else tx.seal(visit.subject, words)
        save(
            tx, visit, "visit.return_slip_settled",
            number=rules.spoken(visit.number), host=host.staff_no, reason=visit.reason,
        )  # fmt: skip
