"""How this desk stands with the others of its site, and how fresh its copy of their work is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.desk.clauses import Rules


class Standing(StrEnum):
    """How the line to the hub is."""

    ALONE = "alone"  # no hub is set up
    UP = "up"
    CUT = "cut"
    HELD = "held"  # a desk with a newer program wrote what this one cannot read yet
    QUARANTINED = "quarantined"  # the hub takes nothing from this desk any more
    REFUSED = "refused"  # wrong password, another site's key, a second copy of this desk


@dataclass(frozen=True, slots=True)
class HubState:
    """The line to the hub at one moment.

    ``since`` (UTC) is when the standing began; ``fresh`` says of each other desk up to which moment
    (UTC) this one surely knows its work, ``names`` what a guard calls it. ``why`` is a refusal's
    code, "" for none. ``held`` are the desks whose feed waits or is in quarantine, ``behind`` the
    entries of this desk that the hub does not have yet, ``clock_off_s`` by how much this clock is
    ahead of the hub's. ``site`` is the name of another site whose hub this is, "" for our own.
    """

    standing: Standing = Standing.ALONE
    since: datetime | None = None
    fresh: Mapping[str, datetime] = field(default_factory=dict)
    why: str = ""
    held: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    behind: int = 0
    clock_off_s: float = 0.0
    site: str = ""

    def is_stale(self, now: datetime, rules: Rules) -> bool:
        """Say whether a copy is so old that a visitor needs a supervisor's PIN; alone: never."""
        limit = timedelta(hours=rules.hub_stale_h)
        return any(now - known > limit for known in self.fresh.values())


ALONE = HubState()
