"""Who may decide which conflict, what may be chosen, and what is kept from view. Nothing writes."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

from kiosk.desk.outstanding import Urgency
from kiosk.desk.people import DESK_ROLES, MANAGERS, Person, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Stored
from kiosk.desk.safe_text import clean

LONGEST_REASON = 80


class Choice(StrEnum):
    """What becomes of a conflict."""

    VERSION = "version"  # one desk's version of the row stands
    STAYS = "stays"  # of two rows for one place, the one that has it keeps it
    GIVES_WAY = "gives_way"  # of two rows for one place, the one that stood aside gets it
    BOTH = "both"  # each desk changed something else: both changes stand


ATTENDANCE = frozenset({
    "attendance_case", "clock_check", "counted_mark", "day_closing", "day_counted", "leave",
    "leave_approval", "month_closing", "objection", "outing", "overtime", "remark", "shift_day",
    "site_day", "stand_in", "tap", "tap_doubt", "tap_proof", "tap_void", "weather_signal",
})  # fmt: skip
"""The office's and the leaders': the gate sees that they wait, never a word of them."""

ACCESS = frozenset({
    "badge", "badge_counter", "department", "loan", "loss", "person", "person_before", "pin",
    "reservation", "spare_badge", "spare_lending", "stock_line", "stock_take", "thing",
    "watch_entry", "watch_match",
})  # fmt: skip
"""Who may open what: a badge, a key, the people themselves, and whom the house watches."""

UNNAMED = frozenset({"attendance_case", "objection", "refused_errand", "watch_entry", "pin"})
"""Whose rows name nobody at the gate."""

SEALED_AWAY = ATTENDANCE | UNNAMED
"""Whose sealed words are for the person, the head and the leader only."""

_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})


def may_decide(table: str, person: Person) -> bool:
    """Say whether ``person`` may sign for a row of ``table``.

    Badges, keys and attendance are decided by a clerk, an administrator or a manager; everything
    else by whoever may keep the desk, for a visitor cannot wait for the office.
    """
    if table in ACCESS or table in ATTENDANCE:
        return person.role in _OFFICE or person.rank in MANAGERS
    return person.role in DESK_ROLES or person.rank in MANAGERS


def check_may_decide(table: str, person: Person) -> None:
    """Raise ``Refused("conflict.not_yours")`` for whose signature does not count here."""
    if not may_decide(table, person):
        raise Refused("conflict.not_yours", name=person.name)


def urgency_of(table: str) -> Urgency:
    """Return how soon somebody must decide: keys and badges first, the office's own last."""
    if table in ATTENDANCE:
        return Urgency.QUIET
    return Urgency.NOW if table in {"badge", "visit", "loan"} else Urgency.WAITING


def number_of(table: str, row_id: str) -> str:
    """Return the number of a conflict: the same at every desk, as long as it is open.

    It comes from the row itself, for two desks that cannot hear each other cannot count together.
    """
    digest = hashlib.sha256(f"{table}/{row_id}".encode()).hexdigest()
    return f"CT{digest[:5].upper()}"


def together(
    before: Mapping[str, Stored] | None, versions: Sequence[Mapping[str, Stored] | None]
) -> dict[str, Stored] | None:
    """Return the row with what every desk changed, None where two changed one column differently.

    ``before`` is the row that all of them changed; without it, or where a desk deleted the row,
    nobody can say that both are right.
    """
    made = [one for one in versions if one is not None]
    if before is None or len(made) < len(versions):
        return None
    result = dict(before)
    for name in made[0].keys() - {"stamp"}:
        changed = {one.get(name) for one in made} - {before.get(name)}
        if len(changed) > 1:
            return None
        result[name] = next(iter(changed), before.get(name))
    return result


def checked_reason(typed: str) -> str:
    """Return the reason, cleaned; raise ``Refused("conflict.reason_missing")`` for none."""
    reason = clean(typed, LONGEST_REASON).strip()
    if not reason:
        raise Refused("conflict.reason_missing", field="reason")
    return reason
