"""Badges that prove themselves (clause 22): which of them did, which is a copy, which was unread.

A badge's counter rises at every reading, and the book keeps the highest one seen. What is played
back, or was copied onto another card, shows a counter that the book knows already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk import sun
from kiosk.desk.bearer import StaffCard
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge
from kiosk.desk.row import Merge, Row, Stored
from kiosk.desk.secrets import SiteKey
from kiosk.desk.sun import CardKeys, Said
from kiosk.desk.transaction import Transaction


class CardWord(StrEnum):
    """What the card of a tap proved."""

    PLAIN = "plain"  # an ordinary badge: its number is all there is
    PROVEN = "proven"
    UNREAD = "unread"  # a badge that proves itself, and left before it could, or at another reader
    COPIED = "copied"


class Copied(StrEnum):
    """How a copy shows: codes of the journal's facts."""

    NO_PROOF = "no_proof"  # the card has nothing that the badge would have
    NOT_SIGNED = "not_signed"  # signed with another key, or for another card's number
    OLD_COUNTER = "old_counter"  # the badge said it once before


class BadgeCounter(Row, table=True):
    """The highest counter seen of a badge that proves itself; its id is the badge's."""

    __tablename__ = "badge_counter"
    merged = Merge.NEWEST

    badge_id: str = Field(foreign_key="badge.id", unique=True)
    counter: int

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return the counter: the higher one is the newer, whenever it was seen."""
        return int(stored["counter"] or 0)


_COUNTER_OF = (
    select(BadgeCounter)
    .join(Badge, col(Badge.id) == col(BadgeCounter.badge_id))
    .where(col(Badge.uid) == bindparam("uid"))
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a card proved; ``why`` says of a copy how it showed."""

    word: CardWord
    why: Copied | None = None

    @property
    def asks_pin(self) -> bool:
        """Whether a PIN may prove the tap: at a copy the question would hide what the guard reads.

        Who proved it by the badge needs none.
        """
        return self.word in {CardWord.PLAIN, CardWord.UNREAD}


PLAIN = Judged(CardWord.PLAIN)


def card_keys(site_key: SiteKey) -> CardKeys:
    """Return the keys of the site's badges; they stand nowhere but are made of the site key."""
    return sun.keys_of(site_key.card_secret)


def said_by(site_key: SiteKey, uid: str, message: str | None) -> Said | None:
    """Return what the card ``uid`` (upper-case hex) signed, None where it proves nothing here."""
    said = sun.read(message, card_keys(site_key)) if message else None
    return said if said is not None and said.uid.hex().upper() == uid else None


def judge(tx: Transaction, card: StaffCard) -> Judged:
    """Say what a badge proves with what it shows now, and keep its counter.

    A copy is an entry of its own, ``badge.replayed``. The counter of who proved it is put and waits
    for the caller's ``record``. At an ordinary badge nothing is asked of the book.
    """
    if not card.proves:
        return PLAIN
    if card.message is None:
        return Judged(CardWord.UNREAD)
    said = said_by(tx.site_key, card.uid, card.message)
    if said is None:
        return _copied(tx, card, Copied.NOT_SIGNED if card.message else Copied.NO_PROOF)
    known = tx.one(_COUNTER_OF, uid=card.uid)
    if known is None:
        raise LookupError(f"badge {card.uid} proves itself and has no counter")
    if said.counter <= known.counter:
        return _copied(tx, card, Copied.OLD_COUNTER, said.counter)
    known.counter = said.counter
    tx.put(known)
    return Judged(CardWord.PROVEN)


def is_copy(desk: Desk, card: StaffCard) -> bool:
    """Say whether what a badge shows now is a copy's; nothing is written, its counter stays."""
    if not card.proves or card.message is None:
        return False
    said = said_by(desk.site_key, card.uid, card.message)
    if said is None:
        return True
    with desk.read() as book:
        known = book.one(_COUNTER_OF, uid=card.uid)
    return known is not None and said.counter <= known.counter


def show(desk: Desk, card: StaffCard) -> Judged:
    """Judge a badge that is shown where no tap is written: at a question for badge and PIN."""
    with desk.write(by=card.person.staff_no) as tx:
        judged = judge(tx, card)
        if judged.word is CardWord.PROVEN:
            tx.record("badge.read", person=card.person.staff_no, tap="")
    return judged


def _copied(tx: Transaction, card: StaffCard, why: Copied, counter: int = -1) -> Judged:
    """Write down that a copy was shown; ``counter`` is what it claimed, -1 for nothing."""
    person = card.person.staff_no
    tx.record("badge.replayed", person=person, uid=card.uid, why=why.value, counter=counter)
    return Judged(CardWord.COPIED, why)


def begin(tx: Transaction, badge: Badge, message: str | None) -> bool:
    """Note that a new badge proves itself, where it does; its row is not put yet."""
    said = said_by(tx.site_key, badge.uid, message)
    if said is None:
        return False
    badge.proves = True
    tx.put(badge)
    tx.put(BadgeCounter(id=badge.id, badge_id=badge.id, counter=said.counter))
    return True
