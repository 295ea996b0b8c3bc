"""Writing, signing, refusing and correcting remarks (clauses 24, 25, 130).

A remark is never edited: what corrects it is another one, and the raw taps stay as they are. Each
function is one act of one person who proved who he is, written whole or not at all.
"""

from datetime import date
from typing import Any

from kiosk.attendance.days.reading import days_between
from kiosk.attendance.remarks import rules
from kiosk.attendance.remarks.models import REMARK, REMARKS_BETWEEN, About, Remark
from kiosk.attendance.remarks.rules import Above, Said, Slot, Writer
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import EVERYONE, Person, person_by_staff_no
from kiosk.desk.people_before import Before
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction


def enter(desk: Desk, by: str, staff_no: str, said: Said, proof: Proof) -> Remark:
    """Write a remark about ``staff_no``; ``by`` is at the keyboard, ``proof`` says who writes it.

    The person himself writes it, or a head or leader above him, who signs it with that as long as
    it is in time; or the office for a leader who telephoned. Raises ``Refused``:
    ``person.unknown``, ``remark.one_already`` where a remark about the same mark stands, those of
    ``rules.writes_as`` and ``rules.checked``.
    """
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, staff_no)
        _check_only_one(tx, person, said)
        row = _written(desk, tx, person, said, proof)
        tx.put(row)
        tx.record("remark.entered", **_facts(row, person, proof))
    return row


def replace(desk: Desk, by: str, remark_id: str, said: Said, proof: Proof) -> Remark:
    """Write a remark that takes the place of another; the old one stays and is struck through.

    Raises ``Refused``: ``remark.over``, ``remark.other_day``, and those of ``enter``.
    """
    with desk.write(by=by) as tx:
        old, person = remark_by_id(tx, remark_id)
        rules.check_open(old)
        if said.day != old.day:
            raise Refused("remark.other_day", field="day", number=old.number)
        _check_only_one(tx, person, said, old)
        row = _written(desk, tx, person, said, proof)
        row.replaces = old.id
        tx.put(row)
        old.replaced_by, old.closed_at = row.id, tx.now
        tx.put(old)
        tx.record("remark.replaced", old=old.number, **_facts(row, person, proof))
    return row


def _check_only_one(tx: Transaction, person: Person, said: Said, old: Remark | None = None) -> None:
    """Refuse a second remark about one mark: each is signed, refused or corrected itself.

    A day may have more than one wrong tap.
    """
    if said.about is About.TAP:
        return
    for one in tx.all(REMARKS_BETWEEN, first=said.day, last=said.day):
        same = one.person_id == person.id and one.about is said.about and one is not old
        if same and one.stands:
            raise Refused("remark.one_already", number=one.number)


def _written(desk: Desk, tx: Transaction, person: Person, said: Said, proof: Proof) -> Remark:
    stand = above(desk, tx, person, said.day)
    as_what = rules.writes_as(person, proof.person, stand)
    phoned = as_what is Writer.OFFICE
    fine = rules.checked(said, desk.work_day(tx.now), phoned=phoned)
    subject = tx.new_subject()
    row = Remark(
        number=f"BZ{next_number(tx, 'remark')}", subject=subject, person_id=person.id,
        day=fine.day, about=fine.about, cause=tx.seal(subject, fine.cause),
        came_at=fine.came_at, went_at=fine.went_at, written_at=tx.now,
        written_by=proof.person.staff_no, by_phone=phoned,
        called_by=tx.seal(subject, fine.called_by), called_at=fine.called_at,
        weather_id=_signal(desk, tx, person, fine),
    )  # fmt: skip
    if as_what is Writer.SUPERIOR and not is_late(desk, row):
        _sign(tx, row, rules.slot_for(row, proof.person, stand), proof)
    return row


def _signal(desk: Desk, book: Book, person: Person, said: Said) -> str:
    """Return the weather signal that was on when work began on the day, "" for none (clause 95).

    It kept nobody from staying: going early under it is signed like any other.
    """
    if said.about not in rules.KEPT_AWAY:
        return ""
    days = days_between(desk, book, said.day, said.day, person)
    return days.facts(person, said.day).signals[0].id if days.of(person, said.day).weather else ""


def sign(desk: Desk, by: str, remark_id: str, proof: Proof, why: str = "") -> Remark:
    """Give one of the two signatures; each signs at his own time, with badge and PIN.

    ``why`` is the reason of a leader who signs after the time. Raises ``Refused``: those of
    ``rules.slot_for`` and ``rules.checked_why``.
    """
    with desk.write(by=by) as tx:
        row, person = remark_by_id(tx, remark_id)
        late = is_late(desk, row)
        stand = above(desk, tx, person, row.day)
        slot = rules.slot_for(row, proof.person, stand, late=late)
        reason = rules.checked_why(proof.person, stand, why, late=late)
        _sign(tx, row, slot, proof)
        row.why = tx.seal(row.subject, reason) or row.why
        tx.put(row)
        tx.record(
            "remark.countersigned", number=row.number, person=person.staff_no,
            signer=proof.person.staff_no, means=proof.means.value, slot=slot.value,
            missing=row.missing, late=bool(reason),
        )  # fmt: skip
    return row


def _sign(tx: Transaction, row: Remark, slot: Slot, proof: Proof) -> None:
    if slot is Slot.HEAD:
        row.head_id, row.head_at, row.head_means = proof.person.id, tx.now, proof.means
    else:
        row.leader_id, row.leader_at, row.leader_means = proof.person.id, tx.now, proof.means
    _close_when_done(tx, row)


def _close_when_done(tx: Transaction, row: Remark) -> None:
    if row.excuses:
        row.closed_at = tx.now


def refuse(desk: Desk, by: str, remark_id: str, proof: Proof, why: str) -> Remark:
    """Write down a no, with its reason: of a head or leader above, or of who never telephoned.

    Raises ``Refused``: ``remark.why_missing``, ``remark.excuses_already``, ``remark.over``,
    ``remark.not_above``.
    """
    reason = rules.needed_why(why)
    with desk.write(by=by) as tx:
        row, person = remark_by_id(tx, remark_id)
        rules.check_open(row)
        if row.excuses:
            raise Refused("remark.excuses_already", number=row.number)
        stand, signer = above(desk, tx, person, row.day), proof.person
        denies = row.unconfirmed and signer.id == row.person_id
        if not denies and signer.id not in stand.signers:
            raise Refused("remark.not_above", name=signer.name)
        row.refused_at, row.refused_by_id, row.closed_at = tx.now, signer.id, tx.now
        row.why = tx.seal(row.subject, reason)
        tx.put(row)
        tx.record(
            "remark.refused", number=row.number, person=person.staff_no,
            signer=signer.staff_no, means=proof.means.value,
        )  # fmt: skip
    return row


def confirm(desk: Desk, by: str, remark_id: str, proof: Proof) -> Remark:
    """Have a leader confirm what the office wrote after his telephone call (clause 25).

    Raises ``Refused``: ``remark.over``, ``remark.nothing_to_confirm``,
    ``remark.only_himself_confirms``.
    """
    with desk.write(by=by) as tx:
        row, person = remark_by_id(tx, remark_id)
        rules.check_open(row)
        if proof.person.id != person.id:
            raise Refused("remark.only_himself_confirms", name=person.name)
        if not row.unconfirmed:
            raise Refused("remark.nothing_to_confirm", number=row.number)
        row.confirmed_at = tx.now
        _close_when_done(tx, row)
        tx.put(row)
        tx.record(
            "remark.confirmed", by=person.staff_no, number=row.number, person=person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return row


def is_late(desk: Desk, row: Remark) -> bool:
    """Say whether the time in which both may sign without a reason is over."""
    last = rules.last_day(row.day, row.about, desk.calendar, desk.rules)
    return desk.work_day(desk.clock()) > last


def above(desk: Desk, book: Book, person: Person, day: date) -> Above:
    """Return who may sign now for what the person did on ``day``: who heads the section of then."""
    return rules.above(Before.of(desk, book, person).on(person, day), book.all(EVERYONE))


def remark_by_id(book: Book, remark_id: str) -> tuple[Remark, Person]:
    """Return a remark and whom it is about; a missing one is a bug (``LookupError``)."""
    found = book.one(REMARK, id=remark_id)
    if found is None:
        raise LookupError(f"no remark {remark_id}")
    return found


def _facts(row: Remark, person: Person, proof: Proof) -> dict[str, Any]:
    return {
        "number": row.number, "person": person.staff_no, "day": row.day.isoformat(),
        "about": row.about.value, "writer": proof.person.staff_no, "means": proof.means.value,
        "by_phone": row.by_phone, "missing": row.missing,
    }  # fmt: skip
