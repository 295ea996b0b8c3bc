"""``kiosk run``: the kiosk on this terminal."""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.desk import database
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey
from kiosk.desk.words import use

if TYPE_CHECKING:
    from kiosk.desk.settings import Settings

_LOG_BYTES, _LOG_FILES = 2_000_000, 5


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Check everything that can refuse while the terminal is still plain, then show the screen.

    Raises ``Refused``: ``desk.in_use``, ``database.missing``, ``database.newer``,
    ``database.damaged``, ``run.no_terminal`` and those of the site key.
    """
    del args
    use(settings.site.language)
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise Refused("run.no_terminal")
    SiteKey.load(settings.desk.site_key)
    database.check_readable(settings.desk.database)
    lock = database.lock(settings.desk.database)
    # A verdict is painted within 4 ms of its record, not 17; at rest nothing is painted at all.
    os.environ.setdefault("TEXTUAL_FPS", "250")
    gc.disable()  # a start makes next to no garbage; the application turns it on again
    with log_to_file(settings.desk.database):
        from kiosk.app import KioskApp  # noqa: PLC0415 - Textual only where there is a screen

        app = KioskApp(settings, lock=lock)
        return app.run() or app.return_code or 0


@contextlib.contextmanager
def log_to_file(database_file: Path) -> Iterator[None]:
    """Send every log line to a file beside the book: the terminal belongs to the screen."""
    database.make_private(Path(f"{database_file}.log"))
    handler = RotatingFileHandler(
        f"{database_file}.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [handler]
    logging.getLogger("kiosk").setLevel(logging.INFO)
    logging.getLogger("drivers").setLevel(logging.INFO)
    logging.getLogger("nfc").setLevel(logging.CRITICAL)  # it logs each lost card as an error
    try:
        yield
    finally:
        root.handlers[:] = before
        handler.close()
