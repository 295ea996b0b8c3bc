"""Who may go out in working time, on whose word, and when he is waited for (clause 26)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.desk.absence import Outing, OutingKind
from kiosk.desk.clauses import Rules
from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import Person, Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST_PLACE, LONGEST_WHY, LONGEST_COMPANIONS, LONGEST_PHONE = 40, 60, 40, 30

HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})
"""Who lets people of the own section go."""
LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER, Rank.DUTY_LEADER})
"""Who lets people of any section go."""
_PRINCIPAL = frozenset({Rank.PRINCIPAL_LEADER})
LET_GO_BY: Mapping[Rank, frozenset[Rank]] = {
    Rank.ORDINARY: HEADS | LEADERS | {Rank.TEAM_MEMBER},
    Rank.HEAD_OF_STATION: LEADERS | {Rank.TEAM_MEMBER},
    Rank.DEPARTMENT_MANAGER: LEADERS | {Rank.TEAM_MEMBER},
    Rank.TEAM_MEMBER: _PRINCIPAL,
    Rank.DUTY_LEADER: LEADERS,
    Rank.LEADER_IN_CHARGE: _PRINCIPAL,
    Rank.PRINCIPAL_LEADER: _PRINCIPAL,
}
"""The ranks whose word lets somebody of a rank go out; heads only those of their own section."""
OWN_WORD = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})
"""Leaders, who go on their own word: it is noted, and nobody else is asked."""

_PHONE = re.compile(r"[0-9+*#()\- 转]{3,30}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:点.]?([0-5]\d)?分?")
_AHEAD = re.compile(r"\+(\d{1,2})\s+(.+)")
_DAY = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?\s+(.+)")
_A_DAY_MIN = 24 * 60
_NOT_BACK = frozenset({"0", "x", "X", "不回"})
_KINDS = {"": OutingKind.BUSINESS, "1": OutingKind.BUSINESS, "2": OutingKind.PRIVATE}


@dataclass(frozen=True, slots=True)
class Back:
    """When somebody comes back: ``by`` a moment, not at all ``today``, or (neither) not sure."""

    by: datetime | None = None
    not_today: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """What somebody says before going out. Moments are aware; ``leaves`` None: now."""

    place: str
    why: str
    back: Back = Back()
    kind: OutingKind = OutingKind.BUSINESS
    companions: str = ""
    phone: str = ""
    leaves: datetime | None = None


def checked(said: Going, now: datetime, rules: Rules) -> Going:
    """Return what was said, cleaned.

    ``now`` is aware. Raises ``Refused`` with its ``field``: ``outing.place_missing``,
    ``outing.why_missing``, ``outing.phone_unlikely``, ``outing.leaves_past``,
    ``outing.leaves_too_far``, ``outing.back_past``.
    """
    fine = replace(
        said,
        place=clean(said.place, LONGEST_PLACE).strip(),
        why=clean(said.why, LONGEST_WHY).strip(),
        companions=clean(said.companions, LONGEST_COMPANIONS).strip(),
        phone=unicodedata.normalize("NFKC", clean(said.phone, LONGEST_PHONE)).strip(),
    )
    for name in ("place", "why"):
        if not getattr(fine, name):
            raise Refused(f"outing.{name}_missing", field=name)
    if fine.phone and not _PHONE.fullmatch(fine.phone):
        raise Refused("outing.phone_unlikely", field="phone")
    leaves, late = fine.leaves or now, timedelta(minutes=rules.outing_said_late_min)
    if leaves < now - late:
        raise Refused("outing.leaves_past", field="leaves", n=rules.outing_said_late_min)
    if leaves > now + timedelta(days=rules.outing_ahead_days):
        raise Refused("outing.leaves_too_far", field="leaves", n=rules.outing_ahead_days)
    if fine.back.by is not None and fine.back.by <= leaves:
        raise Refused("outing.back_past", field="back")
    return fine


def typed_back(typed: str, day: date, now: datetime) -> Back:
    """Return when somebody is back: ``15:30``, ``0`` for not today, nothing for not sure.

    ``now`` is the site's local time, ``day`` the day of the outing. Raises
    ``Refused("outing.back_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return Back()
    if text in _NOT_BACK:
        return Back(not_today=True)
    at = _clock(text, day, now)
    if at is None:
        raise Refused("outing.back_unclear", field="back")
    return Back(at)


def typed_leaves(typed: str, now: datetime) -> datetime | None:
    """Return when somebody leaves: ``13:30``, ``+1 8:00`` or ``11-30 8:00``; None for now.

    ``now`` is the site's local time. Raises ``Refused("outing.leaves_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    day, clock = _day_and_clock(text, now.date())
    at = _clock(clock, day, now) if day is not None else None
    if at is None:
        raise Refused("outing.leaves_unclear", field="leaves")
    return at


def _day_and_clock(text: str, today: date) -> tuple[date | None, str]:
    ahead, written = _AHEAD.fullmatch(text), _DAY.fullmatch(text)
    if ahead is not None:
        return today + timedelta(days=int(ahead[1])), ahead[2]
    if written is None:
        return today, text
    try:
        found = date(today.year, int(written[1]), int(written[2]))
        # A day that is over this year is one of next year: an outing is never said afterwards.
        return (found if found >= today else found.replace(year=today.year + 1)), written[3]
    except ValueError:
        return None, ""


def _clock(text: str, day: date, now: datetime) -> datetime | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23:  # noqa: PLR2004 - the hours of a day
        return None
    at = now.replace(hour=int(found[1]), minute=int(found[2] or 0), second=0, microsecond=0)
    return at.replace(year=day.year, month=day.month, day=day.day)


def typed_kind(typed: str) -> OutingKind:
    """Return the kind of a digit; raise ``Refused("outing.kind_unclear")`` for anything else."""
    kind = _KINDS.get(unicodedata.normalize("NFKC", typed).strip())
    if kind is None:
        raise Refused("outing.kind_unclear", field="kind")
    return kind


def goes_on_own_word(person: Person) -> bool:
    """Say whether somebody is a leader, who asks nobody (clause 26)."""
    return person.rank in OWN_WORD


def may_let_go(approver: Person, person: Person) -> bool:
    """Say whether the approver's word lets the person go out: own head or leader, never himself.

    A leader's own word is the one exception.
    """
    if not approver.active:
        return False
    if approver.id == person.id:
        return goes_on_own_word(person)
    if approver.rank not in LET_GO_BY[person.rank]:
        return False
    same = approver.department_id is not None and approver.department_id == person.department_id
    return approver.rank in LEADERS or same or approver.rank is Rank.TEAM_MEMBER


def check_approver(approver: Person, person: Person) -> None:
    """Refuse whose word does not do.

    Raises ``Refused``: ``outing.own_word``, ``outing.not_approver``.
    """
    if may_let_go(approver, person):
        return
    if approver.id == person.id:
        raise Refused("outing.own_word", name=person.name)
    raise Refused("outing.not_approver", name=approver.name, person=person.name)


def may_read_why(reader: Person, person: Person, approver_id: str | None) -> bool:
    """Say who may read why somebody is out: he himself, who approved, his head and the leaders."""
    return reader.id in {person.id, approver_id} or may_let_go(reader, person)


def needs_stand_in(starts: datetime, back_by: datetime | None, rules: Rules) -> bool:
    """Say whether so long an outing needs somebody's yes to stand in (clause 7); None: not sure."""
    if rules.outing_alone_min >= _A_DAY_MIN:
        return False
    return back_by is None or back_by - starts > timedelta(minutes=rules.outing_alone_min)


def is_planned(outing: Outing, now: datetime) -> bool:
    """Say whether the outing is still ahead. ``now`` is aware."""
    return outing.ended_at is None and outing.started_at > now


def takes_tap(outing: Outing, now: datetime, rules: Rules) -> bool:
    """Say whether a tap out belongs to the outing: from a little before its start. Aware."""
    return outing.started_at - timedelta(minutes=rules.outing_early_min) <= now


def overdue(outing: Outing, now: datetime, rules: Rules) -> Urgency | None:
    """Return how urgent it is that somebody is not back; None while nobody waits. Aware.

    It is to be seen from the moment that was said, and amber ``rules.outing_late_min`` later.
    """
    if outing.ended_at is not None or outing.not_back_today or outing.back_by is None:
        return None
    if now < outing.back_by:
        return None
    late = now - outing.back_by >= timedelta(minutes=rules.outing_late_min)
    return Urgency.WAITING if late else Urgency.SOON
