"""The commands about the books of staff attendance, as the command line takes them."""

import argparse
from collections.abc import Callable

from kiosk.desk.words import _


def add_days(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``day``; ``add`` makes a command, ``commands`` are argparse's own."""
    day = commands.add_parser("day", help=_("the books of a day of staff attendance"))  # type: ignore[attr-defined] # argparse's own object
    acts = day.add_subparsers(dest="act", required=True, metavar="ACT")
    close = add(
        "close", "kiosk.commands.day_close:close", "writes",
        _("list what a day lacks and close its books"), acts,
    )  # fmt: skip
    close.add_argument(
        "--day", default="", metavar="YYYY-MM-DD", help=_("that day; else the first open workday")
    )
    close.add_argument(
        "--absent", type=int, default=0, metavar="N",
        help=_("close it though N persons become absent, as the list says"),
    )  # fmt: skip
    close.add_argument("--dry-run", action="store_true", help=_("only list what the day lacks"))
    close.add_argument(
        "--signed-by", dest="proves", default="", metavar="STAFF_NO",
        help=_("who closes, a clerk or administrator; the PIN is asked for"),
    )  # fmt: skip
