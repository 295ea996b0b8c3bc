"""Leave as the regulations have it (clauses 16-20): what may be asked, who grants, who may read.

Nothing here reads a clock or the book.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import Granter
from kiosk.desk.absence import Half, LeaveKind
from kiosk.desk.clauses import Rules
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.settings_leave import USUAL, LeaveRung

LONGEST_REASON, LONGEST_CONTACT, LONGEST_MATTERS = 80, 40, 120
NOTES_CALLS = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""The office: it notes telephone calls and the principal leader's leave, and takes papers in."""

_ORDER = tuple(Granter)
_HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})
_FARTHEST = timedelta(days=400)
_DAY = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})[-./](?P<day>\d{1,2})")
_PLUS = re.compile(r"\+(\d{1,3})")
_HALF = {
    **dict.fromkeys(("a", "am", "上", "上午"), Half.MORNING),
    **dict.fromkeys(("p", "pm", "下", "下午"), Half.AFTERNOON),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks for. ``stand_in`` is a staff number, "" for nobody.

    ``matters`` are the matters in hand, each with its next step (clause 7).
    """

    kind: LeaveKind
    span: Span
    reason: str
    contact: str = ""
    matters: str = ""
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs a rung now: ``people`` at ``at``; ``in_place`` of those away whom it needs."""

    needed: Granter
    at: Granter
    people: tuple[Person, ...]

    @property
    def in_place(self) -> bool:
        """Say whether somebody higher signs in place of who is away."""
        return self.at is not self.needed


def typed_half_day(text: str, today: date, usual: Half, field: str) -> tuple[date, Half]:
    """Return the day and half in ``11-30``, ``11-30 pm``, ``+1``, ``2027-01-04 上午``.

    "" is today; without a half it is ``usual``. A day without its year is the nearest one. Raises
    ``Refused("leave.day_unclear", field=...)``.
    """
    words = clean(text, 20).strip().lower()
    match = re.fullmatch(r"(?P<day>[\d+./-]*)\s*(?P<half>[a-z上下午]*)", words)
    half = _HALF.get(match["half"], usual) if match else None
    if match is None or half is None or (match["half"] and match["half"] not in _HALF):
        raise Refused("leave.day_unclear", field=field)
    day = _typed_day(match["day"], today)
    if day is None or abs(day - today) > _FARTHEST:
        raise Refused("leave.day_unclear", field=field)
    return day, half


def _typed_day(text: str, today: date) -> date | None:
    if not text:
        return today
    plus = _PLUS.fullmatch(text)
    if plus:
        return today + timedelta(days=int(plus[1]))
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    years = [int(match["year"])] if match["year"] else [today.year + n for n in (-1, 0, 1)]
    fits = [day for year in years if (day := _day_of(year, match["month"], match["day"]))]
    return min(fits, key=lambda day: abs(day - today), default=None)


def _day_of(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def checked(asking: Asking, rules: Rules) -> Asking:
    """Return what is asked for, cleaned.

    Raises ``Refused`` with ``field``: ``leave.ends_before``, ``leave.no_reason``,
    ``leave.maternity_too_long`` (clause 20, with ``most``).
    """
    if asking.span.first > asking.span.last:
        raise Refused("leave.ends_before", field="last")
    if asking.kind is LeaveKind.MATERNITY and asking.span.days > rules.maternity_leave_days:
        raise Refused("leave.maternity_too_long", field="last", most=rules.maternity_leave_days)
    reason = clean(asking.reason, LONGEST_REASON).strip()
    if not reason:
        raise Refused("leave.no_reason", field="reason")
    return Asking(
        asking.kind, asking.span, reason, clean(asking.contact, LONGEST_CONTACT).strip(),
        clean(asking.matters, LONGEST_MATTERS).strip(), asking.stand_in.strip(),
    )  # fmt: skip


def check_personal(
    used: Mapping[tuple[int, int], int], asked: Mapping[tuple[int, int], int], rules: Rules
) -> None:
    """Raise ``Refused("leave.personal_over")`` for more personal leave than a month has (19).

    Both count half workdays by month. ``left`` is said in days, ``month`` as ``2026-11``.
    """
    most = 2 * rules.leave_personal_days
    for month, halves in sorted(asked.items()):
        before = used.get(month, 0)
        if before + halves > most:
            raise Refused(
                "leave.personal_over", field="last", month=f"{month[0]}-{month[1]:02}",
                used=in_days(before), left=in_days(max(0, most - before)),
                most=rules.leave_personal_days,
            )  # fmt: skip


def in_days(halves: int) -> str:
    """Return half days as days: 3, 2.5, 0."""
    return f"{halves / 2:g}"


def rungs(
    rank: Rank, halves_in_row: int, ladder: Iterable[LeaveRung], rules: Rules
) -> list[Granter]:
    """Return who must grant the leave, the lowest first (clauses 16 and 17).

    More than ``rules.leave_leader_days`` adds the leader in charge where nobody as high grants it.
    """
    by_rank = {**USUAL, **{one.rank: one.granted_by for one in ladder}}
    first = Granter(by_rank[rank.value])
    long = halves_in_row > 2 * rules.leave_leader_days
    return [first, Granter.LEADER_IN_CHARGE] if first is Granter.HEAD and long else [first]


def signers(
    needed: Granter, asker: Person, people: Sequence[Person], away: Collection[str]
) -> Signers:
    """Return who signs a rung: the next higher one, where all it needs are away or there is none.

    ``away`` are the ids of who is on leave now. Above the principal leader the office notes it.
    """
    for at in _ORDER[_ORDER.index(needed) :]:
        here = tuple(
            one for one in people
            if one.active and one.id not in away and grants(one, at, asker)
        )  # fmt: skip
        if here or at is Granter.OFFICE:
            return Signers(needed, at, here)
    raise AssertionError(needed)


def grants(person: Person, at: Granter, asker: Person) -> bool:
    """Say whether the person grants at ``at`` what ``asker`` asks for; never the own leave."""
    if person.id == asker.id:
        return False
    if at is Granter.OFFICE:
        return person.role in NOTES_CALLS
    if at is Granter.HEAD:
        return person.rank in _HEADS and _same_section(person, asker)
    return person.rank.value == at.value


def _same_section(one: Person, other: Person) -> bool:
    return one.department_id is not None and one.department_id == other.department_id


def is_signer(person: Person) -> bool:
    """Say whether the person may be asked to sign some leave."""
    leads = {Granter.LEADER_IN_CHARGE.value, Granter.PRINCIPAL_LEADER.value}
    return person.rank in _HEADS or person.rank.value in leads or person.role in NOTES_CALLS


def may_override(person: Person, asker: Person) -> bool:
    """Say whether the person's word allows more personal leave than a month has (clause 19)."""
    leads = {Granter.LEADER_IN_CHARGE.value, Granter.PRINCIPAL_LEADER.value}
    return person.id != asker.id and person.rank.value in leads


def may_read(reader: Person, of: Person) -> bool:
    """Say whether the reader may see kind and reason: the person, his head, the leaders (PIPL 28).

    Neither the gate nor the office is among them.
    """
    if reader.id == of.id:
        return True
    leads = {Granter.LEADER_IN_CHARGE.value, Granter.PRINCIPAL_LEADER.value}
    if reader.rank.value in leads:
        return True
    return reader.rank in _HEADS and _same_section(reader, of)
