"""A post is never uncovered (clauses 98, 150, 156): left only when the next person has taken it."""

from datetime import datetime, timedelta

from sqlalchemy import Index, bindparam, or_
from sqlmodel import Field, col, select

from kiosk.desk.columns import moment
from kiosk.desk.people import DESK_ROLES, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book, Transaction


class Duty(Row, table=True):
    """One person's time on a post; ``until`` is empty while it lasts.

    Who holds the post is asked at every tap, so its index finds that row alone.
    """

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_post_until", "post", "until"),)

    post: str
    person_id: str = Field(foreign_key="person.id")
    since: datetime = moment()
    until: datetime | None = moment(optional=True)


ON_DUTY = (
    select(Duty, Person)
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(col(Duty.post) == bindparam("post"), col(Duty.until).is_(None))
)


_WAS_ON_DUTY = (
    select(Duty, Person)
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(
        col(Duty.post) == bindparam("post"),
        col(Duty.since) <= bindparam("last"),
        or_(col(Duty.until).is_(None), col(Duty.until) > bindparam("first")),
    )
    .order_by(col(Duty.since), col(Duty.id))
)


def on_duty_at(book: Book, post: str, first: datetime, last: datetime) -> list[tuple[Duty, Person]]:
    """Return who held the post between two moments, in order: for one moment, give it twice.

    One query, whether the moment is now or years ago. Moments are aware.
    """
    return book.all(_WAS_ON_DUTY, post=post, first=first, last=last)


def on_duty(book: Book, post: str) -> tuple[Duty, Person] | None:
    """Return who holds the post now."""
    return book.one(ON_DUTY, post=post)


LAST_ENDED = (
    select(Duty)
    .where(col(Duty.post) == bindparam("post"), col(Duty.until).is_not(None))
    .order_by(col(Duty.until).desc())
    .limit(1)
)
TAKEN_AFTER = (
    select(Duty)
    .where(col(Duty.post) == bindparam("post"), col(Duty.since) >= bindparam("after"))
    .order_by(col(Duty.since))
    .limit(1)
)


def taken_after(book: Book, post: str, after: datetime) -> datetime | None:
    """Return when the post was first taken at or after a moment (UTC); None: it still is empty."""
    duty = book.one(TAKEN_AFTER, post=post, after=after)
    return duty.since if duty is not None else None


def take(tx: Transaction, post: str, person: Person) -> Duty:
    """Put ``person`` on an empty post and record ``post.taken`` in their own name.

    Where nobody kept it before, ``post.empty`` says for how many minutes.
    Raises ``Refused``: ``post.held`` while somebody is on it, ``post.not_a_guard`` for a person
    whose role keeps no desk.
    """
    if person.role not in DESK_ROLES:
        raise Refused("post.not_a_guard", name=person.name)
    held = on_duty(tx, post)
    if held is not None:
        raise Refused("post.held", name=held[1].name)
    before = tx.one(LAST_ENDED, post=post)
    duty = tx.put(Duty(post=post, person_id=person.id, since=tx.now))
    tx.record("post.taken", by=person.staff_no, post=post, person=person.staff_no)
    if before is not None and before.until is not None and before.until < tx.now:
        minutes = (tx.now - before.until) // timedelta(minutes=1)
        tx.record("post.empty", by=person.staff_no, post=post, minutes=minutes)
    return duty


def relieve(tx: Transaction, post: str, outgoing: Person, incoming: Person) -> Duty:
    """Move the post from one person to the next in one step, so no moment is uncovered.

    Records ``post.left`` and ``post.taken``. Raises ``Refused`` with ``post.not_holder`` when
    ``outgoing`` does not hold it, ``sign.same_person`` when both are one.
    """
    if outgoing.id == incoming.id:
        raise Refused("sign.same_person", name=incoming.name)
    leave(tx, post, outgoing)
    tx.record("post.left", by=outgoing.staff_no, post=post, person=outgoing.staff_no)
    return take(tx, post, incoming)


def leave(tx: Transaction, post: str, person: Person) -> Duty:
    """Take ``person`` off the post with nobody after; the caller records whose word that is.

    Raises ``Refused("post.not_holder")`` when they do not hold it.
    """
    held = on_duty(tx, post)
    if held is None or held[1].id != person.id:
        raise Refused("post.not_holder", name=person.name)
    duty = held[0]
    duty.until = tx.now
    return tx.put(duty)


_VISITING_ROLES = frozenset({Role.CLERK, Role.ADMINISTRATOR})


def open_desk(
    tx: Transaction, post: str, person: Person, means: str, *, stands_in: bool = False
) -> None:
    """Let ``person`` work at the desk: take the empty post, or come back to one's own.

    ``means`` is how they proved who they are (``signing.Means``).

    A clerk or administrator may work at a desk that a guard holds, and so may who ``stands_in`` for
    the guard while he is away; the post stays the guard's.
    Raises ``Refused`` with ``post.held`` or ``post.not_a_guard``.
    """
    held = on_duty(tx, post)
    if held is None:
        take(tx, post, person)
    elif held[1].id != person.id and person.role not in _VISITING_ROLES and not stands_in:
        raise Refused("post.held", name=held[1].name)
    tx.record("desk.opened", by=person.staff_no, post=post, person=person.staff_no, means=means)


def lock_desk(tx: Transaction, post: str, why: str) -> None:
    """Record that the desk locked: ``why`` is ``idle``, ``asked`` or ``away``."""
    tx.record("desk.locked", post=post, why=why)
