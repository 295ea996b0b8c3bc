"""Give a card to a person, block it when it is lost, let it work again when it is found."""

from collections.abc import Mapping

from kiosk.desk import card_proof
from kiosk.desk.loans import THING_BY_TAG
from kiosk.desk.people import (
    BADGES_OF,
    BEARER,
    BY_STAFF_NO,
    Badge,
    BadgeState,
    BlockReason,
    Person,
    Role,
)
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.tags import refuse_hanging
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_, _

LONGEST_NOTE = 80
MAY_UNBLOCK = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""Anybody at the desk blocks a badge; only these let it work again."""
REASON_NAMES: Mapping[BlockReason, str] = {
    BlockReason.LOST: N_("Lost"),
    BlockReason.STOLEN: N_("Stolen"),
    BlockReason.DAMAGED: N_("Damaged"),
    BlockReason.LEFT: N_("Has left the house"),
    BlockReason.OTHER: N_("Another reason"),
}
"""Why a badge is blocked, to be translated when shown."""

_PHONE_PREFIX = "08"
_PHONE_DIGITS = 8
_SHORTEST, _LONGEST = 6, 20  # readers that type 6h8d or 2h4h tell only three bytes of a card


def enrol(tx: Transaction, uid: str, person: Person, message: str | None = None) -> Badge:
    """Make the card ``uid`` (upper-case hex) the person's badge.

    ``message`` is the address the card showed: with one that this site's key signed it is a badge
    that proves itself from now on, and a card that does not is a copy (clause 22).

    Raises ``Refused``: ``badge.taken`` and ``badge.taken_blocked`` (name whose it is),
    ``badge.random_number`` for the number a phone makes anew at every tap (four bytes beginning
    08), ``badge.is_a_tag`` (names the thing), ``badge.bad_number``, ``badge.hangs``.
    """
    check_number(uid)
    known = tx.one(BEARER, uid=uid)
    if known is not None:
        badge, holder = known
        if _works(badge):
            raise Refused("badge.taken", staff_no=holder.staff_no, name=holder.name)
        raise Refused("badge.taken_blocked", staff_no=holder.staff_no, name=holder.name)
    thing = tx.one(THING_BY_TAG, tag=uid)
    if thing is not None:
        raise Refused("badge.is_a_tag", label=thing.label)
    refuse_hanging(tx, uid)
    badge = tx.put(Badge(uid=uid, person_id=person.id, state=BadgeState.ACTIVE, enrolled_at=tx.now))
    if message and card_proof.begin(tx, badge, message):
        tx.record("badge.enrolled", person=person.staff_no, uid=uid, proves=True)
    else:
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


def named(book: Book, who: str) -> tuple[Badge, Person]:
    """Return the badge that ``who`` means: a staff number with one working badge, or a card's.

    Raises ``Refused``: ``badge.several`` (a card must be named), ``badge.none_working``,
    ``badge.not_enrolled``.
    """
    person = book.one(BY_STAFF_NO, staff_no=who)
    if person is None:
        return of_card(book, plain_number(who))
    working = [one for one in book.all(BADGES_OF, person=person.id) if _works(one)]
    if len(working) > 1:
        uids = [one.uid for one in working]
        raise Refused("badge.several", name=person.name, staff_no=person.staff_no, uids=uids)
    if not working:
        raise Refused("badge.none_working", name=person.name, staff_no=person.staff_no)
    return working[0], person


def of_card(book: Book, uid: str) -> tuple[Badge, Person]:
    """Return the badge ``uid``, blocked or not; raise ``Refused("badge.not_enrolled")``."""
    found = book.one(BEARER, uid=uid)
    if found is None:
        raise Refused("badge.not_enrolled", uid=uid)
    return found


def plain_number(typed: str) -> str:
    """Return a card's number as the book writes it: upper-case hex, nothing between."""
    return typed.replace(":", "").replace(" ", "").replace("-", "").upper()


def _works(badge: Badge) -> bool:
    return badge.state is BadgeState.ACTIVE


def reason_of(words: str) -> tuple[BlockReason, str]:
    """Return the reason that ``words`` name, and the words themselves where they name none.

    Raises ``Refused("badge.no_reason")`` for empty ones.
    """
    note = clean(words, LONGEST_NOTE)
    if not note:
        raise Refused("badge.no_reason")
    for reason in BlockReason:
        if note.lower() == reason.value or note == _(REASON_NAMES[reason]):
            return reason, ""
    return BlockReason.OTHER, note


def block(
    tx: Transaction, badge: Badge, person: Person, reason: BlockReason, note: str = ""
) -> None:
    """Make the card open nothing from now on; a denial beats any grant.

    ``note`` is said in the journal only, sealed. Raises ``Refused("badge.blocked_already")``.
    """
    if not _works(badge):
        raise Refused("badge.blocked_already", uid=badge.uid, name=person.name)
    badge.state, badge.blocked_at = BadgeState.BLOCKED, tx.now
    badge.blocked_for = BlockReason(reason)
    tx.put(badge)
    told = {"person": person.staff_no, "uid": badge.uid, "reason": badge.blocked_for.value}
    tx.record("badge.blocked", **told, **_sealed(tx, note))


def unblock(tx: Transaction, badge: Badge, person: Person, note: str) -> None:
    """Let a blocked card work again; ``note`` says why, and is sealed.

    Raises ``Refused``: ``badge.not_blocked``, ``badge.no_reason``.
    """
    if _works(badge):
        raise Refused("badge.not_blocked", uid=badge.uid, name=person.name)
    if not note:
        raise Refused("badge.no_reason")
    badge.state, badge.blocked_at, badge.blocked_for = BadgeState.ACTIVE, None, None
    tx.put(badge)
    tx.record("badge.unblocked", person=person.staff_no, uid=badge.uid, **_sealed(tx, note))


def _sealed(tx: Transaction, note: str) -> dict[str, str]:
    return {"note": tx.seal(tx.new_subject(), note)} if note else {}
