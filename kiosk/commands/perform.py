"""Do one command on an open desk: the same function beside a running kiosk and without one."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.commands.work import REFUSED, Kiosk, Work
from kiosk.desk import database
from kiosk.desk.refusal import Refused
from kiosk.desk.words import sentence

if TYPE_CHECKING:
    from kiosk.control import Request
    from kiosk.desk.desk import Desk


def command(does: str) -> Callable[..., int]:
    """Return the function that ``module:function`` names; its libraries load only now."""
    module, function = does.split(":")
    found: Callable[..., int] = getattr(importlib.import_module(module), function)
    return found


def perform(
    args: argparse.Namespace, request: Request, desk: Desk,
    say: Callable[[str], None], complain: Callable[[str], None], kiosk: Kiosk | None = None,
    *, give: Callable[[bytes], None],
) -> int:  # fmt: skip
    """Do a command on an open desk; a refusal is said and gives status 1.

    ``give`` takes the content of the file that a command makes for who typed it.
    """
    work = Work(
        desk, args, say, complain, request.files, request.typed, kiosk, request.account, give
    )  # fmt: skip
    try:
        with database.refusing(desk.settings.desk.database):
            return command(args.does)(work)
    except Refused as refused:
        complain(sentence(refused.code, refused.facts))
        return REFUSED
