"""What a tap means to an outing: out of the house begins it, into the house ends it (clause 26).

It stands apart from the use cases because every tap of the house calls it.
"""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.outing.rules import takes_tap
from kiosk.desk.absence import OPEN_OUTINGS_OF, Outing, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.stand_in import end_stand_ins
from kiosk.desk.transaction import Transaction

_ENDED_AT = select(Outing).where(
    col(Outing.person_id) == bindparam("person"),
    col(Outing.ended_at) == bindparam("at"),
    col(Outing.cancelled_at).is_(None),
)
_STAND_INS_ENDED_AT = select(StandIn).where(
    col(StandIn.absent_id) == bindparam("person"), col(StandIn.ended_at) == bindparam("at")
)


def outing_at_tap(desk: Desk, tx: Transaction, person: Person, kind: Whereabouts) -> Outing | None:
    """Return the outing that a tap belongs to, None for none: one indexed query.

    A tap in ends it, with ``outing.ended`` and the end of its stand-ins; a tap out a little before
    its planned start moves the start. It is called before the tap itself is put and recorded.
    """
    outing = next(
        (one for one in tx.all(OPEN_OUTINGS_OF, person=person.id)
         if takes_tap(one, tx.now, desk.rules)), None,
    )  # fmt: skip
    if outing is None:
        return None
    if kind is Whereabouts.OUT:
        _begin_early(tx, outing)
    elif outing.started_at > tx.now:
        return None
    else:
        end_outing(tx, outing, person)
    return outing


def outing_at_change(
    desk: Desk, tx: Transaction, person: Person, tapped_at: datetime, kind: Whereabouts
) -> None:  # fmt: skip
    """Follow a tap that was turned round within its seconds: to ``kind``, made at ``tapped_at``.

    Turned to out, the outing it had ended runs on, with the stand-ins that ended with it
    (``outing.runs_on``); turned to in, one that the tap began before its time is planned again, and
    a running one ends.
    """
    if kind is Whereabouts.OUT:
        _runs_on(tx, person, tapped_at)
    elif not _planned_again(tx, person, tapped_at):
        outing_at_tap(desk, tx, person, kind)


def outing_at_void(tx: Transaction, person: Person, tapped_at: datetime, was: Whereabouts) -> None:
    """Leave an outing as it was before a tap that is void now: one that went ``was`` (clause 22).

    Somebody else with the badge neither comes back for who is out, nor goes for who is in.
    """
    if was is Whereabouts.IN:
        _runs_on(tx, person, tapped_at)
    else:
        _planned_again(tx, person, tapped_at)


def _runs_on(tx: Transaction, person: Person, tapped_at: datetime) -> None:
    for outing in tx.all(_ENDED_AT, person=person.id, at=tapped_at):
        outing.ended_at, outing.ended_by = None, ""
        tx.put(outing)
        for one in tx.all(_STAND_INS_ENDED_AT, person=person.id, at=tapped_at):
            if one.for_id == outing.id:
                one.ended_at = None
                tx.put(one)
        tx.record("outing.runs_on", number=outing.number, person=person.staff_no)


def _planned_again(tx: Transaction, person: Person, tapped_at: datetime) -> bool:
    """Move an outing that this tap began before its time back to it; say whether there is one."""
    begun = [
        one for one in tx.all(OPEN_OUTINGS_OF, person=person.id)
        if one.planned_at is not None and one.started_at == tapped_at
    ]  # fmt: skip
    for one in begun:
        one.started_at, one.planned_at = one.planned_at or one.started_at, None
        tx.put(one)
    return bool(begun)


def _begin_early(tx: Transaction, outing: Outing) -> None:
    if outing.started_at > tx.now:
        outing.planned_at, outing.started_at = outing.started_at, tx.now
        tx.put(outing)


def end_outing(tx: Transaction, outing: Outing, person: Person) -> None:
    """End an outing because its person is back; records ``outing.ended``."""
    # A clock set back must not end it before it began: every list sorts and measures by these.
    outing.ended_at, outing.ended_by = max(tx.now, outing.started_at), person.staff_no
    tx.put(outing)
    tx.record("outing.ended", number=outing.number, person=person.staff_no)
    end_stand_ins(tx, person.id, outing.id)
