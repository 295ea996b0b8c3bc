"""The commands about the hub of a site's desks, as the command line takes them."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.settings_hub import USUAL_DATABASE
from kiosk.desk.words import _


def add_hub(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    """Add ``hub``; ``add`` makes a command, ``commands`` are argparse's own."""
    hub = commands.add_parser("hub", help=_("several desks of one site, and where they meet"))  # type: ignore[attr-defined] # argparse's own object
    acts = hub.add_subparsers(dest="act", required=True, metavar="ACT")
    init = add(
        "init", "kiosk.commands.hub:init", "screen",
        _("make the hub in a PostgreSQL, and a code for this desk"), acts,
    )  # fmt: skip
    _takes_owner(init)
    init.add_argument(
        "--at", default="127.0.0.1:5432", metavar="HOST:PORT",
        help=_("how the other desks reach it; else only this machine does"),
    )  # fmt: skip
    init.add_argument(
        "--ca", type=Path, default=None, metavar="FILE", help=_("the certificate the hub shows")
    )
    invite = add(
        "invite", "kiosk.commands.hub:invite_desk", "screen",
        _("make a code by which one more desk joins, once"), acts,
    )  # fmt: skip
    _takes_owner(invite)
    invite.add_argument("gate", metavar="GATE", help=_("short name of the desk that joins"))
    invite.add_argument("--name", default="", metavar="NAME", help=_("its name on the screen"))
    free = add(
        "release", "kiosk.commands.hub:release_desk", "screen",
        _("take the entries of a desk again after its quarantine"), acts,
    )  # fmt: skip
    _takes_owner(free)
    free.add_argument("gate", metavar="GATE", help=_("short name of the desk"))
    leaves = add(
        "give-up", "kiosk.commands.hub:give_up_desk", "screen",
        _("shut out a desk that the site has no more; its work stays"), acts,
    )  # fmt: skip
    _takes_owner(leaves)
    leaves.add_argument("gate", metavar="GATE", help=_("short name of the desk"))
    again = add(
        "refill", "kiosk.commands.hub_return:refill_hub", "reads",
        _("give a new hub what this book has of every desk"), acts,
    )  # fmt: skip
    _takes_owner(again)
    add(
        "rejoin", "kiosk.commands.hub_return:rejoin_desk", "screen",
        _("bring a book from a lost disk or an old backup back to the hub's truth"), acts,
    )  # fmt: skip
    join = add(
        "join", "kiosk.commands.hub:join_hub", "alone",
        _("bring this desk to its site's hub; the code is asked for"), acts,
    )  # fmt: skip
    join.add_argument("address", metavar="HOST:PORT", help=_("where the hub is"))
    join.add_argument(
        "--config", type=Path, metavar="FILE",
        help=_("the kiosk.toml; it is made when it is not there"),
    )  # fmt: skip
    join.add_argument(
        "--gate", default="", metavar="GATE", help=_("short name of this desk, when it is new")
    )
    join.add_argument(
        "--database", default=USUAL_DATABASE, metavar="NAME", help=_("the hub's database")
    )
    status = add(
        "status", "kiosk.commands.hub_status:status", "reads",
        _("say how every desk stands at the hub"), acts,
    )  # fmt: skip
    status.add_argument("--json", action="store_true", help=_("as JSON, for another program"))


def _takes_owner(made: argparse.ArgumentParser) -> None:
    told = _("the database as its owner, such as 'host=/var/run/postgresql dbname=kiosk'")
    made.add_argument("owner", metavar="OWNER", help=told)
