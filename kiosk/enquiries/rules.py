"""What an enquiry must say, and how soon somebody must receive it. Nothing here writes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.words import N_

LIMITS: Mapping[str, int] = {"enquirer": 40, "unit": 60, "phone": 30, "matter": 120}
LONGEST_LINE, MOST_LINES = 60, 20
LONGEST_REASON = 80
WHY_LEFT: Mapping[str, str] = {
    "with_notice": N_("Goes to bring what the notice says"),
    "answered": N_("Was told all there is to know"),
    "another_day": N_("Comes another day"),
    "gave_up": N_("Did not want to wait"),
}
"""Why an enquirer leaves before anybody received the enquiry: by code."""
_PHONE = re.compile(r"[0-9+*#()\- 转ext.]{3,30}", re.ASCII | re.IGNORECASE)
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What an enquirer says; only the matter is needed. ``own_duty`` of who was asked first."""

    matter: str
    own_duty: bool
    enquirer: str = ""
    unit: str = ""
    phone: str = ""


def checked(asked: Asked) -> Asked:
    """Return what was said, cleaned.

    Raises ``Refused`` with the ``field``: ``enquiry.matter_missing``, ``enquiry.too_long`` (with
    ``most``: a cut matter is another matter), ``enquiry.phone_unlikely``.
    """
    words = {field: _one(field, getattr(asked, field), most) for field, most in LIMITS.items()}
    words["phone"] = unicodedata.normalize("NFKC", words["phone"]).strip()
    if not words["matter"]:
        raise Refused("enquiry.matter_missing", field="matter")
    if words["phone"] and not _is_phone(words["phone"]):
        raise Refused("enquiry.phone_unlikely", field="phone")
    return Asked(own_duty=asked.own_duty, **words)


def _one(field: str, text: str, most: int) -> str:
    shown = clean(text, most + 1).strip()
    if len(shown) > most:
        raise Refused("enquiry.too_long", field=field, most=most)
    return shown


def _is_phone(text: str) -> bool:
    digits = sum(sign.isdecimal() for sign in text)
    return _PHONE.fullmatch(text) is not None and digits >= _FEWEST_DIGITS


def notice_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a one-time notice, cleaned, each once.

    Everything is told in one go, so a notice says something: raises ``Refused``:
    ``enquiry.no_lines``, ``enquiry.too_many_lines``, ``enquiry.too_long``.
    """
    shown = (_one("line", line, LONGEST_LINE) for line in lines)
    said = tuple(dict.fromkeys(line for line in shown if line))
    if not said:
        raise Refused("enquiry.no_lines")
    if len(said) > MOST_LINES:
        raise Refused("enquiry.too_many_lines", most=MOST_LINES)
    return said


def reason_of(text: str) -> tuple[str, str]:
    """Return the code of why the enquirer left, and own words where no code says it.

    Raises ``Refused``: ``enquiry.reason_missing``, ``enquiry.too_long``.
    """
    if text in WHY_LEFT:
        return text, ""
    words = _one("reason", text, LONGEST_REASON)
    if not words:
        raise Refused("enquiry.reason_missing")
    return "other", words


def urgency(led_at: datetime | None, now: datetime, rules: Rules) -> Urgency:
    """Return how soon it matters: somebody waits; red where nobody came to whom it was led."""
    late = timedelta(minutes=rules.enquiry_late_min)
    return Urgency.NOW if led_at is not None and now - led_at >= late else Urgency.WAITING
