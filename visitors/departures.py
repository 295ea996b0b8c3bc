"""Out through the gate: one scan closes the visit, and what went in is compared with what goes out.

Nobody is kept from leaving: a missing return slip stays open until somebody settles it, and so does
everything else that is not as it came in (``visitors.exit``).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NoReturn

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Transaction
from visitors import rules, slip_code
from visitors.cards import VisitCard, card
from visitors.exit import elsewhere
from visitors.exit.lending import Lent, lent_to_person
from visitors.lanes import helmets
from visitors.models import DENIED, UNPROVED, LeftHow, ReturnSlip, State, Visit
from visitors.numbered import leaving
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
    Who came in by another gate and is known here leaves as everybody else, also when that gate has
    closed the visit meanwhile. Raises ``Refused``: those of ``slip_code.visit_of_code``,
    ``visit.not_possible``, and three after which whoever shows the slip leaves, and that is
    recorded: ``visit.code_void`` for the slip of a void visit, ``visit.code_denied`` for one that
    another gate has denied, ``visit.left_with_other_slip`` for another gate's that this desk has
    not heard of.
    """
    code = slip_code.read(desk, text)
    with desk.read() as book:
        unheard = slip_code.is_of_unheard_work(desk, book, code)
    if unheard:
        _other_gates(desk, by, code, signed=seen)
    with desk.write(by=by) as tx:
        if (twice := _left_elsewhere(tx, desk, code)) is not None:
            return _seen_here_too(tx, desk, twice, signed=seen)
        visit, _ = slip_code.visit_of_code(desk, tx, text)
        if rules.awaits_slip(visit):
            return _slip_after_card(tx, desk, visit, seen=seen)
        if visit.state not in DENIED:
            return close(tx, desk, visit.id, LeftHow.SCANNED, signed=seen)
        _void_slip_shown(tx, visit)
    void = visit.state is State.VOIDED
    raise Refused(
        "visit.code_void" if void else "visit.code_denied", number=_listed(desk, visit)
    )  # fmt: skip


def _other_gates(desk: Desk, by: str, code: SlipCode, *, signed: bool) -> NoReturn:
    """Write down that another gate's slip goes out here; that gate is told by who reads this."""
    with desk.write(by=by) as tx:
        elsewhere.note(tx, code, signed=signed)
    number = rules.listed(code.day, code.number, desk.today())
    with desk.read() as book:
        gate = gate_name(desk, book, code.gate)
    raise Refused("visit.left_with_other_slip", gate=gate, number=number)


def _left_elsewhere(tx: Transaction, desk: Desk, code: SlipCode) -> Visit | None:
    """Return the visit of a slip that another gate has closed already, if so it is."""
    found = slip_code.visit_on(tx, code)
    if found is None or found[0].state is not State.LEFT:
        return None
    by_us = found[0].left_gate in {"", desk.gate} and found[0].left_how not in UNPROVED
    return None if by_us or rules.awaits_slip(found[0]) else found[0]


def _seen_here_too(tx: Transaction, desk: Desk, visit: Visit, *, signed: bool) -> Departure:
    """Record that somebody leaves here whom another gate has closed: both facts stay.

    What nobody had seen (the host said so, the other gate did) gives way to what is seen now.
    """
    if visit.left_how in UNPROVED:
        left_in_truth(visit, tx.now, desk.gate, signed=signed)
    save(
        tx, visit, "visit.left_again",
        number=rules.spoken(visit.number), closed_at=visit.left_gate, how=_how(visit),
    )  # fmt: skip
    return _gone(tx, desk, visit)


def _how(visit: Visit) -> str:
    return visit.left_how.value if visit.left_how is not None else ""


def left_in_truth(visit: Visit, at: datetime, gate: str, *, signed: bool) -> None:
    """Write into the row that the slip was seen going out at ``gate``, at that moment (UTC)."""
    visit.left_at = max(at, visit.admitted_at or at)
    visit.left_how, visit.left_gate = LeftHow.SCANNED, gate
    if signed and visit.return_slip is ReturnSlip.MISSING:
        visit.return_slip = ReturnSlip.SIGNED


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

    Raises ``Refused``: those of ``numbered.leaving`` (``day`` tells visits of one number apart),
    and those of ``leave``.
    """
    with desk.write(by=by) as tx:
        visit, _ = leaving(desk, tx, number, day)
        return close(tx, desk, visit.id, LeftHow.GUARD_SAW, signed=signed)


def close(
    tx: Transaction, desk: Desk, visit_id: str, how: LeftHow, *, signed: bool,
    at: datetime | None = None,
) -> Departure:  # fmt: skip
    """Close a visit inside a use case: ``visit.left``, or ``visit.assumed_left`` seen by nobody.

    ``at`` (UTC) is when it was seen, where that was earlier than now. An hour of leaving is never
    before the hour of entry: where the clock was put back, the entry's is written and
    ``clock_back_s`` in the journal says by how much. Raises ``Refused``:
    ``visit.left_already``, ``visit.not_possible``.
    """
    visit, host = visit_of(tx, visit_id)
    assumed = how is LeftHow.ASSUMED
    refuse_twice(desk, visit)
    visit.state = rules.after(visit, Step.ASSUME_LEFT if assumed else Step.LEAVE)
    seen = at or tx.now
    entered = visit.admitted_at or seen
    visit.left_at, visit.left_how = max(seen, entered), how
    visit.left_gate = "" if how in UNPROVED else desk.gate
    # Who helps in an emergency, or carries papers of his own, has no slip to bring back.
    if visit.return_slip is not ReturnSlip.NONE:
        visit.return_slip = ReturnSlip.SIGNED if signed else ReturnSlip.MISSING
    if signed or how is LeftHow.GUARD_SAW:
        helmets.take_back(visit, visit.left_at)
    back = visit.left_at > seen
    behind: dict[str, Any] = {"clock_back_s": _seconds(entered - seen)} if back else {}
    save(
        tx, visit, "visit.assumed_left" if assumed else "visit.left",
        number=rules.spoken(visit.number), host=host.staff_no, how=how.value,
        people=visit.remaining, return_slip=visit.return_slip.value,
        **behind, **_came_in_elsewhere(desk, visit),
    )  # fmt: skip
    return _gone(tx, desk, visit, clock_back=back)


def _came_in_elsewhere(desk: Desk, visit: Visit) -> dict[str, str]:
    return {"came_in_at": visit.gate} if visit.gate != desk.gate else {}


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _gone(tx: Transaction, desk: Desk, visit: Visit, *, clock_back: bool = False) -> Departure:
    visit, host = visit_of(tx, visit.id)
    shown = card(desk, tx, visit, host)
    return Departure(
        shown, visit.remaining, shown.goods, visit.return_slip,
        plate=tx.read_sealed(visit.plate, erased=""),
        helmet=" ".join(helmets.numbers(visit.helmet)),
        out=lent_to_person(tx, visit.id), clock_back=clock_back,
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
