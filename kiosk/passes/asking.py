"""A pass is asked for, or cancelled: each function is one act, written whole or not at all."""

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Transaction
from kiosk.passes.models import OVER, GoodsPass, PassItem, State
from kiosk.passes.reading import check_state, pass_by_id
from kiosk.passes.rules import LONGEST_REASON, Asking, checked


def ask(desk: Desk, by: str, asker: str, asking: Asking, carrier: str = "") -> str:
    """Write down what the staff number ``asker`` asks for; return the pass's id.

    ``carrier`` is the staff number of who carries it, "" where ``asking.carrier`` names somebody
    from outside. Nothing may go out before a manager approves. Raises ``Refused``:
    ``person.unknown``, ``pass.no_carrier``, those of ``rules.checked``.
    """
    with desk.write(by=by) as tx:
        fine = checked(asking, desk.today(), desk.rules)
        person = person_by_staff_no(tx, asker)
        inside = person_by_staff_no(tx, carrier) if carrier else None
        if inside is None and not fine.carrier:
            raise Refused("pass.no_carrier", field="carrier")
        subject = tx.new_subject()
        one = tx.put(
            GoodsPass(
                number=f"W{next_number(tx, 'goods_pass')}", subject=subject, state=State.WAITING,
                asker_id=person.id, carrier_id=inside.id if inside else None,
                carrier="" if inside else tx.seal(subject, fine.carrier),
                purpose=tx.seal(subject, fine.purpose), back_on=fine.back_on, asked_at=tx.now,
                asked_by=by,
            )
        )  # fmt: skip
        _put_items(tx, one, fine)
        tx.record(
            "pass.asked", number=one.number, asker=person.staff_no, carrier=carrier,
            pieces=[item.quantity for item in fine.items],
            back_on=fine.back_on.isoformat() if fine.back_on else "",
        )  # fmt: skip
    return one.id


def _put_items(tx: Transaction, one: GoodsPass, asking: Asking) -> None:
    for place, item in enumerate(asking.items, 1):
        tx.put(
            PassItem(
                pass_id=one.id, place=place, what=tx.seal(one.subject, item.what),
                serial=tx.seal(one.subject, item.serial), quantity=item.quantity,
            )
        )  # fmt: skip


def cancel(desk: Desk, by: str, pass_id: str, reason: str) -> str:
    """Cancel a pass that nothing went out on: it lets nothing out any more. Returns its number.

    Raises ``Refused``: ``pass.reason_missing``, those of ``reading.check_state``.
    """
    with desk.write(by=by) as tx:
        one = pass_by_id(tx, pass_id)
        check_state(desk, tx, one, State.WAITING, State.VALID)
        one.reason = reason_sealed(tx, one, reason)
        close(tx, one, State.CANCELLED)
        tx.record("pass.cancelled", number=one.number)
    return one.number


def reason_sealed(tx: Transaction, one: GoodsPass, reason: str) -> str:
    """Return a reason as it is kept; raise ``Refused("pass.reason_missing")`` for none."""
    why = clean(reason, LONGEST_REASON).strip()
    if not why:
        raise Refused("pass.reason_missing")
    return tx.seal(one.subject, why)


def close(tx: Transaction, one: GoodsPass, state: State) -> GoodsPass:
    """End a pass with ``state``; belongs to the entry recorded next."""
    one.state, one.closed_at, one.closed_by = state, tx.now, tx.by
    return tx.put(one)


def lapse(desk: Desk) -> int:
    """Close the passes nobody used in their days; return how many. Twice does no more than once."""
    with desk.read() as book:
        if not any(map(desk.wrote, book.all(OVER, today=desk.today()))):
            return 0
    with desk.write() as tx:
        over = [one for one in tx.all(OVER, today=desk.today()) if desk.wrote(one)]
        for one in over:
            close(tx, one, State.EXPIRED)
        if over:
            tx.record("pass.expired", numbers=[one.number for one in over])
    return len(over)
