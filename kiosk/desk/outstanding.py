"""The open-things list: what somebody still has to do, from every feature, most urgent first."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from kiosk.desk.open_kinds import PEOPLE_FIRST
from kiosk.desk.words import _

_BEFORE = {kind: place for place, kind in enumerate(PEOPLE_FIRST, -len(PEOPLE_FIRST))}
_NO_FACTS: Mapping[str, object] = MappingProxyType({})


class Urgency(IntEnum):
    """How soon somebody must act; the screen gives each one colour and one mark."""

    NOW = 0
    WAITING = 1
    SOON = 2
    QUIET = 3


class Wording(NamedTuple):
    """A sentence still to be said: the English template and its facts, translated when shown."""

    template: str
    facts: Mapping[str, object] = _NO_FACTS

    def text(self) -> str:
        """Return the sentence in the language of this moment."""
        return _(self.template).format(**self.facts)


class OpenThing(NamedTuple):
    """One open thing.

    ``kind`` names its type (``visit.inside``, ``loan.out``), ``ref`` the row behind it; ``number``
    is kept from its first moment until it is closed. ``since`` and ``due`` are UTC. ``facts`` are
    what a handover record of this kind is made of. ``gate`` is the desk whose work it is, where the
    site has several, "" for what belongs to none; ``at`` is the short name of another desk than
    this one.
    """

    kind: str
    ref: str
    number: str
    urgency: Urgency
    what: Wording
    since: datetime
    due: datetime | None = None
    owner: str = ""
    next_step: Wording | None = None
    facts: Mapping[str, object] = _NO_FACTS
    gate: str = ""
    at: str = ""

    @property
    def rank(self) -> tuple[int, int, datetime]:
        """Sort key: urgency, in red what cannot wait, then what is due or has waited longest."""
        first = _BEFORE.get(self.kind, 0) if self.urgency is Urgency.NOW else 0
        return self.urgency, first, self.due or self.since


def most_urgent_first(things: list[OpenThing]) -> list[OpenThing]:
    """Return the list in the order in which a guard should look at it."""
    return sorted(things, key=lambda thing: thing.rank)
