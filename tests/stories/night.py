"""The gate of the story of three shifts: three guards, two shifts, and a clock one can move."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from guards import Gate, Guard
from house import BADGES, PIN, ROOT, Site, clean_environment
from terminal import Terminal

from kiosk.desk import settings
from kiosk.desk.clock import system_clock

THIRD = "2003"
_STAFF = "姓名,工号,部门,职务,级别,角色,卡号\n孙强,2003,传达室,,,guard,04A1B2C3D4E510\n"
_SETTINGS = """
[[shifts]]
name = "白班"
start = "08:00"
tolerance_min = 10

[[shifts]]
name = "夜班"
start = "18:00"
tolerance_min = 10

[[contacts]]
role = "security"
name = "保卫科"
phone = "8110"

[[contacts]]
role = "superior"
name = "赵主任"
phone = "8101"
"""


@dataclass
class Night:
    """Whoever is at the desk, and the time it is there."""

    guard: Guard
    clock: Path
    zone: ZoneInfo
    first_day: datetime

    @property
    def site(self) -> Site:
        """The site and its commands."""
        return self.guard.gate.site

    @property
    def screen(self) -> Terminal:
        """What stands on the screen."""
        return self.guard.screen

    def is_now(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Move the clock on to this time, ``days`` after the first day."""
        day = self.first_day.date() + timedelta(days=days)
        wanted = datetime.combine(day, time(hour, minute), self.zone)
        passed = (wanted - system_clock()).total_seconds()
        wound = self.clock.with_suffix(".new")
        wound.write_text(str(passed), encoding="ascii")
        wound.replace(self.clock)  # it is read at every moment: never half written
        self.screen.shows(f"{hour:02}:{minute:02}")

    def goes_home(self) -> None:
        """Press Esc until the home screen is there."""
        while "F10" not in self.screen.text:
            before = self.screen.text
            self.screen.press("escape")
            self.screen.until(lambda text, before=before: text != before, "the way back")

    def kiosk(self, *words: str) -> str:
        """Run one command at this time; return what it says."""
        done = self.site.kiosk(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, name: str, first: date, last: date) -> list[dict[str, str]]:
        """Return the rows of a month's page of handovers, without its foot."""
        found = []
        for month in sorted({f"{first:%Y-%m}", f"{last:%Y-%m}"}):
            file = self.site.folder / f"{name}-{month}.csv"
            self.kiosk("report", name, "--month", month, "--out", str(file))
            with file.open(encoding="utf-8-sig", newline="") as rows:
                found += [row for row in csv.DictReader(rows) if row["结果"]]
        return found


def prepare(site: Site) -> None:
    """Add the third guard, the shifts and the contacts."""
    BADGES[THIRD] = "04A1B2C3D4E510"
    staff = site.folder / "third.csv"
    staff.write_text(_STAFF, encoding="utf-8")
    for words, typed in (
        (("people", "import", str(staff)), ""),
        (("people", "set-pin", THIRD), f"{PIN}\n"),
    ):
        done = site.kiosk(*words, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
    site.set("desk", idle_lock_s="3600")
    with site.config.open("a", encoding="utf-8") as file:
        file.write(_SETTINGS)


@contextmanager
def night_at(gate: Gate) -> Iterator[Night]:
    """Show the kiosk in Chinese on 80x24 with a clock of its own."""
    clock = gate.site.folder / "clock"
    clock.write_text("0", encoding="ascii")
    runs = Path(__file__).parent / "another_time.py"
    words = [sys.executable, str(runs), str(clock), "run", "--config", str(gate.site.config)]
    more = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with Terminal(words, 80, 24, clean_environment("zh_CN") | more, ROOT) as screen:
        zone = ZoneInfo(settings.load(gate.site.config, {}).site.timezone)
        yield Night(Guard(gate, screen), clock, zone, system_clock().astimezone(zone))
