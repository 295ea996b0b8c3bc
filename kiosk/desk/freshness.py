"""How old this desk's copy of another's work is, in words: on a screen and on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.words import _


class Age(IntEnum):
    """How far a copy can be trusted; the higher, the less."""

    FRESH = 0
    OLD = 1  # older than ``rules.hub_fresh_min``
    STALE = 2  # older than ``rules.hub_stale_h``, or never heard


@dataclass(frozen=True, slots=True)
class Part:
    """One other desk's part of what is shown: its gate and name, and known up to when (UTC)."""

    gate: str
    name: str
    known: datetime | None
    age: Age

    def told(self, desk: Desk) -> str:
        """Say whose part it is and up to when it is known, in the language spoken now."""
        return _("{desk}: {up_to}").format(desk=self.name, up_to=up_to(desk, self.known))


def parts(desk: Desk, book: Book) -> tuple[Part, ...]:
    """Return how fresh each other desk's part is now; nothing for a desk that stands alone."""
    state, now = desk.hub_state(), desk.clock()
    return tuple(
        Part(one.id, one.name or one.id, known, _age(desk, known, now))
        for one in site_desks(desk, book).others
        for known in (state.fresh.get(one.id),)
    )


def _age(desk: Desk, known: datetime | None, now: datetime) -> Age:
    if known is None or now - known > timedelta(hours=desk.rules.hub_stale_h):
        return Age.STALE
    return Age.OLD if now - known > timedelta(minutes=desk.rules.hub_fresh_min) else Age.FRESH


def up_to(desk: Desk, known: datetime | None) -> str:
    """Say up to when a copy is known: the hour, with the day where that is another one."""
    if known is None:
        return _("never heard of")
    return _("up to {time}").format(time=desk.day_and_hour(known))
