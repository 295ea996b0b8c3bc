"""The safety round: begun, answered item by item, reported; and the faults it leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from shift_handover.models import (
    ANSWERS,
    FAULT,
    LAST_ROUND,
    OPEN_FAULTS,
    ROUND,
    RUNNING_ROUND,
    Found,
    Group,
    SafetyAnswer,
    SafetyFault,
    SafetyRound,
)
from shift_handover.records import SafetyItem, SafetyResult
from shift_handover.rules import (
    ITEM_OF,
    ITEMS,
    ROUND_LASTS,
    CheckItem,
    Finding,
    checked_finding,
    fault_urgency,
    too_fast,
)

_LONG = 80


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come: what was found so far, and the next item (None: all answered)."""

    round_id: str
    found: dict[str, Found]
    next_item: CheckItem | None


def begin(desk: Desk, by: str) -> Progress:
    """Begin a round, or take up the one this person broke off within the last four hours."""
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, by)
        after = tx.now - ROUND_LASTS
        running = tx.one(RUNNING_ROUND, post=desk.gate, by=person.id, after=after)
        if running is None:
            number = f"C{next_number(tx, 'safety')}"
            running = tx.put(
                SafetyRound(number=number, post=desk.gate, by_id=person.id, started_at=tx.now)
            )
            tx.record("safety.begun", number=number)
        return _progress(tx, running)


def answer(desk: Desk, by: str, round_id: str, item: str, finding: Finding) -> Progress:
    """Write down what one item was found to be; a fault gets its number and stays open.

    Raises ``Refused``: those of ``rules.checked_finding``, ``safety.answered`` for an item answered
    before, ``safety.over`` when the round is finished.
    """
    checked = checked_finding(finding)
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        if item in _progress(tx, running).found:
            raise Refused("safety.answered")
        fault = _fault(tx, item, checked) if checked.found is Found.FAULT else None
        tx.put(
            SafetyAnswer(
                round_id=running.id,
                item=item,
                found=checked.found,
                at=tx.now,
                reason=checked.reason,
                fault_id=fault.id if fault else None,
            )
        )
        facts = {"fault": fault.number} if fault else {}
        tx.record("safety.answered", number=running.number, item=item, found=checked.found, **facts)
        return _progress(tx, running)


def finish(desk: Desk, by: str, round_id: str, reported_to: str = "") -> SafetyRound:
    """Close the round; every item of the four groups must be answered (clause 146).

    ``reported_to`` says which superior was told, and how (clause 147). Raises ``Refused``:
    ``safety.not_all`` (with ``left``), ``safety.over``.
    """
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        answers = tx.all(ANSWERS, round=round_id)
        left = len(ITEMS) - len(answers)
        if left:
            raise Refused("safety.not_all", left=left)
        pace = [(one.item, one.at) for one in answers]
        running.too_fast = too_fast(running.started_at, pace, desk.rules)
        running.done_at, running.reported_to = tx.now, clean(reported_to, _LONG)
        tx.put(running)
        tx.record(
            "safety.checked", number=running.number, too_fast=running.too_fast,
            reported=bool(running.reported_to), found=_counts(answers),
        )  # fmt: skip
        return running


def report_round(desk: Desk, by: str, round_id: str, reported_to: str) -> None:
    """Write down which superior was told of a finished round, and how (clause 147).

    Raises ``Refused("safety.told_missing")``.
    """
    with desk.write(by=by) as tx:
        found = tx.one(ROUND, id=round_id)
        if found is None:
            raise LookupError(f"no safety round {round_id}")
        done = found[0]
        done.reported_to = _needed(reported_to, "safety.told_missing")
        tx.put(done)
        tx.record("safety.reported", number=done.number)


def unreported(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the last finished round while no superior was told of it, 无异常 too (clause 147)."""
    last = book.one(LAST_ROUND, post=desk.gate)
    if last is None or last[0].reported_to or last[0].done_at is None:
        return []
    done = last[0]
    return [
        OpenThing(
            kind="safety.report", ref=done.id, number=done.number, urgency=Urgency.WAITING,
            what=Wording(N_("The safety check is not reported yet")), since=last[0].done_at,
            next_step=Wording(N_("Tell the superior now")), facts={"number": done.number},
        )
    ]  # fmt: skip


def _counts(answers: Sequence[SafetyAnswer]) -> dict[str, int]:
    return {found.value: sum(one.found is found for one in answers) for found in Found}


def _running(tx: Transaction, round_id: str) -> SafetyRound:
    found = tx.one(ROUND, id=round_id)
    if found is None:
        raise LookupError(f"no safety round {round_id}")
    if found[0].done_at is not None:
        raise Refused("safety.over", number=found[0].number)
    return found[0]


def _progress(book: Book, running: SafetyRound) -> Progress:
    found = {one.item: one.found for one in book.all(ANSWERS, round=running.id)}
    waiting = (item for item in ITEMS if item.code not in found)
    return Progress(running.id, found, next(waiting, None))


def _fault(tx: Transaction, item: str, finding: Finding) -> SafetyFault:
    return tx.put(
        SafetyFault(
            number=f"S{next_number(tx, 'fault')}",
            item=item,
            what=finding.what,
            place=finding.where,
            measure=finding.measure,
            told=finding.told,
            found_at=tx.now,
        )
    )


def report_fault(desk: Desk, by: str, fault_id: str, told: str) -> None:
    """Write down who was told of an open fault.

    Raises ``Refused``: ``safety.told_missing``, ``safety.fault_closed``.
    """
    with desk.write(by=by) as tx:
        fault = _open_fault(tx, fault_id)
        fault.told = _needed(told, "safety.told_missing")
        tx.put(fault)
        tx.record("safety.fault_reported", number=fault.number)


def close_fault(desk: Desk, by: str, fault_id: str, closing: str, told: str) -> None:
    """Close a fault: ``closing`` is what was done, ``told`` who was told of it.

    Raises ``Refused``: ``safety.closing_missing``, ``safety.told_missing``,
    ``safety.fault_closed``.
    """
    with desk.write(by=by) as tx:
        fault = _open_fault(tx, fault_id)
        fault.closing = _needed(closing, "safety.closing_missing")
        fault.closed_told = _needed(told, "safety.told_missing")
        fault.closed_at = tx.now
        tx.put(fault)
        tx.record("safety.fault_closed", number=fault.number)


def _needed(text: str, code: str) -> str:
    said = clean(text, _LONG)
    if not said:
        raise Refused(code)
    return said


def _open_fault(tx: Transaction, fault_id: str) -> SafetyFault:
    fault = tx.one(FAULT, id=fault_id)
    if fault is None:
        raise LookupError(f"no fault {fault_id}")
    if fault.closed_at is not None:
        raise Refused("safety.fault_closed", number=fault.number)
    return fault


def fault_by_id(book: Book, fault_id: str) -> SafetyFault:
    """Return the fault of an open thing; a missing one is a bug (``LookupError``)."""
    fault = book.one(FAULT, id=fault_id)
    if fault is None:
        raise LookupError(f"no fault {fault_id}")
    return fault


def last_results(book: Book, post: str) -> tuple[SafetyResult, ...]:
    """Return the four groups as the last finished round of ``post`` left them."""
    last = book.one(LAST_ROUND, post=post)
    if last is None:
        return tuple(_never(group) for group in Group)
    done, person = last
    answers = {one.item: one for one in book.all(ANSWERS, round=done.id)}
    return tuple(
        SafetyResult(
            group=group, checked_at=done.done_at, by=person.name, too_fast=done.too_fast,
            items=tuple(
                _item(book, answers[item.code])
                for item in ITEMS
                if item.group is group and item.code in answers
            ),
        )
        for group in Group
    )  # fmt: skip


def _never(group: Group) -> SafetyResult:
    return SafetyResult(group=group, checked_at=None, by="", too_fast=False, items=())


def _item(book: Book, one: SafetyAnswer) -> SafetyItem:
    if one.fault_id is None:
        return SafetyItem(item=one.item, found=one.found, reason=one.reason)
    fault = fault_by_id(book, one.fault_id)
    return SafetyItem(
        item=one.item, found=one.found, fault=fault.number, what=fault.what, where=fault.place,
        measure=fault.measure, told=fault.told,
    )  # fmt: skip


def open_faults(book: Book) -> list[OpenThing]:
    """Return every fault that is not closed, as open things."""
    return [_thing(fault) for fault in book.all(OPEN_FAULTS)]


def _thing(fault: SafetyFault) -> OpenThing:
    item = ITEM_OF.get(fault.item)
    facts = {
        "number": fault.number, "group": item.group.value if item else "", "place": fault.place,
        "what": fault.what, "measure": fault.measure, "told": fault.told,
    }  # fmt: skip
    next_step = (
        Wording(N_("Ask {told} what was decided"), {"told": fault.told})
        if fault.told
        else Wording(N_("Tell the superior now"))
    )
    return OpenThing(
        kind="safety.fault", ref=fault.id, number=fault.number, urgency=fault_urgency(fault.told),
        what=Wording(N_("Fault: {place}, {what}"), {"place": fault.place, "what": fault.what}),
        since=fault.found_at, next_step=next_step, facts=facts,
    )  # fmt: skip
