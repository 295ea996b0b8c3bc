"""``kiosk demo``: make the site, plug in the emulated devices, show the real program."""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kiosk.desk.clock import system_clock
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, use

if TYPE_CHECKING:
    from kiosk.demo.stage import Stage
    from kiosk.desk.settings import Settings

_SIZE = (120, 36)
_DAY_STARTS = time(7, 25)
_WORTH_READING = ("visits", "attendance", "loans")


def demo(args: argparse.Namespace) -> int:
    """Run the demo; with ``--play`` a whole day by itself.

    Raises ``Refused``: ``run.no_terminal``, ``demo.headless_alone``, ``demo.not_a_demo``,
    ``demo.lived_in``, ``demo.folder``.
    """
    if not args.headless and not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise Refused("run.no_terminal")
    if args.headless and not args.play:
        raise Refused("demo.headless_alone")
    language = args.language or _spoken()
    use(language)
    os.environ.setdefault("TEXTUAL_FPS", "120")
    with _folder(args.dir) as folder:
        return _run(folder, language, args)


def _spoken() -> str:
    """Return the language of the demo: Chinese, unless the terminal speaks another one."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "zh_CN"


@contextlib.contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        try:
            kept.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or ""
            raise Refused("demo.folder", folder=str(kept), why=why) from error
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        yield Path(folder)


def _run(folder: Path, language: str, args: argparse.Namespace) -> int:
    from kiosk.demo.stage import Stage  # noqa: PLC0415 - the parser does not wait for drivers

    if (folder / "kiosk.toml").exists() and not (folder / "printed").exists():
        raise Refused("demo.not_a_demo", folder=str(folder))
    if args.play and (folder / "kiosk.db").exists():
        raise Refused("demo.lived_in", folder=str(folder))
    with Stage(folder) as stage:
        from kiosk.demo.site import ZONE, last_workday, write_settings  # noqa: PLC0415 - see above

        settings = write_settings(folder, stage, language)
        now = system_clock().astimezone(ZONE)
        day = last_workday(settings, now) if args.play else now
        _make_site(settings, day, play=args.play)
        return _show(settings, stage, args, day)


def _make_site(settings: Settings, day: datetime, *, play: bool) -> None:
    """Make the site's book, unless a demo left one there."""
    from kiosk.demo.site import found  # noqa: PLC0415 - see _run

    if not settings.desk.database.exists():
        _say(_("One moment, 120 people move in."))
        found(settings, day, play=play)


def _show(settings: Settings, stage: Stage, args: argparse.Namespace, day: datetime) -> int:
    from kiosk.demo.app import DemoApp  # noqa: PLC0415 - Textual only where there is a screen
    from kiosk.desk import database  # noqa: PLC0415 - the same
    from kiosk.run import log_to_file  # noqa: PLC0415 - the same

    lock = database.lock(settings.desk.database)
    with log_to_file(settings.desk.database):
        if not args.play:
            app = DemoApp(settings, stage, lock=lock)
            return app.run() or app.return_code or 0
        return _play(settings, stage, args, day, lock)


def _play(
    settings: Settings, stage: Stage, args: argparse.Namespace, day: datetime, lock: IO[str]
) -> int:
    from kiosk.demo.clock import DemoClock  # noqa: PLC0415 - see _show
    from kiosk.demo.play import Play  # noqa: PLC0415 - the same

    clock = DemoClock(datetime.combine(day.date(), _DAY_STARTS, day.tzinfo))
    play = Play(settings, stage, clock, lock, fast=args.headless)
    status = play.run(_SIZE if args.headless else None)
    for line in play.told:
        _say(line)
    if args.dir is not None:
        _say(_("The day played was {day}. Look at it:").format(day=day.date()))
        file = shlex.quote(str(settings.file))
        for report in _WORTH_READING:
            _say(f"  kiosk report {report} --date {day.date()} --config {file}")
    return status


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is the command line
