"""The marks of a roll call as they are written: each desk on rows of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.desk.desk import Desk
from kiosk.desk.inside import Inside
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Erased, Transaction
from kiosk.roll_call.models import (
    MARK_HERE,
    MARK_OF,
    MARKS_OF,
    ROLLS_BESIDE,
    SAID_OF_TYPED,
    Mark,
    RollCall,
    RollMark,
)
from kiosk.roll_call.rules import together
from kiosk.roll_call.words import Said, opened, said_of

_OPEN_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a scan, a tap or a key did: ``again`` says that it had been so before."""

    name: str
    people: int
    added: bool = False
    again: bool = False


def marks_of(desk: Desk, book: Book, roll: RollCall) -> list[RollMark]:
    """Return one mark for each party of a roll call, what was said of it last.

    Two desks that could not hear each other may both have begun one: who was found by either is
    found, and who stands on one list alone is looked for by both.
    """
    rows = book.all(MARKS_OF, roll=roll.id)
    if desk.settings.hub.alone:
        return together(rows)
    end = roll.ended_at or _OPEN_END
    beside = book.all(ROLLS_BESIDE, id=roll.id, kind=roll.kind, began=roll.began_at, end=end)
    for other in beside:
        rows += book.all(MARKS_OF, roll=other.id)
    return together(rows)


def put_on_list(tx: Transaction, desk: Desk, roll: RollCall, one: Inside) -> RollMark:
    """Put somebody on the list, not marked yet."""
    return tx.put(
        RollMark(
            roll_id=roll.id, gate=desk.gate, sort=one.sort, ref=one.ref,
            words=_sealed(tx, roll, one, said_of(one)), people=one.people, certain=one.certain,
        )
    )  # fmt: skip


def _sealed(tx: Transaction, roll: RollCall, one: Inside, said: Said) -> str:
    """Seal under whom the words are about; where that key is gone nobody must miss on the list."""
    try:
        return tx.seal(one.subject or roll.subject, said.to_json())
    except (Erased, Refused):
        return tx.seal(roll.subject, said.to_json())


def found(tx: Transaction, desk: Desk, roll: RollCall, one: Inside, how: str) -> Marked:
    """Mark somebody as found, listed or not; ``how`` is a code: badge, card, scan or hand."""
    listed = tx.one(MARK_OF, roll=roll.id, ref=one.ref)
    if listed is not None:
        return say(tx, desk, roll, listed, Mark.FOUND, how, None)
    return add_found(tx, desk, roll, one, how)


def add_found(tx: Transaction, desk: Desk, roll: RollCall, one: Inside, how: str) -> Marked:
    """Put somebody on the list who is here and stood on none, found."""
    listed = put_on_list(tx, desk, roll, one)
    listed.added = True
    return say(tx, desk, roll, listed, Mark.FOUND, how, None)


def say(
    tx: Transaction, desk: Desk, roll: RollCall, listed: RollMark, state: Mark, how: str,
    here: int | None,
) -> Marked:  # fmt: skip
    """Say what became of a party; of a group ``here`` may be fewer than all, None is all."""
    here = (listed.people if here is None else here) if state is Mark.FOUND else 0
    name, many = opened(tx, listed.words).name, here or listed.people
    said = said_last(tx, roll, listed)
    if (said.state, said.here) == (state, here):
        return Marked(name, many, added=said.added, again=True)
    one = row_here(tx, desk, listed)
    one.state, one.here, one.marked_at = state, here, tx.now
    tx.put(one)
    tx.record(
        "rollcall.marked", number=roll.number, ref=one.ref or one.id, state=state.value,
        people=many, how=how, added=one.added,
    )  # fmt: skip
    return Marked(name, many, added=one.added)


def said_last(tx: Transaction, roll: RollCall, listed: RollMark) -> RollMark:
    """Return what any desk said of the party last."""
    if listed.ref:
        said = tx.all(MARK_OF, roll=roll.id, ref=listed.ref)
    else:
        said = tx.all(SAID_OF_TYPED, roll=roll.id, of=listed.of or listed.id)
    return next(iter(together(said)), listed)


def row_here(tx: Transaction, desk: Desk, listed: RollMark) -> RollMark:
    """Return the row on which this desk marks the party: never one that another desk wrote."""
    if listed.gate == desk.gate:
        return listed
    of = listed.of or listed.id
    known = tx.one(MARK_HERE, roll=listed.roll_id, of=of, gate=desk.gate)
    return known or RollMark(
        roll_id=listed.roll_id, gate=desk.gate, of=of, sort=listed.sort, ref=listed.ref,
        words=listed.words, people=listed.people, certain=listed.certain, added=listed.added,
    )  # fmt: skip
