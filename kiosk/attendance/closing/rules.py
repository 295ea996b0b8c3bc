"""Who may close the books and read the sheet, and what a day still lacks (clauses 14, 130, 132)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.attendance.days.derived import PersonDay, Standing
from kiosk.attendance.honest.models import CLOCK_DOUBTS
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person, Rank, Role
from kiosk.desk.refusal import Refused

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
_LEADERS = frozenset({Rank.TEAM_MEMBER, Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})
_HEADS = frozenset({Rank.HEAD_OF_STATION, Rank.DEPARTMENT_MANAGER})
LONGEST_WORDS = 120


class Gap(StrEnum):
    """What a day lacks for one person, or for the whole house."""

    NO_TAPS_AT_ALL = "no_taps_at_all"  # the desk was down, or nobody came
    NO_TAP = "no_tap"
    HALF_MISSING = "half_missing"
    NO_SIGN_OUT = "no_sign_out"
    REMARK_UNSIGNED = "remark_unsigned"
    TAP_VOID = "tap_void"
    TAP_UNPROVEN = "tap_unproven"  # asked for its PIN, and never given
    CLOCK_DOUBTED = "clock_doubted"
    LEAVE_OVERDUE = "leave_overdue"
    SHIFT_UNKNOWN = "shift_unknown"


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose days somebody may read: one section's, or everybody's when ``everybody``."""

    everybody: bool = False
    department_id: str | None = None

    def covers(self, person: Person) -> bool:
        """Say whether the person's days are among them."""
        return self.everybody or (
            self.department_id is not None and person.department_id == self.department_id
        )


def is_office(person: Person) -> bool:
    """Say whether the person keeps the books."""
    return person.role in _OFFICE


def check_keeper(desk: Desk) -> None:
    """Refuse closing at a desk that does not keep the site's books: two closings would differ.

    Raises ``Refused("closing.kept_elsewhere")``.
    """
    if not desk.settings.hub.keeper:
        raise Refused("closing.kept_elsewhere")


def check_office(person: Person) -> None:
    """Refuse who does not keep the books: ``Refused("closing.not_yours")``."""
    if not is_office(person):
        raise Refused("closing.not_yours", name=person.name)


def reads_sheet(person: Person) -> bool:
    """Say whether the person reads a month sheet at all: office, leader, or head of a section."""
    return is_office(person) or person.rank in _LEADERS | _HEADS


def sight_of(person: Person) -> Sight:
    """Return whose days the person may read: office and leaders all, a head the own section's.

    Raises ``Refused("sheet.not_yours")`` for anybody else, the guard among them.
    """
    if not reads_sheet(person):
        raise Refused("sheet.not_yours", name=person.name)
    if is_office(person) or person.rank in _LEADERS:
        return Sight(everybody=True)
    return Sight(department_id=person.department_id)


def gaps_of(day: PersonDay, *, overdue: bool, no_shift: bool) -> Iterator[Gap]:
    """Yield what one person's day lacks.

    ``overdue`` says that a leave is over and nobody reported back, ``no_shift`` that somebody
    tapped whose shift nobody knows.
    """
    missing = [day.morning, day.afternoon].count(Standing.NOT_SIGNED)
    if missing:
        yield Gap.NO_TAP if not day.taps else Gap.HALF_MISSING
    if day.no_sign_out and day.times.start is not None:
        yield Gap.NO_SIGN_OUT
    if day.open_remarks:
        yield Gap.REMARK_UNSIGNED
    if any(one.void for one in day.taps):
        yield Gap.TAP_VOID
    valid = [one for one in day.taps if not one.void]
    if any(one.unproven for one in valid):
        yield Gap.TAP_UNPROVEN
    if any(one.doubts & CLOCK_DOUBTS for one in valid):
        yield Gap.CLOCK_DOUBTED
    if overdue:
        yield Gap.LEAVE_OVERDUE
    if no_shift:
        yield Gap.SHIFT_UNKNOWN


def missing_halves(day: PersonDay) -> int:
    """Count the halves of which nothing is known: closing the books makes them absent."""
    return [day.morning, day.afternoon].count(Standing.NOT_SIGNED)


def month_ends(first: date) -> date:
    """Return the last day of the month that begins on ``first``."""
    return next_month(first) - timedelta(days=1)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    return (first.replace(day=1) - timedelta(days=1)).replace(day=1)
