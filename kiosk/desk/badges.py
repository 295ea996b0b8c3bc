"""Give a card to a person, and take it away."""

from kiosk.desk.loans import THING_BY_TAG
from kiosk.desk.people import BADGE, Badge, BadgeState, Person, bearer_of
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction

_PHONE_PREFIX = "08"
_PHONE_DIGITS = 8
_SHORTEST, _LONGEST = 6, 20  # readers that type 6h8d or 2h4h tell only three bytes of a card


def enrol(tx: Transaction, uid: str, person: Person) -> Badge:
    """Make the card ``uid`` (upper-case hex) the person's badge.

    Raises ``Refused``: ``badge.taken`` (names whose it is), ``badge.random_number`` for the number
    a phone makes anew at every tap (four bytes beginning 08), ``badge.is_a_tag`` (names the thing),
    ``badge.bad_number``.
    """
    check_number(uid)
    known = tx.one(BADGE, uid=uid)
    if known is not None:
        _, holder = bearer_of(tx, uid)
        raise Refused("badge.taken", staff_no=holder.staff_no, name=holder.name)
    thing = tx.one(THING_BY_TAG, tag=uid)
    if thing is not None:
        raise Refused("badge.is_a_tag", label=thing.label)
    badge = tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
    tx.record("badge.enrolled", person=person.staff_no, uid=uid)
    return badge


def check_number(uid: str) -> None:
    """Refuse what cannot be the number of a lasting card.

    ``badge.bad_number``; ``badge.random_number`` for a phone's, which changes at every tap.
    """
    if not _SHORTEST <= len(uid) <= _LONGEST or len(uid) % 2 or set(uid) - set("0123456789ABCDEF"):
        raise Refused("badge.bad_number", uid=uid)
    if len(uid) == _PHONE_DIGITS and uid.startswith(_PHONE_PREFIX):
        raise Refused("badge.random_number", uid=uid)


def block(tx: Transaction, badge: Badge, person: Person, reason: str) -> None:
    """Make the card open nothing from now on; a denial beats any grant."""
    badge.state = BadgeState.BLOCKED
    tx.put(badge)
    tx.record("badge.blocked", person=person.staff_no, uid=badge.uid, reason=reason)
