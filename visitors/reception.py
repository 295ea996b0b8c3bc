"""The visitor at the gate: arrives, the host is asked, answers, and only then the door opens."""

from dataclasses import replace
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import rules, slip_code, watch_gate, watch_screening
from visitors.appointments import use_up, usual_times
from visitors.cards import VisitCard, card
from visitors.models import Answer, How, Origin, ReturnSlip, State, Visit
from visitors.rules import Details, Step
from visitors.service import (
    come,
    host_by_staff_no,
    new_visit,
    presence_of,
    reason_text,
    save,
    visit_of,
)
from visitors.slips import Codes, visit_slip
from visitors.wording import REFUSAL_WORDS


def walk_in(desk: Desk, by: str, details: Details, host: str) -> str:
    """Write down a visitor without an appointment, waiting outside; return the visit's id.

    ``host`` is a staff number. Raises ``Refused``: those of ``rules.checked``, and
    ``visit.host_unknown``.
    """
    said = rules.checked(details)
    with desk.write(by=by) as tx:
        person = host_by_staff_no(tx, host)
        visit = new_visit(tx, desk, said, person, usual_times(desk, tx.now), Origin.WALK_IN)
        come(tx, desk, visit, person)
        return visit.id


def arrive(desk: Desk, by: str, visit_id: str) -> None:
    """Say that an expected visitor stands at the gate and waits.

    Raises ``Refused``: ``visit.other_day``, ``visit.not_possible``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        come(tx, desk, visit, host)


def ask(desk: Desk, by: str, visit_id: str, how: How) -> None:
    """Ask the host; an expected visitor arrives with it. His presence is recorded too."""
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        visit.state = rules.after(visit, Step.ASK)
        visit.asked_at, visit.asked_how = tx.now, how
        visit.asked_extension = host.extension if how is How.PHONE else ""
        presence, _ = presence_of(desk, tx, host)
        save(
            tx, visit, "visit.host_asked",
            number=rules.spoken(visit.number), host=host.staff_no, how=how.value,
            extension=visit.asked_extension, presence=presence,
        )  # fmt: skip


def answer(
    desk: Desk, by: str, visit_id: str, said: Answer, how: How, *, read_back: bool = False,
    who: str = "",
) -> None:  # fmt: skip
    """Record what the host said, how it came, and by whom (``who``, a staff number; else the host).

    A yes by telephone counts only when the guard has read it back. Before arrival it confirms the
    appointment. Raises ``Refused``: ``visit.read_back``, ``visit.not_possible``,
    ``person.unknown``, ``visit.badge_not_host`` for a badge that is not the host's.
    """
    if said is Answer.YES and how is How.PHONE and not read_back:
        raise Refused("visit.read_back")
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        giver = person_by_staff_no(tx, who) if who else host
        if how is How.BADGE and giver.id != host.id:
            raise Refused("visit.badge_not_host", host=host.name)
        visit.state = rules.after(visit, Step.ANSWER)
        _write_answer(tx, visit, said, how, giver)
        save(
            tx, visit, "visit.host_answered", by=giver.staff_no if how is How.BADGE else None,
            number=rules.spoken(visit.number), host=host.staff_no, answer=said.value,
            how=how.value, person=giver.staff_no, read_back=read_back, desk_by=by,
        )  # fmt: skip


def _write_answer(tx: Transaction, visit: Visit, said: Answer, how: How, giver: Person) -> None:
    visit.answer, visit.answer_how = said, how
    visit.answer_by, visit.answered_at = giver.staff_no, tx.now


def badge_yes(desk: Desk, by: str, visit_id: str, host_staff_no: str) -> None:
    """Take the host's own badge, tapped at the desk where the visitor waits, as his yes."""
    answer(desk, by, visit_id, Answer.YES, How.BADGE, who=host_staff_no)


def admit(desk: Desk, by: str, visit_id: str) -> VisitCard:
    """Let the visitor in and print the three-part slip, in one transaction; return the visit.

    An expected visitor whose host has confirmed arrives with the same key. Raises ``Refused``:
    ``visit.no_yes`` without the host's yes, ``visit.time_over`` when he agreed to a time that is
    over, ``visit.other_day``, ``visit.not_possible``, those of ``watch_gate.refuse_watched``.
    """
    watch_screening.look_again(desk, by, visit_id)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        _check_time(visit, tx.now)
        visit.state = rules.after(visit, Step.ADMIT)
        watch_gate.refuse_watched(tx, visit)
        visit.admitted_at, visit.admitted_by = tx.now, by
        visit.return_slip = ReturnSlip.DUE
        _keep_length(desk, visit)
        shown = print_slip(tx, desk, visit, host)
        save(
            tx, visit, "visit.admitted",
            number=rules.spoken(visit.number), host=host.staff_no, people=visit.people,
            answer_how=visit.answer_how and visit.answer_how.value, answer_by=visit.answer_by,
            copy=visit.copy_no,
        )  # fmt: skip
        use_up(tx, visit)
        return shown


def _check_time(visit: Visit, now: datetime) -> None:
    """Refuse a yes that was given for a time that is over: the host is asked again."""
    answered = visit.answered_at
    if visit.answer is Answer.YES and answered and answered <= visit.until_at < now:
        raise Refused("visit.time_over")


def _keep_length(desk: Desk, visit: Visit) -> None:
    """Count the usual length from now where the slip would be over before it is printed."""
    if visit.admitted_at is not None and visit.until_at <= visit.admitted_at:
        visit.until_at = usual_times(desk, visit.admitted_at).end


def print_slip(tx: Transaction, desk: Desk, visit: Visit, host: Person) -> VisitCard:
    """Queue the next copy of the visit's slip; belongs to the entry recorded next."""
    visit.copy_no += 1
    shown = card(desk, tx, visit, host)
    code = slip_code.made(desk, visit, visit.copy_no)
    guard = _name_of(tx, visit.admitted_by)
    bars = slip_code.made_short(desk, visit, visit.copy_no)
    tx.print(visit_slip(desk, shown, Codes(code, bars), visit.copy_no, guard), visit.subject)
    return replace(shown, copy_no=visit.copy_no)


def _name_of(tx: Transaction, staff_no: str) -> str:
    try:
        return person_by_staff_no(tx, staff_no).name
    except Refused:
        return staff_no


def refuse(desk: Desk, by: str, visit_id: str, reason: str) -> None:
    """Do not let the visitor in; ``reason`` is a code of ``REFUSAL_WORDS`` or own words.

    Raises ``Refused``: ``visit.reason_missing``, ``visit.not_possible``.
    """
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        visit.state = rules.after(visit, Step.REFUSE)
        visit.reason_code = words if words in REFUSAL_WORDS else "other"
        visit.reason = "" if words in REFUSAL_WORDS else tx.seal(visit.subject, words)
        save(
            tx, visit, "visit.refused",
            number=rules.spoken(visit.number), host=host.staff_no, reason=visit.reason_code,
        )  # fmt: skip
