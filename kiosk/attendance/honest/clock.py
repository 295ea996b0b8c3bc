"""Is the computer's clock sane? The newest time of a tap that was not in doubt, kept by desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from weakref import WeakKeyDictionary

from kiosk.attendance.honest.models import NEWEST_CHECK, NEWEST_SURE, ClockCheck, Doubt
from kiosk.attendance.honest.order import written_at
from kiosk.attendance.honest.rules import clock_doubt
from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.watch import Watch
from kiosk.desk.words import _, pgettext


class ClockDoubt(NamedTuple):
    """What is odd about the clock, and the newest time (UTC) seen before.

    ``told`` says that the tap before said so already.
    """

    why: Doubt
    newest: datetime
    told: bool


@dataclass(slots=True)
class _Trust:
    newest: datetime | None
    doubt: Doubt | None = None


_TRUST: "WeakKeyDictionary[Desk, _Trust]" = WeakKeyDictionary()


def doubt_now(desk: Desk, tx: Transaction) -> ClockDoubt | None:
    """Return what is odd about this moment, None for nothing; the book is asked once a start."""
    trust = _trust(desk, tx)
    why = clock_doubt(trust.newest, tx.now, desk.rules)
    if why is None or trust.newest is None:
        return None
    return ClockDoubt(why, trust.newest, told=trust.doubt is why)


def moved(desk: Desk, now: datetime, doubt: ClockDoubt | None) -> None:
    """Take note of a tap that is in the book: only one that was not in doubt moves the time on."""
    trust = _TRUST[desk]
    trust.doubt = None if doubt is None else doubt.why
    if doubt is None:
        trust.newest = max(now, trust.newest or now)


def confirm(desk: Desk, by: str) -> None:
    """Say in the name of ``by`` (staff number) that the clock is right: it counts from now on."""
    with desk.write(by=by) as tx:
        tx.put(ClockCheck(at=tx.now, by=by))
        tx.record("clock.confirmed")
    _TRUST[desk] = _Trust(tx.now)


def in_doubt(desk: Desk) -> bool:
    """Say whether the newest tap was in doubt for the clock's sake."""
    trust = _TRUST.get(desk)
    return trust is not None and trust.doubt is not None


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return what the status bar says while the clock is in doubt; no query."""
    del book
    if not in_doubt(desk):
        return None
    hint = _("Guard: compare the clock. Taps are kept and marked. If it is right: F7, K.")
    return Watch(pgettext("clock", "Check the clock"), "", hint, late=True)


def _trust(desk: Desk, book: Book) -> _Trust:
    known = _TRUST.get(desk)
    if known is None:
        known = _TRUST[desk] = _Trust(_newest(desk, book))
    return known


def _newest(desk: Desk, book: Book) -> datetime | None:
    """Return the newest time here that was not in doubt: of the last sure tap, or of a check."""
    asked = (book.one(NEWEST_SURE, **desk.own_stamps), book.one(NEWEST_CHECK))
    found = [one for one in asked if one is not None]
    at, _stamp = max(found, key=lambda one: written_at(one[1]), default=(None, ""))
    return at
