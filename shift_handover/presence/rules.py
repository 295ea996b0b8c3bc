"""When the guard is asked in the night, and what has become of a prompt (clause 156)."""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum

from kiosk.desk.clauses import Rules
from kiosk.desk.people import MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from shift_handover.presence.models import PresencePrompt

LONGEST_WORDS = 80
_DAY = timedelta(days=1)


class Stage(IntEnum):
    """How far a prompt that nobody has answered has come."""

    ASKING = 0
    OVER = 1
    LOST = 2  # the kiosk was off or its clock was set: nobody can say that it was asked all along


def night_began(now: datetime, rules: Rules) -> datetime | None:
    """Return when the hours with prompts began that ``now`` lies in, None outside of them.

    ``now`` is in the site's zone, and so is what is returned. The same hour twice is the whole day.
    """
    if not rules.presence_every_min:
        return None
    began = now.replace(hour=rules.presence_from_hour, minute=0, second=0, microsecond=0)
    if began > now:
        began -= _DAY
    hours = (rules.presence_to_hour - rules.presence_from_hour) % 24 or 24
    return began if now < began + timedelta(hours=hours) else None


def next_at(after: datetime, seed: str, rules: Rules) -> datetime:
    """Return the moment of the next prompt after a sign of life: the interval, a quarter to or fro.

    ``seed`` is what nobody knows by heart, such as the id of the prompt before: the same seed gives
    the same moment, whenever it is asked.
    """
    drawn = zlib.crc32(seed.encode()) / 0xFFFFFFFF
    return after + timedelta(minutes=rules.presence_every_min) * (0.75 + drawn / 2)


def last_sign(signs: Iterable[datetime | None], began: datetime, now: datetime) -> datetime:
    """Return the latest sign of life since the night ``began``, that beginning where there is none.

    What lies ahead of ``now`` is from a clock that was set back, and counts for nothing.
    """
    return max([began, *(one for one in signs if one is not None and began < one <= now)])


def stage(prompt: PresencePrompt, now: datetime, rules: Rules) -> Stage:
    """Return how far a prompt without an answer has come.

    The running kiosk notices within a second that its time is over. When twice that time has gone
    by unnoticed, or time has gone back, the prompt did not stand there as long as the clock says.
    A missed one stays over; only time that has gone back ends it, for no key could answer it then.
    """
    waited, limit = now - prompt.asked_at, timedelta(minutes=rules.presence_answer_min)
    if waited < timedelta():
        return Stage.LOST
    if prompt.missed_at is not None:
        return Stage.OVER
    if waited > 2 * limit:
        return Stage.LOST
    return Stage.OVER if waited >= limit else Stage.ASKING


def left(prompt: PresencePrompt, now: datetime, rules: Rules) -> timedelta:
    """Return how long a prompt may still be answered in time, never less than nothing."""
    due = prompt.asked_at + timedelta(minutes=rules.presence_answer_min)
    return max(due - now, timedelta())


def said(words: str) -> str:
    """Return the guard's word, cleaned; raises ``Refused("presence.why_missing")`` for none."""
    spoken = clean(words, LONGEST_WORDS).strip()
    if not spoken:
        raise Refused("presence.why_missing", field="text")
    return spoken


def may_explain(person: Person, prompt: PresencePrompt) -> bool:
    """Say whether ``person`` may close a missed prompt: who was asked, or who leads others."""
    return person.id == prompt.person_id or person.rank in MANAGERS or _administers(person)


def _administers(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR
