"""Somebody leaves the house: the badge is closed when everything is back, and not before (76)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk import badges
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import Wording
from kiosk.desk.people import (
    BADGES_OF,
    BadgeState,
    BlockReason,
    Person,
    Role,
    person_by_staff_no,
)
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction

CLOSES_BADGES = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""Who may close the badge of somebody who leaves."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing a person has that must come back before they leave.

    ``kind`` and ``ref`` name the row as an open thing's do; ``next_step`` says where it goes.
    ``since`` is UTC.
    """

    kind: str
    ref: str
    number: str
    what: Wording
    since: datetime
    next_step: Wording


HeldBy = Callable[[Desk, Book, Person], list[Holding]]
"""Returns everything of one feature, or of all of them, that a person still has."""

EndsFor = Callable[[Transaction, Person], None]
"""Ends what is still kept or planned for who leaves, of one feature or of all of them."""


def leave(
    desk: Desk, proof: Proof, staff_no: str, held_by: HeldBy, ends_for: EndsFor
) -> int:  # fmt: skip
    """Close every badge of who leaves, and return how many; the person signs nothing any more.

    Whatever is still booked for the person ends with it. ``proof`` is the clerk's or
    administrator's. Raises ``Refused``: ``person.leave_not_yours``,
    ``person.leaves_alone`` for one's own badge, ``person.unknown``, ``person.still_holds`` (with
    ``name``, ``n``).
    """
    clerk = proof.person
    if clerk.role not in CLOSES_BADGES:
        raise Refused("person.leave_not_yours", name=clerk.name)
    with desk.write(by=clerk.staff_no) as tx:
        person = person_by_staff_no(tx, staff_no)
        if person.id == clerk.id:
            raise Refused("person.leaves_alone", name=clerk.name)
        held = held_by(desk, tx, person)
        if held:
            raise Refused("person.still_holds", name=person.name, n=len(held))
        open_badges = [
            one for one in tx.all(BADGES_OF, person=person.id) if one.state is BadgeState.ACTIVE
        ]
        for badge in open_badges:
            badges.block(tx, badge, person, BlockReason.LEFT)
        ends_for(tx, person)
        person.active, person.left_at = False, tx.now
        tx.put(person)
        tx.record(
            "person.left", person=person.staff_no, badges=len(open_badges), means=proof.means.value
        )
    return len(open_badges)
