"""Asking for leave, at the desk or by telephone; each function is one act, whole or not at all."""

from dataclasses import dataclass

from kiosk.attendance.closing.models import CLOSINGS_BETWEEN
from kiosk.attendance.leave import reading, rules
from kiosk.attendance.leave.calendar import guessed, works_of
from kiosk.attendance.leave.halves import Span, by_month, half_days, span_of
from kiosk.attendance.leave.models import Granter, LeaveApproval
from kiosk.attendance.leave.rules import Asking
from kiosk.attendance.stand_ins.rules import check_free, leave_span
from kiosk.desk.absence import Leave, LeaveKind, LeaveState, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Word:
    """A leader's word, with its reason, that allows more personal leave than a month has (19)."""

    proof: Proof
    reason: str


def ask(desk: Desk, by: str, proof: Proof, asking: Asking, word: Word | None = None) -> str:
    """Write down the leave that who proved himself asks for; return its id.

    ``by`` is the staff number at the desk. ``word`` lets personal leave go over its limit. Raises
    ``Refused``: those of ``rules.checked`` and ``rules.check_personal``, ``leave.no_workday``,
    ``leave.overlaps`` (with ``number``, ``first``, ``last``), ``leave.no_stand_in``,
    ``leave.no_matters``, ``leave.stands_in_himself``, ``leave.word_not_yours``; and of whom is
    named as stand-in those of ``stand_ins.rules.check_free``.
    """
    with desk.write(by=by) as tx:
        leave = _put(desk, tx, proof.person, asking, word, by_phone=False)
        _record_asked(tx, leave, proof.person, proof)
    return leave.id


def note_call(desk: Desk, proof: Proof, staff_no: str, asking: Asking) -> str:
    """Write down the leave of somebody who telephoned, as the office heard it; return its id.

    ``proof`` is the office's. Its papers are owed, nobody need stand in yet, and its rungs are
    still to be signed. Raises ``Refused``: ``leave.not_office``, ``person.unknown``, and those of
    ``ask``.
    """
    clerk = proof.person
    if clerk.role not in rules.NOTES_CALLS:
        raise Refused("leave.not_office", name=clerk.name)
    with desk.write(by=clerk.staff_no) as tx:
        person = person_by_staff_no(tx, staff_no)
        if person.id == clerk.id:
            raise Refused("leave.not_by_phone", name=clerk.name)
        leave = _put(desk, tx, person, asking, None, by_phone=True)
        _record_asked(tx, leave, person, proof)
    return leave.id


def _record_asked(tx: Transaction, leave: Leave, person: Person, proof: Proof) -> None:
    tx.record(
        "leave.requested", number=leave.number, person=person.staff_no, halves=leave.halves,
        first=leave.first_day.isoformat(), last=leave.last_day.isoformat(),
        means=proof.means.value, signed_by=proof.person.staff_no, by_phone=leave.by_phone,
        late=leave.late,
    )  # fmt: skip


def _put(
    desk: Desk, tx: Transaction, person: Person, asking: Asking, word: Word | None, *,
    by_phone: bool,
) -> Leave:  # fmt: skip
    fine = rules.checked(asking, desk.rules)
    span = fine.span
    _check_overlap(tx, person, span)
    halves = list(
        half_days(span, works_of(desk, tx, person, span.first_day, span.last_day))
    )  # fmt: skip
    if not halves:
        raise Refused("leave.no_workday", field="last")
    allowed = _needed_word(desk, tx, person, fine, word)
    stand_in = _stand_in(desk, tx, person, fine, len(halves), by_phone=by_phone)
    subject = tx.new_subject()
    leave = tx.put(
        Leave(
            number=f"QJ{next_number(tx, 'leave')}", subject=subject, person_id=person.id,
            kind=fine.kind, first_day=span.first_day, first_half=span.first_half,
            last_day=span.last_day, last_half=span.last_half, halves=len(halves),
            guessed=guessed(desk, halves), late=_is_closed(tx, span), by_phone=by_phone,
            papers_owed=by_phone, reason=tx.seal(subject, fine.reason),
            contact=tx.seal(subject, fine.contact), note=tx.seal(subject, fine.matters),
            state=LeaveState.ASKED, asked_at=tx.now, asked_by=tx.by,
        )
    )  # fmt: skip
    waiting = reading.waits_for(desk, tx, leave, person)
    leave.waits_at = waiting.at.value if waiting else ""
    tx.put(leave)
    if allowed is not None:
        _put_word(tx, leave, allowed)
    if stand_in is not None:
        _ask_stand_in(desk, tx, leave, person, stand_in)
    return leave


def _check_overlap(tx: Transaction, person: Person, span: Span) -> None:
    for other in reading.standing(tx, person):
        if span_of(other).meets(span):
            raise Refused(
                "leave.overlaps", field="first", number=other.number,
                first=other.first_day.isoformat(), last=other.last_day.isoformat(),
            )  # fmt: skip


def _needed_word(
    desk: Desk, tx: Transaction, person: Person, asking: Asking, word: Word | None
) -> Word | None:
    """Return the leader's word that the leave needs, None for one within its limit (clause 19)."""
    if asking.kind is not LeaveKind.PERSONAL:
        return None
    span = asking.span
    works = works_of(desk, tx, person, span.first_day, span.last_day)
    used = reading.personal_by_month(desk, tx, person, span)
    try:
        rules.check_personal(used, by_month(half_days(span, works)), desk.rules)
    except Refused:
        if word is None:
            raise
        if not rules.may_override(word.proof.person, person):
            raise Refused("leave.word_not_yours", name=word.proof.person.name) from None
        return word
    return None


def _put_word(tx: Transaction, leave: Leave, word: Word) -> None:
    why = clean(word.reason, rules.LONGEST_REASON).strip()
    if not why:
        raise Refused("leave.no_reason", field="reason")
    tx.put(
        LeaveApproval(
            leave_id=leave.id, step=0, needed=Granter.LEADER_IN_CHARGE,
            person_id=word.proof.person.id, means=word.proof.means, at=tx.now,
            note=tx.seal(leave.subject, why),
        )
    )  # fmt: skip


def _stand_in(
    desk: Desk, tx: Transaction, person: Person, asking: Asking, halves: int, *, by_phone: bool
) -> Person | None:
    least = desk.rules.leave_stand_in_halves
    wanted = bool(least) and halves >= least and not by_phone
    if not asking.stand_in:
        if wanted:
            raise Refused("leave.no_stand_in", field="stand_in")
        return None
    if wanted and not asking.matters:
        raise Refused("leave.no_matters", field="matters")
    try:
        found = person_by_staff_no(tx, asking.stand_in)
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": "stand_in"}) from None
    if found.id == person.id:
        raise Refused("leave.stands_in_himself", field="stand_in")
    begins, ends = leave_span(desk, tx, person, asking.span)
    try:
        check_free(desk, tx, person, found, max(begins, tx.now), ends)
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": "stand_in"}) from None
    return found


def _ask_stand_in(
    desk: Desk, tx: Transaction, leave: Leave, absent: Person, person: Person
) -> None:
    """Write the stand-in as asked; it counts once the stand-in has accepted (clause 7)."""
    begins, ends = leave_span(desk, tx, absent, leave)
    one = tx.put(
        StandIn(
            number=f"DG{next_number(tx, 'stand_in')}", absent_id=absent.id,
            stand_in_id=person.id, for_id=leave.id, from_at=begins, until_at=ends,
            asked_at=tx.now, asked_by=tx.by,
        )
    )  # fmt: skip
    tx.record("standin.asked", number=one.number, absent=absent.staff_no, stand_in=person.staff_no)


def _is_closed(tx: Transaction, span: Span) -> bool:
    return bool(tx.all(CLOSINGS_BETWEEN, first=span.first_day, last=span.last_day))
