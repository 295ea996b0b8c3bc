"""Every visit is looked up on the watch list, here and at once, without any network.

A list that cannot be read stops nobody: nobody knows then whose level it would be. The visit is
marked, is an open thing, and is looked up as soon as the list can be read (``make_up``).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Erased, Transaction
from visitors.models import VISIT, State, Visit
from visitors.rules import names_in
from visitors.watch_keys import Traits, Way, closer, folded, how_sure, keys, plates_in, supports
from visitors.watch_list import hashed
from visitors.watch_models import (
    ALL_MISSED,
    BEFORE_INSIDE,
    BY_CARD,
    BY_KEY,
    EVER_MISSED,
    GONE,
    MATCH_WITH,
    MATCHES_OF,
    Sure,
    WatchEntry,
    WatchMatch,
    WatchMissed,
)

UNREADABLE = (sqlite3.DatabaseError, Refused, Erased)
"""What reading the list, or the visit's own words, fails with."""


_APART = 4  # signs: enough to tell the few people of a visit apart, too few to tell a name


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that somebody may be: in which ways, how sure, and ``whose`` of a visit's people."""

    entry: WatchEntry
    ways: frozenset[str]
    sure: Sure
    whose: str = ""


def find(book: Book, who: Traits, now: datetime) -> list[Found]:
    """Return the entries in force at ``now`` that somebody may be.

    Each key is one look into an index, so that 10 000 entries cost what ten do.
    """
    ways: dict[str, set[Way]] = defaultdict(set)
    entries: dict[str, WatchEntry] = {}
    for way, text in keys(who):
        for entry, _key in book.all(BY_KEY, key=hashed(book.site_key, way, text), now=now):
            ways[entry.id].add(way)
            entries[entry.id] = entry
    return [_found(book, who, entries[one], frozenset(ways[one])) for one in entries]


def _found(book: Book, who: Traits, entry: WatchEntry, ways: frozenset[Way]) -> Found:
    listed = Traits(phone=book.read_sealed(entry.phone_tail), unit=book.read_sealed(entry.unit))
    other_id = bool(who.id_hash and entry.id_hash and who.id_hash != entry.id_hash)
    sure = how_sure(ways, supported=supports(who, listed), other_id=other_id)
    return Found(entry, ways, sure)


def find_each(book: Book, people: Iterable[Traits], now: datetime, visit_id: str) -> list[Found]:
    """Return who of a visit's ``people``, the leader first, may be which entry: each by himself."""
    return [
        replace(found, whose=whose(book, visit_id, who.names[0]) if place else "")
        for place, who in enumerate(people)
        for found in find(book, who, now)
    ]


def whose(book: Book, visit_id: str, name: str) -> str:
    """Return what tells a companion from the others of a visit, whatever their order becomes."""
    return book.site_key.blind(f"watch companion {visit_id} {folded(name)}")[:_APART]


def companion_called(book: Book, visit: Visit, mark: str) -> str:
    """Return the companion's name that ``mark`` (see ``whose``) stands for; "" for none of now."""
    names = names_in(book.read_sealed(visit.companions))
    return next((name for name in names if whose(book, visit.id, name) == mark), "")


def party(leader: Traits, companions: str) -> tuple[Traits, ...]:
    """Return everybody of a visit: the leader, and who is named along with him.

    Number, telephone and plate are the leader's: they make no companion more or less sure.
    """
    along = (Traits(names=(name,), unit=leader.unit) for name in names_in(companions))
    return (leader, *along)


def _party_of(book: Book, visit: Visit) -> tuple[Traits, ...]:
    """Return by what a visit is looked up; a number plate may stand among goods or matter."""
    written = " ".join(book.unseal(text) for text in (visit.goods, visit.matter, visit.area))
    leader = Traits(
        names=(book.unseal(visit.name),), phone=book.unseal(visit.phone), id_hash=visit.id_hash,
        plates=(book.unseal(visit.plate), *plates_in(written)), unit=book.unseal(visit.unit),
    )  # fmt: skip
    return party(leader, book.unseal(visit.companions))


def screen(tx: Transaction, visit: Visit) -> None:
    """Look up a visit that is not inside yet, and record what is new of it.

    Called at every step on the way in: the list may have changed, or the visit's words. What can
    not be looked up is marked and recorded as ``watch.not_screened``; nothing is raised.
    """
    if visit.state in BEFORE_INSIDE:
        _screen(tx, visit)


def screen_late(tx: Transaction, visit: Visit) -> None:
    """Look up a visit whose words were written anew once its visitor was inside, or has left."""
    if visit.state is State.ADMITTED or visit.state in GONE:
        _screen(tx, visit)


def screen_card(tx: Transaction, visit: Visit, who: Traits) -> None:
    """Look up the owner of a card that was laid on a visit, whatever the visit itself says."""
    try:
        found = find(tx, who, tx.now)
    except UNREADABLE:
        _mark(tx, visit)
        return
    for one in found:
        _note(tx, visit, replace(one, ways=one.ways | {BY_CARD}))


def _screen(tx: Transaction, visit: Visit) -> bool:
    """Look the visit up; False when that was not possible."""
    try:
        found = find_each(tx, _party_of(tx, visit), tx.now, visit.id)
    except UNREADABLE:
        _mark(tx, visit)
        return False
    for one in found:
        _note(tx, visit, one)
    _take_back(tx, visit, {(one.entry.id, one.whose) for one in found})
    _unmark(tx, visit)
    return True


def _mark(tx: Transaction, visit: Visit) -> None:
    missed = tx.one(EVER_MISSED, visit=visit.id)
    if missed is not None and missed.made_up_at is None:
        return
    if missed is None:
        missed = WatchMissed(id=visit.id, since=tx.now)
    missed.since, missed.made_up_at = tx.now, None
    tx.put(missed)
    tx.record("watch.not_screened", visit=visit.id)


def _unmark(tx: Transaction, visit: Visit) -> None:
    missed = tx.one(EVER_MISSED, visit=visit.id)
    if missed is None or missed.made_up_at is not None:
        return
    missed.made_up_at = tx.now
    tx.put(missed)
    tx.record("watch.screened_late", visit=visit.id)


def _note(tx: Transaction, visit: Visit, found: Found) -> None:
    """Write a match that is new, or surer or less sure than before; a surer one is asked anew."""
    match = tx.one(MATCH_WITH, visit=visit.id, entry=found.entry.id, whose=found.whose)
    if match is not None and _says_more(match, found):
        return
    ways = ",".join(sorted(found.ways))
    if match is None:
        match = WatchMatch(
            id=WatchMatch.id_of(visit.id, found.entry.id, found.whose),
            visit_id=visit.id, entry_id=found.entry.id, whose=found.whose, sure=found.sure,
            ways=ways, found_at=tx.now,
        )  # fmt: skip
    elif (match.sure, match.ways) == (found.sure, ways):
        return
    elif closer(found.sure, match.sure):
        match.answer, match.answered_by, match.answered_at = None, "", None
        match.found_at = tx.now
    match.sure, match.ways = found.sure, ways
    tx.put(match)
    tx.record(
        "watch.matched",
        visit=visit.id, entry=found.entry.number, level=found.entry.level.value,
        sure=found.sure.value, ways=ways,
    )  # fmt: skip


def _says_more(match: WatchMatch, found: Found) -> bool:
    """Say whether what was found before stays: surer, or a card's as sure as what is typed."""
    if BY_CARD in found.ways:
        return closer(match.sure, found.sure)
    return _by_card(match) and not closer(found.sure, match.sure)


def _by_card(match: WatchMatch) -> bool:
    return BY_CARD in match.ways.split(",")


def _take_back(tx: Transaction, visit: Visit, still: set[tuple[str, str]]) -> None:
    """Take back what a corrected name no longer matches, unless a card told or somebody dealt."""
    for match, entry in tx.all(MATCHES_OF, visit=visit.id, now=tx.now):
        stays = _by_card(match) or match.answer is not None or match.decision is not None
        if (entry.id, match.whose) not in still and not stays:
            tx.drop(match)
            tx.record("watch.unmatched", visit=visit.id, entry=entry.number)


def visit_row(book: Book, visit_id: str) -> Visit:
    """Return the visit; raise ``Refused("visit.unknown")`` when there is none."""
    found = book.one(VISIT, id=visit_id)
    if found is None:
        raise Refused("visit.unknown")
    return found[0]


def look_again(desk: Desk, by: str, visit_id: str) -> bool:
    """Look a visit up at this moment, wherever it stands; False when the list cannot be read.

    It is a use case of its own: what it finds stays written when the admission is refused for it.
    """
    with desk.write(by=by) as tx:
        visit = visit_row(tx, visit_id)
        return _screen(tx, visit)


def make_up(desk: Desk) -> int:
    """Look up every visit that this desk could not look up before; return how many could be."""
    with desk.read() as book:
        waiting = [visit.id for missed, visit in book.all(ALL_MISSED) if desk.wrote(missed)]
    return sum(look_again(desk, "system", visit) for visit in waiting)
