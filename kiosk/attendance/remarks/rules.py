"""Who may write, sign and read a remark, until when, and what it must say (clauses 24, 25).

Nothing here writes, and nothing reads a clock.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from kiosk.attendance.remarks.models import About, Remark
from kiosk.desk.calendar import WorkCalendar
from kiosk.desk.clauses import Rules
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

LONGEST_CAUSE, LONGEST_CALLER = 80, 40
HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})
LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})
PHONED = frozenset({Rank.TEAM_MEMBER, Rank.DUTY_LEADER, *LEADERS})
"""For whom the office writes what was said on the telephone (clause 25): 班子成员 and above."""
OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
KEPT_AWAY = frozenset({About.LATE, About.OUT_OF_WINDOW, About.NO_TAP})
"""What a weather signal at the start of work explains; one word is enough for it (clause 95)."""
_KNOWN_NEXT_DAY = frozenset({About.EARLY, About.NO_SIGN_OUT, About.NO_TAP})
_ONE_DAY = timedelta(days=1)
_LOOK_AHEAD_DAYS = 31  # no holiday is longer
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):?(\d{2})", re.ASCII)


class Slot(StrEnum):
    """One of the two signatures."""

    HEAD = "head"  # 所站长、部门负责人
    LEADER = "leader"  # 主管领导


_SIGNATURES = len(Slot)


class Writer(StrEnum):
    """In what capacity somebody writes a remark."""

    SELF = "self"
    SUPERIOR = "superior"
    OFFICE = "office"  # for a leader who telephoned


@dataclass(frozen=True, slots=True)
class Above:
    """Who stands above a person: staff ids of those who may sign, as head and as leader.

    ``two_leaders`` is true for who is a head or leader himself, and where a section has no head:
    then both signatures are leaders'. ``instead`` sign where the house has too few leaders for
    that, nobody where it has enough.
    """

    heads: frozenset[str]
    leaders: frozenset[str]
    instead: frozenset[str] = frozenset()

    @property
    def signers(self) -> frozenset[str]:
        """Return everybody who may sign."""
        return self.heads | self.leaders | self.instead

    @property
    def two_leaders(self) -> bool:
        """Say whether leaders give both signatures."""
        return not self.heads


@dataclass(frozen=True, slots=True)
class Said:
    """What a remark says. ``came_at`` and ``went_at`` (aware) are what the taps should have been.

    ``called_by`` and ``called_at`` tell of the telephone call of a leader, empty for none.
    """

    day: date
    about: About
    cause: str
    came_at: datetime | None = None
    went_at: datetime | None = None
    called_by: str = ""
    called_at: datetime | None = None


def above(person: Person, everyone: Sequence[Person]) -> Above:
    """Return who may sign for ``person`` among the active people of the house.

    A head's deputy signs for the head. Nobody signs for himself.
    """
    leaders = {one.id for one in everyone if one.rank in LEADERS}
    heads: set[str] = set()
    if person.rank is Rank.ORDINARY and person.department_id is not None:
        own = [
            one for one in everyone
            if one.department_id == person.department_id and one.rank in HEADS
        ]  # fmt: skip
        deputies = {one.deputy_no for one in own if one.deputy_no}
        heads = {one.id for one in own}
        heads |= {one.id for one in everyone if one.staff_no in deputies}
    heads, leaders = heads - {person.id}, leaders - {person.id}
    instead = _instead(heads, leaders, [one for one in everyone if one.id != person.id])
    return Above(frozenset(heads), frozenset(leaders), frozenset(instead))


def _instead(heads: set[str], leaders: set[str], others: Sequence[Person]) -> set[str]:
    """Return who signs for leaders that the house has not.

    That is the own head; for who has none, and where there is no leader at all, the team, and the
    heads where that is too small.
    """
    if len(leaders) >= _SIGNATURES:
        return set()
    if heads and leaders:
        return heads
    team = {one.id for one in others if one.rank is Rank.TEAM_MEMBER}
    if len(leaders | team) >= (1 if heads else _SIGNATURES):
        return team
    return team | {one.id for one in others if one.rank in HEADS}


def slot_for(remark: Remark, signer: Person, stand: Above, *, late: bool = False) -> Slot:
    """Return which signature of ``remark`` is the signer's; ``late`` a leader gives the head's too.

    Raises ``Refused``: ``remark.over``, ``remark.own``, ``remark.signed_already`` for one person
    twice, ``remark.nothing_missing``, ``remark.not_above`` for who neither heads nor leads.
    """
    check_open(remark)
    if signer.id == remark.person_id:
        raise Refused("remark.own", name=signer.name)
    if signer.id in {remark.head_id, remark.leader_id}:
        raise Refused("remark.signed_already", name=signer.name, number=remark.number)
    leaders = stand.leaders or stand.instead
    heads = stand.heads
    if late or stand.two_leaders:
        heads = heads | leaders | stand.instead
    slots = [(Slot.LEADER, remark.leader_id, leaders), (Slot.HEAD, remark.head_id, heads)]
    if signer.id in stand.heads - stand.leaders:
        slots.reverse()  # the leader's place is for who can sign nowhere else
    fits = [slot for slot, taken, who in slots if signer.id in who and taken is None]
    if fits and remark.missing:
        return fits[0]
    if signer.id in stand.signers:
        raise Refused("remark.nothing_missing", name=signer.name, number=remark.number)
    raise Refused("remark.not_above", name=signer.name)


def check_open(remark: Remark) -> None:
    """Raise ``Refused("remark.over")`` for a remark that was refused or replaced."""
    if not remark.stands:
        raise Refused("remark.over", number=remark.number)


def last_day(day: date, about: About, calendar: WorkCalendar, rules: Rules) -> date:
    """Return the last day of the site on which a remark is signed without a reason (clause 24).

    That is the day itself; for what only the end of the day shows, the next workday.
    ``rules.remark_sign_days`` more workdays than the first may be given.
    """
    last = _workday_after(day, calendar) if about in _KNOWN_NEXT_DAY else day
    for _more in range(rules.remark_sign_days - 1):
        last = _workday_after(last, calendar)
    return last


def _workday_after(day: date, calendar: WorkCalendar) -> date:
    after = day + _ONE_DAY
    for _step in range(_LOOK_AHEAD_DAYS):
        if calendar.is_workday(after):
            return after
        after += _ONE_DAY
    return after


def checked_why(signer: Person, stand: Above, why: str, *, late: bool) -> str:
    """Return the reason of a signature, "" in time: late, a leader alone signs, and says why.

    Raises ``Refused``: ``remark.too_late`` for who is no leader in charge and signs for none,
    ``remark.why_missing``.
    """
    if not late:
        return ""
    if signer.id not in stand.leaders | stand.instead:
        raise Refused("remark.too_late", name=signer.name)
    return needed_why(why)


def needed_why(why: str) -> str:
    """Return a reason, cleaned; raise ``Refused("remark.why_missing")`` for none."""
    words = clean(why, LONGEST_CAUSE).strip()
    if not words:
        raise Refused("remark.why_missing", field="why")
    return words


def writes_as(person: Person, writer: Person, stand: Above) -> Writer:
    """Return in what capacity ``writer`` writes a remark about ``person``.

    Raises ``Refused``: ``remark.only_leaders_call`` for the office and somebody below the team,
    ``remark.not_yours_to_write`` for anybody else.
    """
    if writer.id == person.id:
        return Writer.SELF
    if writer.id in stand.heads | stand.leaders:
        return Writer.SUPERIOR
    if writer.role not in OFFICE:
        raise Refused("remark.not_yours_to_write", name=writer.name)
    if person.rank not in PHONED:
        raise Refused("remark.only_leaders_call", name=person.name)
    return Writer.OFFICE


def may_read(remark: Remark, reader: Person, stand: Above) -> bool:
    """Say whether the cause is shown to ``reader``, who has proved who he is (PIPL 28).

    It is for the person, his head and the leaders, and for the office where it wrote it itself.
    """
    concerned = {remark.person_id} | stand.signers
    return reader.id in concerned or (remark.by_phone and reader.staff_no == remark.written_by)


def checked(said: Said, today: date, *, phoned: bool) -> Said:
    """Return what a remark says, cleaned.

    Raises ``Refused`` with the ``field``: ``remark.day_ahead``, ``remark.cause_missing``,
    ``remark.caller_missing`` for a telephone call without who or when, ``remark.times_turned``.
    """
    if said.day > today:
        raise Refused("remark.day_ahead", field="day")
    cause = clean(said.cause, LONGEST_CAUSE).strip()
    if not cause:
        raise Refused("remark.cause_missing", field="cause")
    if said.came_at is not None and said.went_at is not None and said.went_at <= said.came_at:
        raise Refused("remark.times_turned", field="went")
    if not phoned:
        return Said(said.day, said.about, cause, said.came_at, said.went_at)
    caller = clean(said.called_by, LONGEST_CALLER).strip()
    if not caller or said.called_at is None:
        raise Refused("remark.caller_missing", field="called-at" if caller else "called-by")
    return Said(said.day, said.about, cause, said.came_at, said.went_at, caller, said.called_at)


def typed_day(typed: str, today: date) -> date:
    """Return the day that was typed, as 11-23 or 2026-11-23; "" is today.

    A day without a year is the last such day. Raises ``Refused("remark.day_unclear")``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return today
    found = _DAY.fullmatch(text)
    if found is None:
        raise Refused("remark.day_unclear", field="day")
    year, month, day = found.groups()
    try:
        said = date(int(year or today.year), int(month), int(day))
        if year is None and said > today:
            said = date(today.year - 1, int(month), int(day))
    except ValueError:
        raise Refused("remark.day_unclear", field="day") from None
    return said


def typed_time(typed: str, day: date, zone: tzinfo, field: str) -> datetime | None:
    """Return the moment of ``day`` that was typed, as 8:25 or 0825; None for nothing typed.

    Raises ``Refused("remark.time_unclear")`` with the ``field``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    try:
        if found is not None:
            return datetime.combine(day, time(int(found[1]), int(found[2])), zone)
    except ValueError:
        pass
    raise Refused("remark.time_unclear", field=field)
