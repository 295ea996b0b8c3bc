"""``kiosk hub``: make the hub, invite a desk, join, and end a quarantine."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from kiosk.commands.hub_return import check_nobody_works, come_back, told
from kiosk.commands.work import DONE, read_file
from kiosk.desk import settings as desk_settings
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.secrets import SiteKey
from kiosk.desk.settings import Settings
from kiosk.desk.settings_hub import USUAL_DATABASE
from kiosk.desk.words import _, current
from kiosk.hub.founding import (
    HubSite,
    Invitation,
    as_owner,
    fingerprint,
    found,
    give_up,
    invite,
    release,
)  # fmt: skip
from kiosk.hub.joining import Joining, join
from kiosk.hub.line import is_here
from kiosk.hub.troubles import HubGone

_GATE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_LONGEST_NAME = 40


def init(args: argparse.Namespace, settings: Settings) -> int:
    """Make the hub and a code for this desk; of one that is there only address and name are set.

    Raises ``Refused``: ``hub.owner``, ``hub.another_site``, ``hub.needs_certificate``,
    ``hub.bad_certificate``, ``hub.too_old``.
    """
    key = SiteKey.load(settings.desk.site_key)
    site = HubSite(
        fingerprint(key), settings.site.name, settings.site.timezone, args.at, _certificate(args)
    )
    with as_owner(args.owner) as owner:
        if not found(owner, site):
            _say(_("The hub was there already; address and certificate are noted."))
            return DONE
        code = invite(owner, key, settings.site.gate, settings.site.gate_name, _good_for(settings))
    _say(_("The hub is made."))
    _tell(code, settings)
    return DONE


def _certificate(args: argparse.Namespace) -> str:
    if args.ca is None:
        if not is_here(args.at):
            raise Refused("hub.needs_certificate", address=args.at)
        return ""
    text = read_file(args.ca).decode("utf-8", "replace")
    if "-----BEGIN CERTIFICATE-----" not in text or "PRIVATE KEY" in text:
        raise Refused("hub.bad_certificate", file=str(args.ca))
    return text


def _good_for(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.rules.hub_code_min)


def invite_desk(args: argparse.Namespace, settings: Settings) -> int:
    """Make a code for one more desk, or for one whose machine was lost.

    Raises ``Refused``: ``hub.bad_gate`` and those of ``founding.invite``.
    """
    if not _GATE.fullmatch(args.gate):
        raise Refused("hub.bad_gate", gate=clean(args.gate, _LONGEST_NAME))
    key = SiteKey.load(settings.desk.site_key)
    with as_owner(args.owner) as owner:
        name = clean(args.name, _LONGEST_NAME)
        code = invite(owner, key, args.gate, name, _good_for(settings))
    _tell(code, settings)
    return DONE


def release_desk(args: argparse.Namespace, settings: Settings) -> int:
    """End a desk's quarantine. Raises ``Refused``: ``hub.no_desk``, ``hub.owner``."""
    del settings  # the owner's address says which hub
    with as_owner(args.owner) as owner:
        release(owner, args.gate)
    _say(_("The hub takes the entries of {gate} again.").format(gate=args.gate))
    return DONE


def give_up_desk(args: argparse.Namespace, settings: Settings) -> int:
    """Shut out a desk that the site has no more; an invitation brings it back.

    Raises ``Refused``: ``hub.own_gate`` for the desk where it is typed, ``hub.no_desk``,
    ``hub.owner``.
    """
    if args.gate == settings.site.gate:
        raise Refused("hub.own_gate", gate=args.gate)
    with as_owner(args.owner) as owner:
        give_up(owner, args.gate)
    _say(_("The desk {gate} is given up. What it did stays.").format(gate=args.gate))
    return DONE


def _tell(code: Invitation, settings: Settings) -> None:
    _say(
        _("Desk {gate}, number {number}. Join code: {code}").format(
            gate=code.gate, number=code.number, code=code.code
        )
    )
    _say(
        _("Good once, for {minutes} minutes. At that desk: {command}").format(
            minutes=settings.rules.hub_code_min,
            command=" ".join(_command(code)),
        )
    )


def _command(code: Invitation) -> Iterator[str]:
    yield f"kiosk hub join {code.address} --gate {code.gate}"
    if code.database != USUAL_DATABASE:
        yield f"--database {code.database}"


def join_hub(args: argparse.Namespace) -> int:
    """Join the hub with the code that is typed or piped in.

    Raises ``Refused``: those of ``joining.join``, ``hub.which_gate``, ``desk.in_use``.
    """
    file = desk_settings.config_path(args.config, os.environ)
    asked = Joining(file, _gate(args, file), args.address, args.database, current())
    try:
        if file.exists():  # before the code is used up: the book is filled next
            check_nobody_works(desk_settings.load(file, os.environ))
        joined = join(asked, _code(), os.environ)
    except HubGone as gone:
        raise Refused(gone.why) from gone
    _say(
        _("This desk has joined {site} as {gate}, number {number}.").format(
            site=joined.site.name, gate=joined.site.gate, number=joined.hub.desk_number
        )
    )
    for line in told(come_back(joined)):
        _say(line)
    return DONE


def _gate(args: argparse.Namespace, file: Path) -> str:
    if file.exists():
        return desk_settings.load(file, os.environ).site.gate
    if not args.gate:
        raise Refused("hub.which_gate")
    if not _GATE.fullmatch(args.gate):
        raise Refused("hub.bad_gate", gate=clean(args.gate, _LONGEST_NAME))
    return str(args.gate)


def _code() -> str:
    """Return the code: never an argument, which every user of the machine could read."""
    if sys.stdin.isatty():
        return input(_("Join code: "))
    return sys.stdin.readline(200)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is the command line
