"""Granting a leave rung by rung, each signed with badge and PIN; or refusing it with a reason."""

from kiosk.attendance.leave import ending, reading, rules
from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.models import APPROVALS, STAND_INS, LeaveApproval
from kiosk.attendance.leave.rules import Signers
from kiosk.desk.absence import Leave, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE, Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import pgettext


def approve(desk: Desk, by: str, leave_id: str, proof: Proof) -> Leave:
    """Sign the next rung of a leave with a yes (clauses 16, 17); return the leave.

    Somebody higher, signing in place of who is away, signs every rung up to his own. The last yes
    grants the leave; it waits for the stand-in's acceptance first (clause 7). Raises ``Refused``:
    ``leave.not_open``, ``leave.own_leave``, ``leave.not_yours`` (with ``who``),
    ``leave.stand_in_open`` (with ``name``).
    """
    with desk.write(by=by) as tx:
        leave, person = _asked(tx, leave_id)
        signed = _sign(desk, tx, leave, person, proof)
        waiting = reading.waits_for(desk, tx, leave, person)
        final, leave.waits_at = waiting is None, waiting.at.value if waiting else ""
        if final:
            _check_stand_in(desk, tx, leave)
            leave.state, leave.approved_at = LeaveState.APPROVED, tx.now
        tx.put(leave)
        tx.record(
            "leave.approved", number=leave.number, signed_by=proof.person.staff_no,
            means=proof.means.value, steps=[one.step for one in signed], final=final,
            in_place=any(one.in_place for one in signed),
        )  # fmt: skip
    return leave


def _asked(tx: Transaction, leave_id: str) -> tuple[Leave, Person]:
    leave = reading.leave_by_id(tx, leave_id)
    if leave.state is not LeaveState.ASKED:
        raise Refused("leave.not_open", number=leave.number)
    return leave, person_by_id(tx, leave.person_id)


def _signers(desk: Desk, tx: Transaction, leave: Leave, person: Person, proof: Proof) -> Signers:
    """Return who signs next, when the signer is among them."""
    waiting = reading.waits_for(desk, tx, leave, person)
    if waiting is None:
        raise Refused("leave.not_open", number=leave.number)
    if proof.person.id == person.id:
        raise Refused("leave.own_leave", name=person.name)
    if proof.person.id not in {one.id for one in waiting.people}:
        who = pgettext("list", ", ").join(one.name for one in waiting.people) or "-"
        raise Refused("leave.not_yours", name=proof.person.name, who=who)
    return waiting


def _sign(
    desk: Desk, tx: Transaction, leave: Leave, person: Person, proof: Proof
) -> list[LeaveApproval]:
    waiting = _signers(desk, tx, leave, person, proof)
    needed = rules.rungs(
        person.rank, reading.halves_in_row(desk, tx, person, leave, span_of(leave)),
        desk.settings.leave_ladder, desk.rules,
    )  # fmt: skip
    done = {one.step for one, _person in tx.all(APPROVALS, leave=leave.id) if one.yes}
    people, away = tx.all(EVERYONE), reading.away_now(desk, tx)
    signed = []
    for step, rung in enumerate(needed, 1):
        if step in done:
            continue
        at = rules.signers(rung, person, people, away).at
        if at is not waiting.at:
            break
        signed.append(_signature(tx, leave, step, proof, waiting, yes=True))
        signed[-1].needed, signed[-1].in_place = rung, at is not rung
        tx.put(signed[-1])
    return signed


def _signature(
    tx: Transaction, leave: Leave, step: int, proof: Proof, waiting: Signers, *, yes: bool
) -> LeaveApproval:
    return LeaveApproval(
        leave_id=leave.id, step=step, needed=waiting.needed, person_id=proof.person.id,
        means=proof.means, at=tx.now, yes=yes, in_place=waiting.in_place,
    )  # fmt: skip


def _check_stand_in(desk: Desk, tx: Transaction, leave: Leave) -> None:
    least = desk.rules.leave_stand_in_halves
    if not least or leave.halves < least or leave.by_phone:
        return
    asked = tx.all(STAND_INS, leave=leave.id)
    if not any(one.accepted_at for one, _person in asked):
        name = asked[0][1].name if asked else "-"
        raise Refused("leave.stand_in_open", name=name)


def refuse(desk: Desk, by: str, leave_id: str, proof: Proof, reason: str) -> Leave:
    """Say no to a leave, with a reason for who asked; return it.

    Raises ``Refused``: ``leave.no_reason``, and those of ``approve``.
    """
    with desk.write(by=by) as tx:
        leave, person = _asked(tx, leave_id)
        waiting = _signers(desk, tx, leave, person, proof)
        why = clean(reason, rules.LONGEST_REASON).strip()
        if not why:
            raise Refused("leave.no_reason", field="reason")
        step = len(tx.all(APPROVALS, leave=leave.id)) + 1
        said = _signature(tx, leave, step, proof, waiting, yes=False)
        said.note = tx.seal(leave.subject, why)
        tx.put(said)
        ending.close(tx, leave, LeaveState.REFUSED)
        tx.record(
            "leave.refused", number=leave.number, signed_by=proof.person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return leave
