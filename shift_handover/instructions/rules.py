"""Who may instruct the guard, until when, and how much it presses. Nothing here writes."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import DESK_ROLES, MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from shift_handover.instructions.models import Sort
from shift_handover.rules import due_at

LONGEST_WORDS, LONGEST_CLOSING = 60, 80
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", re.ASCII)
_AHEAD = re.compile(r"\+(\d{1,3})", re.ASCII)
_LAST_MINUTE = time(23, 59)
_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be written down. ``until`` is aware; None: until somebody closes it."""

    sort: Sort
    words: str
    until: datetime | None = None


def checked(said: Said, now: datetime, rules: Rules) -> Said:
    """Return what was said, cleaned.

    Raises ``Refused`` with the ``field``: ``instruction.words_missing``,
    ``instruction.until_missing`` for an instruction without an end, ``instruction.until_past``,
    ``instruction.until_far`` beyond ``rules.instruction_longest_days``.
    """
    words = clean(said.words, LONGEST_WORDS).strip()
    if not words:
        raise Refused("instruction.words_missing", field="words")
    if said.until is None and said.sort is Sort.INSTRUCTION:
        raise Refused("instruction.until_missing", field="until")
    if said.until is not None and said.until <= now:
        raise Refused("instruction.until_past", field="until")
    days = rules.instruction_longest_days
    if said.until is not None and said.until > now + timedelta(days=days):
        raise Refused("instruction.until_far", field="until", days=days)
    return Said(said.sort, words, said.until)


def until_at(typed: str, now: datetime) -> datetime | None:
    """Return until when it is valid: an hour, or the end of a day; None for nothing typed.

    ``18`` and ``18:30`` are the next time the clock shows it, ``11-30``, ``2026-11-30`` and ``+7``
    days, in the zone of ``now``. Raises ``Refused("instruction.until_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).replace(" ", "")
    ahead, written = _AHEAD.fullmatch(text), _DAY.fullmatch(text)
    try:
        if ahead is not None:
            return _end_of(now.date() + timedelta(days=int(ahead[1])), now)
        if written is not None:
            return _end_of(_written_day(written, now.date()), now)
        return due_at(text, now)
    except (ValueError, OverflowError):
        raise Refused("instruction.until_unclear", field="until") from None
    except Refused:
        raise Refused("instruction.until_unclear", field="until") from None


def _written_day(written: re.Match[str], today: date) -> date:
    found = date(int(written[1] or today.year), int(written[2]), int(written[3]))
    return found.replace(year=today.year + 1) if not written[1] and found < today else found


def _end_of(day: date, now: datetime) -> datetime:
    return datetime.combine(day, _LAST_MINUTE, now.tzinfo)


def check_giver(giver: Person, sort: Sort) -> None:
    """Raise ``Refused("instruction.not_leader")`` unless this person may instruct the guard.

    The office and everybody with a leader's rank may; a notice may come from anybody of the house.
    """
    if sort is Sort.INSTRUCTION and giver.role not in _OFFICE and giver.rank not in MANAGERS:
        raise Refused("instruction.not_leader", name=giver.name)


def check_reader(person: Person) -> None:
    """Raise ``Refused("post.not_a_guard")`` for a person whose role keeps no desk."""
    if person.role not in DESK_ROLES:
        raise Refused("post.not_a_guard", name=person.name)


def urgency(sort: Sort, on_duty: str, known_to: Collection[str]) -> Urgency:
    """Return amber while who is on duty (a person's id) does not know an instruction.

    What is known is quiet: F6, F3 7 and the handover have it, the home screen needs its room.
    """
    unknown = sort is Sort.INSTRUCTION and bool(on_duty) and on_duty not in known_to
    return Urgency.WAITING if unknown else Urgency.QUIET
