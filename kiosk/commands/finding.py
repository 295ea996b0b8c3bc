"""One thing that ``kiosk doctor`` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``part`` and ``state`` are codes, ``words`` is for people."""

    part: str
    name: str
    good: bool
    state: str
    words: str
