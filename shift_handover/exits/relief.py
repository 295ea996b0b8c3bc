"""The relief at the post: when it is due, who is there beside the holder, how late it came.

Two people may be on the post at once (clause 150); responsible is who holds it, and nobody else.
"""

from datetime import timedelta

from kiosk.desk import posts
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.posts import Duty
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from shift_handover.exits.models import BESIDE, LAST_WORD, Alongside, LeaderWord, WordFor
from shift_handover.exits.rules import Turn, turn_of
from shift_handover.records import RELIEF_LATE, RELIEF_NONE
from shift_handover.rules import check_incoming

_DUE = N_("The relief of {name} was due at {time}")
_CALL = N_("Call the relief; if nobody comes, tell the duty leader (F3, 3, X)")
_STAYS = N_("No relief: {name} stays, told {leader}")
_ASK = N_("Stay on the post; ask {leader} again")


def turn(desk: Desk, duty: Duty) -> Turn | None:
    """Return the shift that belongs to a time on the post; None where the site names none."""
    early = timedelta(minutes=desk.rules.relief_early_min)
    return turn_of(desk.settings.shifts, desk.local(duty.since), early)


def beside(book: Book, post: str) -> list[tuple[Alongside, Person]]:
    """Return who is on the post beside its holder, first come first."""
    return book.all(BESIDE, post=post)


def come(desk: Desk, staff_no: str) -> Alongside:
    """Record that somebody has come to relieve; the holder stays responsible (clause 150).

    Records ``handover.relief_came`` with the minutes late. Raises ``Refused``:
    ``handover.nobody_on_post``, ``handover.hands_over``, ``post.not_a_guard``,
    ``handover.beside_already``.
    """
    with desk.write(by=staff_no) as tx:
        duty, holder = _held(tx, desk.gate)
        person = person_by_staff_no(tx, staff_no)
        check_incoming(person, holder.id)
        if _row(tx, person) is not None:
            raise Refused("handover.beside_already", name=person.name)
        return _arrive(tx, desk, duty, person)


def go(desk: Desk, staff_no: str) -> None:
    """Record that who was beside the holder goes again; raises ``Refused`` when nobody was.

    Records ``handover.relief_left``. The code is ``handover.not_beside``.
    """
    with desk.write(by=staff_no) as tx:
        person = person_by_staff_no(tx, staff_no)
        row = _row(tx, person)
        if row is None:
            raise Refused("handover.not_beside", name=person.name)
        row.left_at = tx.now
        tx.put(row)
        tx.record("handover.relief_left", person=staff_no)


def previewed(desk: Desk, staff_no: str) -> None:
    """Record that the incoming read what is open, on his own and before the freeze.

    Records ``handover.previewed``. Raises ``Refused``: ``handover.nobody_on_post``,
    ``handover.hands_over``, ``post.not_a_guard``.
    """
    with desk.write(by=staff_no) as tx:
        _duty, holder = _held(tx, desk.gate)
        check_incoming(person_by_staff_no(tx, staff_no), holder.id)
        tx.record("handover.previewed", person=staff_no)


def takes_post(tx: Transaction, desk: Desk, person: Person) -> None:
    """End everybody's time beside the holder, whom ``person`` is about to relieve.

    Where the site has shifts, who never said that he came is recorded as come now, so that every
    relief has its minutes. To be called before the post moves.
    """
    if _row(tx, person) is None and desk.settings.shifts:
        _arrive(tx, desk, _held(tx, desk.gate)[0], person)
    all_leave(tx, desk.gate)


def all_leave(tx: Transaction, post: str) -> None:
    """End the time of everybody beside the holder: what they came for is over.

    Who stays beside the next holder says so again; nobody silences the alarm of a later shift.
    """
    for row, _person in beside(tx, post):
        row.left_at = tx.now
        tx.put(row)


def _arrive(tx: Transaction, desk: Desk, duty: Duty, person: Person) -> Alongside:
    shift = turn(desk, duty)
    late = shift.late_min(tx.now) if shift else 0
    row = tx.put(
        Alongside(
            post=desk.gate, person_id=person.id, came_at=tx.now,
            due_at=shift.ends if shift else None, late_min=late,
        )
    )  # fmt: skip
    tx.record("handover.relief_came", by=person.staff_no, person=person.staff_no, late_min=late)
    return row


def _row(tx: Transaction, person: Person) -> Alongside | None:
    return next((row for row, who in beside(tx, tx.gate) if who.id == person.id), None)


def _held(book: Book, post: str) -> tuple[Duty, Person]:
    held = posts.on_duty(book, post)
    if held is None:
        raise Refused("handover.nobody_on_post")
    return held


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return that no relief has come: from its due time amber, past the tolerance red.

    A leader's word that nobody comes stays open until the post is relieved. While a relief is
    beside the holder nothing is open.
    """
    held = posts.on_duty(book, desk.gate)
    if held is None or beside(book, desk.gate):
        return []
    duty, holder = held
    word = book.one(LAST_WORD, post=desk.gate, since=duty.since)
    stays = word is not None and word.word_for is WordFor.UNRELIEVED
    if word is not None and stays and word.person_id == holder.id:
        return [_unrelieved(book, word, holder)]
    shift, now = turn(desk, duty), desk.clock()
    return [_late(desk, duty, holder, shift)] if shift and now >= shift.ends else []


def _late(desk: Desk, duty: Duty, holder: Person, shift: Turn) -> OpenThing:
    facts = {"name": holder.name, "time": desk.local(shift.ends).strftime("%H:%M")}
    urgency = Urgency.NOW if shift.is_late(desk.clock()) else Urgency.WAITING
    return OpenThing(
        RELIEF_LATE, duty.id, "", urgency, Wording(_DUE, facts), shift.ends,
        owner=holder.staff_no, next_step=Wording(_CALL),
    )  # fmt: skip


def _unrelieved(book: Book, word: LeaderWord, holder: Person) -> OpenThing:
    facts = {"name": holder.name, "leader": book.read_sealed(word.leader)}
    return OpenThing(
        RELIEF_NONE, word.id, word.number, Urgency.WAITING, Wording(_STAYS, facts), word.at,
        owner=holder.staff_no, next_step=Wording(_ASK, facts),
    )  # fmt: skip
