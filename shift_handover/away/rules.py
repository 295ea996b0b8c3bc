"""Who may leave the post, for how long, and what follows when nobody comes back."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.clauses import Rules
from kiosk.desk.people import DESK_ROLES, MANAGERS, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Means
from shift_handover.away.models import Cover, Door, Kind, StepAway

LONGEST_WORDS = 60
Span = tuple[datetime, datetime]


class Rung(IntEnum):
    """How far an absence has climbed: 未到时, 超时, 请同岗确认, 报告领导, 已报告."""

    RUNNING = 0
    OVERDUE = 1
    COMPANION = 2
    SUPERIOR = 3
    TOLD = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says before leaving: where to, what for, for how many minutes (clause 152)."""

    kind: Kind
    minutes: int
    place: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps the post: a companion who tapped, or a superior's word, or nobody for a while.

    ``door`` is said by who leaves nobody behind.
    """

    cover: Cover
    companion: Person | None = None
    means: Means | None = None
    leader: Person | None = None
    words: str = ""
    door: Door | None = None


def typed_minutes(typed: str) -> int:
    """Return how many minutes were typed; raise ``Refused("away.minutes_unclear")`` otherwise."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise Refused("away.minutes_unclear", field="minutes")
    return int(text)


def longest(kind: Kind, rules: Rules) -> int:
    """Return the most minutes that an absence of this kind may be planned for."""
    return rules.rest_longest_min if kind is Kind.REST else rules.away_longest_min


def checked(asked: Asked, rules: Rules) -> Asked:
    """Return what was asked, cleaned, with the minutes that hold for its kind.

    Raises ``Refused`` with the ``field``: ``away.place_missing`` and ``away.why_missing`` unless
    where and what for are said, ``away.minutes_unclear`` for none, ``away.too_long`` (``most``).
    A rest is in the rest room and needs no reason; an emergency needs only the reason.
    """
    place, why = clean(asked.place, LONGEST_WORDS).strip(), clean(asked.why, LONGEST_WORDS).strip()
    if asked.kind is Kind.REST:
        place = why = ""
    if asked.kind is Kind.AWAY and not place:
        raise Refused("away.place_missing", field="place")
    if asked.kind is not Kind.REST and not why:
        raise Refused("away.why_missing", field="why")
    if asked.kind is Kind.EMERGENCY:
        return Asked(asked.kind, rules.away_emergency_min, place, why)
    if asked.minutes < 1:
        raise Refused("away.minutes_unclear", field="minutes")
    most = longest(asked.kind, rules)
    if asked.minutes > most:
        raise Refused("away.too_long", field="minutes", most=most)
    return Asked(asked.kind, asked.minutes, place, why)


def check_companion(person: Person, absent_id: str) -> None:
    """Raise ``Refused`` unless ``person`` can keep the post for who is absent.

    ``away.companion_is_self`` for the absent one, ``away.not_a_companion`` for who keeps no desk.
    """
    if person.id == absent_id:
        raise Refused("away.companion_is_self", name=person.name)
    if person.role not in DESK_ROLES:
        raise Refused("away.not_a_companion", name=person.name)


def check_leads(person: Person) -> None:
    """Raise ``Refused("away.not_a_superior")`` unless ``person`` leads others (clause 16)."""
    if person.rank not in MANAGERS:
        raise Refused("away.not_a_superior", name=person.name)


def check_superior(person: Person, absent_id: str) -> None:
    """Raise ``Refused("away.not_a_superior")`` unless ``person`` leads others, and is another."""
    check_leads(person)
    if person.id == absent_id:
        raise Refused("away.not_a_superior", name=person.name)


def checked_keeping(asked: Asked, keeping: Keeping, absent_id: str, rules: Rules) -> Keeping:
    """Return who keeps the post, cleaned, when that is enough for what is asked (clauses 151-152).

    Raises ``Refused``: those of ``check_companion`` and ``check_superior``, ``away.rest_alone``,
    ``away.needs_cover`` (``most``) for a long absence without anybody's word,
    ``away.words_missing``, ``away.door_missing``.
    """
    if asked.kind is Kind.EMERGENCY:
        return Keeping(Cover.NOBODY)
    if keeping.cover is Cover.COMPANION and keeping.companion is not None:
        check_companion(keeping.companion, absent_id)
        return Keeping(Cover.COMPANION, keeping.companion, keeping.means)
    if asked.kind is Kind.REST:
        raise Refused("away.rest_alone")
    if keeping.door is None:
        raise Refused("away.door_missing")
    if keeping.cover is Cover.LEADER and keeping.leader is not None:
        check_superior(keeping.leader, absent_id)
        return replace(keeping, words=said(keeping.words))
    if keeping.cover is not Cover.SHORT or asked.minutes > rules.away_short_min:
        raise Refused("away.needs_cover", most=rules.away_short_min)
    return Keeping(Cover.SHORT, door=keeping.door)


def said(words: str) -> str:
    """Return a superior's words cleaned; raise ``Refused("away.words_missing")`` for none."""
    cleaned = clean(words, LONGEST_WORDS).strip()
    if not cleaned:
        raise Refused("away.words_missing")
    return cleaned


def is_over(row: StepAway, now: datetime) -> bool:
    """Say whether the time allowed is over, or can no longer be told: the clock was set back.

    An absence that the clock says has not begun yet could have lasted for any time: it counts as
    over, and a person is asked.
    """
    return row.overdue_at is not None or not row.since_at <= now < row.due_at


def rung(row: StepAway, now: datetime, rules: Rules) -> Rung:
    """Return how far the absence has climbed: it rings, then the companion, then the superior.

    It climbs from the moment the kiosk noticed, so a clock that jumps ahead skips no step. Who was
    alone, and whose companion has lengthened it once, comes to the superior a step earlier.
    """
    if not is_over(row, now):
        return Rung.RUNNING
    noticed = row.overdue_at or now
    if row.superior_at is not None and row.superior_at >= noticed:
        return Rung.TOLD
    late = max(now - noticed, timedelta())
    if late < timedelta(minutes=rules.away_companion_min):
        return Rung.OVERDUE
    asks_companion = row.cover is Cover.COMPANION and not row.extended
    if asks_companion and late < timedelta(minutes=rules.away_superior_min):
        return Rung.COMPANION
    return Rung.SUPERIOR


def left(row: StepAway, now: datetime) -> timedelta:
    """Return how much of the time allowed is left; nothing when it is over."""
    return timedelta() if is_over(row, now) else row.due_at - now


def lasted(begin: datetime, end: datetime) -> int:
    """Return the whole minutes between two moments; a clock set back makes none, never fewer."""
    return max(0, int((end - begin).total_seconds() // 60))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order with overlapping ones made one; empty or backward ones are none."""
    made: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((begin, end))
    return made


def within_hours(spans: Iterable[Span], calendar: WorkCalendar, span: Span) -> timedelta:
    """Return how much of ``spans`` lies in working hours between the two moments of ``span``.

    All moments are aware; the days are those of the zone of ``span``.
    """
    total, (first, after) = timedelta(), span
    parts = joined((max(begin, first), min(end, after)) for begin, end in spans)
    for begin, end in parts:
        day = begin.astimezone(first.tzinfo).date()
        last = end.astimezone(first.tzinfo).date()
        while day <= last:
            opens, closes = calendar.start(day), calendar.end(day)
            if opens is not None and closes is not None:
                total += max(min(end, closes) - max(begin, opens), timedelta())
            day += timedelta(days=1)
    return total


def gaps(held: Sequence[tuple[datetime, datetime | None]], now: datetime) -> list[Span]:
    """Return when nobody held the post, between and after the times it was held, until ``now``.

    ``held`` is in order of its beginnings. Before anybody ever held it, it was no post yet.
    """
    made: list[Span] = []
    until = held[0][0] if held else now
    for begin, end in held:
        if begin > until:
            made.append((until, begin))
        until = max(until, end or now)
    if until < now:
        made.append((until, now))
    return made
