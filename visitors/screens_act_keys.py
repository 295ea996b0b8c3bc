"""Which key does which act: nine digits, then letters; deaf for a moment after acts changed."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager

from visitors.acts import Act
from visitors.screens_actions import Offered
from visitors.screens_at_once import AtOnce

QUIET_S = 0.7
"""The acts' keys are deaf so long after the acts changed by themselves, as after a card was laid.

A finger on its way to a key presses within half a second of what the eye last saw.
"""
_EARLY_S = 2.0
"""A key pressed while the acts are still being read counts for so long."""
_OWN_LETTERS: Mapping[Act, str] = {
    Act.TOLD: "t", Act.NOBODY: "n", Act.MOBILE: "m", Act.LEND: "l", Act.TAKE_BACK: "r",
    Act.PART_LEAVES: "n", Act.DIFFERS: "x",
}  # fmt: skip
"""An act that comes and goes among the usual ones has its letter: no digit moves for it."""
_KEYS = "123456789abcdefghijk"


def acts_by_key(acts: Sequence[Offered]) -> dict[str, Offered]:
    """Return the acts by their keys, in their order: one key each, never two digits for one."""
    free = iter(_KEYS)
    return {_OWN_LETTERS.get(one.act) or next(free): one for one in acts}


def keys_of_acts(keys: Iterable[str]) -> str:
    """Return the keys of acts as the key bar says them: ``1-9``, and the letters that do one."""
    own = sorted(set(keys) & set(_OWN_LETTERS.values()))
    counted = sorted(key for key in keys if key.isalpha() and key not in own)
    ends = dict.fromkeys((counted[0], counted[-1])) if counted else {}
    return " ".join(filter(None, ("1-9", "-".join(ends), *own)))


class ActKeys(AtOnce):
    """A screen whose keys do acts. It tells the guard's own changes from those of others."""

    _acts: Mapping[str, Offered] = {}
    _by_key, _quiet_until = 0, 0.0
    _early, _early_at = "", 0.0

    def take_acts(self, acts: Sequence[Offered]) -> None:
        """Offer these; where they changed without a key the keys are deaf for ``QUIET_S``."""
        before = [one.act for one in self._acts.values()]
        changed = bool(before) and before != [one.act for one in acts]
        if changed and self._by_key < 1 and self.is_active:
            self._quiet_until = self.app.now() + QUIET_S
        self._acts = acts_by_key(acts)
        self.show_keys()

    @property
    def acts_keys(self) -> str:
        """The keys that do the acts offered now, as the key bar says them."""
        return keys_of_acts(self._acts)

    def place_of(self, act: Act) -> int:
        """Return which of the acts it is; the first where it is not offered."""
        return next((n for n, one in enumerate(self._acts.values()) if one.act is act), 0)

    def safe_start(self) -> int:
        """Return where the cursor starts: a careless Enter must never be the host's yes."""
        asked = any(one.act is Act.YES for one in self._acts.values())
        return self.place_of(Act.PHONE) if asked else 0

    @property
    def quiet(self) -> bool:
        """Whether the acts have just changed by themselves."""
        return bool(self.app.now() < self._quiet_until)

    def act_of(self, character: str | None) -> Act | None:
        """Return what a key does now; None for no act, and while the keys are deaf."""
        one = self._acts.get((character or "").lower())
        return None if one is None or self.quiet else one.act

    def keep_early(self, character: str | None) -> None:
        """Keep a key that was pressed before the acts are known; the first one counts."""
        if not self._early:
            self._early, self._early_at = character or "", self.app.now()

    def early_act(self) -> Act | None:
        """Return what the kept key does now, once; None for no key, no act, or too long ago."""
        character, self._early = self._early, ""
        fresh = self.app.now() - self._early_at < _EARLY_S
        return self.act_of(character) if fresh else None

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Do what a key started: how the acts change by it is no surprise."""
        self._by_key += 1
        try:
            async with super().answering():
                yield
        finally:
            self._by_key -= 1

    @contextmanager
    def by_others(self) -> Iterator[None]:
        """Do what somebody else's card started."""
        self._by_key -= 1
        try:
            yield
        finally:
            self._by_key += 1
