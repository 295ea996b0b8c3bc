"""To whom visitors, calls and parcels go while somebody is away (clause 7): the stand-in in force.

An entry counts once the stand-in has accepted it himself, from its first moment until it ends.
Whoever is stood in for is away, so the way leads on along the chain to the one who is there.
"""

from datetime import datetime

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.absence import StandIn
from kiosk.desk.people import BY_ID, Person
from kiosk.desk.transaction import Book, Transaction

_IN_FORCE = (
    col(StandIn.ended_at).is_(None),
    col(StandIn.accepted_at).is_not(None),
    col(StandIn.from_at) <= bindparam("now"),
    or_(col(StandIn.until_at).is_(None), col(StandIn.until_at) > bindparam("now")),
)
_FOR = (
    select(StandIn, Person)
    .join(Person, col(Person.id) == col(StandIn.stand_in_id))
    .where(col(StandIn.absent_id) == bindparam("person"), *_IN_FORCE)
    .order_by(col(StandIn.from_at).desc())
)
_BY = (
    select(StandIn, Person)
    .join(Person, col(Person.id) == col(StandIn.absent_id))
    .where(col(StandIn.stand_in_id) == bindparam("person"), *_IN_FORCE)
    .order_by(col(Person.staff_no))
)
_OPEN_FOR = select(StandIn).where(
    col(StandIn.absent_id) == bindparam("person"), col(StandIn.ended_at).is_(None)
)


def chain_of(book: Book, person: Person, now: datetime) -> list[Person]:
    """Return who stands in for the person, and for that one in turn; the last one is there.

    ``now`` is aware. Empty where nobody stands in. One indexed query a step; a circle, which asking
    refuses, would end where it closes.
    """
    chain: list[Person] = []
    seen, at = {person.id}, person.id
    while True:
        found = book.one(_FOR, person=at, now=now)
        if found is None or found[1].id in seen or not found[1].active:
            return chain
        chain.append(found[1])
        at = found[1].id
        seen.add(at)


def stand_in_of(book: Book, person: Person, now: datetime) -> Person | None:
    """Return to whom visitors, calls and parcels of the person go now; None: to himself.

    ``now`` is aware.
    """
    chain = chain_of(book, person, now)
    return chain[-1] if chain else None


def stood_in_for(book: Book, person: Person, now: datetime) -> list[Person]:
    """Return for whom the person stands in now, himself or at the end of a chain.

    ``now`` is aware. One indexed query for who stands in for nobody. Who has a stand-in himself is
    away: nothing ends at him.
    """
    found: dict[str, Person] = {}
    ask = [person]
    while ask:
        for _entry, absent in book.all(_BY, person=ask.pop().id, now=now):
            if absent.id != person.id and absent.id not in found:
                found[absent.id] = absent
                ask.append(absent)
    if not found or book.one(_FOR, person=person.id, now=now) is not None:
        return []
    return list(found.values())


def may_take_for(book: Book, taker_id: str, absent_id: str, now: datetime) -> bool:
    """Say whether somebody stands in for the absent one now. ``now`` is aware."""
    absent = book.one(BY_ID, id=absent_id)
    stand_in = stand_in_of(book, absent, now) if absent is not None else None
    return stand_in is not None and stand_in.id == taker_id


def end_stand_ins(tx: Transaction, person_id: str, for_id: str) -> None:
    """End whoever stands in for a leave or an outing that is over (``for_id``), with its entry.

    It is called from the use case that ends the leave or the outing; records ``standin.ended``.
    """
    for one in tx.all(_OPEN_FOR, person=person_id):
        if one.for_id == for_id:
            end(tx, one)


def end(tx: Transaction, one: StandIn) -> None:
    """End one entry and record ``standin.ended``."""
    # A clock set back must not end it before it began.
    one.ended_at = max(tx.now, one.asked_at)
    tx.put(one)
    tx.record("standin.ended", number=one.number)
