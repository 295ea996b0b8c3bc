"""At the gate what is carried is compared with the pass, line by line, out and back (clause 33)."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Transaction
from kiosk.passes.asking import close
from kiosk.passes.models import GoodsKept, GoodsPass, PassItem, State, Why
from kiosk.passes.reading import check_state, items_of, pass_by_id
from kiosk.passes.rules import LONGEST_CARRIER, LONGEST_PURPOSE, check_counts


@dataclass(frozen=True, slots=True)
class Moved:
    """What went out or came back: ``pieces`` now, ``left`` not (not gone, or not back yet)."""

    number: str
    pieces: int
    left: int


def release(desk: Desk, by: str, pass_id: str, counts: Mapping[int, int]) -> Moved:
    """Let out ``counts`` pieces of each line, by place: fewer than the pass says, never more.

    That uses the pass up: what did not go needs a new one. Raises ``Refused``:
    ``pass.nothing_ticked``, ``pass.too_many``, those of ``reading.check_state``, among them
    ``pass.used_already``.
    """
    with desk.write(by=by) as tx:
        one = pass_by_id(tx, pass_id)
        check_state(desk, tx, one, State.VALID)
        items = items_of(tx, one)
        going = check_counts(items, one.state, counts)
        for item in items:
            item.went = going[item.place]
            tx.put(item)
        one.used_at, one.used_by = tx.now, by
        if one.back_on is None:
            close(tx, one, State.USED)
        else:
            one.state = State.OUT
            tx.put(one)
        left = sum(item.quantity - item.went for item in items)
        _record(tx, "pass.used", one, items, going, left)
    return Moved(one.number, sum(going.values()), left)


def take_back(desk: Desk, by: str, pass_id: str, counts: Mapping[int, int]) -> Moved:
    """Take back ``counts`` pieces of each line, by place; the pass ends with the last one.

    Raises ``Refused``: ``pass.nothing_ticked``, ``pass.too_many`` for more than is out, those of
    ``reading.check_state``.
    """
    with desk.write(by=by) as tx:
        one = pass_by_id(tx, pass_id)
        check_state(desk, tx, one, State.OUT)
        items = items_of(tx, one)
        coming = check_counts(items, one.state, counts)
        for item in items:
            item.back += coming[item.place]
            tx.put(item)
        left = sum(item.went - item.back for item in items)
        if not left:
            close(tx, one, State.RETURNED)
        _record(tx, "pass.returned", one, items, coming, left)
    return Moved(one.number, sum(coming.values()), left)


def _record(
    tx: Transaction, code: str, one: GoodsPass, items: list[PassItem], moved: Mapping[int, int],
    left: int,
) -> None:  # fmt: skip
    tx.record(
        code, number=one.number, pieces=[moved[item.place] for item in items],
        of=[item.quantity for item in items], left=left,
    )  # fmt: skip


def keep_goods(desk: Desk, by: str, what: str, who: str, pass_id: str = "") -> str:
    """Write down that house property stayed: ``what`` it was and ``who`` carried it, as typed.

    ``pass_id`` is the pass that did not cover it, "" where there was none. Returns the number of
    the record. Raises ``Refused`` with the ``field``: ``pass.no_what``, ``pass.kept_from_whom``.
    """
    thing, person = clean(what, LONGEST_PURPOSE).strip(), clean(who, LONGEST_CARRIER).strip()
    if not thing:
        raise Refused("pass.no_what", field="what")
    if not person:
        raise Refused("pass.kept_from_whom", field="who")
    with desk.write(by=by) as tx:
        subject = tx.new_subject()
        why = Why.NOT_ON_PASS if pass_id else Why.NO_PASS
        one = pass_by_id(tx, pass_id) if pass_id else None
        kept = tx.put(
            GoodsKept(
                number=f"X{next_number(tx, 'goods_kept')}", subject=subject, why=why,
                pass_id=one.id if one else None, what=tx.seal(subject, thing),
                who=tx.seal(subject, person), kept_at=tx.now, kept_by=by,
            )
        )  # fmt: skip
        shown = one.number if one else ""
        tx.record("pass.goods_kept", number=kept.number, why=why.value, on_pass=shown)
    return kept.number
