"""The safety round: begun, answered item by item, reported to a superior."""

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
    LAST_ROUND,
    ROUND,
    RUNNING_ROUND,
    Found,
    Group,
    SafetyAnswer,
    SafetyRound,
)
from shift_handover.records import SafetyItem, SafetyResult
from shift_handover.rules import (
    ITEMS,
    ROUND_LASTS,
    WORDS,
    CheckItem,
    Finding,
    checked_finding,
    needed,
    too_fast,
)
from shift_handover.safety import faults

_PLACES = {item.code: place for place, item in enumerate(ITEMS)}
"""Where each item stands: items are answered in this order."""


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
            running = tx.put(
                SafetyRound(
                    number=f"C{next_number(tx, 'safety')}", post=desk.gate, by_id=person.id,
                    started_at=tx.now, subject=tx.new_subject(),
                )
            )  # fmt: skip
            tx.record("safety.begun", number=running.number)
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
        fault = faults.open_fault(tx, item, checked) if checked.found is Found.FAULT else None
        tx.put(
            SafetyAnswer(
                round_id=running.id,
                item=item,
                found=checked.found,
                at=tx.now,
                reason=tx.seal(running.subject, checked.reason),
                fault_id=fault.id if fault else None,
            )
        )
        facts = {"fault": fault.number} if fault else {}
        tx.record("safety.answered", number=running.number, item=item, found=checked.found, **facts)
        return _progress(tx, running)


def take_back(desk: Desk, by: str, round_id: str) -> Progress:
    """Take the newest answer of a running round back, so that the item is asked again.

    A fault it made is closed as a mistake and keeps its number. Raises ``Refused``:
    ``safety.none_answered``, ``safety.over``, ``safety.fault_closed`` when somebody has dealt with
    that fault already.
    """
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        answers = tx.all(ANSWERS, round=round_id)
        if not answers:
            raise Refused("safety.none_answered")
        newest = max(answers, key=lambda one: _PLACES[one.item])
        facts = {"number": running.number, "item": newest.item, "found": newest.found}
        if newest.fault_id is not None:
            facts["fault"] = faults.withdraw_fault(tx, newest.fault_id).number
        tx.drop(newest)
        tx.record("safety.answer_taken_back", **facts)
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
        running.done_at = tx.now
        running.reported_to = tx.seal(running.subject, clean(reported_to, WORDS))
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
        done.reported_to = tx.seal(done.subject, needed(reported_to, "safety.told_missing"))
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
        return SafetyItem(item=one.item, found=one.found, reason=book.read_sealed(one.reason))
    fault = faults.fault_by_id(book, one.fault_id)
    return SafetyItem(
        item=one.item, found=one.found, fault=fault.number, what=fault.what, where=fault.place,
        measure=fault.measure, told=fault.told,
    )  # fmt: skip
