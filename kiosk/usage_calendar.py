"""The commands about working days and shifts, as the command line takes them."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.words import _


def add_calendar(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``calendar``; ``add`` makes a command, ``commands`` are argparse's own."""
    days = commands.add_parser("calendar", help=_("workdays, days off, and the roster of shifts"))  # type: ignore[attr-defined] # argparse's own object
    acts = days.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import", "kiosk.commands.work_calendar:bring", "writes",
        _("take the site's days, or who works which shift, from a .csv or .xlsx file"), acts,
    )  # fmt: skip
    columns = _("columns 日期/day and 类型/kind, or 工号/staff_no, 日期/day and 班次/shift")
    bring.add_argument("file", type=Path, metavar="FILE", help=columns)
    bring.add_argument("--dry-run", action="store_true", help=_("check every row, write nothing"))
