"""Overtime is asked for, approved by badge and PIN or by a leader's word on the telephone (90)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.attendance.hours.running import at_work
from kiosk.attendance.overtime import rules
from kiosk.attendance.overtime.rules import Asked
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.overtime import SPELL, SPELLS_BETWEEN, SPELLS_OF, Overtime, Spell
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.presence import INSIDE
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Somebody inside after hours whom no approved spell covers; ``since`` is UTC."""

    person: Person
    since: datetime


def ask(desk: Desk, by: str, staff_no: str, asked: Asked) -> Overtime:
    """Write a request down; it counts once it is approved. Records ``overtime.requested``.

    Raises ``Refused``: those of ``rules.checked``, ``person.unknown`` (also for one of the others),
    and ``overtime.overlaps``.
    """
    with desk.write(by=by) as tx:
        person = person_by_staff_no(tx, staff_no)
        wanted = rules.checked(asked, tx.now, desk.rules)
        for other in wanted.others:
            _known(tx, other)
        _check_free(tx, person, wanted.from_at, wanted.until_at)
        subject = tx.new_subject()
        made = tx.put(
            Overtime(
                number=f"O{next_number(tx, 'overtime')}", person_id=person.id,
                day=desk.local(wanted.from_at).date(), from_at=wanted.from_at,
                until_at=wanted.until_at, rooms=wanted.rooms, keys=wanted.keys,
                others=" ".join(one for one in wanted.others if one != staff_no),
                subject=subject, why=tx.seal(subject, wanted.why), state=Spell.ASKED, asked_by=by,
            )
        )  # fmt: skip
        tx.record("overtime.requested", **_facts(desk, made, person))
    return made


def _known(book: Book, staff_no: str) -> None:
    try:
        person_by_staff_no(book, staff_no)
    except Refused as refused:
        raise Refused(refused.code, field="others", **refused.facts) from None


def _check_free(tx: Transaction, person: Person, from_at: datetime, until_at: datetime) -> None:
    for one in tx.all(SPELLS_OF, person=person.id, now=from_at):
        if one.state in {Spell.ASKED, Spell.OPEN} and one.from_at < until_at:
            raise Refused(
                "overtime.overlaps", field="from", name=person.name, number=one.number
            )  # fmt: skip


def why_for_head(desk: Desk, overtime_id: str, proof: Proof) -> str:
    """Return what a request is for, to the head or leader who decides it and to nobody else.

    Raises ``Refused``: ``overtime.decided``, ``overtime.over`` and those of ``rules.check_head``.
    """
    with desk.read() as book:
        one, person = _waiting(book, overtime_id, desk.clock())
        rules.check_head(person, proof.person, one.staff_nos_along)
        return book.read_sealed(one.why)


def approve(desk: Desk, by: str, overtime_id: str, proof: Proof) -> Overtime:
    """Put a request on the list, signed by the head with badge and PIN.

    Records ``overtime.approved``. Raises ``Refused``: ``overtime.decided``, ``overtime.over`` and
    those of ``rules.check_head``.
    """
    with desk.write(by=by) as tx:
        one, person = _waiting(tx, overtime_id, tx.now)
        rules.check_head(person, proof.person, one.staff_nos_along)
        one.state, one.approver_id, one.means = Spell.OPEN, proof.person.id, proof.means
        tx.put(one)
        tx.record(
            "overtime.approved", **_facts(desk, one, person), approver=proof.person.staff_no,
            means=proof.means.value,
        )  # fmt: skip
    return one


def refuse(desk: Desk, by: str, overtime_id: str, proof: Proof) -> Overtime:
    """Write down the head's no. Records ``overtime.refused``; raises ``Refused`` as ``approve``."""
    with desk.write(by=by) as tx:
        one, person = _waiting(tx, overtime_id, tx.now)
        rules.check_head(person, proof.person, one.staff_nos_along)
        one.state, one.approver_id, one.means = Spell.REFUSED, proof.person.id, proof.means
        tx.put(one)
        tx.record(
            "overtime.refused", number=one.number, person=person.staff_no,
            approver=proof.person.staff_no, means=proof.means.value,
        )  # fmt: skip
    return one


def approve_by_phone(desk: Desk, by: str, overtime_id: str, leader_no: str) -> Overtime:
    """Put a request on the list on a leader's word by telephone, which the guard ``by`` notes.

    Records ``overtime.word_noted``. Raises ``Refused``: ``overtime.decided``, ``overtime.over``,
    ``person.unknown`` and those of ``rules.check_noter`` and ``rules.check_leader``.
    """
    with desk.write(by=by) as tx:
        one, person = _waiting(tx, overtime_id, tx.now)
        rules.check_noter(person, by, one.staff_nos_along)
        leader = person_by_staff_no(tx, leader_no)
        rules.check_leader(person, leader, one.staff_nos_along)
        one.state, one.approver_id, one.by_phone = Spell.OPEN, leader.id, True
        tx.put(one)
        tx.record("overtime.word_noted", **_facts(desk, one, person), leader=leader.staff_no)
    return one


def note_word(
    desk: Desk, by: str, staff_no: str, leader_no: str, until_at: datetime, why: str
) -> Overtime:
    """Note a leader's word by telephone for who is in now and on no list; it counts from now.

    Keys it lets go out are none. Records ``overtime.word_noted``. Raises ``Refused``:
    ``overtime.times_wrong``, ``overtime.why_missing``, ``overtime.on_list``, ``person.unknown`` and
    those of ``rules.check_noter`` and ``rules.check_leader``.
    """
    spoken = clean(why, rules.LONGEST_WORDS).strip()
    if not spoken:
        raise Refused("overtime.why_missing", field="why")
    with desk.write(by=by) as tx:
        person, leader = person_by_staff_no(tx, staff_no), person_by_staff_no(tx, leader_no)
        rules.check_noter(person, by)
        rules.check_leader(person, leader)
        if until_at <= tx.now:
            raise Refused("overtime.times_wrong", field="until")
        if rules.covers(_spells(desk, tx), person, tx.now):
            raise Refused("overtime.on_list", name=person.name)
        subject = tx.new_subject()
        made = tx.put(
            Overtime(
                number=f"O{next_number(tx, 'overtime')}", person_id=person.id,
                day=desk.local(tx.now).date(), from_at=tx.now, until_at=until_at, subject=subject,
                why=tx.seal(subject, spoken), state=Spell.OPEN, asked_by=by,
                approver_id=leader.id, by_phone=True,
            )
        )  # fmt: skip
        tx.record("overtime.word_noted", **_facts(desk, made, person), leader=leader.staff_no)
    return made


def cancel(desk: Desk, by: str, overtime_id: str) -> None:
    """Take a request back while it is not over. Records ``overtime.cancelled``.

    Raises ``Refused``: ``overtime.decided``, ``overtime.over``.
    """
    with desk.write(by=by) as tx:
        one, _person = _found(tx, overtime_id)
        if one.state not in {Spell.ASKED, Spell.OPEN}:
            raise Refused("overtime.decided", number=one.number)
        if one.until_at <= tx.now:
            raise Refused("overtime.over", number=one.number)
        one.state = Spell.CANCELLED
        tx.put(one)
        tx.record("overtime.cancelled", number=one.number)


def _waiting(book: Book, overtime_id: str, now: datetime) -> tuple[Overtime, Person]:
    one, person = _found(book, overtime_id)
    if one.state is not Spell.ASKED:
        raise Refused("overtime.decided", number=one.number)
    if one.until_at <= now:
        raise Refused("overtime.over", number=one.number)
    return one, person


def _found(book: Book, overtime_id: str) -> tuple[Overtime, Person]:
    found = book.one(SPELL, id=overtime_id)
    if found is None:
        raise LookupError(f"no overtime {overtime_id}")
    return found


def _facts(desk: Desk, one: Overtime, person: Person) -> dict[str, Any]:
    return {
        "number": one.number, "person": person.staff_no, "others": list(one.staff_nos_along),
        "from_at": desk.local(one.from_at).isoformat(timespec="minutes"),
        "until_at": desk.local(one.until_at).isoformat(timespec="minutes"),
    }  # fmt: skip


# The list of the day.


def listed(desk: Desk, book: Book, days: int = 0) -> list[tuple[Overtime, Person]]:
    """Return what is asked for or approved and not over: today's, tonight's, ``days`` ahead."""
    now = desk.clock()
    today = desk.work_day(now)
    found = book.all(SPELLS_BETWEEN, first=today - _ONE_DAY, last=today + _ONE_DAY * (days + 1))
    ends = today + _ONE_DAY * days
    return [
        (spell, person)
        for spell, person in found
        if spell.until_at > now and desk.work_day(spell.from_at) <= ends
    ]


def _spells(desk: Desk, book: Book) -> list[Overtime]:
    return [spell for spell, _person in listed(desk, book)]


def unlisted(desk: Desk, book: Book) -> list[Unlisted]:
    """Return who is in after hours or on a day off, and on no approved list.

    Neither guards are asked nor who works by the roster: that is no overtime.

    In working hours the book is not read: the open list asks all day long.
    """
    now = desk.clock()
    today = desk.work_day(now)
    if not rules.after_hours(now, desk.calendar.end(today), desk.rules):
        return []
    inside = [(here, person) for here, person in book.all(INSIDE, day=today)]
    if not inside:
        return []
    spells, on_shift = _spells(desk, book), at_work(desk, book, today)
    return [
        Unlisted(person, here.since)
        for here, person in inside
        if person.id not in on_shift
        and rules.concerns_list(person)
        and not rules.covers(spells, person, now)
    ]
