"""A desk's own chain, here and at the hub: after a lost disk, and on the copy of an old one.

A book that is only behind takes its own entries back. One that has written beside what the hub has
is an old copy at work: it sends nothing, and ``rejoining`` carries over what it wrote.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Absorbed, Hook, absorb
from kiosk.desk.journal import Entry
from kiosk.hub import sending
from kiosk.hub.waits import PASSED, Waits
from kiosk.hub.wire import Wire

Absorb = Callable[[Desk, Sequence[Entry], dict[str, str], Sequence[Hook]], Absorbed]


class OwnChain(StrEnum):
    """How this desk's chain here stands to what the hub has of it."""

    SAME = "same"  # the hub has the same, or less
    BEHIND = "behind"  # the hub has more: a lost disk, or a backup that nobody wrote in since
    APART = "apart"  # both have entries that the other has not


def compare(desk: Desk, wire: Wire) -> OwnChain:
    """Compare this desk's newest entry with the hub's newest of this desk."""
    there = wire.heads().get(desk.gate)
    if there is None:
        return OwnChain.SAME
    with desk.read() as book:
        here = journal.head_of(book.connection, desk.gate)
        if here.seq >= there.seq:
            known = journal.hash_of(book.connection, desk.gate, there.seq)
            return OwnChain.SAME if known == there.hash else OwnChain.APART
    if not here.seq:
        return OwnChain.BEHIND
    [same] = wire.own_entries(here.seq - 1, 1)
    return OwnChain.BEHIND if same.hash == here.hash else OwnChain.APART


def take_back(
    desk: Desk, wire: Wire, most: int, hooks: Sequence[Hook] = (), apply: Absorb = absorb
) -> int:
    """Take back what the hub has of this desk's chain and of all others; return how many entries.

    ``apply`` runs ``absorb`` on the pen where one writes. Raises ``BrokenFeed`` when somebody wrote
    here meanwhile: then the book is an old copy at work.
    """
    taken, waits = 0, Waits()
    while True:
        heads = sending.heads_here(desk)
        own = wire.own_entries(heads.get(desk.gate, 0), most)
        theirs = wire.pull(heads | dict.fromkeys(waits.gates, PASSED), most)
        done = apply(desk, [*theirs, *own, *theirs], keys_for(wire, [*own, *theirs]), hooks)
        taken += done.taken
        if not waits.goes_on(done.taken, done.held):
            return taken


def keys_for(wire: Wire, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the wrapped keys of all subjects that the entries name, but for the erased ones."""
    return {name: key for name, key in wire.keys_of(sending.subjects_of(entries)).items() if key}
