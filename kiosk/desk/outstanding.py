"""The open-things list: what somebody still has to do, from every feature, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from kiosk.desk.words import _


class Urgency(IntEnum):
    """How soon somebody must act; the screen gives each one colour and one mark."""

    NOW = 0
    WAITING = 1
    SOON = 2
    QUIET = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence still to be said: the English template and its facts, translated when shown."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """Return the sentence in the language of this moment."""
        return _(self.template).format(**self.facts)


@dataclass(frozen=True, slots=True)
class OpenThing:
    """One open thing.

    ``kind`` names its type (``visit.inside``, ``loan.out``), ``ref`` the row behind it; ``number``
    is kept from its first moment until it is closed. ``since`` and ``due`` are UTC. ``facts`` are
    what a handover record of this kind is made of.
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
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, datetime]:
        """Sort key: urgency, then what is due or has waited longest."""
        return self.urgency, self.due or self.since


def most_urgent_first(things: list[OpenThing]) -> list[OpenThing]:
    """Return the list in the order in which a guard should look at it."""
    return sorted(things, key=lambda thing: thing.rank)
