"""What a message must say, and how soon it must be given. Nothing here writes."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST_CALLER, LONGEST_PHONE, LONGEST_WORDS = 40, 30, 200
_PHONE = re.compile(r"[0-9+*#()\- 转ext.]{3,30}", re.ASCII | re.IGNORECASE)
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller said. ``phone`` is the number to call back, "" for none."""

    caller: str
    words: str
    phone: str = ""
    urgent: bool = False


def checked(said: Said) -> Said:
    """Return what was said, cleaned.

    Raises ``Refused`` with the ``field``: ``message.incomplete`` for a missing caller or message,
    ``message.phone_unlikely``.
    """
    fine = Said(
        clean(said.caller, LONGEST_CALLER).strip(), clean(said.words, LONGEST_WORDS).strip(),
        clean(unicodedata.normalize("NFKC", said.phone), LONGEST_PHONE).strip(), said.urgent,
    )  # fmt: skip
    for name in ("caller", "words"):
        if not getattr(fine, name):
            raise Refused("message.incomplete", field=name)
    if fine.phone and not _is_phone(fine.phone):
        raise Refused("message.phone_unlikely", field="phone")
    return fine


def _is_phone(text: str) -> bool:
    digits = sum(sign.isdecimal() for sign in text)
    return _PHONE.fullmatch(text) is not None and digits >= _FEWEST_DIGITS


def urgency(taken_at: datetime, now: datetime, rules: Rules, *, urgent: bool) -> Urgency:
    """Return how soon a message must be given; it grows while its addressee does not come.

    An urgent one is amber at once and red after ``rules.message_urgent_min``; any other is amber
    after ``rules.message_late_days`` and red after twice as long.
    """
    waited = now - taken_at
    if urgent:
        red = waited >= timedelta(minutes=rules.message_urgent_min)
        return Urgency.NOW if red else Urgency.WAITING
    late = timedelta(days=rules.message_late_days)
    if waited >= late:
        return Urgency.NOW if waited >= 2 * late else Urgency.WAITING
    return Urgency.SOON
