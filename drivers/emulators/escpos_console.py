"""Runs an emulated printer as a program: its address and its pictures out, its troubles in.

Lines on standard input: the name of a condition ("paper_out", "cover_open", ...) puts it on or,
when it is on, off; "unplug", "replug" and "quit" do what they say. One line out per slip.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drivers.emulators.escpos_printer import WIDTH_80_MM, EscposPrinter

if TYPE_CHECKING:
    from PIL.Image import Image


def parser(name: str, *, port: bool) -> argparse.ArgumentParser:
    """Return the command line of the emulator called `name`, with a TCP port or a link."""
    options = argparse.ArgumentParser(prog=f"python -m drivers.emulators.{name}")
    options.add_argument("--folder", type=Path, required=True, help="where the PNG files go")
    options.add_argument("--width", type=int, default=WIDTH_80_MM, help="paper width in dots")
    options.add_argument("--status-only", action="store_true", help="answer DLE EOT only")
    if port:
        options.add_argument("--port", type=int, default=0, help="0 is a free one")
    else:
        options.add_argument("--link", type=Path, help="name of the serial line")
    return options


def made_as(options: argparse.Namespace) -> dict[str, Any]:
    """Return the keyword arguments of the printer that `options` ask for."""
    answers = not options.status_only
    return {"width": options.width, "knows_marks": answers, "knows_paper_question": answers}


def run(printer: EscposPrinter) -> int:
    """Serve until standard input ends or says "quit"; return 0."""
    printer.core.paper.on_printed = _say_printed
    printer.start()
    _say(printer.address)
    try:
        for line in sys.stdin:
            if line.strip() == "quit":
                break
            _obey(printer, line.strip())
    except KeyboardInterrupt:
        pass
    finally:
        printer.stop()
    return 0


def _obey(printer: EscposPrinter, word: str) -> None:
    match word:
        case "":
            return
        case "unplug":
            printer.unplug()
        case "replug":
            printer.replug()
        case cause:
            _turn(printer, cause)


def _turn(printer: EscposPrinter, cause: str) -> None:
    try:
        printer.state(**{cause: not getattr(printer.core.condition, cause, False)})
    except ValueError as trouble:
        sys.stderr.write(f"{trouble}\n")


def _say_printed(path: Path, picture: Image) -> None:
    del picture
    _say(str(path))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
