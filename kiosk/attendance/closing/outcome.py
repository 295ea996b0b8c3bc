"""What a day came to when its books were closed, in a few signs for each person (clause 130)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.attendance.days.derived import PersonDay, Standing

_SIGNS = {
    Standing.OFF: "o", Standing.PRESENT: "p", Standing.LEAVE: "l", Standing.OUTING: "g",
    Standing.EXCUSED: "e", Standing.NOT_SIGNED: "n", Standing.ABSENT: "a",
}  # fmt: skip
_STANDINGS = {sign: standing for standing, sign in _SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person's day came to: both halves, and the minutes late and early that count."""

    morning: Standing = Standing.OFF
    afternoon: Standing = Standing.OFF
    late_min: int = 0
    early_min: int = 0


NOTHING = Outcome()
"""A day off without a tap: it is not written down."""


def outcome_of(day: PersonDay) -> Outcome:
    """Return what the day comes to by the rules of now."""
    return Outcome(
        day.morning, day.afternoon,
        day.late_min if day.late_counts else 0, day.early_min if day.early_counts else 0,
    )  # fmt: skip


def written(outcomes: Mapping[str, Outcome]) -> str:
    """Return the outcomes by person's id as JSON; days off are left out."""
    kept = {key: _signs(one) for key, one in outcomes.items() if one != NOTHING}
    return json.dumps(kept, separators=(",", ":"), sort_keys=True)


def read(text: str) -> dict[str, Outcome]:
    """Return the outcomes by person's id; who is not among them had a day off (``NOTHING``)."""
    return {key: _outcome(signs) for key, signs in json.loads(text).items()}


def _signs(one: Outcome) -> str:
    halves = _SIGNS[one.morning] + _SIGNS[one.afternoon]
    return f"{halves} {one.late_min} {one.early_min}" if one.late_min or one.early_min else halves


def _outcome(signs: str) -> Outcome:
    halves, *minutes = signs.split()
    late, early = map(int, minutes or (0, 0))
    return Outcome(_STANDINGS[halves[0]], _STANDINGS[halves[1]], late, early)
