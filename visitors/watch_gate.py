"""What the watch list asks of the gate: told, escorted, compared, or held until a manager decides.

What fails open and what fails closed, by level:

- tell: open. The visitor goes in on any match, compared or not; telling stays an open thing.
- escort: a sure or likely match prints 陪同 and goes in; a maybe is compared first.
- call, refuse: closed. A sure or likely match stays out until a manager decides; a maybe is
  compared first, by the guard alone: a common homophone costs two keys and no manager.
- the list cannot be read: open for all levels, marked and made up for (``watch_screening``).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction
from visitors.models import Visit
from visitors.service import reason_text
from visitors.watch_keys import TAIL, folded, plain_phone, plain_unit
from visitors.watch_list import refuse_other
from visitors.watch_models import (
    BEFORE_INSIDE,
    ENTRY,
    GONE,
    MATCH,
    MATCHES_OF,
    MISSED,
    SHUTS_THE_DOOR,
    Decision,
    Level,
    Same,
    Sure,
    WatchEntry,
    WatchMatch,
)
from visitors.watch_screening import UNREADABLE, companion_called, visit_row


class Asks(StrEnum):
    """What a match asks of the guard now."""

    NOTHING = "nothing"
    TELL = "tell"
    ESCORT = "escort"
    COMPARE = "compare"
    CALL = "call"
    REFUSE = "refuse"


MOST_FIRST = (
    Asks.REFUSE, Asks.CALL, Asks.COMPARE, Asks.ESCORT, Asks.TELL, Asks.NOTHING,
)  # fmt: skip
"""What asks most of the guard stands first."""


def asks(match: WatchMatch, level: Level) -> Asks:
    """Return what a match with an entry of ``level`` asks of the guard now."""
    if match.answer is Same.ANOTHER or match.decision in {Decision.ADMIT, Decision.TOLD}:
        return Asks.NOTHING
    if match.decision is Decision.ESCORT:
        return Asks.ESCORT
    if match.sure is Sure.MAYBE and match.answer is None:
        return Asks.COMPARE
    return Asks(level.value)


_TOLD_AFTERWARDS = frozenset({Asks.TELL, Asks.ESCORT, Asks.COMPARE, Asks.CALL, Asks.REFUSE})
"""What is told when it is found too late: an escort that nobody gave is one of it."""


@dataclass(frozen=True, slots=True)
class Match:
    """One match as the guard may see it: what to do, never why nor whose words are on the list.

    ``comparable`` names what is known of the listed person and can be asked the visitor for;
    ``companion`` is the name of who is like it where that is not the visit's leader.
    """

    id: str
    asks: Asks
    level: Level
    whom: str
    say: str
    signed_by: str
    comparable: tuple[str, ...]
    found_at: datetime
    companion: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a visit stands with the watch list; the match that asks most stands first."""

    matches: tuple[Match, ...] = ()
    unscreened: bool = False

    @property
    def first(self) -> Match | None:
        """The match that asks most of the guard, None when nothing is asked."""
        return next((one for one in self.matches if one.asks is not Asks.NOTHING), None)

    def after(self, left_at: datetime | None) -> bool:
        """Say whether something to be told was found only after the visitor had left."""
        return left_at is not None and any(
            one.found_at > left_at for one in self.matches if one.asks in _TOLD_AFTERWARDS
        )

    @property
    def escort(self) -> bool:
        """Whether the visitor goes in with an escort only."""
        return any(one.asks is Asks.ESCORT for one in self.matches)

    @property
    def holds(self) -> bool:
        """Whether the visitor stays outside until something is done."""
        first = self.first
        return first is not None and _holds(first.asks, first.level)


def _holds(asked: Asks, level: Level) -> bool:
    return asked in {Asks.CALL, Asks.REFUSE} or (asked is Asks.COMPARE and level is not Level.TELL)


NOT_WATCHED = Watched()


def watched(desk: Desk, book: Book, visit: Visit) -> Watched:
    """Return how a visit stands with the list; unscreened where that cannot be read."""
    try:
        missed = book.one(MISSED, visit=visit.id) is not None
        found = book.all(MATCHES_OF, visit=visit.id, now=desk.clock())
        shown = [_shown(book, visit, match, entry) for match, entry in found]
    except UNREADABLE:
        return Watched(unscreened=True)
    if not shown:
        return Watched(unscreened=True) if missed else NOT_WATCHED
    shown.sort(key=lambda one: MOST_FIRST.index(one.asks))
    return Watched(tuple(shown), missed)


def _shown(book: Book, visit: Visit, match: WatchMatch, entry: WatchEntry) -> Match:
    known = {"born": entry.born, "phone": entry.phone_tail, "unit": entry.unit}
    return Match(
        id=match.id, asks=asks(match, entry.level), level=entry.level, whom=entry.whom,
        say=book.read_sealed(entry.say), signed_by=_name_of(book, entry.signed_by),
        found_at=match.found_at,
        comparable=tuple(field for field, sealed in known.items() if sealed),
        companion=companion_called(book, visit, match.whose) if match.whose else "",
    )  # fmt: skip


def _name_of(book: Book, staff_no: str) -> str:
    try:
        return person_by_staff_no(book, staff_no).name
    except Refused:
        return staff_no


def refuse_watched(tx: Transaction, visit: Visit) -> None:
    """Refuse an admission that the list holds up.

    Raises ``Refused``: ``visit.watched`` until a manager decides, ``visit.compare`` while the guard
    has not compared. A list that cannot be read holds nobody up.
    """
    try:
        found = tx.all(MATCHES_OF, visit=visit.id, now=tx.now)
    except UNREADABLE:
        return
    held = {asks(match, entry.level) for match, entry in found
            if _holds(asks(match, entry.level), entry.level)}  # fmt: skip
    if held & {Asks.CALL, Asks.REFUSE}:
        raise Refused("visit.watched")
    if held:
        raise Refused("visit.compare")


def _match_of(tx: Book, match_id: str) -> tuple[WatchMatch, WatchEntry]:
    match = tx.one(MATCH, id=match_id)
    entry = tx.one(ENTRY, id=match.entry_id) if match is not None else None
    if match is None or entry is None:
        raise Refused("watch.match_gone")
    return match, entry


def fits(desk: Desk, match_id: str, field: str, typed: str) -> bool:
    """Say whether what the visitor answers is what the list has of ``field``; nothing is kept.

    ``field`` is one of ``Match.comparable``. Raises ``Refused("watch.match_gone")``.
    """
    with desk.read() as book:
        _match, entry = _match_of(book, match_id)
        known = book.unseal(
            {"born": entry.born, "phone": entry.phone_tail, "unit": entry.unit}[field]
        )
    if field == "phone":
        return plain_phone(typed)[-TAIL:] == known
    if field == "unit":
        return plain_unit(typed) == plain_unit(known)
    return folded(typed) == folded(known)


def compared(desk: Desk, by: str, match_id: str, found: Same) -> None:
    """Record what the guard found when he compared, in his name.

    Raises ``Refused``: ``watch.match_gone``, ``watch.not_a_maybe`` for a match that is likely: that
    one is a manager's to decide.
    """
    with desk.write(by=by) as tx:
        match, entry = _match_of(tx, match_id)
        if asks(match, entry.level) is not Asks.COMPARE:
            raise Refused("watch.not_a_maybe")
        match.answer, match.answered_by, match.answered_at = found, by, tx.now
        tx.put(match)
        tx.record(
            "watch.compared", visit=match.visit_id, entry=entry.number, answer=found.value
        )  # fmt: skip


def told(desk: Desk, by: str, visit_id: str) -> None:
    """Record that whoever is to be told that the visitor is here has been told.

    Of somebody who has left there is no more to do, so it settles whatever is asked. Raises
    ``Refused``: ``watch.not_inside`` before the visitor is admitted, ``visit.unknown``.
    """
    with desk.write(by=by) as tx:
        visit = visit_row(tx, visit_id)
        if visit.state in BEFORE_INSIDE:
            raise Refused("watch.not_inside")
        for match, entry in tx.all(MATCHES_OF, visit=visit_id, now=tx.now):
            if _is_told(visit, match, asks(match, entry.level)):
                match.decision, match.decided_by, match.decided_at = Decision.TOLD, by, tx.now
                tx.put(match)
                tx.record("watch.told", visit=visit_id, entry=entry.number, whom=entry.whom)


def _is_told(visit: Visit, match: WatchMatch, asked: Asks) -> bool:
    """Say whether telling settles this; an escort only where it was found after the visitor left.

    Who went with an escort as the slip said leaves nothing to tell.
    """
    if visit.state not in GONE:
        return asked is Asks.TELL
    if asked is Asks.ESCORT:
        return visit.left_at is not None and match.found_at > visit.left_at
    return asked in _TOLD_AFTERWARDS


def decide(
    desk: Desk, by: str, visit_id: str, decision: Decision, reason: str, proof: Proof
) -> None:
    """Let somebody held at the gate in after all: a manager or the office signs, with a reason.

    It settles every match of the visit that holds it. Raises ``Refused``: ``watch.not_yours``,
    ``visit.reason_missing``, ``watch.nothing_held``, ``visit.unknown``.
    """
    refuse_other(proof.person)
    words = reason_text(reason)
    with desk.write(by=by) as tx:
        visit = visit_row(tx, visit_id)
        held = [(match, entry) for match, entry in tx.all(MATCHES_OF, visit=visit_id, now=tx.now)
                if entry.level in SHUTS_THE_DOOR and _undecided(match, entry)]  # fmt: skip
        if not held:
            raise Refused("watch.nothing_held")
        sealed = tx.seal(visit.subject, words)
        for match, entry in held:
            match.decision, match.reason = decision, sealed
            match.decided_by, match.decided_means = proof.person.staff_no, proof.means.value
            match.decided_at = tx.now
            tx.put(match)
            tx.record(
                "watch.decided",
                visit=visit_id, entry=entry.number, level=entry.level.value,
                decision=decision.value, signed_by=proof.person.staff_no,
                means=proof.means.value, reason=sealed,
            )  # fmt: skip


def _undecided(match: WatchMatch, entry: WatchEntry) -> bool:
    return asks(match, entry.level) in {Asks.CALL, Asks.REFUSE, Asks.COMPARE}
