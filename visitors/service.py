"""What every use case of a visit begins and ends with: load it, take a step, put it, index it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import legible
from kiosk.desk.transaction import SUBJECT_KEY, Book, Transaction
from visitors import id_numbers, rules, search, watch_screening
from visitors.models import VISIT, Origin, ReturnSlip, State, Visit
from visitors.rules import Details, Step

REASON_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Times:
    """From when until when somebody may be inside; aware moments."""

    start: datetime
    end: datetime


def visit_of(book: Book, visit_id: str) -> tuple[Visit, Person]:
    """Return the visit and its host; raise ``Refused("visit.unknown")`` when there is none."""
    found = book.one(VISIT, id=visit_id)
    if found is None:
        raise Refused("visit.unknown")
    return found


def host_by_staff_no(book: Book, staff_no: str) -> Person:
    """Return the active person who is visited; raise ``Refused("visit.host_unknown")``."""
    try:
        return person_by_staff_no(book, staff_no)
    except Refused:
        raise Refused("visit.host_unknown", field="host") from None


def new_visit(
    tx: Transaction, desk: Desk, details: Details, host: Person, times: Times, origin: Origin
) -> Visit:
    """Make the row of a visit with its personal fields sealed; the caller puts and records it.

    Raises ``Refused("visit.times_backwards")`` when it ends before it begins.
    """
    if times.end <= times.start:
        raise Refused("visit.times_backwards", field="until")
    subject = tx.new_subject()
    if not desk.settings.hub.alone:  # desks that add a number while cut off seal it under one key
        tx.new_subject(f"{subject}-phone")
    visit = Visit(
        gate=desk.gate, day=desk.local(times.start).date(), number=0, state=State.EXPECTED,
        origin=origin, subject=subject, name="", matter="", people=1, host_id=host.id,
        from_at=times.start, until_at=times.end, made_at=tx.now, copy_no=0,
        return_slip=ReturnSlip.NONE,
    )  # fmt: skip
    write_details(tx, desk, visit, details)
    return visit


def write_details(tx: Transaction, desk: Desk, visit: Visit, details: Details) -> None:
    """Write what was said into the row: personal values sealed, an ID number only as its mark.

    The mark belongs to the person: another name without a number of its own takes it away.
    """
    if tx.read_sealed(visit.name) != details.name:
        visit.id_masked = visit.id_hash = ""
    visit.name = tx.seal(visit.subject, details.name)
    visit.form = tx.seal(visit.subject, details.form)
    visit.unit = tx.seal(visit.subject, details.unit)
    visit.phone = _sealed_phone(tx, visit, details.phone)
    visit.matter = tx.seal(visit.subject, details.matter)
    visit.goods = tx.seal(visit.subject, details.goods)
    visit.area = tx.seal(visit.subject, details.area)
    visit.companions = tx.seal(visit.subject, details.companions)
    visit.note = tx.seal(visit.subject, details.note)
    visit.plate = tx.seal(visit.subject, details.plate)
    visit.besides = tx.seal(visit.subject, details.besides)
    visit.lane = details.lane
    visit.people = details.people
    if details.id_number:
        write_id_number(tx, desk, visit, details.id_number)


def write_id_number(tx: Transaction, desk: Desk, visit: Visit, number: str) -> None:
    """Write what stays of an ID number: the masked one, sealed, and its keyed hash."""
    visit.id_masked = tx.seal(visit.subject, id_numbers.masked(number))
    visit.id_hash = id_hash(desk, number)


def id_hash(desk: Desk, number: str) -> str:
    """Return the hash by which a number is known again; nobody without the site key can make it."""
    return desk.site_key.blind(f"citizen id {number}")


def phone_subject(visit: Visit) -> str:
    """Return under whose key the phone number is: its own, for it is deleted before the rest."""
    return f"{visit.subject}-phone"


def _sealed_phone(tx: Transaction, visit: Visit, phone: str) -> str:
    if not phone:
        return ""
    subject = phone_subject(visit)
    if tx.one(SUBJECT_KEY, id=subject) is None:
        tx.new_subject(subject)
    return tx.seal(subject, phone)


def refuse_too_few(visit: Visit, people: int) -> None:
    """Refuse fewer people than have left already, and one more while somebody is inside.

    Raises ``Refused("visit.people_gone")`` with ``gone``.
    """
    least = visit.gone + (visit.state is State.ADMITTED)
    if visit.gone and people < least:
        raise Refused("visit.people_gone", field="people", gone=visit.gone)


def is_erased(book: Book, visit: Visit) -> bool:
    """Say whether the visitor's words were deleted: nobody can read them or add to them."""
    return book.one(SUBJECT_KEY, id=visit.subject) is None


def refuse_erased(book: Book, visit: Visit) -> None:
    """Raise ``Refused("visit.erased")`` for a visitor whose words were deleted."""
    if is_erased(book, visit):
        number = rules.spoken(visit.number) or f"{visit.day:%m-%d}"
        raise Refused("visit.erased", number=number)


def come(
    tx: Transaction, desk: Desk, visit: Visit, host: Person, instead_of: str = ""
) -> None:  # fmt: skip
    """Put the visitor at the gate: give a number of the day and record ``visit.arrived``.

    ``instead_of`` is the visit of another day that he came for; ``expected_at`` tells the gate
    that had expected him where he came to this one. Raises ``Refused("visit.other_day")`` for an
    appointment of another day.
    """
    if rules.is_off_day(visit, desk.local(tx.now).date(), tx.now):
        raise Refused("visit.other_day", day=visit.day.isoformat())
    visit.state = rules.after(visit, Step.ARRIVE)
    visit.number = next_number(tx, f"visit/{desk.gate}/{visit.day.isoformat()}")
    elsewhere = visit.gate if visit.gate != desk.gate else ""
    visit.gate, visit.arrived_at = desk.gate, tx.now
    save(
        tx, visit, "visit.arrived",
        number=rules.spoken(visit.number), host=host.staff_no, people=visit.people,
        origin=visit.origin.value, instead_of=instead_of, expected_at=elsewhere,
    )  # fmt: skip


def save(
    tx: Transaction, visit: Visit, code: str, *, by: str | None = None, **facts: object
) -> None:
    """Put the visit, index it, record ``code`` and look it up on the watch list.

    ``facts`` are codes, numbers and ids only.
    """
    tx.put(visit)
    search.index(tx, visit)
    tx.record(code, by=by, visit=visit.id, **facts)
    watch_screening.screen(tx, visit)


def inside_again(visit: Visit) -> None:
    """Undo in the row what its closing wrote: the slip is due again; who had none has none now."""
    visit.left_at = visit.left_how = None
    visit.left_gate = ""
    visit.return_slip = visit.slip_of_who_is_inside


def reason_text(text: str) -> str:
    """Return a typed reason, cleaned; raise ``Refused("visit.reason_missing")`` for none."""
    reason = legible(text, REASON_LIMIT)
    if not reason:
        raise Refused("visit.reason_missing", field="reason")
    return reason


def presence_of(desk: Desk, book: Book, person: Person) -> tuple[str, datetime | None]:
    """Return ``in``, ``out`` or ``not_signed`` as the person's own taps say, and since when."""
    here = whereabouts(book, person, desk.work_day(desk.clock()))
    if here is None:
        return "not_signed", None
    return ("in" if here.state is Whereabouts.IN else "out"), here.since
