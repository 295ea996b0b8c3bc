"""A thing that another desk lends is asked for there before it goes out here: hub up, or not."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.desk import custody
from kiosk.desk.desk import Desk
from kiosk.desk.hub_line import Answer, Asked, HubLine
from kiosk.desk.loans import OPEN_LOAN_OF, Thing
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import name_told
from kiosk.desk.transaction import Book
from kiosk.keys.asking import found_thing, holder_name

_LOOK_S = 0.01
_SAID_NO = {
    "keys.reserved": "keys.kept_there", "keys.unconfirmed": "keys.kept_there",
    "keys.elsewhere": "keys.kept_there",
}  # fmt: skip


class Away(NamedTuple):
    """A thing that another desk lends: the name of that desk, for a sentence."""

    thing_id: str
    gate: str


def elsewhere(desk: Desk, thing_ids: Sequence[str]) -> list[Away]:
    """Return those that another desk lends; a desk that stands alone asks the book nothing.

    Raises ``Refused``: ``keys.unconfirmed``, ``keys.disputed``.
    """
    if desk.settings.hub.alone:
        return []
    with desk.read() as book:
        return [one for one in (_away(desk, book, each) for each in thing_ids) if one is not None]


def _away(desk: Desk, book: Book, thing_id: str) -> Away | None:
    thing = found_thing(book, thing_id)
    try:
        custody.check_here(book, thing, desk.gate)
    except Refused as refused:
        if refused.code != "keys.elsewhere":
            raise
        return Away(thing_id, str(refused.facts["gate"]))
    return None


def fetch(desk: Desk, line: HubLine | None, things: Sequence[Away], loan_ref: str = "") -> None:
    """Ask the desks that lend these things for the right to, and wait until the book says so.

    Never on the pen: it waits for the network, ``rules.claim_wait_ms`` for each. ``loan_ref`` is
    the open loan of a thing that is here in its holder's hands. Raises ``Refused``:
    ``keys.desk_cut``, ``keys.asked_elsewhere``, ``keys.out_already``, ``keys.kept_there``,
    ``keys.on_its_way`` and those of ``rules.check_lendable``.
    """
    for away in things:
        _fetch_one(desk, line, away, loan_ref)


def _fetch_one(desk: Desk, line: HubLine | None, away: Away, loan_ref: str) -> None:
    wait_s = desk.rules.claim_wait_ms / 1000
    with desk.read() as book:
        thing = found_thing(book, away.thing_id)
        found = custody.kept(book, thing, desk.gate)
    if line is None:
        raise Refused("keys.desk_cut", thing=thing.label, gate=away.gate)
    said = line.ask(thing.id, found.gate, found.fence, loan_ref, wait_s)
    if said.answer is not Answer.GIVEN:
        raise _no(desk, thing, away, said)
    if not _heard(desk, thing, wait_s):
        raise Refused("keys.on_its_way", thing=thing.label, gate=away.gate)


def _heard(desk: Desk, thing: Thing, wait_s: float) -> bool:
    """Wait until this desk's book says that it may lend the thing; False when it does not."""
    end = time.monotonic() + wait_s
    while True:
        with desk.read() as book:
            if custody.kept(book, thing, desk.gate).gate == desk.gate:
                return True
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_S)


def _no(desk: Desk, thing: Thing, away: Away, said: Asked) -> Refused:
    if said.answer in {Answer.CUT, Answer.AWAY}:
        return Refused("keys.desk_cut", thing=thing.label, gate=away.gate)
    if said.answer is Answer.REFUSED:
        return _why(desk, thing, away, said.why)
    with desk.read() as book:
        gate = name_told(book, said.gate) if said.gate else away.gate
    return Refused("keys.asked_elsewhere", thing=thing.label, gate=gate)


def _why(desk: Desk, thing: Thing, away: Away, why: str) -> Refused:
    """Return the other desk's no in words, with who has it where this book knows by now."""
    if why != "keys.out_already":
        return Refused(_SAID_NO.get(why, why), thing=thing.label, gate=away.gate)
    with desk.read() as book:
        found = book.one(OPEN_LOAN_OF, thing=thing.id)
    if found is None:
        return Refused("keys.out_there", thing=thing.label, gate=away.gate)
    since = desk.local(found[0].out_at).strftime("%m-%d %H:%M")
    return Refused(
        "keys.out_since_there", thing=thing.label, gate=away.gate, holder=holder_name(*found),
        since=since,
    )  # fmt: skip
