"""What F7 leads to by a digit: the office's and the gate's jobs about staff attendance."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from kiosk.desk.words import N_

Make = Callable[[], Any]
"""Makes the screen that a job begins with."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job of F7: its digit and its name, marked with ``N_``, short enough for 80 columns.

    ``make`` imports its screen when it is asked for: a desk that never opens it never loads it.
    """

    digit: str
    name: str
    make: Make


def screen_of(module: str, name: str) -> Make:
    """Return what makes the screen ``name`` of ``module``, loaded when it is asked for."""

    def make() -> Any:  # noqa: ANN401 - any screen, and no Textual is known here
        return getattr(import_module(module), name)()

    return make


JOBS: tuple[Job, ...] = (
    Job("1", N_("Remarks"), screen_of("kiosk.attendance.remarks.screens_list", "RemarksHome")),
    Job("2", N_("Leave"), screen_of("kiosk.attendance.leave.screens_home", "LeaveHome")),
    Job("3", N_("Outing"), screen_of("kiosk.attendance.outing.screens_home", "OutingHome")),
    Job("4", N_("Stand-in"), screen_of("kiosk.attendance.stand_ins.screens_home", "StandInHome")),
    Job("5", N_("Overtime"), screen_of("kiosk.attendance.overtime.screens_home", "OvertimeHome")),
    Job("6", N_("Weather"), screen_of("kiosk.attendance.weather.screens_home", "WeatherHome")),
    Job("7", N_("Cases"), screen_of("kiosk.attendance.counters.screens_home", "CasesHome")),
    Job("8", N_("Books"), screen_of("kiosk.attendance.closing.screens_books", "BooksHome")),
    Job("9", N_("Month sheet"), screen_of("kiosk.attendance.closing.screens_sheet", "ReadSheet")),
    Job("0", N_("My month"), screen_of("kiosk.attendance.closing.screens_own", "ReadOwnMonth")),
)
"""In the order of their digits, 0 last; each digit once."""
