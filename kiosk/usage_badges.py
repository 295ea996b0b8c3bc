"""The commands about badges, as the command line takes them."""

import argparse
from collections.abc import Callable

from kiosk.desk.words import _


def whole(text: str) -> int:
    """Read a number that is not negative."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(_("{typed} is not a whole number").format(typed=text))
    return int(text)


def add_badges(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``badges``; ``add`` makes a command, ``commands`` are argparse's own."""
    badges = commands.add_parser("badges", help=_("badges of staff"))  # type: ignore[attr-defined] # argparse's own object
    acts = badges.add_subparsers(dest="act", required=True, metavar="ACT")
    enrol = add(
        "enrol", "kiosk.commands.badges:enrol", "writes",
        _("give somebody the next card at the reader"), acts,
    )  # fmt: skip
    enrol.add_argument("staff_no", metavar="STAFF_NO", help=_("whose badge it becomes"))
    enrol.add_argument(
        "--uid", default="", metavar="HEX", help=_("the card's number, instead of a tap")
    )
    enrol.add_argument("--seconds", type=whole, default=30, help=_("how long to wait for the card"))
    block = add(
        "block", "kiosk.commands.badges:block", "writes", _("block a badge that was lost"), acts
    )
    block.add_argument(
        "who", metavar="STAFF_NO|UID", help=_("a staff number with one badge, or the card's number")
    )
    block.add_argument(
        "--reason", required=True, metavar="REASON",
        help=_("lost, stolen, damaged, or any other words"),
    )  # fmt: skip
    unblock = add(
        "unblock", "kiosk.commands.badges:unblock", "writes",
        _("let a blocked badge work again"), acts,
    )  # fmt: skip
    unblock.add_argument("uid", metavar="UID", help=_("the card's number"))
    unblock.add_argument("--reason", required=True, metavar="REASON", help=_("why, in words"))
    listed = add("list", "kiosk.commands.badges:show", "reads", _("show somebody's badges"), acts)
    listed.add_argument("staff_no", metavar="STAFF_NO", help=_("whose badges"))
    listed.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    keys = add(
        "keys", "kiosk.commands.card_keys:show", "writes",
        _("show the keys that make a card prove itself; they are secret"), acts,
    )  # fmt: skip
    keys.add_argument("uid", metavar="UID", help=_("the card's number"))
