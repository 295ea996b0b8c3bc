"""The command ``kiosk``. It imports no Textual until ``run`` or ``demo``."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.work import REFUSED, Work, read_file
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.words import LANGUAGES, _, sentence, use

if TYPE_CHECKING:
    from kiosk.control import Request
    from kiosk.desk.desk import Desk
    from kiosk.desk.settings import Settings

log = logging.getLogger("kiosk.cli")
Command = Callable[[Work], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 refused or a check failed, 2 wrong usage."""
    use(_language_of_terminal())
    typed = list(sys.argv[1:] if argv is None else argv)
    args = parser().parse_args(typed)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        return _run(args, typed)
    except Refused as refused:
        _complain(sentence(refused.code, refused.facts))
        return REFUSED
    except KeyboardInterrupt:
        _complain(_("Stopped. What was not finished was not saved."))
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception:  # whatever it is, the person reads a sentence and the log has the trace
        logging.getLogger().exception("kiosk %s failed", clean(" ".join(typed)))
        _complain(_("Something went wrong. Nothing was saved."))
        return REFUSED


def _language_of_terminal() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh_CN" if spoken.startswith("zh") else "en"


def _run(args: argparse.Namespace, typed: Sequence[str]) -> int:
    if args.how == "alone":
        return _command(args.does)(args)
    from kiosk.desk import settings as desk_settings  # noqa: PLC0415 - `init` and `demo` have none

    settings = desk_settings.load(args.config, os.environ)
    if args.how == "screen":
        return _command(args.does)(args, settings)
    if args.how == "reads":
        return _read(args, settings)
    return _carry(args, settings, typed)


def _command(name: str) -> Callable[..., int]:
    module, function = name.split(":")
    found: Callable[..., int] = getattr(importlib.import_module(f"kiosk.commands.{module}"), function)
    return found


def _read(args: argparse.Namespace, settings: Settings) -> int:
    """Run a reading command: read-only, beside a running kiosk or without one."""
    from kiosk import features  # noqa: F401, PLC0415 - registers every feature's tables and sentences
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - 0.3 s that `--help` does not wait for

    desk = Desk.open_to_read(settings)
    try:
        return _command(args.does)(Work(desk, args, _say, _complain))
    finally:
        desk.close()


def _carry(args: argparse.Namespace, settings: Settings, typed: Sequence[str]) -> int:
    """Have the running kiosk do a writing command; where none runs, do it here."""
    from kiosk import features  # noqa: F401, PLC0415 - see _read
    from kiosk.control import Request, ask  # noqa: PLC0415 - see _read
    from kiosk.desk.desk import Desk  # noqa: PLC0415 - see _read

    request = Request(tuple(typed), _files(args), _typed(args))
    done = ask(settings.desk.database, request, _say, _complain)
    if done is not None:
        return done
    desk = Desk.open(settings)
    try:
        return perform(args, request, desk, _say, _complain)
    finally:
        desk.close()


def perform(
    args: argparse.Namespace, request: Request, desk: Desk,
    say: Callable[[str], None], complain: Callable[[str], None], kiosk: object = None,
) -> int:  # fmt: skip
    """Do a writing command on an open desk; a refusal is said and gives status 1."""
    work = Work(desk, args, say, complain, request.files, request.typed, kiosk)  # type: ignore[arg-type] # None or a running kiosk
    try:
        return _command(args.does)(work)
    except Refused as refused:
        complain(sentence(refused.code, refused.facts))
        return REFUSED


def _files(args: argparse.Namespace) -> dict[str, bytes]:
    named = getattr(args, "file", None)
    return {} if named is None else {str(named): read_file(Path(named))}


def _typed(args: argparse.Namespace) -> str:
    """Return what the command needs typed: a PIN, asked twice at a terminal, read once from a pipe."""
    if not getattr(args, "wants_pin", False):
        return ""
    from kiosk.commands.pin import ask_new_pin  # noqa: PLC0415 - few commands ask

    return ask_new_pin(sys.stdin)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is the command line


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the same


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command; wrong usage ends with status 2."""
    top = argparse.ArgumentParser(prog="kiosk", description=_("The gatehouse kiosk."))
    top.add_argument("--version", action="version", version="kiosk 0.1.0")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--config", type=Path, metavar="FILE",
        help=_("the kiosk.toml; else KIOSK_CONFIG, else kiosk.toml in this folder"),
    )  # fmt: skip

    def add(name: str, does: str, how: str, told: str, under=commands) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse has no public name for it
        parents = [] if how == "alone" else [shared]
        made: argparse.ArgumentParser = under.add_parser(name, parents=parents, help=told, description=told)
        made.set_defaults(does=does, how=how)
        return made

    _add_starts(add)
    _add_people(add, commands)
    _add_book(add)
    return top


def _add_starts(add: Callable[..., argparse.ArgumentParser]) -> None:
    init = add("init", "init:init", "alone", _("make a new site in a folder"))
    init.add_argument("folder", type=Path, metavar="DIR")
    for name in ("site-name", "gate", "gate-name", "admin-name", "admin-no"):
        init.add_argument(f"--{name}", default=None)
    init.add_argument("--language", choices=list(LANGUAGES), default=None)
    add("run", "run:run", "screen", _("run the kiosk on this terminal"))
    demo = add("demo", "demo:demo", "alone", _("show the kiosk with nothing attached"))
    demo.add_argument("--play", action="store_true", help=_("run a whole day by itself, then end"))
    demo.add_argument("--headless", action="store_true", help=_("without a terminal"))
    demo.add_argument("--dir", type=Path, default=None, help=_("keep the demo's site in this folder"))
    demo.add_argument("--language", choices=list(LANGUAGES), default=None)


def _add_people(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    people = commands.add_parser("people", help=_("staff and their PINs"))  # type: ignore[attr-defined] # argparse's own object
    acts = people.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add("import", "people:bring", "writes", _("take staff from a .csv or .xlsx file"), acts)
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--dry-run", action="store_true", help=_("check every row, write nothing"))
    bring.add_argument("--badge-format", default="hex", metavar="FORMAT")
    pin = add("set-pin", "people:set_pin", "writes", _("give somebody a new PIN"), acts)
    pin.add_argument("staff_no", metavar="STAFF_NO")
    pin.set_defaults(wants_pin=True)
    badges = commands.add_parser("badges", help=_("badges of staff"))  # type: ignore[attr-defined] # the same
    acts = badges.add_subparsers(dest="act", required=True, metavar="ACT")
    enrol = add("enrol", "badges:enrol", "writes", _("give somebody the next card at the reader"), acts)
    enrol.add_argument("staff_no", metavar="STAFF_NO")
    enrol.add_argument("--uid", default="", metavar="HEX", help=_("the card's number, instead of a tap"))
    enrol.add_argument("--seconds", type=int, default=30, help=_("how long to wait for the card"))


def _add_book(add: Callable[..., argparse.ArgumentParser]) -> None:
    journal = add("journal", "journal:show", "reads", _("show what happened, entry by entry"))
    journal.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    journal.add_argument("--since", type=int, default=0, metavar="SEQ")
    verify = add("verify", "verify:check", "reads", _("check that the book is intact"))
    verify.add_argument("--json", action="store_true")
    report = add("report", "report:make", "writes", _("make a report"))
    report.add_argument("name", metavar="NAME")
    report.add_argument("--date", default="", metavar="YYYY-MM-DD")
    report.add_argument("--month", default="", metavar="YYYY-MM")
    report.add_argument("--out", type=Path, default=None, metavar="FILE", help=".csv, .xlsx, .txt")
    report.add_argument("--print", action="store_true", dest="on_paper", help=_("print it as a slip"))
    doctor = add("doctor", "doctor:examine", "doctor", _("say what works and what does not"))
    doctor.add_argument("--json", action="store_true")
