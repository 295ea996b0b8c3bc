"""The demo's clock, which stands where the story puts it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class DemoClock:
    """A clock that moves only when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment it was put to, in UTC."""
        return self.now.astimezone(UTC)

    def advance(self, **step: float) -> None:
        """Move on by ``minutes=`` or ``seconds=``."""
        self.now += timedelta(**step)
