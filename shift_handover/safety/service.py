"""The safety round: begun, walked from tag to tag, answered item by item, finished."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from shift_handover.models import (
    ANSWERS,
    ROUND,
    RUNNING_ROUND,
    Found,
    SafetyAnswer,
    SafetyRound,
)
from shift_handover.rules import (
    ROUND_LASTS,
    CheckItem,
    Finding,
    Report,
    checked_finding,
    checked_report,
    fast_places,
)
from shift_handover.safety import faults
from shift_handover.safety.models import PLACE_OF_TAG, VISITS, SafetyVisit
from shift_handover.safety.points import House, begun, house
from shift_handover.safety.reporting import write_report


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come: what was found so far, and the next item (None: all answered).

    ``items`` is all that is asked, ``tags`` the place of each tag that can be tapped, ``tapped``
    the places whose tag was tapped in this round.
    """

    round_id: str
    found: dict[str, Found]
    next_item: CheckItem | None
    items: tuple[CheckItem, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    tapped: frozenset[str] = frozenset()


def begin(desk: Desk, by: str) -> Progress:
    """Begin a round, or take up the one this person broke off within the last four hours."""
    with desk.write(by=by) as tx:
        asked = begun(tx)
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
        return _progress(tx, running, asked)


def tap(desk: Desk, by: str, round_id: str, tag: str) -> Progress:
    """Write down that a place's tag was tapped; what that place still needs is asked next.

    ``tag`` is a card's number in upper-case hex. Raises ``Refused``: ``safety.no_place`` for a card
    that hangs at no place, ``safety.over``.
    """
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        place = tx.one(PLACE_OF_TAG, tag=tag)
        if place is None or place.retired_at is not None:
            raise Refused("safety.no_place")
        tx.put(SafetyVisit(round_id=running.id, place=place.code, at=tx.now))
        tx.record("safety.place_tapped", number=running.number, place=place.code)
        return _progress(tx, running, house(tx))


def answer(desk: Desk, by: str, round_id: str, item: str, finding: Finding) -> Progress:
    """Write down what one item was found to be; a fault gets its number and stays open.

    Raises ``Refused``: those of ``rules.checked_finding``, ``safety.answered`` for an item answered
    before, ``safety.retired`` for one that is no longer asked, ``safety.over`` when the round is
    finished.
    """
    checked = checked_finding(finding)
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        asked = house(tx)
        point = _asked(tx, running, asked, item)
        fault = faults.open_fault(tx, item, checked) if checked.found is Found.FAULT else None
        tx.put(
            SafetyAnswer(
                round_id=running.id, item=item, found=checked.found, at=tx.now,
                reason=tx.seal(running.subject, checked.reason),
                fault_id=fault.id if fault else None, place=point.place, named=point.name,
                unproven=_unproven(tx, running, point, checked.found),
            )
        )  # fmt: skip
        facts = {"fault": fault.number} if fault else {}
        tx.record("safety.answered", number=running.number, item=item, found=checked.found, **facts)
        return _progress(tx, running, asked)


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
        newest = answers[-1]
        facts = {"number": running.number, "item": newest.item, "found": newest.found}
        if newest.fault_id is not None:
            facts["fault"] = faults.withdraw_fault(tx, newest.fault_id).number
        tx.drop(newest)
        tx.record("safety.answer_taken_back", **facts)
        return _progress(tx, running, house(tx))


def finish(desk: Desk, by: str, round_id: str, report: Report | None = None) -> SafetyRound:
    """Close the round; every item of the four groups must be answered (clause 146).

    ``report`` says which superior was told, how, and what he answered (clause 147); None when
    nobody was reached yet. Raises ``Refused``: ``safety.not_all`` (with ``left``), ``safety.over``,
    those of ``rules.checked_report``.
    """
    said = checked_report(report) if report else None
    with desk.write(by=by) as tx:
        running = _running(tx, round_id)
        answers = tx.all(ANSWERS, round=round_id)
        waiting = _waiting(house(tx), {one.item for one in answers})
        if waiting:
            raise Refused("safety.not_all", left=len(waiting))
        fast = _mark_fast(tx, desk, running, answers)
        running.too_fast = bool(fast)
        running.done_at = tx.now
        running.awaits_answer = any(one.found is Found.FAULT for one in answers)
        if said is not None:
            write_report(tx, running, said)
        tx.put(running)
        tx.record(
            "safety.checked", number=running.number, too_fast=running.too_fast,
            places=sorted(fast), unproven=sum(one.unproven for one in answers),
            reported=said is not None, answered=running.answered_at is not None,
            found=_counts(answers),
        )  # fmt: skip
        return running


def _mark_fast(
    tx: Transaction, desk: Desk, running: SafetyRound, answers: Sequence[SafetyAnswer]
) -> frozenset[str]:
    """Mark the answers of every place that was reached faster than one can walk."""
    taps = [(one.place, one.at) for one in tx.all(VISITS, round=running.id)]
    pace = [(one.place, one.at) for one in answers]
    fast = fast_places(running.started_at, pace, taps, desk.rules)
    for one in answers:
        if one.place in fast:
            one.fast = True
            tx.put(one)
    return fast


def _counts(answers: Sequence[SafetyAnswer]) -> dict[str, int]:
    return {found.value: sum(one.found is found for one in answers) for found in Found}


def _running(tx: Transaction, round_id: str) -> SafetyRound:
    found = tx.one(ROUND, id=round_id)
    if found is None:
        raise LookupError(f"no safety round {round_id}")
    if found[0].done_at is not None:
        raise Refused("safety.over", number=found[0].number)
    return found[0]


def _asked(tx: Transaction, running: SafetyRound, asked: House, item: str) -> CheckItem:
    if any(one.item == item for one in tx.all(ANSWERS, round=running.id)):
        raise Refused("safety.answered")
    point = next((one for one in asked.items() if one.code == item), None)
    if point is None:
        raise Refused("safety.retired")
    return point


def _unproven(tx: Transaction, running: SafetyRound, point: CheckItem, found: Found) -> bool:
    """Say whether the place has a tag, and nobody tapped it before saying what is there."""
    if not point.tagged or found is Found.NOT_CHECKED:
        return False
    return all(one.place != point.place for one in tx.all(VISITS, round=running.id))


def _progress(book: Book, running: SafetyRound, asked: House) -> Progress:
    found = {one.item: one.found for one in book.all(ANSWERS, round=running.id)}
    visits = book.all(VISITS, round=running.id)
    here = visits[-1].place if visits else ""
    waiting = _waiting(asked, found.keys())
    next_item = next((one for one in waiting if one.place == here), next(iter(waiting), None))
    return Progress(
        running.id,
        found,
        next_item,
        asked.items(),
        asked.tags,
        frozenset(one.place for one in visits),
    )


def _waiting(asked: House, answered: Collection[str]) -> list[CheckItem]:
    return [item for item in asked.items() if item.code not in answered]
