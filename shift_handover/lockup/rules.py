"""What a lock-up record must say before the post may be left empty (clause 150). Nothing writes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from shift_handover.records import LockedUp

WORDS = 80
NOTE = 120
FIELDS = ("leader", "said", "doors", "keys")
"""What must be filled in; the hour of the call may be left empty, it is now then."""

_HOUR = re.compile(r"(\d{1,2})(?:[:：.]?(\d{2}))?").fullmatch


@dataclass(frozen=True, slots=True)
class Told:
    """What the outgoing typed.

    The leader told by telephone, the hour of the call, the leader's own words,
    how the doors were left, how the keys were counted.
    """

    leader: str
    at: str
    said: str
    doors: str
    keys: str


def checked_told(told: Told, now: datetime) -> LockedUp:
    """Return the record's words cleaned; ``now`` is in the site's zone.

    Raises ``Refused`` with the ``field``: ``lockup.incomplete``, ``lockup.hour_unclear``.
    """
    words: Mapping[str, str] = {name: clean(getattr(told, name), WORDS).strip() for name in FIELDS}
    for name, said in words.items():
        if not said:
            raise Refused("lockup.incomplete", field=name)
    return LockedUp(**words, told_at=_called_at(told.at, now))


def _called_at(text: str, now: datetime) -> datetime:
    """Return the last moment at which the clock showed ``text``; an empty one is now."""
    typed = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not typed:
        return now
    found = _HOUR(typed)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    try:
        at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise Refused("lockup.hour_unclear", field="at") from None
    return at if at <= now else at - timedelta(days=1)


def whole_minutes(span: timedelta) -> int:
    """Return how many whole minutes a span has, never less than none."""
    return max(0, span // timedelta(minutes=1))
