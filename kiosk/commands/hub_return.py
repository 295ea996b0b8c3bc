"""``kiosk hub rejoin`` and ``kiosk hub refill``: a desk, or the hub, that was lost comes back."""

from __future__ import annotations

import argparse
from contextlib import closing
from importlib.metadata import version

from kiosk import features
from kiosk.commands.hub_status import PROGRAM
from kiosk.commands.work import DONE, Work
from kiosk.desk import database
from kiosk.desk.clock import system_clock
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.words import _
from kiosk.hub.founding import as_owner, fingerprint
from kiosk.hub.own_chain import OwnChain
from kiosk.hub.refilling import refill
from kiosk.hub.rejoining import Rejoined, rejoin
from kiosk.hub.troubles import HubGone
from kiosk.hub.wire import Wire


def rejoin_desk(args: argparse.Namespace, settings: Settings) -> int:
    """Bring this desk's book back to the hub's truth, while the kiosk is closed.

    Raises ``Refused``: ``hub.alone``, ``desk.in_use``, those of the hub's line.
    """
    del args  # kiosk.toml says which hub
    if settings.hub.alone:
        raise Refused("hub.alone")
    for line in told(come_back(settings)):
        print(line, flush=True)  # noqa: T201 - this is the command line
    return DONE


def come_back(settings: Settings) -> Rejoined:
    """Bring the book to the hub's truth, or fill one that is new.

    Raises ``Refused``: ``desk.in_use``, ``hub.another_site``, ``hub.twice`` while another machine
    is at work as this desk, those of the hub's line and of ``rejoining.rejoin``.
    """
    check_nobody_works(settings)  # its own line would be taken for another machine's
    try:
        with closing(Wire.of(settings)) as wire:
            _check_site(settings, wire)
            if not wire.is_only_one():
                raise Refused("hub.twice", gate=settings.site.gate)
            return rejoin(settings, system_clock, wire, features.hooks())
    except HubGone as gone:
        raise Refused(gone.why) from gone


def check_nobody_works(settings: Settings) -> None:
    """Refuse beside a running kiosk. Raises ``Refused("desk.in_use")``."""
    if settings.desk.database.exists():
        database.lock(settings.desk.database).close()


def _check_site(settings: Settings, wire: Wire) -> None:
    hello = wire.hello(version(PROGRAM), database.NEWEST_REVISION, system_clock())
    if hello.fingerprint != fingerprint(SiteKey.load(settings.desk.site_key)):
        raise Refused("hub.another_site", name=hello.site)


def told(done: Rejoined) -> list[str]:
    """Say in words how a book stood and what was done."""
    if done.stood is OwnChain.SAME:
        said = _("The hub knows this book; {count} entries came from it.")
        return [said.format(count=done.taken)]
    if done.stood is OwnChain.BEHIND:
        said = _("This book was behind and is filled again: {count} entries came from the hub.")
        return [said.format(count=done.taken)]
    said = _("{taken} entries came from the hub, {carried} of the copy were written after them.")
    return [
        _("This book was an old copy in which somebody had written. A new one is in its place."),
        said.format(taken=done.taken, carried=done.carried),
        _("The old copy is kept as {file}.").format(file=done.kept),
    ]


def refill_hub(work: Work) -> int:
    """Give a new hub what this desk's book has of every desk that was invited to it.

    Raises ``Refused``: ``hub.owner``, ``hub.refill_stopped``.
    """
    with as_owner(work.args.owner) as owner:
        given = refill(owner, work.desk)
    for gate, count in given.items():
        work.say(_("{gate}: {count} entries given to the hub").format(gate=gate, count=count))
    return DONE
