"""The commands about the shift handover, as the command line takes them."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.words import _


def add_handover(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``handover``; ``add`` makes a command, ``commands`` are argparse's own."""
    handover = commands.add_parser("handover", help=_("the shift handover and its sheets"))  # type: ignore[attr-defined] # argparse's own object
    acts = handover.add_subparsers(dest="act", required=True, metavar="ACT")
    show = add(
        "show", "kiosk.commands.handover:show", "reads",
        _("show the sheet of a signed handover, or write it to a file"), acts,
    )  # fmt: skip
    show.add_argument("number", metavar="NUMBER", help=_("the handover's number, as H12"))
    show.add_argument(
        "--out", type=Path, default=None, metavar="FILE",
        help=_("write it to a file that ends in .pdf or .txt"),
    )  # fmt: skip
    show.add_argument(
        "--paper", choices=("a4", "slip"), default="a4",
        help=_("a .pdf in pages of A4, or as long as the slip"),
    )  # fmt: skip
    show.add_argument(
        "--replace", action="store_true", help=_("write over a file that is there already")
    )
