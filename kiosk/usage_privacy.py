"""The commands about what is kept of visitors, as the command line takes them."""

import argparse
from collections.abc import Callable

from kiosk.desk.words import _


def add_privacy(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``subject`` and ``purge``; ``add`` makes a command, ``commands`` are argparse's own."""
    subject = commands.add_parser("subject", help=_("what the book holds about one visitor"))  # type: ignore[attr-defined] # argparse's own object
    acts = subject.add_subparsers(dest="act", required=True, metavar="ACT")
    show = add(
        "show", "kiosk.commands.subject:show", "writes",
        _("show a visitor everything about one visit; that it was shown is an entry of its own"),
        acts,
    )  # fmt: skip
    whom = _("the visit's number, as 20261123-017 or 11-23/017, its id, or '王小明 5678'")
    show.add_argument("number", metavar="WHOM", help=whom)
    show.add_argument(
        "--print", action="store_true", dest="on_paper", help=_("print it for the visitor")
    )
    find = add(
        "find", "kiosk.commands.subject:find", "writes",
        _("list the visits of a name with their ids; that it was asked is an entry of its own"),
        acts,
    )  # fmt: skip
    find.add_argument("name", metavar="NAME", help=_("name, pinyin or the end of a phone number"))
    erase = add(
        "erase", "kiosk.commands.subject:erase", "writes",
        _("erase a visitor's words for good, on the visitor's wish"), acts,
    )  # fmt: skip
    erase.add_argument("number", metavar="WHOM", help=whom)
    erase.add_argument(
        "--reason", required=True, metavar="TEXT", help=_("why, without naming the visitor")
    )
    erase.add_argument(
        "--yes",
        action="store_true",
        help=_("really: without it, only what would be erased is shown"),
    )
    purge = add(
        "purge", "kiosk.commands.purge:purge", "writes",
        _("delete the words about visitors that were kept long enough"),
    )  # fmt: skip
    purge.add_argument(
        "--prove", action="store_true",
        help=_("show what was deleted when, and look through every byte whether it is gone"),
    )  # fmt: skip
    purge.add_argument(
        "--dry-run", action="store_true", help=_("say how much it would be, delete nothing")
    )
