"""The command ``kiosk``. It imports no Textual until ``run`` or ``demo``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import no_network, refusals  # noqa: F401 - keeps TLS unloaded; registers what is said
from kiosk.commands.perform import command, perform
from kiosk.commands.usage_words import speak
from kiosk.commands.work import REFUSED, Work, read_file
from kiosk.desk import database
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.words import LANGUAGES, _, sentence
from kiosk.usage import how_of, parser

if TYPE_CHECKING:
    from kiosk.desk.settings import Settings

log = logging.getLogger("kiosk.cli")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 refused or a check failed, 2 wrong usage."""
    speak(_language_asked() or "en")
    typed = list(sys.argv[1:] if argv is None else argv)
    args = parser(typed).parse_args(typed)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        return _run(args, typed)
    except Refused as refused:
        _complain(sentence(refused.code, refused.facts))
        return REFUSED
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D at a question
        _complain(_("Stopped. What was not finished was not saved."))
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception:  # whatever it is, the person reads a sentence and the log has the trace
        logging.getLogger().exception("kiosk %s failed", clean(" ".join(typed)))
        _complain(_("Something went wrong. Nothing was saved."))
        return REFUSED


def _language_asked() -> str:
    """Return the language that the environment asks for, "" for none of ours.

    The kiosk's own variable says more than the terminal's.
    """
    own = os.environ.get("KIOSK_SITE__LANGUAGE", "")
    if own in LANGUAGES:
        return own
    spoken = (
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    )
    return next((full for full in LANGUAGES if spoken.startswith(full[:2])), "")


def _run(args: argparse.Namespace, typed: Sequence[str]) -> int:
    how = how_of(args)
    if how == "alone":
        return command(args.does)(args)
    from kiosk.commands import addresses  # noqa: PLC0415 - `init` and `demo` have no settings
    from kiosk.desk import settings as desk_settings  # noqa: PLC0415 - the same

    settings = desk_settings.load(args.config, os.environ)
    speak(_language_asked() or settings.site.language)
    addresses.check(settings)
    if how == "screen":
        return command(args.does)(args, settings)
    if how == "reads":
        return _read(args, settings)
    return _carry(args, settings, typed, alone=how == "writes")


def _read(args: argparse.Namespace, settings: Settings) -> int:
    """Run a reading command: read-only, beside a running kiosk or without one."""
    from kiosk import features  # noqa: F401, PLC0415 - registers every feature's tables and sentences
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - 0.3 s that `--help` does not wait for

    desk = Desk.open_to_read(settings)
    try:
        with database.refusing(settings.desk.database):
            return command(args.does)(Work(desk, args, _say, _complain))
    finally:
        desk.close()


def _carry(
    args: argparse.Namespace, settings: Settings, typed: Sequence[str], *, alone: bool
) -> int:
    """Have the running kiosk do it; where none runs, do it here, ``alone`` with the desk's lock."""
    from kiosk import features  # noqa: F401, PLC0415 - see _read
    from kiosk.commands import account  # noqa: PLC0415 - see _read
    from kiosk.control import Request, ask  # noqa: PLC0415 - see _read
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - see _read

    request = Request(tuple(typed), _files(args), _typed(args), account.own())
    give = partial(_write, args)
    done = ask(settings.desk.database, request, _say, _complain, give)
    if done is not None:
        return done
    if not alone:
        return _read(args, settings)
    database.check_readable(settings.desk.database)
    desk = Desk.open(settings)
    try:
        return perform(args, request, desk, _say, _complain, give=give)
    finally:
        desk.close()


def _files(args: argparse.Namespace) -> dict[str, bytes]:
    named = getattr(args, "file", None)
    return {} if named is None else {str(named): read_file(Path(named))}


def _write(args: argparse.Namespace, content: bytes) -> None:
    """Write the file that the command has made where the person who typed it named it."""
    from kiosk.desk.file_out import write_whole  # noqa: PLC0415 - few commands make one

    write_whole(Path(args.out_file), content)


def _typed(args: argparse.Namespace) -> str:
    """Return the PIN that some commands need typed, "" for the others."""
    if getattr(args, "proves", "") and not getattr(args, "dry_run", False):
        from kiosk.commands.pin import ask_pin  # noqa: PLC0415 - few commands ask

        return ask_pin(sys.stdin)
    if not getattr(args, "wants_pin", False):
        return ""
    from kiosk.commands.pin import ask_new_pin  # noqa: PLC0415 - few commands ask

    return ask_new_pin(sys.stdin)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is the command line


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the same
