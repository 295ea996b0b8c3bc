"""Prove who you are: badge and PIN, or staff number and PIN marked 无卡; and two people signing.

A card number is a name and no secret, so a signature always needs the PIN as well. Wrong PINs are
counted in the book: the wait survives a restart (5 wrong, then 30 s, doubling to 15 min).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk import secrets
from kiosk.desk.columns import moment, whole
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, bearer_of, person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Merge, Row, Stored
from kiosk.desk.transaction import Book, Transaction


class Means(StrEnum):
    """How somebody proved who they are."""

    BADGE = "badge"
    NO_BADGE = "no_badge"  # staff number + PIN, 无卡


class Pin(Row, table=True):
    """A person's PIN as a peppered Argon2id hash, and how often it was given wrongly."""

    __tablename__ = "pin"
    merged = Merge.NEWEST

    person_id: str = Field(foreign_key="person.id")
    hash: str
    wrong: int = whole()
    wait_until: datetime | None = moment(optional=True)

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return 1 for a PIN given rightly since: wrong tries at another desk hold nobody up."""
        return int(stored["wrong"] == 0)


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody proved at ``at`` (UTC), by ``means``, that they are ``person``."""

    person: Person
    means: Means
    at: datetime


_PIN = select(Pin).where(col(Pin.id) == bindparam("person"))


def set_pin(tx: Transaction, site_key: secrets.SiteKey, person: Person, pin: str) -> None:
    """Give the person a new PIN. Raises ``Refused`` for one that is too short or too easy."""
    secrets.check_new_pin(pin)
    row = tx.one(_PIN, person=person.id) or Pin(id=person.id, person_id=person.id, hash="", wrong=0)
    row.hash, row.wrong, row.wait_until = secrets.hash_pin(pin, site_key.pepper), 0, None
    tx.put(row)
    tx.record("pin.set", person=person.staff_no)


def set_same_pin(
    tx: Transaction, site_key: secrets.SiteKey, people: list[Person], pin: str
) -> None:
    """Give several people the same first PIN with one hash, for a site that is made in one go."""
    secrets.check_new_pin(pin)
    hashed = secrets.hash_pin(pin, site_key.pepper)
    for person in people:
        tx.put(Pin(id=person.id, person_id=person.id, hash=hashed, wrong=0))
        tx.record("pin.set", person=person.staff_no)


def prove_by_badge(desk: Desk, uid: str, pin: str) -> Proof:
    """Check a card and its bearer's PIN.

    Raises ``Refused``: those of ``bearer_of``, ``pin.not_set``, ``pin.wrong`` (with ``left``),
    ``pin.wait`` (with ``seconds``).
    """
    with desk.read() as book:
        _, person = bearer_of(book, uid)
    return _prove(desk, person, pin, Means.BADGE)


def prove_by_staff_no(desk: Desk, staff_no: str, pin: str) -> Proof:
    """Check a staff number and PIN where the badge is forgotten or the reader dead."""
    with desk.read() as book:
        person = person_by_staff_no(book, staff_no)
    return _prove(desk, person, pin, Means.NO_BADGE)


def _prove(desk: Desk, person: Person, pin: str, means: Means) -> Proof:
    with desk.read() as book:
        row = book.one(_PIN, person=person.id)
    if row is None:
        raise Refused("pin.not_set", name=person.name)
    _refuse_while_waiting(row, desk.clock(), desk.rules.pin_longest_wait_s)
    # Argon2id takes 0.1 s on purpose: outside the transaction, so that no tap waits for it.
    if secrets.verify_pin(pin, row.hash, desk.site_key.pepper):
        _forget_wrong(desk, row, person)
        return Proof(person, means, desk.clock())
    raise _count_wrong(desk, person)


def _refuse_while_waiting(row: Pin, now: datetime, longest_s: int) -> None:
    if row.wait_until is None:
        return
    left = (row.wait_until - now).total_seconds()
    # More than the longest wait is left only when the computer's clock was set back: nobody is kept
    # from handover or home by that.
    if 0 < left <= longest_s:
        raise Refused("pin.wait", seconds=ceil(left))


def _forget_wrong(desk: Desk, row: Pin, person: Person) -> None:
    if not row.wrong:
        return
    with desk.write(by=person.staff_no) as tx:
        fresh = _pin(tx, person)
        fresh.wrong, fresh.wait_until = 0, None
        tx.put(fresh)
        tx.record("pin.right_again", person=person.staff_no)


def _count_wrong(desk: Desk, person: Person) -> Refused:
    tries = desk.rules.pin_tries
    with desk.write() as tx:  # whoever typed it has not proved to be this person
        row = _pin(tx, person)
        row.wrong += 1
        wait = secrets.pin_wait(row.wrong, desk.rules)
        row.wait_until = tx.now + timedelta(seconds=wait) if wait else None
        tx.put(row)
        tx.record("pin.wrong", person=person.staff_no, wrong=row.wrong, wait_s=wait)
    if wait:
        return Refused("pin.wait", seconds=wait)
    return Refused("pin.wrong", left=tries - row.wrong)


def _pin(book: Book, person: Person) -> Pin:
    row = book.one(_PIN, person=person.id)
    if row is None:
        raise LookupError(f"no PIN for {person.staff_no}")
    return row


def check_two_people(desk: Desk, outgoing: Proof, incoming: Proof) -> None:
    """Two different people, both present at this device within the signature window.

    Raises ``Refused``: ``sign.same_person``, ``sign.too_late`` (with ``seconds``).
    """
    if outgoing.person.id == incoming.person.id:
        raise Refused("sign.same_person", name=incoming.person.name)
    window = timedelta(seconds=desk.rules.signature_window_s)
    if abs(desk.clock() - min(outgoing.at, incoming.at)) > window:
        raise Refused("sign.too_late", seconds=int(window.total_seconds()))
