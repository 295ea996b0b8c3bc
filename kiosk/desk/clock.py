"""The one system clock. Everything else is given a clock, so that tests can hold time still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns this moment as an aware ``datetime`` in UTC."""


def system_clock() -> datetime:
    """Return the computer's time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place in the program that may ask the computer
