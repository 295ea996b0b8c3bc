"""When the gatehouse's shifts begin (``[[shifts]]``): each with a tolerance of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of the post. It ends when the next of the day begins, on the site's wall clock.

    A relief later than ``tolerance_min`` minutes after its ``start`` is red.
    """

    name: str = value.key(value.text(20, empty=False))
    start: time = field(default=time(8, 0), metadata={"read": value.clock_time})
    tolerance_min: int = value.key(value.number(0, 240), 10)


def check_shifts(shifts: Iterable[Shift], file: Path) -> None:
    """Raise ``Refused("settings.same_start")`` for a shift that begins when another does."""
    begun: set[time] = set()
    for at, one in enumerate(shifts, start=1):
        if one.start in begun:
            shown = one.start.strftime("%H:%M")
            raise Refused(
                "settings.same_start", file=str(file), key=f"shifts.{at}.start", time=shown
            )
        begun.add(one.start)


LISTED: tuple[str, str, str, Mapping[str, object]] = (
    "shifts",
    "值班班次：每班到下一班开始为止；tolerance_min：接班晚几分钟内不算迟到。不设则不提醒接班",
    """Shifts of the post: each lasts until the next begins; a relief this many minutes late
# is not red.""",
    {"name": "白班", "start": "08:00", "tolerance_min": 10},
)
"""The list as ``kiosk init`` writes it."""
