"""What a manager signs with badge and PIN about a pass: yes, no, or that goods stay away for good.

Never who carries the goods, and never who asked for the pass or wrote it down (clause 33).
"""

from kiosk.desk.desk import Desk
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.passes import pass_code, slips
from kiosk.passes.asking import close, reason_sealed
from kiosk.passes.models import GoodsPass, State
from kiosk.passes.reading import check_state, pass_by_id, shown
from kiosk.passes.rules import check_approver, valid_until


def approve(desk: Desk, by: str, pass_id: str, proof: Proof) -> str:
    """Let the goods out, once, until the end of the pass's days; return its number.

    The pass is queued for the printer in the same act: it is valid whether it is printed or not.
    Raises ``Refused``: those of ``rules.check_approver`` and ``reading.check_state``.
    """
    with desk.write(by=by) as tx:
        one = _signed(desk, tx, pass_id, proof, State.WAITING)
        one.state, one.valid_until = State.VALID, valid_until(desk.today(), desk.rules)
        tx.put(one)
        _print(desk, tx, one)
        tx.record(
            "pass.approved", number=one.number, approver=proof.person.staff_no,
            means=proof.means.value, until=one.valid_until.isoformat(),
        )  # fmt: skip
    return one.number


def refuse(desk: Desk, by: str, pass_id: str, proof: Proof, reason: str) -> str:
    """Write down a manager's no: the goods stay. Returns the pass's number.

    Raises ``Refused``: ``pass.reason_missing``, and those of ``approve``.
    """
    with desk.write(by=by) as tx:
        one = _signed(desk, tx, pass_id, proof, State.WAITING)
        one.reason = reason_sealed(tx, one, reason)
        close(tx, one, State.REFUSED)
        tx.record(
            "pass.refused", number=one.number, approver=proof.person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return one.number


def let_go(desk: Desk, by: str, pass_id: str, proof: Proof, reason: str) -> str:
    """Write down that what went out does not come back after all; return the pass's number.

    Raises ``Refused``: ``pass.reason_missing``, those of ``rules.check_approver``, and those of
    ``reading.check_state`` for a pass with nothing out.
    """
    with desk.write(by=by) as tx:
        one = pass_by_id(tx, pass_id)
        check_state(desk, tx, one, State.OUT)
        check_approver(one, proof.person)
        one.reason = reason_sealed(tx, one, reason)
        close(tx, one, State.STAYS_OUT)
        tx.record(
            "pass.stays_out", number=one.number, approver=proof.person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return one.number


def print_again(desk: Desk, by: str, pass_id: str) -> str:
    """Print a valid pass once more, marked as a reprint; return its number.

    Raises ``Refused``: those of ``reading.check_state``.
    """
    with desk.write(by=by) as tx:
        one = pass_by_id(tx, pass_id)
        check_state(desk, tx, one, State.VALID)
        copy = _print(desk, tx, one)
        tx.record("slip.reprinted", slip=slips.KIND, number=one.number, copy=copy)
    return one.number


def _signed(desk: Desk, tx: Transaction, pass_id: str, proof: Proof, state: State) -> GoodsPass:
    one = pass_by_id(tx, pass_id)
    check_state(desk, tx, one, state)
    check_approver(one, proof.person)
    one.approver_id, one.approved_at, one.means = proof.person.id, tx.now, proof.means
    return one


def _print(desk: Desk, tx: Transaction, one: GoodsPass) -> int:
    slip = slips.pass_slip(desk, shown(desk, tx, one), pass_code.made(desk, one.number))
    return tx.print(slip, one.subject).copy_no
