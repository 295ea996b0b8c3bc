"""What is said about a tap afterwards: that it is void, or that its PIN was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.here import CLOSED_DAY
from kiosk.attendance.honest import rules
from kiosk.attendance.honest.models import (
    CLOCK_DOUBTS,
    DOUBTS_BETWEEN,
    DOUBTS_OF,
    PROOF_OF,
    VOID_OF,
)
from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.models import (
    TAP,
    TAPS_OF_BETWEEN,
    Tap,
    TapVoid,
    VoidReason,
)
from kiosk.attendance.outing.at_tap import outing_at_void
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, person_by_staff_no
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction

_LOOKED_BACK = timedelta(days=40)
"""A tap longer ago says nothing about where a person is."""


@dataclass(frozen=True, slots=True)
class Voided:
    """A tap that was declared void; ``now`` is where the person is by the taps left, None: none."""

    tap: Tap
    person: Person
    reason: VoidReason
    now: Whereabouts | None


def void(desk: Desk, by: str, tap_id: str, reason: VoidReason, carrier: str = "") -> Voided:
    """Declare a tap void in the name of ``by`` (staff number); the raw tap stays (clauses 22, 130).

    ``carrier`` is the staff number of who tapped another's badge, "" where nobody knows. Presence
    goes back to what the tap before made it. Raises ``Refused``: ``tap.voided_already``,
    ``tap.books_closed``, ``tap.own_carrier``, ``person.unknown``.
    """
    with desk.write(by=by) as tx:
        found = tx.one(TAP, id=tap_id)
        if found is None:
            raise LookupError(f"no tap {tap_id}")
        made, person = found
        _refuse_void(tx, made, person)
        carried_by = person_by_staff_no(tx, carrier) if carrier else None
        if carried_by is not None and carried_by.id == person.id:
            raise Refused("tap.own_carrier", field="carrier", name=person.name)
        tx.put(
            TapVoid(
                id=made.id,
                tap_id=made.id, day=made.day, at=tx.now, by=by, reason=reason,
                hand_id=carried_by.id if carried_by else None,
            )
        )  # fmt: skip
        now = _back(desk, tx, made, person)
        facts = {"person": person.staff_no, "tap": made.id, "reason": reason.value}
        tx.record("tap.voided", **facts, **({"carried_by": carrier} if carried_by else {}))
    return Voided(made, person, reason, now)


def _refuse_void(tx: Transaction, made: Tap, person: Person) -> None:
    if tx.one(VOID_OF, tap=made.id) is not None:
        raise Refused("tap.voided_already", name=person.name)
    if tx.one(CLOSED_DAY, day=made.day) is not None:
        raise Refused("tap.books_closed", day=made.day)


def _back(desk: Desk, tx: Transaction, made: Tap, person: Person) -> Whereabouts | None:
    """Put presence back to the newest tap that counts; a later tap than the void one stands.

    The outing that the tap had ended, or begun before its time, is as it was too.
    """
    here = tx.one(PRESENCE, person=person.id)
    if here is None or here.tapped_at != made.at:
        return here.state if here else None
    before, after = _others(desk, tx, made, person)
    no_earlier = [one for one in after if one.at == made.at]
    newest = _last_that_counts(tx, [*before, *no_earlier], [*before, *after])
    if newest is not None and newest[0] in no_earlier:
        return here.state
    outing_at_void(tx, person, made.at, here.state)
    if newest is None:
        tx.drop(here)
        return None
    tap, here.state = newest
    here.day, here.since, here.tapped_at = tap.day, tap.at, tap.at
    tx.put(here)
    return here.state


def _others(desk: Desk, book: Book, made: Tap, person: Person) -> tuple[list[Tap], list[Tap]]:
    """Return the person's taps that were written before a tap, and those after it."""
    days = [made.day, *_days_before_doubt(desk, book, made)]
    between = {"first": min(days) - _LOOKED_BACK, "last": max(days)}
    doubted = {one.tap_id for one in book.all(DOUBTS_BETWEEN, **between) if one.why in CLOCK_DOUBTS}
    found = book.all(TAPS_OF_BETWEEN, person=person.id, **between)
    taps = in_order_written(found, doubted)
    place = [one.id for one in taps].index(made.id)
    return taps[:place], taps[place + 1 :]


def _last_that_counts(
    book: Book, taps: Sequence[Tap], everything: Sequence[Tap]
) -> tuple[Tap, Whereabouts] | None:
    """Return the last of the taps that counts, and how: corrections are among ``everything``."""
    corrected = {tap.corrects: tap.kind for tap in everything if tap.corrects}
    for tap in reversed(taps):
        if not tap.corrects and book.one(VOID_OF, tap=tap.id) is None:
            return tap, corrected.get(tap.id, tap.kind)
    return None


def _days_before_doubt(desk: Desk, book: Book, made: Tap) -> list[date]:
    """Return the day that was before the clock jumped: the tap before is near that one."""
    newest = [one.newest_at for one in book.all(DOUBTS_OF, tap=made.id)]
    return [desk.work_day(at) for at in newest if at is not None]


def prove(desk: Desk, tap_id: str, proof: Proof) -> None:
    """Note that the person of a tap gave the PIN that was asked for (clause 22).

    Raises ``Refused``: ``tap.another_proved``, ``tap.proof_too_late``. A tap proved already stays
    as it is: nothing is written twice.
    """
    with desk.write(by=proof.person.staff_no) as tx:
        found, asked = tx.one(TAP, id=tap_id), tx.one(PROOF_OF, tap=tap_id)
        if found is None or asked is None:
            raise LookupError(f"tap {tap_id} was asked for no PIN")
        if found[1].id != proof.person.id:
            raise Refused("tap.another_proved", name=found[1].name)
        if asked.proved_at is not None:
            return
        if not rules.proof_in_time(asked.asked_at, tx.now, desk.rules):
            raise Refused("tap.proof_too_late", name=found[1].name)
        asked.proved_at = tx.now
        tx.put(asked)
        tx.record("tap.proved", person=proof.person.staff_no, tap=tap_id)
