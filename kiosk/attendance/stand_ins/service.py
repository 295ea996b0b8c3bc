"""Asking somebody to stand in, his own yes or no, and the end: each function is one act."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.stand_ins import rules
from kiosk.desk.absence import Leave, Outing, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person, person_by_id, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.stand_in import end
from kiosk.desk.transaction import Book, Transaction

_WITH_ABSENT = select(StandIn, Person).join(Person, col(Person.id) == col(StandIn.absent_id))
_OPEN = _WITH_ABSENT.where(col(StandIn.ended_at).is_(None)).order_by(
    col(StandIn.from_at), col(StandIn.id)
)
_ENTRY = _WITH_ABSENT.where(col(StandIn.id) == bindparam("id"))
_OPEN_FOR = select(StandIn).where(
    col(StandIn.absent_id) == bindparam("person"), col(StandIn.ended_at).is_(None)
)
_OPEN_BY = select(StandIn).where(
    col(StandIn.stand_in_id) == bindparam("person"), col(StandIn.ended_at).is_(None)
)
_OVER = select(StandIn).where(
    col(StandIn.ended_at).is_(None), col(StandIn.until_at) <= bindparam("now")
)
_LEAVES_AHEAD = select(Leave).where(
    col(Leave.person_id) == bindparam("person"), col(Leave.closed_at).is_(None),
    col(Leave.last_day) >= bindparam("today"),
).order_by(col(Leave.first_day))  # fmt: skip
_OUTINGS = select(Outing).where(
    col(Outing.person_id) == bindparam("person"), col(Outing.ended_at).is_(None)
).order_by(col(Outing.started_at))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """What somebody stands in for: a leave or an outing (``for_id``), or a time by itself.

    Moments are aware; ``until`` None: until the outing or leave is over.
    """

    for_id: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class StandInShown:
    """One entry with its two people. Moments are UTC; ``is_in``: the stand-in is in the house."""

    id: str
    number: str
    absent: Person
    stand_in: Person
    since: datetime
    until: datetime | None
    accepted: bool
    is_in: bool


def behind(desk: Desk, book: Book, absent: Person) -> Behind | None:
    """Return the outing or leave that a stand-in is wanted for; None when there is none.

    A leave that is only asked for is among them: its last yes waits for the stand-in's. One that
    nobody stands in for yet comes first.
    """
    now = desk.clock()
    found = [
        Behind(one.id, one.started_at, None) for one in book.all(_OUTINGS, person=absent.id)[:1]
    ]
    for leave in book.all(_LEAVES_AHEAD, person=absent.id, today=desk.today()):
        first, after = rules.leave_span(desk, book, absent, leave)
        found.append(Behind(leave.id, max(first, now), after))
    named = {one.for_id for one in book.all(_OPEN_FOR, person=absent.id)}
    wanted = (one for one in found if one.for_id not in named)
    return next(wanted, found[0] if found else None)


def until_end_of(desk: Desk, day: date) -> Behind:
    """Return a time by itself: from now until the end of a day of the site."""
    ends = datetime.combine(day + timedelta(days=1), time(), desk.zone)
    return Behind("", desk.clock(), ends)


def ask(desk: Desk, by: str, absent_no: str, stand_in_no: str, what: Behind) -> str:
    """Write down whom the absent one names; return the id. It counts once that one accepts.

    Records ``standin.asked``. Raises ``Refused``: ``person.unknown``, those of ``rules.check``,
    ``standin.has_one``, ``standin.too_long``.
    """
    with desk.write(by=by) as tx:
        absent, person = person_by_staff_no(tx, absent_no), person_by_staff_no(tx, stand_in_no)
        since = max(what.since, tx.now)
        _check_length(desk, what, since)
        rules.check(desk, tx, absent, person, since, what.until)
        _refuse_second(tx, absent, since, what.until)
        one = tx.put(
            StandIn(
                number=f"DG{next_number(tx, 'stand_in')}", absent_id=absent.id,
                stand_in_id=person.id, for_id=what.for_id, from_at=since, until_at=what.until,
                asked_at=tx.now, asked_by=by,
            )
        )  # fmt: skip
        tx.record("standin.asked", number=one.number, absent=absent.staff_no,
                  stand_in=person.staff_no)  # fmt: skip
    return one.id


def _check_length(desk: Desk, what: Behind, since: datetime) -> None:
    longest = desk.rules.stand_in_longest_days
    if what.until is not None and what.until - since > timedelta(days=longest):
        raise Refused("standin.too_long", n=longest)


def _refuse_second(
    tx: Transaction, absent: Person, since: datetime, until: datetime | None
) -> None:
    for one in tx.all(_OPEN_FOR, person=absent.id):
        apart = one.until_at is not None and one.until_at <= since
        before = until is not None and until <= one.from_at
        if not apart and not before:
            raise Refused("standin.has_one", name=absent.name, number=one.number)


def accept(desk: Desk, proof: Proof, entry_id: str) -> str:
    """Take the stand-in's own yes, by badge and PIN; return the number.

    Whatever has changed since he was asked is looked at again. Records ``standin.accepted``.
    Raises ``Refused``: ``standin.over``, ``standin.not_yours``, those of ``rules.check``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        one, absent, person = _asked(tx, entry_id, proof.person)
        rules.check(desk, tx, absent, person, one.from_at, one.until_at)
        one.accepted_at, one.accepted_means = tx.now, proof.means
        tx.put(one)
        tx.record("standin.accepted", number=one.number, absent=absent.staff_no,
                  stand_in=person.staff_no, means=proof.means.value)  # fmt: skip
    return one.number


def decline(desk: Desk, proof: Proof, entry_id: str) -> str:
    """Take the no of who was asked; return the number. Records ``standin.declined``.

    Raises ``Refused``: ``standin.over``, ``standin.not_yours``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        one, absent, person = _asked(tx, entry_id, proof.person)
        one.ended_at = max(tx.now, one.asked_at)
        tx.put(one)
        tx.record("standin.declined", number=one.number, absent=absent.staff_no,
                  stand_in=person.staff_no)  # fmt: skip
    return one.number


def _asked(tx: Transaction, entry_id: str, signer: Person) -> tuple[StandIn, Person, Person]:
    one, absent, person = _open(tx, entry_id)
    if one.accepted_at is not None:
        raise Refused("standin.over", number=one.number)
    if signer.id != person.id:
        raise Refused("standin.not_yours", number=one.number, name=person.name)
    return one, absent, person


def revoke(desk: Desk, proof: Proof, entry_id: str) -> str:
    """End it before its time: either of the two signs; return the number.

    Records ``standin.ended``. Raises ``Refused``: ``standin.over``, ``standin.not_of_two``.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        one, absent, person = _open(tx, entry_id)
        if proof.person.id not in {absent.id, person.id}:
            raise Refused("standin.not_of_two", absent=absent.name, name=person.name)
        end(tx, one)
    return one.number


def _open(tx: Transaction, entry_id: str) -> tuple[StandIn, Person, Person]:
    found = tx.one(_ENTRY, id=entry_id)
    if found is None:
        raise LookupError(f"no stand-in {entry_id}")
    if found[0].ended_at is not None:
        raise Refused("standin.over", number=found[0].number)
    return *found, person_by_id(tx, found[0].stand_in_id)


def lapse(desk: Desk) -> int:
    """End what was agreed until a moment that has passed; return how many (``standin.ended``)."""
    now = desk.clock()
    with desk.read() as book:
        if not any(map(desk.wrote, book.all(_OVER, now=now))):
            return 0
    with desk.write() as tx:
        over = [one for one in tx.all(_OVER, now=now) if desk.wrote(one)]
        for one in over:
            end(tx, one)
    return len(over)


def end_for_leaver(tx: Transaction, person: Person) -> None:
    """End what concerns who leaves the house for good, whichever of the two he is (clause 76)."""
    concerned = {one.id: one for one in tx.all(_OPEN_FOR, person=person.id)}
    concerned |= {one.id: one for one in tx.all(_OPEN_BY, person=person.id)}
    for one in concerned.values():
        end(tx, one)


def open_entries(book: Book) -> list[tuple[StandIn, Person, Person]]:
    """Return every entry that counts or waits for a yes, with the absent one and the stand-in."""
    return [(one, absent, person_by_id(book, one.stand_in_id)) for one, absent in book.all(_OPEN)]


def open_stand_ins(desk: Desk, book: Book) -> list[StandInShown]:
    """Return every entry that counts or waits for a yes, the earliest first."""
    return [
        StandInShown(
            one.id, one.number, absent, person, one.from_at, one.until_at,
            one.accepted_at is not None, rules.is_in(desk, book, person),
        )
        for one, absent, person in open_entries(book)
    ]  # fmt: skip
