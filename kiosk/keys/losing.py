"""A thing is lost, blocked, found again (clause 87): open until it is decided what follows."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.loans import CARDS, OPEN_LOAN_OF, Condition, Ended, Thing, ThingState
from kiosk.desk.numbers import next_number
from kiosk.desk.people import MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction
from kiosk.keys import asking
from kiosk.keys.asking import found_thing
from kiosk.keys.models import LOSS, OPEN_LOSS_OF, Decision, Loss
from kiosk.keys.service import LONGEST_NOTE, end_loan

_NEVER_AGAIN = frozenset({Decision.CHANGE_LOCK, Decision.NEW_COPY})
"""After these the found thing is one too many, or opens nothing: the office says what it is."""
_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Lost:
    """What is told of a loss: its number, what doors the thing opens, whether a card is blocked."""

    loss_id: str
    number: str
    label: str
    doors: str
    card_blocked: bool


def report_lost(
    desk: Desk, thing_id: str, reporter: Person, by: str, noticed_at: datetime, where_last: str = ""
) -> Lost:
    """Record that a thing is lost; a card opens nothing from this moment on.

    ``noticed_at`` is aware and not in the future. Raises ``Refused``: ``keys.gone``,
    ``keys.lost_already``, ``keys.noticed_later``.
    """
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        if thing.state is ThingState.RETIRED:
            raise Refused("keys.gone")
        if thing.state is ThingState.LOST:
            raise Refused("keys.lost_already", thing=thing.label)
        check_noticed(noticed_at, tx.now)
        holder_id = _end_its_loan(tx, thing)
        was_blocked = thing.state is ThingState.BLOCKED
        _move(tx, thing, ThingState.LOST)
        subject = tx.new_subject()
        loss = tx.put(Loss(
            number=f"L{next_number(tx, 'loss')}", thing_id=thing.id, holder_id=holder_id,
            reported_by=reporter.staff_no, reported_at=tx.now, noticed_at=noticed_at,
            subject=subject, where_last=tx.seal(subject, clean(where_last, LONGEST_NOTE)),
            was_blocked=was_blocked,
        ))  # fmt: skip
        tx.record(
            "thing.lost", number=loss.number, thing=thing.label, reporter=reporter.staff_no,
            noticed_at=desk.local(noticed_at).isoformat(timespec="minutes"),
        )  # fmt: skip
        if thing.kind in CARDS:
            tx.record("thing.blocked", thing=thing.label, reason="lost", number=loss.number)
    return Lost(loss.id, loss.number, thing.label, thing.doors, thing.kind in CARDS)


def check_noticed(at: datetime, now: datetime) -> None:
    """Refuse a loss that will only be noticed: ``keys.noticed_later``."""
    if at > now:
        raise Refused("keys.noticed_later")


def _end_its_loan(tx: Transaction, thing: Thing) -> str | None:
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is None:
        return None
    end_loan(tx, found[0], Ended.LOST, None)
    return found[0].holder_id


def decide(desk: Desk, loss_id: str, decision: Decision, proof: Proof) -> None:
    """Record what was decided about a lost thing: only a manager or the office decides.

    Nobody decides about what he lost himself. Raises ``Refused``: ``keys.decided``,
    ``keys.not_yours_to_decide``, ``keys.lost_by_self``.
    """
    person = _who_decides(proof)
    with desk.write(by=person.staff_no) as tx:
        loss, thing = _loss(tx, loss_id)
        if loss.holder_id == person.id:
            raise Refused("keys.lost_by_self", name=person.name, thing=thing.label)
        if loss.decision is not None:
            raise Refused("keys.decided", number=loss.number)
        loss.decision, loss.decided_by, loss.decided_at = decision, person.staff_no, tx.now
        tx.put(loss)
        tx.record(
            "loss.decided", number=loss.number, thing=thing.label, decision=decision.value,
            means=proof.means.value,
        )  # fmt: skip


def decides(person: Person) -> bool:
    """Say whether the person decides about lost and blocked things: a manager, or the office."""
    return person.rank in MANAGERS or person.role in _OFFICE


def _who_decides(proof: Proof) -> Person:
    """Return who proved to be there; refuse who neither manages nor keeps the office."""
    if not decides(proof.person):
        raise Refused("keys.not_yours_to_decide", name=proof.person.name)
    return proof.person


def found_again(
    desk: Desk, thing_id: str, by: str, condition: Condition = Condition.GOOD
) -> ThingState:
    """Record that a lost thing is here again; return what it is now.

    A card stays blocked until the office opens it again; so does what was blocked or damaged
    before, and what has a new lock or a new copy by now. Raises ``Refused("keys.not_lost")``.
    """
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        if thing.state is not ThingState.LOST:
            raise Refused("keys.not_lost", thing=thing.label)
        loss = tx.one(OPEN_LOSS_OF, thing=thing.id)
        if condition is not Condition.GOOD:
            thing.condition = condition  # what was bent before it was lost is no better now
        good = _may_hang_again(thing, loss)
        _move(tx, thing, ThingState.IN_SERVICE if good else ThingState.BLOCKED)
        number = ""
        if loss is not None:
            loss.found_at, number = tx.now, loss.number
            if loss.decision is None:
                loss.decision, loss.decided_by, loss.decided_at = Decision.FOUND, by, tx.now
            tx.put(loss)
        tx.record("thing.found", thing=thing.label, number=number, condition=condition.value)
    return thing.state


def _may_hang_again(thing: Thing, loss: Loss | None) -> bool:
    if thing.kind in CARDS or thing.condition is not Condition.GOOD:
        return False
    return loss is None or not (loss.was_blocked or loss.decision in _NEVER_AGAIN)


def block(desk: Desk, thing_id: str, by: str, condition: Condition) -> None:
    """Take a thing on the board out of service.

    Raises ``Refused``: ``keys.out_already``, ``keys.not_on_board``.
    """
    with desk.write(by=by) as tx:
        thing = found_thing(tx, thing_id)
        asking.refuse_when_out(tx, thing)
        if thing.state is not ThingState.IN_SERVICE:
            raise Refused("keys.not_on_board", thing=thing.label)
        thing.condition = condition
        _move(tx, thing, ThingState.BLOCKED)
        tx.record("thing.blocked", thing=thing.label, reason=condition.value)


def unblock(desk: Desk, thing_id: str, proof: Proof) -> None:
    """Put a blocked thing back into service; only a manager or the office may.

    Raises ``Refused``: ``keys.not_yours_to_decide``, ``keys.not_blocked``.
    """
    person = _who_decides(proof)
    with desk.write(by=person.staff_no) as tx:
        thing = found_thing(tx, thing_id)
        if thing.state is not ThingState.BLOCKED:
            raise Refused("keys.not_blocked", thing=thing.label)
        thing.condition = Condition.GOOD
        _move(tx, thing, ThingState.IN_SERVICE)
        tx.record("thing.unblocked", thing=thing.label, means=proof.means.value)


def retire(desk: Desk, thing_id: str, proof: Proof) -> None:
    """Take a thing out of the ledger for good; its history stays.

    Raises ``Refused``: ``keys.out_already``, ``keys.gone``, ``keys.not_yours_to_decide``.
    """
    person = _who_decides(proof)
    with desk.write(by=person.staff_no) as tx:
        thing = found_thing(tx, thing_id)
        if thing.state is ThingState.RETIRED:
            raise Refused("keys.gone")
        asking.refuse_when_out(tx, thing)
        _move(tx, thing, ThingState.RETIRED)
        tx.record("thing.retired", thing=thing.label, means=proof.means.value)


def _move(tx: Transaction, thing: Thing, state: ThingState) -> None:
    thing.state, thing.state_since = state, tx.now
    if state is ThingState.RETIRED:
        thing.tag = None  # the tag may hang on another ring tomorrow
    tx.put(thing)


def _loss(tx: Transaction, loss_id: str) -> tuple[Loss, Thing]:
    found = tx.one(LOSS, id=loss_id)
    if found is None:
        raise LookupError(f"no loss {loss_id}")
    return found
