"""Who may have a thing, when it is due, and how urgent an open loan is (clauses 84-87, 90).

Nothing here reads a clock or the book.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from kiosk.desk.clauses import Rules
from kiosk.desk.loans import Approval, Condition, Loan, Thing, ThingKind, ThingState
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import MANAGERS, Person
from kiosk.desk.refusal import Refused
from kiosk.keys.models import Reservation

Held = tuple[Loan, Thing]
"""An open loan of the borrower, with its thing."""

_TWO = 2
_KEYS_AND_CARDS = frozenset(
    {ThingKind.DOOR_CARD, ThingKind.OFFICE_KEY, ThingKind.DESK_KEY, ThingKind.CABINET_KEY}
)
"""The four kinds of clause 84."""


def due_at(
    local_now: datetime, end_of_work: datetime | None, rules: Rules, thing: Thing | None = None,
    spell_end: datetime | None = None,
) -> datetime:  # fmt: skip
    """Return when a thing lent now is due back, aware.

    An approved overtime spell or reservation ends it at ``spell_end``. Else it is due at the
    thing's own hour, at ``rules.loan_due_hour``, or at the end of work; a loan taken after that,
    while nobody is at work (``end_of_work`` None, see ``reasons.work_ends``), or so shortly before
    that the reminder would come at once, is for overtime and lasts ``rules.loan_overtime_h``. What
    the thing allows at the longest is never exceeded.
    """
    due = spell_end if spell_end is not None else _by_the_day(local_now, end_of_work, rules, thing)
    if thing is not None and thing.longest_min:
        due = min(due, local_now + timedelta(minutes=thing.longest_min))
    return due


def _by_the_day(
    local_now: datetime, end_of_work: datetime | None, rules: Rules, thing: Thing | None
) -> datetime:
    wanted = end_of_work
    hour = thing.due_hour if thing is not None and thing.due_hour >= 0 else rules.loan_due_hour
    if hour >= 0:
        wanted = datetime.combine(local_now, time(hour), local_now.tzinfo)
    if wanted is None or wanted - local_now <= timedelta(minutes=rules.loan_remind_min):
        return local_now + timedelta(hours=rules.loan_overtime_h)
    return wanted


def is_overtime(local_now: datetime, end_of_work: datetime | None, rules: Rules) -> bool:
    """Say whether who takes a thing now works overtime (clause 86).

    A day off and the hours before work are (``end_of_work`` None, see ``reasons.work_ends``); so
    is a workday from ``rules.loan_remind_min`` before its end.
    """
    remind = timedelta(minutes=rules.loan_remind_min)
    return end_of_work is None or end_of_work - local_now <= remind


def urgency(due: datetime, now: datetime, rules: Rules) -> Urgency:
    """Return how soon somebody must act: a note before it is due, amber at due, red after."""
    over = now - due
    if over >= timedelta(minutes=rules.loan_late_min):
        return Urgency.NOW
    if over >= timedelta(0):
        return Urgency.WAITING
    if over >= -timedelta(minutes=rules.loan_remind_min):
        return Urgency.SOON
    return Urgency.QUIET


def called_back(loan: Loan, now: datetime) -> bool:
    """Say whether an open loan is wanted now though it is not due yet, or never would be."""
    return loan.recalled_at is not None and (loan.due_at is None or loan.due_at > now)


def wanted_at(loan: Loan) -> datetime | None:
    """Return from when an open loan is late: from its due time or, held for good, from the call.

    None for what is held for good and not called back.
    """
    return loan.due_at if loan.due_at is not None else loan.recalled_at


def loan_urgency(loan: Loan, now: datetime, rules: Rules) -> Urgency:
    """Return how urgent an open loan is: what is called back is amber until it is late.

    What is held for good waits for nobody before it is called back.
    """
    wanted = wanted_at(loan)
    if wanted is None:
        return Urgency.QUIET
    late = urgency(wanted, now, rules)
    return min(late, Urgency.WAITING) if loan.recalled_at is not None else late


def manager_is_told(wanted: datetime, now: datetime, rules: Rules) -> bool:
    """Say whether the holder's head of section is told of what was ``wanted`` (see above) then."""
    return now - wanted >= timedelta(minutes=rules.loan_manager_min)


def check_lendable(thing: Thing) -> None:
    """Refuse what is not lent now: ``keys.gone``, ``keys.lost``, ``keys.blocked``."""
    match thing.state:
        case ThingState.RETIRED:
            raise Refused("keys.gone")
        case ThingState.LOST:
            raise Refused("keys.lost", thing=thing.label)
        case ThingState.BLOCKED:
            raise Refused("keys.blocked", thing=thing.label)


def check_borrower(thing: Thing, borrower: Person, held: Iterable[Held]) -> None:
    """Refuse who may not have it.

    ``keys.person_left`` for who has left the house; ``keys.other_section`` where only one section
    may have it; ``keys.pair`` (with ``other``) for what one person never holds together.
    """
    if not borrower.active:
        raise Refused("keys.person_left", name=borrower.name)
    if thing.section_id and thing.section_id != borrower.department_id:
        raise Refused("keys.other_section", thing=thing.label, name=borrower.name)
    for _, other in held:
        if thing.pair and other.pair == thing.pair and other.id != thing.id:
            raise Refused("keys.pair", thing=thing.label, other=other.label, name=borrower.name)


def check_permanent(thing: Thing, holder: Person, held: Iterable[Held]) -> None:
    """Refuse a permanent holding that clause 85 does not know.

    A seal is never held for good, it has a due time (``keys.seal_for_good``, clause 45). An office
    key is held by managers only (``keys.permanent_for_managers``), and by each only one
    (``keys.one_office_key``, with ``other``).
    """
    if thing.kind is ThingKind.SEAL:
        raise Refused("keys.seal_for_good", thing=thing.label)
    if thing.kind is not ThingKind.OFFICE_KEY:
        return
    if holder.rank not in MANAGERS:
        raise Refused("keys.permanent_for_managers", name=holder.name)
    for loan, other in held:
        if loan.due_at is None and other.kind is ThingKind.OFFICE_KEY:
            raise Refused("keys.one_office_key", name=holder.name, other=other.label)


def check_reserved(
    thing: Thing, borrower: Person | None, booked: Iterable[tuple[Reservation, Person]],
    now: datetime, rules: Rules, zone: tzinfo,
) -> None:  # fmt: skip
    """Refuse a thing that somebody else's reservation needs now or very soon.

    ``keys.reserved`` (see ``reserved``): from ``rules.reservation_block_min`` before it.
    """
    lead = timedelta(minutes=rules.reservation_block_min)
    for reservation, person in booked:
        another = borrower is None or person.id != borrower.id
        if another and reservation.from_at - lead <= now < reservation.until_at:
            raise reserved(thing, reservation, person, zone)


def reserved(thing: Thing, reservation: Reservation, person: Person, zone: tzinfo) -> Refused:
    """Return the refusal ``keys.reserved``: for whom, and until when in the site's ``zone``."""
    until = reservation.until_at.astimezone(zone).strftime("%m-%d %H:%M")
    return Refused("keys.reserved", thing=thing.label, name=person.name, until=until)


def check_reserved_for_good(
    thing: Thing, borrower: Person, booked: Iterable[tuple[Reservation, Person]], zone: tzinfo
) -> None:
    """Refuse to give away for good what somebody else has reserved, whenever: ``keys.reserved``."""
    for reservation, person in booked:
        if person.id != borrower.id:
            raise reserved(thing, reservation, person, zone)


def reserved_soon(
    borrower: Person | None, booked: Iterable[tuple[Reservation, Person]], now: datetime,
    rules: Rules,
) -> tuple[Reservation, Person] | None:  # fmt: skip
    """Return the next reservation of somebody else that this loan must be back for.

    A place borrows without a person.
    """
    ahead = timedelta(hours=rules.reservation_warn_h)
    for reservation, person in booked:
        another = borrower is None or person.id != borrower.id
        if another and now < reservation.from_at <= now + ahead:
            return reservation, person
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """When and to whom a thing goes out, as far as it decides whose word is needed.

    ``own_desk``: who takes it works at the desk and would be the only party.
    """

    day_off: bool = False
    own_desk: bool = False
    for_good: bool = False


def approval_asked(thing: Thing, case: Case) -> Approval:
    """Return whose word is needed before ``thing`` goes out.

    A seal always needs one (clause 45); every key and card of clause 84 does on a day off (clauses
    86, 90), and when it is held for good; so does everything that who works at the desk takes
    himself: no hand-out has one party only.
    """
    asked = (
        thing.kind is ThingKind.SEAL
        or case.own_desk
        or ((case.for_good or case.day_off) and thing.kind in _KEYS_AND_CARDS)
    )
    return Approval.MANAGER if asked and thing.approval is Approval.NONE else thing.approval


def guarded(thing: Thing) -> bool:
    """Say whether not everybody gets the thing on an ordinary day just by taking it."""
    asked = approval_asked(thing, Case()) is not Approval.NONE
    return asked or bool(thing.section_id or thing.pair)


def approval_missing(wanted: Approval, borrower: Person, before: Person | None) -> Approval:
    """Return whose word is still missing when ``before`` gave his in advance.

    It serves where one manager is enough, if he is one who does for it.
    """
    if before is None or wanted is Approval.TWO:
        return wanted
    try:
        check_approver(wanted, borrower, before)
    except Refused:
        return wanted
    return Approval.NONE


def check_place(thing: Thing, place: str, *, day_off: bool) -> None:
    """Refuse a thing that a place, which is of no section and signs nothing, may not have.

    ``keys.other_section`` where only one section may have it; ``keys.approval_needed``.
    """
    if thing.section_id:
        raise Refused("keys.other_section", thing=thing.label, name=place)
    if approval_asked(thing, Case(day_off=day_off)) is not Approval.NONE:
        raise Refused("keys.approval_needed")


def check_approvers(approval: Approval, borrower: Person, approvers: Sequence[Person]) -> None:
    """Refuse approvers who do not do for ``approval``.

    ``keys.approval_needed``, ``keys.two_needed``; ``keys.approver_is_borrower``: nobody approves
    for himself; ``keys.not_a_manager``; ``keys.same_section`` where another section's is asked.
    """
    if approval is Approval.NONE and not approvers:
        return
    if not approvers:
        raise Refused("keys.approval_needed")
    for approver in approvers:
        check_approver(approval, borrower, approver)
    if approval is Approval.TWO and len({one.id for one in approvers}) < _TWO:
        raise Refused("keys.two_needed")


def check_approver(approval: Approval, borrower: Person | None, approver: Person) -> None:
    """Refuse one approver; see ``check_approvers``. A place borrows without a person."""
    if borrower is not None and approver.id == borrower.id:
        raise Refused("keys.approver_is_borrower", name=approver.name)
    if not manages(approver):
        raise Refused("keys.not_a_manager", name=approver.name)
    if (
        approval is Approval.OTHER_SECTION
        and borrower is not None
        and approver.department_id == borrower.department_id
    ):
        raise Refused("keys.same_section", name=approver.name)


def manages(person: Person) -> bool:
    """Say whether the person is a manager here, and still is."""
    return person.active and person.rank in MANAGERS


def state_after(condition: Condition) -> ThingState:
    """Return what a thing is after it came back so: only a good one goes back to the board."""
    return ThingState.IN_SERVICE if condition is Condition.GOOD else ThingState.BLOCKED
