"""The visitor at the gate: arrives, the host is asked, answers, and only then the door opens."""

from dataclasses import replace
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import notice, rules, slip_code, watch_gate, watch_screening
from visitors.appointments import use_up, usual_times
from visitors.cards import VisitCard, card
from visitors.gates import stale
from visitors.gates.stale import KNOWN, OtherDesks
from visitors.ladder import asking
from visitors.ladder.rungs import Rung
from visitors.lanes import helmets, windows
from visitors.lanes.rules import (
    checked,
    refuse_alone,
    refuse_inside,
    rules_of_visit,
)
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

    ``host`` is a staff number. A caller of the public has the standing yes of an open window.
    Raises ``Refused``: those of ``lanes.rules.checked``, and ``visit.host_unknown``.
    """
    said = checked(desk, details)
    with desk.write(by=by) as tx:
        person = host_by_staff_no(tx, host)
        visit = new_visit(tx, desk, said, person, usual_times(desk, tx.now), Origin.WALK_IN)
        come(tx, desk, visit, person)
        windows.give_standing_yes(tx, desk, visit, person)
        return visit.id


def arrive(desk: Desk, by: str, visit_id: str) -> None:
    """Say that an expected visitor stands at the gate and waits.

    Raises ``Refused``: ``visit.other_day``, ``visit.not_possible``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        come(tx, desk, visit, host)


def ask(desk: Desk, by: str, visit_id: str, how: How, rung: Rung = Rung.HOST) -> None:
    """Ask the host, or who stands on another rung of his ladder; his presence is recorded too.

    An expected visitor arrives with it. A yes or a no stands until another answer comes.
    Raises ``Refused``: ``visit.rung_empty``, ``visit.host_left``, ``visit.host_said_no``,
    ``visit.not_possible``.
    """
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        asked = asking.who_is_on(desk, tx, host, rung)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        asking.refuse_after_no(visit, rung)
        visit.state = rules.after(visit, Step.ASK)
        if visit.answer not in {Answer.YES, Answer.NO}:
            rules.forget_answer(visit)
        visit.asked_at, visit.asked_how = tx.now, how
        visit.asked_extension = asked.extension if how is How.PHONE else ""
        sent = asking.write(tx, desk, visit, asked, rung, how).delivery is not None
        presence, _ = presence_of(desk, tx, asked)
        save(
            tx, visit, "visit.host_asked",
            number=rules.spoken(visit.number), host=host.staff_no, how=how.value,
            extension=visit.asked_extension, presence=presence, rung=rung.value,
            person=asked.staff_no, notice=sent,
        )  # fmt: skip


def answer(
    desk: Desk, by: str, visit_id: str, said: Answer, how: How, *, read_back: bool = False,
    who: str = "",
) -> None:  # fmt: skip
    """Record what was said, how it came, and by whom on which rung of the ladder.

    ``who`` is a staff number; without one it is who was asked last, else the host. A yes by
    telephone counts only when the guard has read it back. Before arrival it confirms the
    appointment. Raises ``Refused``: ``visit.read_back``, ``visit.not_possible``,
    ``person.unknown``, and for a badge of who was not asked ``visit.badge_not_asked`` or
    ``visit.badge_not_host``.
    """
    if said is Answer.YES and how is How.PHONE and not read_back:
        raise Refused("visit.read_back")
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        giver = person_by_staff_no(tx, who) if who else asking.giver_of(tx, visit, host)
        rung = asking.rung_of(tx, visit, host, giver)
        if how is How.BADGE and rung is None:
            asking.refuse_badge(desk, tx, host, giver)
        visit.state = rules.after(visit, Step.ANSWER)
        visit.answer, visit.answer_how, visit.answer_rung = said, how, rung
        visit.answer_by, visit.answered_at = giver.staff_no, tx.now
        save(
            tx, visit, "visit.host_answered", by=giver.staff_no if how is How.BADGE else None,
            number=rules.spoken(visit.number), host=host.staff_no, answer=said.value,
            how=how.value, person=giver.staff_no, rung=rung.value if rung else "",
            read_back=read_back, desk_by=by,
        )  # fmt: skip


def badge_yes(desk: Desk, by: str, visit_id: str, staff_no: str) -> None:
    """Take a badge tapped at the desk where the visitor waits as a yes.

    The host's counts always, a stand-in's once he was asked. Raises ``Refused`` as ``answer``.
    """
    answer(desk, by, visit_id, Answer.YES, How.BADGE, who=staff_no)


def admit(
    desk: Desk, by: str, visit_id: str, helmet: str = "", others: OtherDesks = KNOWN
) -> VisitCard:  # fmt: skip
    """Let the visitor in and print the three-part slip, in one transaction; return the visit.

    An expected visitor whose host has confirmed arrives with the same key. ``helmet`` is what was
    typed as ``helmets.read`` takes it; who carries papers of his own (law enforcement) gets no
    slip. ``others`` is how this desk stands with the site's other desks, and who answers for the
    admission where it has not heard of them for long. Raises ``Refused``: those of
    ``gates.stale.confirm``, ``visit.no_yes`` without the host's yes, ``visit.time_over`` when he
    agreed to a time that is over, ``visit.host_left`` for the yes of a host who has left since,
    ``visit.other_day``, ``visit.not_possible``,
    ``visit.not_past_gate`` for couriers, ``visit.window_closed``, those of ``helmets.put_on`` and
    ``watch_gate.refuse_watched``.
    """
    watch_screening.look_again(desk, by, visit_id)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        stale.confirm(tx, desk, visit_id, others)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        refuse_inside(desk, visit)
        asking.refuse_former_yes(visit, host)
        _check_time(visit, tx.now)
        windows.refuse_closed(tx, desk, visit, host)
        if visit.answer is None:
            windows.give_standing_yes(tx, desk, visit, host)
        visit.state = rules.after(visit, Step.ADMIT)
        watch_gate.refuse_watched(tx, visit)
        helmets.put_on(tx, desk, visit, helmet)
        visit.admitted_at, visit.admitted_by = tx.now, by
        visit.notice = notice.version(desk)
        _keep_length(desk, visit)
        printed = rules_of_visit(desk, visit).slip
        shown = print_slip(tx, desk, visit, host) if printed else card(desk, tx, visit, host)
        save(
            tx, visit, "visit.admitted",
            number=rules.spoken(visit.number), host=host.staff_no, people=visit.people,
            answer_how=visit.answer_how and visit.answer_how.value, answer_by=visit.answer_by,
            answer_rung=visit.answer_rung and visit.answer_rung.value, copy=visit.copy_no,
            lane=visit.lane, helmet=visit.helmet,
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
    """Queue the next copy of the visit's slip; belongs to the entry recorded next.

    Raises ``Refused("visit.helmet_missing")``: no slip for a zone where a helmet is worn.
    """
    helmets.refuse_without(tx, desk, visit)
    visit.return_slip = ReturnSlip.DUE
    visit.copy_no += 1
    shown = card(desk, tx, visit, host)
    code = slip_code.made(desk, visit, visit.copy_no)
    guard = _name_of(tx, visit.admitted_by)
    bars = slip_code.made_short(desk, visit, visit.copy_no)
    tx.print(visit_slip(desk, shown, Codes(code, bars), visit.copy_no, guard), visit.subject)
    return replace(shown, copy_no=visit.copy_no)


def _the_list_refuses(desk: Desk, tx: Transaction, visit: Visit) -> bool:
    """Say whether a manager has decided it long ago: the visitor is on the watch list."""
    first = watch_gate.watched(desk, tx, visit).first
    return first is not None and first.asks is watch_gate.Asks.REFUSE


def _name_of(tx: Transaction, staff_no: str) -> str:
    try:
        return person_by_staff_no(tx, staff_no).name
    except Refused:
        return staff_no


def refuse(desk: Desk, by: str, visit_id: str, reason: str) -> None:
    """Do not let the visitor in; ``reason`` is a code of ``REFUSAL_WORDS`` or own words.

    Raises ``Refused``: ``visit.reason_missing``, ``visit.not_possible``, and
    ``visit.petition_alone`` where the guard alone may not.
    """
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        if not _the_list_refuses(desk, tx, visit):
            refuse_alone(desk, visit, words)
        if visit.state is State.EXPECTED:
            come(tx, desk, visit, host)
        visit.state = rules.after(visit, Step.REFUSE)
        visit.reason_code = words if words in REFUSAL_WORDS else "other"
        visit.reason = "" if words in REFUSAL_WORDS else tx.seal(visit.subject, words)
        save(
            tx, visit, "visit.refused",
            number=rules.spoken(visit.number), host=host.staff_no, reason=visit.reason_code,
        )  # fmt: skip
