"""Keys go out in the borrower's name and come back; a thing has one holder, the last who signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import badges, posts
from kiosk.desk.bearer import ClosedCard, StaffCard, ThingTag, whose
from kiosk.desk.desk import Desk
from kiosk.desk.journal import SYSTEM
from kiosk.desk.loans import OPEN_LOAN_OF, THING, Loan, Thing, ThingKind
from kiosk.desk.numbers import next_number
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT, clean
from kiosk.desk.signing import Means
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import rules

LONGEST_LABEL = 24
_BY_LABEL = select(Thing).where(col(Thing.label) == bindparam("label"))


@dataclass(frozen=True, slots=True)
class Handed:
    """A key that went out or came back. ``number`` is the loan's; the moments are UTC."""

    label: str
    number: str
    holder: str
    out_at: datetime
    due_at: datetime
    returned_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Say whether it came back after it was due."""
        return self.returned_at is not None and self.returned_at > self.due_at


def lend(
    desk: Desk, thing_id: str, borrower: Person, by: str, means: Means = Means.BADGE
) -> Handed:
    """Hand a key out to ``borrower``; ``by`` is who works at the desk, ``means`` the borrower's.

    Raises ``Refused``: ``keys.out_already`` (with ``holder``), ``keys.gone`` for a thing that
    is not lent any more.
    """
    with desk.write(by=by) as tx:
        thing = _thing(tx, thing_id)
        _refuse_when_out(tx, thing)
        local = desk.local(tx.now)
        due_at = rules.due_at(local, desk.calendar.end(local.date()), desk.rules)
        number = f"K{next_number(tx, 'loan')}"
        loan = tx.put(
            Loan(
                number=number,
                thing_id=thing.id,
                holder_id=borrower.id,
                out_at=tx.now,
                due_at=due_at,
            )
        )
        tx.record(
            "loan.out", number=number, thing=thing.label, holder=borrower.staff_no,
            due_at=desk.local(due_at).isoformat(timespec="minutes"), means=means.value,
        )  # fmt: skip
    return Handed(thing.label, number, borrower.name, loan.out_at, due_at)


def give_back(desk: Desk, thing_id: str, by: str, how: str) -> Handed:
    """Take a key back; ``how`` is ``tag`` or, when the guard only saw it, ``by_hand``.

    Raises ``Refused``: ``keys.in_already``, ``keys.gone``.
    """
    with desk.write(by=by) as tx:
        thing = _thing(tx, thing_id)
        found = tx.one(OPEN_LOAN_OF, thing=thing.id)
        if found is None:
            raise Refused("keys.in_already", thing=thing.label)
        loan, holder = found
        loan.returned_at = tx.now
        tx.put(loan)
        tx.record(
            "loan.returned", number=loan.number, thing=thing.label, holder=holder.staff_no, how=how
        )
    return Handed(thing.label, loan.number, holder.name, loan.out_at, loan.due_at, tx.now)


def is_out(book: Book, thing_id: str) -> bool:
    """Say whether somebody has the thing."""
    return book.one(OPEN_LOAN_OF, thing=thing_id) is not None


def keeper(desk: Desk) -> str:
    """Return the staff number of who keeps the board while the desk is locked.

    It is who holds the post, or ``system`` while nobody does.
    """
    with desk.read() as book:
        held = posts.on_duty(book, desk.gate)
    return held[1].staff_no if held else SYSTEM


def add_thing(desk: Desk, by: str, tag: str, label: str, kind: ThingKind, place: str = "") -> Thing:
    """Put a new key on the board; ``tag`` is the unknown card on its ring, in upper-case hex.

    Raises ``Refused``: ``keys.no_label``, ``keys.label_taken``, ``keys.tag_taken``,
    ``badge.taken``, and those of ``badges.check_number``.
    """
    badges.check_number(tag)
    label, place = clean(label, LONGEST_LABEL), clean(place, LONGEST_LABEL)
    if not label or REPLACEMENT in label:
        raise Refused("keys.no_label")
    with desk.write(by=by) as tx:
        _refuse_known_tag(tx, tag)
        if tx.one(_BY_LABEL, label=label) is not None:
            raise Refused("keys.label_taken", label=label)
        thing = tx.put(Thing(label=label, kind=kind, tag=tag, place=place))
        tx.record("thing.added", thing=label, kind=kind.value, tag=tag)
    return thing


def _thing(tx: Transaction, thing_id: str) -> Thing:
    thing = tx.one(THING, id=thing_id)
    if thing is None or not thing.active:
        raise Refused("keys.gone")
    return thing


def _refuse_when_out(tx: Transaction, thing: Thing) -> None:
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None:
        raise Refused("keys.out_already", thing=thing.label, holder=found[1].name)


def _refuse_known_tag(tx: Transaction, tag: str) -> None:
    match whose(tx, tag):
        case ThingTag(thing=thing):
            raise Refused("keys.tag_taken", label=thing.label)
        case StaffCard(person=person) | ClosedCard(person=person):
            raise Refused("badge.taken", name=person.name, staff_no=person.staff_no)
