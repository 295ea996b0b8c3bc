"""When a card counts as put on the reader, and when as taken away. No wire, no library, no clock.

A reader is asked some thirty times a second what lies in its field. A card at the field's edge is
missed now and then, and a phone gives itself a new number every time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from drivers.events import CardPresented, CardsTogether, CardUnreadable, Event

GONE_AFTER_LOOKS: Final = 3
GONE_AFTER_S: Final = 0.12
UNREADABLE_AFTER_LOOKS: Final = 4
_RANDOM_NUMBER_LENGTH: Final = 4
_RANDOM_NUMBER_MARK: Final = 0x08


@dataclass(frozen=True, slots=True)
class Seen:
    """One card in the field."""

    uid: bytes
    technology: str

    @property
    def has_random_number(self) -> bool:
        """Whether the number is a new one at each tap (ISO/IEC 14443-3, uid0 = 08h)."""
        return len(self.uid) == _RANDOM_NUMBER_LENGTH and self.uid[0] == _RANDOM_NUMBER_MARK

    @property
    def identity(self) -> bytes:
        """What tells it from another card; a phone is found under two numbers within one look."""
        return b"" if self.has_random_number else self.uid


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into the field saw; `heard` means something answered and gave no number."""

    cards: tuple[Seen, ...] = ()
    heard: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing at all is there."""
        return not self.cards and not self.heard


@dataclass(slots=True)
class Presence:
    """Turns looks into events for the reader named `device`; it outlives a lost reader."""

    device: str
    _told: str | bytes = ""
    _last_at: float = 0.0
    _misses: int = 0
    _unread: int = 0
    _recent: dict[bytes, float] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether the field is free, so that the next card is a new one."""
        return not self._told

    def resume(self, look: Look) -> None:
        """Take the first look after the reader came back: what still lies there is not new."""
        if look.empty:
            self._forget()

    def see(self, look: Look, at: float) -> Event | None:
        """Return what is new; `at` is the look's time in monotonic seconds."""
        if look.empty:
            self._missed(at)
            return None
        self._misses, self._last_at = 0, at
        if not look.cards:
            return self._unread_again(at)
        self._unread = 0
        if len({card.identity for card in look.cards}) > 1 or self._takes_turns(look.cards[0], at):
            return self._together(look, at)
        return self._one(look.cards[0], at)

    def _missed(self, at: float) -> None:
        self._misses += 1
        self._unread = 0
        if self._misses >= GONE_AFTER_LOOKS and at - self._last_at >= GONE_AFTER_S:
            self._forget()

    def _forget(self) -> None:
        self._told = ""
        self._recent.clear()

    def _unread_again(self, at: float) -> Event | None:
        self._unread += 1
        if self._unread < UNREADABLE_AFTER_LOOKS or self._told:
            return None
        self._told = "unreadable"
        return CardUnreadable(self.device, "no_number", at)

    def _takes_turns(self, card: Seen, at: float) -> bool:
        # A reader that cannot list two cards finds now the one and now the other.
        recent = {uid: seen for uid, seen in self._recent.items() if at - seen < GONE_AFTER_S}
        self._recent = recent | {card.uid: at}
        return card.uid in recent and isinstance(self._told, bytes) and self._told != card.uid

    def _together(self, look: Look, at: float) -> Event | None:
        if self._told == "together":
            return None
        self._told = "together"
        uids = {card.uid for card in look.cards if not card.has_random_number}
        uids |= self._recent.keys()
        return CardsTogether(self.device, tuple(sorted(uids)), at)

    def _one(self, card: Seen, at: float) -> Event | None:
        # One of two cards that is taken off last, or stays, was not meant: the field must be free.
        if self._told in ("together", card.uid):
            return None
        if card.has_random_number:
            return self._random(at)
        self._told = card.uid
        return CardPresented(self.device, card.uid, card.technology, "name", at)

    def _random(self, at: float) -> Event | None:
        self._recent.clear()
        if self._told == "random":
            return None
        self._told = "random"
        return CardUnreadable(self.device, "random_number", at)
