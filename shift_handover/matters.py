"""Entrusted matters (clause 149): written down when they are said, closed when they are done."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from shift_handover.models import MATTER, OPEN_MATTERS, Ending, GiverKind, Matter
from shift_handover.rules import matter_urgency

_LONG = 80


@dataclass(frozen=True, slots=True)
class Entrusting:
    """What somebody asks of the gatehouse. ``due`` is aware; None: no time was named."""

    giver_kind: GiverKind
    giver: str
    receiver: str
    what: str
    left_here: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatterShown:
    """An entrusted matter with its words opened, for the screen."""

    id: str
    number: str
    giver_kind: GiverKind
    giver: str
    receiver: str
    what: str
    left_here: str
    due: datetime | None
    entrusted_at: datetime


def checked(said: Entrusting, now: datetime) -> Entrusting:
    """Return what was said, cleaned.

    Raises ``Refused`` with the ``field``: ``matter.incomplete`` for a missing giver, receiver or
    matter, ``matter.due_past`` for a time that is over.
    """
    words = {
        name: clean(getattr(said, name), _LONG)
        for name in ("giver", "receiver", "what", "left_here")
    }
    for name in ("giver", "receiver", "what"):
        if not words[name]:
            raise Refused("matter.incomplete", field=name)
    if said.due is not None and said.due <= now:
        raise Refused("matter.due_past", field="due")
    return Entrusting(said.giver_kind, **words, due=said.due)


def entrust(desk: Desk, by: str, said: Entrusting) -> str:
    """Write an entrusted matter down after it was read back; return its number, such as ``M3``.

    Raises ``Refused`` like :func:`checked`.
    """
    with desk.write(by=by) as tx:
        fine = checked(said, tx.now)
        subject = tx.new_subject()
        matter = tx.put(
            Matter(
                number=f"M{next_number(tx, 'matter')}",
                post=desk.gate,
                giver_kind=fine.giver_kind,
                subject=subject,
                giver=tx.seal(subject, fine.giver),
                receiver=tx.seal(subject, fine.receiver),
                what=tx.seal(subject, fine.what),
                left_here=tx.seal(subject, fine.left_here),
                due=fine.due,
                entrusted_at=tx.now,
            )
        )
        tx.record("matter.entrusted", number=matter.number, giver=fine.giver_kind)
        return matter.number


def close(
    desk: Desk, by: str, matter_id: str, ending: Ending, to: str, receiver: Person | None = None
) -> None:
    """Close a matter: who was told, or to whom it was handed; ``receiver`` tapped for it.

    Raises ``Refused``: ``matter.to_whom``, ``matter.closed``.
    """
    with desk.write(by=by) as tx:
        matter = _open(tx, matter_id)
        handed_to = clean(receiver.name if receiver else to, _LONG)
        if not handed_to:
            raise Refused("matter.to_whom", field="to")
        matter.closed_at, matter.ending = tx.now, ending
        matter.handed_to = tx.seal(matter.subject, handed_to)
        matter.receiver_id = receiver.id if receiver else None
        tx.put(matter)
        tapped = {"receiver": receiver.staff_no} if receiver else {}
        tx.record("matter.closed", number=matter.number, ending=ending, **tapped)


def _open(tx: Transaction, matter_id: str) -> Matter:
    matter = tx.one(MATTER, id=matter_id)
    if matter is None:
        raise LookupError(f"no matter {matter_id}")
    if matter.closed_at is not None:
        raise Refused("matter.closed", number=matter.number)
    return matter


def matter_by_id(book: Book, matter_id: str) -> MatterShown:
    """Return one matter with its words; a missing one is a bug (``LookupError``)."""
    matter = book.one(MATTER, id=matter_id)
    if matter is None:
        raise LookupError(f"no matter {matter_id}")
    return _shown(book, matter)


def open_matters(book: Book, post: str = "") -> list[MatterShown]:
    """Return what a post was entrusted with and is not closed, oldest first; "" for every post."""
    return [_shown(book, one) for one in book.all(OPEN_MATTERS) if post in {"", one.post}]


def _shown(book: Book, matter: Matter) -> MatterShown:
    return MatterShown(
        matter.id, matter.number, matter.giver_kind, book.read_sealed(matter.giver),
        book.read_sealed(matter.receiver), book.read_sealed(matter.what),
        book.read_sealed(matter.left_here), matter.due, matter.entrusted_at,
    )  # fmt: skip


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open matter that this post was entrusted with as an open thing."""
    now = desk.clock()
    return [_thing(shown, now, desk) for shown in open_matters(book, desk.gate)]


def _thing(shown: MatterShown, now: datetime, desk: Desk) -> OpenThing:
    facts = {
        "number": shown.number, "giver_kind": shown.giver_kind.value, "giver": shown.giver,
        "receiver": shown.receiver, "what": shown.what, "due": shown.due,
    }  # fmt: skip
    words = {"giver": shown.giver, "what": shown.what}
    return OpenThing(
        kind="matter", ref=shown.id, number=shown.number,
        urgency=matter_urgency(shown.due, now, desk.rules),
        what=Wording(N_("{giver} asks: {what}"), words),
        since=shown.entrusted_at, due=shown.due, owner=shown.receiver,
        next_step=_next_step(shown), facts=facts,
    )  # fmt: skip


def _next_step(shown: MatterShown) -> Wording:
    if not shown.left_here:
        return Wording(N_("Tell {receiver}"), {"receiver": shown.receiver})
    facts = {"thing": shown.left_here, "receiver": shown.receiver}
    return Wording(N_("Hand {thing} to {receiver}"), facts)
