"""Readers and scanners that type like a keyboard, told apart from people by their speed.

Pure: keys and their times go in, a verdict comes out, so it works under any kind of screen. The
application asks it before any field sees a key:

    verdict = wedge.key(character, at)      a printable key, or ENTER
    verdict = wedge.other(at)               any other key (Esc, an arrow), before acting on it
    verdict = wedge.waited(at)              a timer that fires at `verdict.wait_until`

and then types `verdict.released` into the field as if it came now, hands `verdict.event` on, and
sets its timer to `verdict.wait_until`. A person's key is held back for at most the longest gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from drivers.card_numbers import BadCardNumber, card_bytes, check_format, looks_like_card
from drivers.events import CardNumberTyped, CodeScanned

__all__ = ["ENTER", "BadCardNumber", "Verdict", "Wedge", "card_bytes"]

ENTER: Final = "\n"
_ENTER_BELONGS_GAPS: Final = 4
"""How many gaps after a number without its Enter a late one, or the LF of CR LF, still belongs."""
LONGEST: Final = 1024
"""Signs; more at a machine's speed is no code of ours (or something lies on a key): dropped."""
_MACHINE_TYPES: Final = re.compile(r"[ -~]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do now: type `released` for a person, hand on `event`, come back at `wait_until`."""

    released: str = ""
    event: CardNumberTyped | CodeScanned | None = None
    wait_until: float | None = None


class Wedge:
    """Sorts keys into a person's and a machine's.

    A machine types at least `min_length` printable ASCII characters with at most `max_gap_ms`
    between two of them, and then Enter within the same gap. A whole card number also counts
    without the Enter, unless it is one key held down. Everything else is a person, also an input
    method that commits a word at once. `card_format` is one of `card_numbers.FORMATS`.

    Raises:
        BadCardNumber: there is no such format.

    """

    def __init__(
        self, card_format: str, max_gap_ms: int, min_length: int, *, device: str = "wedge"
    ) -> None:
        check_format(card_format)
        self.device = device
        self._format = card_format
        self._gap_s = max_gap_ms / 1000
        self._min_length = min_length
        self._held = ""
        self._last_at = 0.0
        self._enter_belongs_until = 0.0

    def key(self, key: str, at: float) -> Verdict:
        """Take one printable character or ENTER, pressed at `at` (monotonic seconds)."""
        before = self._interrupted(at)
        if key == ENTER:
            return _joined(before, self._enter(at))
        if not _MACHINE_TYPES.fullmatch(key):
            return _joined(before, Verdict(self._let_go() + key))
        if len(self._held) <= LONGEST:
            self._held += key
        self._last_at = at
        return Verdict(before.released, before.event, at + self._gap_s)

    def other(self, at: float) -> Verdict:
        """Take a key that no machine types: what is held is a person's, or complete."""
        del at
        return self._ended()

    def waited(self, at: float) -> Verdict:
        """Take the end of a wait; too early, it only says how long there is still to wait."""
        if self._held and at < self._last_at + self._gap_s:
            return Verdict(wait_until=self._last_at + self._gap_s)
        return self._ended()

    def _interrupted(self, at: float) -> Verdict:
        late = self._held and at - self._last_at > self._gap_s
        return self._ended() if late else Verdict()

    def _enter(self, at: float) -> Verdict:
        if not self._held:
            belongs, self._enter_belongs_until = at <= self._enter_belongs_until, 0.0
            return Verdict() if belongs else Verdict(ENTER)
        if len(self._held) < self._min_length:
            return Verdict(self._let_go() + ENTER)
        self._last_at = at
        return self._typed()

    def _too_long(self) -> bool:
        return len(self._held) > LONGEST

    def _ended(self) -> Verdict:
        if self._too_long():
            self._let_go()
        one_key_held_down = len(set(self._held)) == 1
        if looks_like_card(self._held, self._format) and not one_key_held_down:
            return self._typed()
        return Verdict(self._let_go())

    def _typed(self) -> Verdict:
        too_long = self._too_long()
        self._enter_belongs_until = self._last_at + _ENTER_BELONGS_GAPS * self._gap_s
        text = self._let_go()
        if too_long:
            return Verdict()
        kind = CardNumberTyped if looks_like_card(text, self._format) else CodeScanned
        return Verdict(event=kind(self.device, text, self._last_at))

    def _let_go(self) -> str:
        held, self._held = self._held, ""
        return held


def _joined(before: Verdict, now: Verdict) -> Verdict:
    return Verdict(before.released + now.released, before.event or now.event, now.wait_until)
