"""Going out and what becomes of it: each function is one act, written whole or not at all."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance import kept
from kiosk.attendance.days.counting import taps_that_count
from kiosk.attendance.here import CLOSED_DAY
from kiosk.attendance.honest import clock
from kiosk.attendance.honest.beside import Beside
from kiosk.attendance.honest.clock import ClockDoubt
from kiosk.attendance.hours.at_tap import day_of_tap
from kiosk.attendance.hours.rostered import shift_on
from kiosk.attendance.leave.models import OPEN_OF
from kiosk.attendance.models import Tap
from kiosk.attendance.outing import rules
from kiosk.attendance.outing.reading import OutingShown, is_owed, outing_by_id, shown
from kiosk.attendance.outing.rules import Back, Going
from kiosk.attendance.rules import UNMARKED
from kiosk.attendance.stand_ins.rules import leave_span
from kiosk.desk import posts
from kiosk.desk.absence import OPEN_OUTINGS_OF, LeaveState, Outing
from kiosk.desk.card_proof import PLAIN
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.stand_in import end_stand_ins, stand_in_of
from kiosk.desk.transaction import Book, Transaction

_ENDED_DAYS = select(Outing, Person).join(Person, col(Person.id) == col(Outing.person_id)).where(
    col(Outing.ended_at).is_(None), col(Outing.day) < bindparam("today")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approval:
    """Whose word lets somebody go: by badge and PIN (``means``), or by telephone (None)."""

    approver: Person
    means: Means | None = None

    @classmethod
    def signed(cls, proof: Proof) -> "Approval":
        """Return the approval of who proved who he is."""
        return cls(proof.person, proof.means)


def start(desk: Desk, by: str, staff_no: str, said: Going, approval: Approval) -> OutingShown:
    """Write down an outing that was approved; who goes now and is in is signed out with it.

    ``by`` is the staff number at the desk. Records ``outing.started`` and, for who was in,
    ``staff.signed_out``. Raises ``Refused``: ``person.unknown``, those of ``rules.checked`` and
    ``rules.check_approver``, ``outing.runs`` for who is out already at that time,
    ``outing.on_leave``, ``outing.no_stand_in``, ``attendance.on_post``.
    """
    with desk.write(by=by) as tx:
        fine = rules.checked(said, tx.now, desk.rules)
        person = person_by_staff_no(tx, staff_no)
        rules.check_approver(approval.approver, person)
        outing = _outing(desk, tx, person, fine, approval)
        _refuse_overlap(tx, person, outing)
        _refuse_on_leave(desk, tx, person, outing.started_at)
        _refuse_nobody_stands_in(desk, tx, person, outing)
        tx.put(outing)
        tx.record(
            "outing.started", number=outing.number, person=person.staff_no,
            kind=outing.kind.value, approver=approval.approver.staff_no,
            by_phone=outing.by_phone, means=approval.means.value if approval.means else "",
        )  # fmt: skip
        signed_out = _sign_out(desk, tx, person) if fine.leaves is None else None
        made = shown(desk, tx, outing, person, approval.approver)
    if signed_out is not None:
        clock.moved(desk, *signed_out)
    return made


def _outing(
    desk: Desk, tx: Transaction, person: Person, fine: Going, approval: Approval
) -> Outing:  # fmt: skip
    subject = tx.new_subject()
    starts = fine.leaves or tx.now
    return Outing(
        number=f"OT{next_number(tx, 'outing')}", subject=subject, person_id=person.id,
        kind=fine.kind, day=desk.work_day(starts), place=tx.seal(subject, fine.place),
        why=tx.seal(subject, fine.why), companions=tx.seal(subject, fine.companions),
        phone=tx.seal(subject, fine.phone), written_at=tx.now, started_at=starts,
        back_by=fine.back.by, not_back_today=fine.back.not_today,
        approver_id=approval.approver.id, approved_means=approval.means,
        by_phone=approval.means is None, written_by=tx.by,
    )  # fmt: skip


def _refuse_overlap(tx: Transaction, person: Person, new: Outing) -> None:
    """Refuse a second outing at one time; how long one lasts is often not known."""
    for one in tx.all(OPEN_OUTINGS_OF, person=person.id):
        apart = one.back_by is not None and one.back_by <= new.started_at
        before = new.back_by is not None and new.back_by <= one.started_at
        if one.day == new.day and not apart and not before:
            raise Refused("outing.runs", name=person.name, number=one.number)


def _refuse_on_leave(desk: Desk, tx: Transaction, person: Person, starts: datetime) -> None:
    """Refuse to go out from a granted leave: who is back has to report back first (clause 18)."""
    for leave in tx.all(OPEN_OF, person=person.id):
        first, after = leave_span(desk, tx, person, leave)
        if leave.state is LeaveState.APPROVED and first <= starts < after:
            raise Refused("outing.on_leave", name=person.name, number=leave.number)


def _refuse_nobody_stands_in(desk: Desk, tx: Transaction, person: Person, new: Outing) -> None:
    """Refuse a long outing that nobody has said yes to stand in for, where the house asks it."""
    if not rules.needs_stand_in(new.started_at, new.back_by, desk.rules):
        return
    if stand_in_of(tx, person, new.started_at) is None:
        raise Refused("outing.no_stand_in", name=person.name)


def _sign_out(
    desk: Desk, tx: Transaction, person: Person
) -> tuple[datetime, ClockDoubt | None] | None:
    """Sign out who is in and goes now: the approver's word is the sign-out too (clause 26).

    Returns when, and what was odd about the clock; None for who is not in.
    """
    here = tx.one(PRESENCE, person=person.id)
    if here is None or here.state is not Whereabouts.IN:
        return None
    today = day_of_tap(desk, tx, person, here, "").day
    if here.day != today:
        return None
    held = posts.on_duty(tx, desk.gate)
    if held is not None and held[1].id == person.id:
        raise Refused("attendance.on_post", name=person.name)
    doubt, closed = clock.doubt_now(desk, tx), tx.one(CLOSED_DAY, day=today) is not None
    kept.move(tx, person, here, Whereabouts.OUT, today)
    made = tx.put(
        Tap(
            person_id=person.id, day=today, at=tx.now, kind=Whereabouts.OUT,
            means=Means.BADGE, device="", confirmed_by=tx.by,
        )
    )  # fmt: skip
    odd = Beside(doubt, PLAIN, ask_pin=False, closed=closed)
    odd.put(tx, made)
    tx.record("staff.signed_out", **kept.facts_of(made, person, UNMARKED), **odd.facts())
    return made.at, doubt


def give_word(desk: Desk, proof: Proof, outing_id: str) -> str:
    """Take the approver's own tap for what he said on the telephone; return the number.

    Records ``outing.word_given``. Raises ``Refused``: ``outing.word_not_owed``,
    ``outing.not_your_word``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        outing, _person, approver = outing_by_id(tx, outing_id)
        if not is_owed(outing):
            raise Refused("outing.word_not_owed", number=outing.number)
        if approver is None or approver.id != proof.person.id:
            name = approver.name if approver is not None else ""
            raise Refused("outing.not_your_word", number=outing.number, name=name)
        outing.approved_means = proof.means
        tx.put(outing)
        tx.record("outing.word_given", number=outing.number, approver=approver.staff_no,
                  means=proof.means.value)  # fmt: skip
    return outing.number


def cancel(desk: Desk, proof: Proof, outing_id: str) -> str:
    """Take back an outing before the person leaves; return the number.

    The person himself, or whose word let him go, signs. Records ``outing.cancelled``. Raises
    ``Refused``: ``outing.over``, ``outing.gone``, ``outing.not_yours``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        outing, person, approver = outing_by_id(tx, outing_id)
        if outing.ended_at is not None:
            raise Refused("outing.over", number=outing.number)
        if not rules.may_read_why(proof.person, person, approver.id if approver else None):
            raise Refused("outing.not_yours", number=outing.number, name=person.name)
        if not rules.is_planned(outing, tx.now) and not _never_left(desk, tx, outing):
            raise Refused("outing.gone", number=outing.number, name=person.name)
        _drop(tx, outing, person)
    return outing.number


def _drop(tx: Transaction, outing: Outing, person: Person) -> None:
    outing.ended_at = outing.cancelled_at = max(tx.now, outing.written_at)
    outing.ended_by = tx.by
    tx.put(outing)
    tx.record("outing.cancelled", number=outing.number, person=person.staff_no)
    end_stand_ins(tx, person.id, outing.id)


def _never_left(desk: Desk, book: Book, outing: Outing) -> bool:
    """Say whether somebody tapped that day, and never out once the outing could have begun."""
    taps = taps_that_count(book, outing.person_id, outing.day)
    since = outing.started_at - timedelta(minutes=desk.rules.outing_early_min)
    came = any(one.kind is Whereabouts.IN for one in taps)
    went = any(one.kind is Whereabouts.OUT and one.tap.at >= since for one in taps)
    return came and not went


def back_on_shift(desk: Desk, person: Person, back: Back, leaves: datetime) -> Back:
    """Return the same hour of the next day where the person's shift runs until then.

    Who goes out at 23:00 in a night and says 2:00 means the night. ``leaves`` is local.
    """
    if back.by is None or back.by > leaves:
        return back
    with desk.read() as book:
        shift = shift_on(desk, book, person, desk.work_day(leaves))
    tomorrow = back.by + timedelta(days=1)
    runs = shift is not None and shift.end is not None and tomorrow <= shift.end
    return Back(tomorrow) if runs else back


def lapse(desk: Desk) -> int:
    """End what ran when its day was over, honestly: nobody was seen to come back.

    Such an outing ends when the site's day or its shift ends, without a name under it
    (``outing.lapsed``). One that was planned by who stayed in all day was not taken
    (``outing.cancelled``).
    """
    today = desk.work_day(desk.clock())
    with desk.read() as book:
        if not _over(desk, book, today):
            return 0
    with desk.write() as tx:
        found = _over(desk, tx, today)
        for outing, person in found:
            if _never_left(desk, tx, outing):
                _drop(tx, outing, person)
            else:
                _assume_over(desk, tx, outing, person)
    return len(found)


def _over(desk: Desk, book: Book, today: date) -> list[tuple[Outing, Person]]:
    found = book.all(_ENDED_DAYS, today=today)
    now = desk.clock()
    return [
        (outing, person) for outing, person in found
        if desk.wrote(outing) and _day_ends(desk, book, outing, person) <= now
    ]  # fmt: skip


def _day_ends(desk: Desk, book: Book, outing: Outing, person: Person) -> datetime:
    """Return when the day of an outing ends: the site's, or the shift that runs into the next."""
    begins = time(desk.rules.day_begins_hour)
    ends = datetime.combine(outing.day + timedelta(days=1), begins, desk.zone)
    shift = shift_on(desk, book, person, outing.day)
    return max(ends, shift.end) if shift is not None and shift.end is not None else ends


def _assume_over(desk: Desk, tx: Transaction, outing: Outing, person: Person) -> None:
    outing.ended_at = _day_ends(desk, tx, outing, person)
    outing.ended_by = ""
    tx.put(outing)
    tx.record("outing.lapsed", number=outing.number, person=person.staff_no,
              said_not_back=outing.not_back_today)  # fmt: skip
    end_stand_ins(tx, person.id, outing.id)


def end_for_leaver(tx: Transaction, person: Person) -> None:
    """End what is planned or runs for who leaves the house for good (clause 76)."""
    for outing in tx.all(OPEN_OUTINGS_OF, person=person.id):
        _drop(tx, outing, person)
