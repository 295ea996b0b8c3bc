"""A site as an office makes it with the command line, copied for every test that works on one."""

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from terminal import Terminal

from kiosk import features  # noqa: F401 - registers every table
from kiosk.attendance import service
from kiosk.desk import settings
from kiosk.desk.clock import system_clock
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no

PIN = "2580"
BADGES = {
    "1001": "04A1B2C3D4E501", "1002": "04A1B2C3D4E506", "1003": "04A1B2C3D4E507",
    "2001": "04A1B2C3D4E502",
    "2002": "04A1B2C3D4E503", "9001": "04A1B2C3D4E505",
}  # fmt: skip
BLOCKED = "04A1B2C3D4E509"
STAFF = """姓名,工号,部门,职务,级别,角色,卡号,称呼,分机,手机
张伟,1001,办公室,科长,,staff,04A1B2C3D4E501,,8001,
李娜,1002,财务科,,,staff,04A1B2C3D4E506,女士,8002,
周海燕,1003,办公室,,,staff,04A1B2C3D4E507,,8003,
李建国,2001,传达室,,,guard,04A1B2C3D4E502,,8101,
王磊,2002,传达室,,,guard,04A1B2C3D4E503,,8102,
"""
ROOT = Path(__file__).parents[2]
_HOUR = 10  # it is ten in the morning at the site, whenever the tests run


@dataclass(frozen=True)
class Site:
    """One site in ``folder``, with its devices named in ``kiosk.toml``."""

    folder: Path

    @property
    def config(self) -> Path:
        """The settings' file."""
        return self.folder / "kiosk.toml"

    @property
    def database(self) -> Path:
        """The book."""
        return self.folder / "kiosk.db"

    def plug(self, reader: str = "", printer: str = "", role: str = "desk") -> None:
        """Name a reader and a printer in the settings."""
        with self.config.open("a", encoding="utf-8") as file:
            if reader:
                file.write(
                    f'\n[[readers]]\nname = "读卡器"\naddress = "{reader}"\nrole = "{role}"\n'
                )
            if printer:
                file.write(f'\n[[printers]]\nname = "小票打印机"\naddress = "{printer}"\n')

    def set(self, section: str, **values: str) -> None:
        """Put values, written as TOML, at the head of a section."""
        text = self.config.read_text(encoding="utf-8")
        for key, value in values.items():
            lines = [line for line in text.splitlines() if not line.startswith(f"{key} = ")]
            at = lines.index(f"[{section}]") + 1
            text = "\n".join([*lines[:at], f"{key} = {value}", *lines[at:]]) + "\n"
        self.config.write_text(text, encoding="utf-8")

    def kiosk(
        self, *words: str, typed: str = "", lang: str = "zh_CN"
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return kiosk(*words, "--config", str(self.config), typed=typed, lang=lang, cwd=self.folder)

    def show(self, columns: int = 80, rows: int = 24, lang: str = "zh_CN") -> Terminal:
        """Run the kiosk on a terminal."""
        command = [sys.executable, "-m", "kiosk", "run", "--config", str(self.config)]
        environment = clean_environment(lang) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        return Terminal(command, columns, rows, environment, ROOT)

    def journal(self) -> list[dict[str, object]]:
        """Return every entry as ``kiosk journal --json`` says it."""
        done = self.kiosk("journal", "--json")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def codes(self) -> list[str]:
        """Return the codes of the journal in their order."""
        return [str(entry["code"]) for entry in self.journal()]


def clean_environment(lang: str) -> dict[str, str]:
    """Return an environment that knows no site of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KIOSK_", "LC_", "COV"))}
    return kept | {"LANG": f"{lang}.UTF-8", "PYTHONPATH": str(ROOT)}


def kiosk(
    *words: str, typed: str = "", lang: str = "zh_CN", cwd: Path = ROOT,
    more: Mapping[str, str] | None = None,
    seconds: float = 60,
) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run ``kiosk`` with these words; ``typed`` stands on its standard input."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "kiosk", *words], input=typed, capture_output=True, text=True,
        timeout=seconds, check=False, cwd=cwd, env=clean_environment(lang) | dict(more or {}),
    )  # fmt: skip


def found(folder: Path) -> Site:
    """Make the site: ``init``, ``people import``, ``people set-pin`` for both guards."""
    site = Site(folder)
    made = kiosk(
        "init", str(folder), "--gate", "south", "--gate-name", "南门传达室",
        "--site-name", "双河镇人民政府",
        "--admin-name", "陈静", "--admin-no", "9001", "--language", "zh_CN", typed=f"{PIN}\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    site.set("site", timezone=f'"{_zone()}"')
    today = system_clock().astimezone(ZoneInfo(_zone())).date()
    site.set("calendar", extra_workdays=f'["{today}"]')  # a story is a working day on Sundays too
    staff = folder / "staff.csv"
    staff.write_text(STAFF, encoding="utf-8")
    taken = site.kiosk("people", "import", str(staff))
    assert taken.returncode == 0, taken.stderr
    for guard in ("2001", "2002"):
        given = site.kiosk("people", "set-pin", guard, typed=f"{PIN}\n")
        assert given.returncode == 0, given.stderr
    _block_a_badge(site)
    _one_came_early(site)
    return site


def _block_a_badge(site: Site) -> None:
    """Give 李娜 a second card and block it as lost."""
    for words in (("enrol", "1002", "--uid", BLOCKED), ("block", BLOCKED, "--reason", "lost")):
        done = site.kiosk("badges", *words)
        assert done.returncode == 0, done.stderr


def _one_came_early(site: Site) -> None:
    """Let 周海燕 come an hour ago: a tap within five minutes only shows the last again."""
    desk = Desk.open(settings.load(site.config, {}), lambda: system_clock() - timedelta(hours=1))
    with desk.read() as book:
        person = person_by_staff_no(book, "1003")
    service.tap(desk, person, "读卡器")
    desk.close()


def copy(made: Site, folder: Path) -> Site:
    """Return a copy of a finished site."""
    shutil.copytree(made.folder, folder)
    (folder / "site.key").chmod(0o600)
    return Site(folder)


def _zone() -> str:
    """Return a zone in which it is ten in the morning now; its name counts westward."""
    west = system_clock().hour - _HOUR
    return f"Etc/GMT{(west + 13) % 24 - 13:+d}"


@functools.cache
def made_once() -> Site:
    """Return the finished site, made when the first test asks; copy it to work on it."""
    folder = tempfile.TemporaryDirectory(prefix="kiosk-site-")
    atexit.register(folder.cleanup)
    return found(Path(folder.name) / "site")
