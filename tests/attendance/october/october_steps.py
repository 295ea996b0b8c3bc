"""All that happens in October in the order of the clock: happenings.txt and the usual taps."""

from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise
from pathlib import Path

from october_people import GUARDS, PEOPLE, guard_of

WORKDAYS = (8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30)
"""The workdays of October 2026 as the State published them: the 10th is a Saturday of work."""
SECTION_C = range(2041, 2061)
_NO_TAPS = {"no_night", "nocome", "nogo", "away", "section_c_comes_late"}


@dataclass(frozen=True, order=True)
class Step:
    """One thing that somebody does at a moment of October."""

    day: int
    hour: time
    place: int
    verb: str = field(compare=False)
    words: tuple[str, ...] = field(compare=False)


def told() -> list[Step]:
    """Return the lines of happenings.txt."""
    lines = (Path(__file__).parent / "happenings.txt").read_text("utf-8").splitlines()
    found = []
    for place, line in enumerate(lines):
        if line and not line.startswith("#"):
            day, hour, verb, *words = line.split()
            found.append(
                Step(int(day), time.fromisoformat(hour.zfill(5)), place, verb, tuple(words))
            )
    return found


def month() -> list[Step]:
    """Return all that happens, in the order of the clock: the usual taps and what was told."""
    given = told()
    steps = [one for one in given if one.verb not in _NO_TAPS]
    dropped = {
        (one.day, one.words[0], way)
        for one in given
        if one.verb in {"comes", "goes", "nocome", "nogo", "away"}
        for way in {"comes": ("comes",), "nocome": ("comes",), "away": ("comes", "goes")}.get(
            one.verb, ("goes",)
        )
    }
    left = {one.words[0]: one.day for one in given if one.verb == "leaves"}
    late = {one.day for one in given if one.verb == "section_c_comes_late"}
    for day in WORKDAYS:
        for n in range(1, PEOPLE + 1):
            who, x = str(2000 + n), (n + day) % 20
            if who in GUARDS or day > left.get(who, 31):
                continue
            comes = time(10, 10 + x) if day in late and 2000 + n in SECTION_C else time(8, 10 + x)
            for verb, at in (("comes", comes), ("goes", time(17, 30 + x))):
                if (day, who, verb) not in dropped:
                    steps.append(Step(day, at, 1000 + n, verb, (who,)))
    nights = {one.day for one in given if one.verb in {"night", "no_night"}}
    missed = {one.day for one in given if one.verb == "no_night"}
    for night in range(1, 32):
        if night not in nights:
            steps.append(Step(night, time(21, 50), 2000, "tap", (guard_of(night),)))
        if night not in missed:
            steps.append(Step(night + 1, time(6, 5), 2000, "tap", (guard_of(night),)))
        steps.append(Step(night, time(8, 0), 0, "jobs", ()))
    for before, day in pairwise((1, *WORKDAYS)):  # days off too: the nights of the guards
        steps += [Step(day, time(17, 0), n, "close", (str(n),)) for n in range(before, day)]
    return sorted(steps)
