"""Things come back: by their tag, or because the guard saw it; good, or not fit to lend again."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk import custody, posts
from kiosk.desk.desk import Desk
from kiosk.desk.journal import SYSTEM
from kiosk.desk.loans import (
    OPEN_LOAN_OF,
    Condition,
    Ended,
    Loan,
    Thing,
    ThingKind,
    place_name,
)
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import name_told
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_, _
from kiosk.keys import asking, rules
from kiosk.keys.asking import found_thing
from kiosk.keys.service import Handed, end_loan, handed, open_or_past_loan

NOBODY_HERE = N_("desk locked, nobody on the post")
"""Who received what came back by its tag at a locked desk that nobody held."""
_CAME_BACK = (
    select(Loan, Thing)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .where(
        col(Loan.returned_at) >= bindparam("since"),
        or_(col(Loan.ended) == Ended.TAG, col(Loan.ended) == Ended.BY_HAND),
    )
    .order_by(col(Loan.returned_at).desc())
    .limit(1)
)
_NEWEST_OF = (
    select(Loan)
    .where(col(Loan.thing_id) == bindparam("thing"))
    .order_by(col(Loan.out_at).desc(), col(Loan.id).desc())
    .limit(1)
)


def give_back(
    desk: Desk, thing_id: str, by: str, how: Ended, condition: Condition = Condition.GOOD
) -> Handed:
    """Take a thing back. One that is not good does not go back to the board but is blocked.

    A thing that another desk lends is taken in, and waits for that desk's word: see
    ``custody.take_in``. Raises ``Refused``: ``keys.in_already``, ``keys.gone``,
    ``keys.visitors_card``, ``keys.unconfirmed``, ``keys.disputed``.
    """
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        refuse_visitors_card(tx, thing)
        found = tx.one(OPEN_LOAN_OF, thing=thing.id)
        if found is None:
            raise Refused("keys.in_already", thing=thing.label)
        loan, holder = found
        keeper_gate = custody.kept(tx, thing, tx.gate).gate
        if keeper_gate != tx.gate:
            receipt = custody.take_in(tx, thing, loan, how, condition)
            back = handed(thing, loan, holder)
            gate = name_told(tx, keeper_gate)
            return replace(back, returned_at=receipt.received_at, waits_for=gate)
        end_loan(tx, loan, how, condition)
        _set_condition(tx, thing, condition)
        tx.record(
            "loan.returned", number=loan.number, thing=thing.label, how=how.value,
            holder=holder.staff_no if holder else loan.place,
            **({} if condition is Condition.GOOD else {"condition": condition.value}),
        )  # fmt: skip
    return handed(thing, loan, holder)


def _set_condition(tx: Transaction, thing: Thing, condition: Condition) -> None:
    if condition is Condition.GOOD:
        return
    thing.state, thing.condition = rules.state_after(condition), condition
    thing.state_since = tx.now
    tx.put(thing)


def came_back_damaged(desk: Desk, loan_id: str, by: str, condition: Condition) -> Handed:
    """Say afterwards how a thing came back: it is blocked, not lent again (ask 16).

    Only of what hangs on the board, and by its last loan. Raises ``Refused``: ``keys.still_out``;
    ``keys.out_already`` when somebody has it again, ``keys.out_since`` when somebody had it; those
    of ``rules.check_lendable``.
    """
    with desk.write(by=by) as tx:
        loan, thing, holder = open_or_past_loan(tx, loan_id)
        if loan.returned_at is None:
            raise Refused("keys.still_out", thing=thing.label)
        asking.refuse_when_out(tx, thing)
        rules.check_lendable(thing)
        _refuse_out_since(tx, thing, loan)
        loan.condition = condition
        tx.put(loan)
        _set_condition(tx, thing, condition)
        tx.record(
            "thing.blocked", thing=thing.label, reason=condition.value, number=loan.number,
            holder=holder.staff_no if holder else loan.place,
        )  # fmt: skip
    return handed(thing, loan, holder)


def _refuse_out_since(tx: Transaction, thing: Thing, loan: Loan) -> None:
    newest = tx.one(_NEWEST_OF, thing=thing.id)
    if newest is not None and newest.id != loan.id:
        raise Refused("keys.out_since", thing=thing.label, number=newest.number)


def just_back(desk: Desk) -> tuple[Loan, Thing]:
    """Return what came back last, while it may still be said in one key that it is damaged.

    Raises ``Refused("keys.nothing_just_back")`` (with ``seconds``) after ``rules.loan_damage_s``.
    """
    found = _newest_return(desk)
    if found is None:
        raise Refused("keys.nothing_just_back", seconds=desk.rules.loan_damage_s)
    return found


def is_just_back(desk: Desk) -> bool:
    """Say whether ``just_back`` has something to name."""
    return _newest_return(desk) is not None


def _newest_return(desk: Desk) -> tuple[Loan, Thing] | None:
    since = desk.clock() - timedelta(seconds=desk.rules.loan_damage_s)
    with desk.read() as book:
        found = book.one(_CAME_BACK, since=since)
    return found if found is not None and found[0].condition is Condition.GOOD else None


def is_confirmed(desk: Desk, thing_id: str) -> bool:
    """Say whether nothing that was taken in waits for another desk's word about this thing."""
    with desk.read() as book:
        return book.one(custody.RECEIPTS_OF, thing=thing_id) is None


def is_out(book: Book, thing_id: str) -> bool:
    """Say whether somebody has the thing."""
    return book.one(OPEN_LOAN_OF, thing=thing_id) is not None


def refuse_visitors_card(book: Book, thing: Thing) -> None:
    """Raise ``Refused("keys.visitors_card")`` for a visitor card that a visitor has.

    Taken back like a key it would leave a visitor inside who has gone.
    """
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    if thing.kind is ThingKind.VISITOR_CARD and found is not None and found[0].visit_id:
        raise Refused("keys.visitors_card", thing=thing.label, holder=place_name(found[0]))


def received_by(loan: Loan) -> str:
    """Return the staff number of who received it, or that nobody was there; "" while it is out."""
    return _(NOBODY_HERE) if is_unattended(loan) else loan.received_by


def is_unattended(loan: Loan) -> bool:
    """Say whether the thing came back while nobody held the post."""
    return loan.received_by == SYSTEM


def keeper(desk: Desk) -> str:
    """Return the staff number of who keeps the board while the desk is locked.

    It is who holds the post, or ``system`` while nobody does.
    """
    with desk.read() as book:
        held = posts.on_duty(book, desk.gate)
    return held[1].staff_no if held else SYSTEM
