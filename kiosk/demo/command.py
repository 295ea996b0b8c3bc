"""``kiosk demo``: make the site, plug in the emulated devices, show the real program."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kiosk.desk.clock import system_clock
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, use

if TYPE_CHECKING:
    from kiosk.demo.stage import Stage
    from kiosk.desk.settings import Settings

_SIZE = (120, 36)
_DAY_STARTS = (7, 25)


def demo(args: argparse.Namespace) -> int:
    """Run the demo; with ``--play`` a whole day by itself.

    Raises ``Refused``: ``run.no_terminal``, ``demo.headless_alone``, ``demo.not_a_demo``.
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
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder:
        yield Path(folder)


def _run(folder: Path, language: str, args: argparse.Namespace) -> int:
    from kiosk.demo.stage import Stage  # noqa: PLC0415 - the parser does not wait for drivers

    if (folder / "kiosk.toml").exists() and not (folder / "printed").exists():
        raise Refused("demo.not_a_demo", folder=str(folder))
    with Stage(folder) as stage:
        settings = _site(folder, stage, language, play=args.play)
        return _show(settings, stage, args)


def _site(folder: Path, stage: Stage, language: str, *, play: bool) -> Settings:
    """Return the settings of the site in ``folder``, made now unless a demo left it there."""
    from kiosk.demo.site import ZONE, found, write_settings  # noqa: PLC0415 - see _run

    settings = write_settings(folder, stage, language)
    if not settings.desk.database.exists():
        _say(_("One moment, 120 people move in."))
        today = system_clock().astimezone(ZONE)
        found(settings, today, play=play)
    return settings


def _show(settings: Settings, stage: Stage, args: argparse.Namespace) -> int:
    from kiosk.demo.app import DemoApp  # noqa: PLC0415 - Textual only where there is a screen
    from kiosk.desk import database  # noqa: PLC0415 - the same
    from kiosk.run import log_to_file  # noqa: PLC0415 - the same

    lock = database.lock(settings.desk.database)
    with log_to_file(settings.desk.database):
        if not args.play:
            app = DemoApp(settings, stage, lock=lock)
            return app.run() or app.return_code or 0
        return _play(settings, stage, args, lock)


def _play(settings: Settings, stage: Stage, args: argparse.Namespace, lock: IO[str]) -> int:
    from kiosk.demo.clock import DemoClock  # noqa: PLC0415 - see _show
    from kiosk.demo.play import Play  # noqa: PLC0415 - the same
    from kiosk.demo.site import ZONE  # noqa: PLC0415 - the same

    today = system_clock().astimezone(ZONE)
    hour, minute = _DAY_STARTS
    start = datetime(today.year, today.month, today.day, hour, minute, tzinfo=ZONE)
    clock = DemoClock(start)
    play = Play(settings, stage, clock, lock, fast=args.headless)
    status = play.run(_SIZE if args.headless else None)
    for line in play.told:
        _say(line)
    return status


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is the command line
