"""The one list of what this kiosk can do. No Textual here: the command line reads it too."""

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from kiosk.attendance import models as taps
from kiosk.attendance.closing.feature import CLOSING
from kiosk.attendance.counters.feature import COUNTERS
from kiosk.attendance.feature import ATTENDANCE
from kiosk.attendance.honest.feature import HONEST
from kiosk.attendance.hours import models as rosters
from kiosk.attendance.hours.feature import HOURS
from kiosk.attendance.leave.feature import LEAVE
from kiosk.attendance.outing.feature import OUTING
from kiosk.attendance.overtime.feature import OVERTIME
from kiosk.attendance.remarks import models as remarks
from kiosk.attendance.remarks.feature import REMARKS
from kiosk.attendance.spares.feature import SPARES
from kiosk.attendance.stand_ins.feature import STAND_INS
from kiosk.attendance.weather import models as weather
from kiosk.attendance.weather.feature import WEATHER
from kiosk.conflicts.feature import CONFLICTS
from kiosk.desk import (
    absence,
    list_papers,
    loans,
    numbers,
    people,
    posts,
    presence,
    print_history,
    signing,
    site_desks,
    spool,
    stock,
)
from kiosk.desk.at_desks import AtDesk
from kiosk.desk.decided import name_absorb, name_decided
from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature, Mention
from kiosk.desk.foreign import Hook
from kiosk.desk.fork_words import name_fork_words
from kiosk.desk.happenings import name_happenings
from kiosk.desk.hub_line import Answer, Asked, Claim
from kiosk.desk.inside import Inside
from kiosk.desk.leaving import Holding
from kiosk.desk.loans import Thing
from kiosk.desk.open_scope import of_this_desk
from kiosk.desk.outbox import Outbox
from kiosk.desk.outstanding import OpenThing, most_urgent_first
from kiosk.desk.people import Person
from kiosk.desk.purge import Purged
from kiosk.desk.stand_in import stood_in_for
from kiosk.desk.tags import name_tags
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.watch import Watch
from kiosk.desk.where import AllWhere, Where
from kiosk.desk.words import _, register
from kiosk.desk_line.feature import DESK_LINE
from kiosk.enquiries.feature import ENQUIRIES
from kiosk.incidents.feature import INCIDENTS
from kiosk.keys.feature import KEYS
from kiosk.messages.feature import MESSAGES
from kiosk.parcels.feature import PARCELS
from kiosk.passes.feature import PASSES
from kiosk.roll_call.feature import ROLL_CALL
from shift_handover.away.feature import AWAY
from shift_handover.feature import SHIFT_HANDOVER
from shift_handover.presence.feature import PRESENCE
from visitors.feature import VISITORS

TABLES = (
    absence, loans, numbers, people, posts, presence, remarks, rosters, signing, stock,
    site_desks,
    taps, weather,
)  # fmt: skip
"""Tables that no feature below imports by itself: a replay must know every one."""

PRINTING = Feature(
    id="printing",
    outstanding=spool.outstanding,
    reports={"prints": print_history.prints},
    lapse=spool.give_up_erased,
    purge=list_papers.purge,
    overdue=list_papers.overdue,
)
FEATURES: tuple[Feature, ...] = (
    ATTENDANCE, KEYS, VISITORS, ROLL_CALL, SHIFT_HANDOVER, MESSAGES, PARCELS, PASSES,
    ENQUIRIES, INCIDENTS, PRINTING, AWAY, PRESENCE, COUNTERS, REMARKS, OUTING, STAND_INS, CLOSING,
    HOURS, LEAVE, WEATHER, OVERTIME, SPARES, HONEST, CONFLICTS, DESK_LINE,
)  # fmt: skip

log = logging.getLogger("kiosk.features")

for _feature in FEATURES:
    register(_feature.refusals)
    name_happenings(_feature.happenings, _feature.fact_words)
    spool.name_printing(_feature.prints)
    print_history.keep_private(_feature.private_prints)
    if _feature.absorb is not None:
        name_absorb(_feature.absorb)
    for _table, _follows in _feature.decided.items():
        name_decided(_table, _follows)
    for _table, _words in _feature.fork_words.items():
        name_fork_words(_table, _words)
    if _feature.hangs is not None:
        name_tags(_feature.id, _feature.hangs)


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open thing of every feature, most urgent first.

    Where the site has several desks: this one's own, and what concerns the site, with whose it is.
    """
    things: list[OpenThing] = []
    for feature in FEATURES:
        if feature.outstanding is not None:
            things.extend(feature.outstanding(desk, book))
    return most_urgent_first(of_this_desk(desk, book, things))


def lapse(desk: Desk) -> int:
    """Record what time alone has ended, in every feature; return how many things it were.

    One bite of what was kept long enough goes with it; ``purge`` takes the others.
    """
    ended = sum(feature.lapse(desk) for feature in FEATURES if feature.lapse is not None)
    return ended + purge(desk).count


def claimed(desk: Desk, claim: Claim) -> Asked:
    """Answer another desk that asks for a thing this one keeps; who keeps none says no."""
    for feature in FEATURES:
        if feature.claimed is not None:
            return feature.claimed(desk, claim)
    return Asked(Answer.REFUSED, claim.fence, desk.gate, "keys.gone")


def followed() -> frozenset[str]:
    """Return the tables whose changes some feature follows."""
    return frozenset[str]().union(*(feature.follows for feature in FEATURES))


def follow_up(desk: Desk, tables: Collection[str]) -> int:
    """Write what is owed once other desks' work has changed these tables; return how much it was.

    On the pen, after ``foreign.absorb``, and never inside it: each is a use case of its own.
    """
    return sum(
        feature.follow_up(desk, tables)
        for feature in FEATURES
        if feature.follow_up is not None and not feature.follows.isdisjoint(tables)
    )


def purge(desk: Desk, account: str = "") -> Purged:
    """Delete one bite, in every feature, of the words that were kept long enough.

    ``account`` is the operating system's account that asks, "" for the kiosk itself. The
    write-ahead log is emptied after the last bite, also when there was nothing to delete.
    """
    done = Purged.of(
        [feature.purge(desk, account) for feature in FEATURES if feature.purge is not None]
    )
    if not done.more:
        desk.empty_log()
    return done


def overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    """Return how much there is to purge now, by kind."""
    found: Counter[str] = Counter()
    for feature in FEATURES:
        if feature.overdue is not None:
            found.update(feature.overdue(desk, book))
    return found


def mentions(
    desk: Desk, book: Book, refs: Collection[str], first: datetime, last: datetime
) -> list[Mention]:
    """Return the sheets made between two moments that list one of the rows."""
    return [
        sheet
        for feature in FEATURES
        if feature.mentions is not None
        for sheet in feature.mentions(desk, book, refs, first, last)
    ]


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of everything in which somebody typed this name by hand."""
    return [
        number
        for feature in FEATURES
        if feature.naming is not None
        for number in feature.naming(book, name)
    ]


def holdings(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return everything the person still has of any feature (clause 76)."""
    return [
        one
        for feature in FEATURES
        if feature.holdings is not None
        for one in feature.holdings(desk, book, person)
    ]


def end_for_leaver(tx: Transaction, person: Person) -> None:
    """End whatever any feature still keeps or plans for who leaves, with its entries."""
    for feature in FEATURES:
        if feature.on_leaving is not None:
            feature.on_leaving(tx, person)


def notes(desk: Desk, person: Person) -> tuple[str, ...]:
    """Return what every feature tells the person who taps, in the language spoken now.

    What waits for somebody he stands in for follows, under that one's name (clause 7).

    The tap is recorded before this is read: a note that cannot be read is logged and left out,
    because an error here would say that nothing was saved.
    """
    with desk.read() as book:
        own = _told(desk, book, person, FEATURES)
        handed_on = [one for one in FEATURES if one.note_for_stand_in]
        others = [
            _("For {name}: {note}").format(name=absent.name, note=note)
            for absent in stood_in_for(book, person, desk.clock())
            for note in _told(desk, book, absent, handed_on)
        ]
    return (*own, *others)


def _told(
    desk: Desk, book: Book, person: Person, features: Collection[Feature]
) -> list[str]:  # fmt: skip
    told = []
    for feature in features:
        if feature.note is not None:
            try:
                told.append(feature.note(desk, book, person))
            except Exception:  # the answer to a recorded tap outlives any bug of ours
                log.exception("the note of %s cannot be read", feature.id)
    return [note for note in told if note]


def hooks() -> tuple[Hook, ...]:
    """Return what keeps the features' search tables right when other desks' rows come in."""
    return tuple(feature.absorb for feature in FEATURES if feature.absorb is not None)


def outboxes() -> tuple[Outbox, ...]:
    """Return what every feature has to send to people outside the kiosk."""
    return tuple(feature.outbox for feature in FEATURES if feature.outbox is not None)


def watches(desk: Desk, book: Book) -> list[Watch]:
    """Return all that runs against the clock now, what is shown first.

    First comes what any key answers: unseen it would be missed. Then what is late, and among that
    what is still to be recorded.
    """
    asked = (feature.watch(desk, book) for feature in FEATURES if feature.watch is not None)
    return sorted(
        (one for one in asked if one is not None),
        key=lambda one: (not one.asks, not one.late, one.record is None),
    )


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return what is shown of all that runs against the clock now, None for nothing."""
    return next(iter(watches(desk, book)), None)


def stands_in(desk: Desk, book: Book, person: Person) -> bool:
    """Say whether the person keeps the post for who is away, by any feature."""
    asked = (feature.stands_in for feature in FEATURES if feature.stands_in is not None)
    return any(says(desk, book, person) for says in asked)


def whereabouts(desk: Desk, book: Book) -> AllWhere:
    """Return where some people are by what a feature knows, whatever their taps say."""
    known: dict[str, Where] = {}
    for feature in FEATURES:
        if feature.whereabouts is not None:
            known.update(feature.whereabouts(desk, book))
    return known


def at_desks(desk: Desk, book: Book) -> list[AtDesk]:
    """Return how much of every feature is where on the site, by desk."""
    return [
        one
        for feature in FEATURES
        if feature.at_desks is not None
        for one in feature.at_desks(desk, book)
    ]


def inside(desk: Desk, book: Book) -> list[Inside]:
    """Return everybody who may be in the house, and every thing that is out, of every feature."""
    return [
        one
        for feature in FEATURES
        if feature.inside is not None
        for one in feature.inside(desk, book)
    ]


def inside_of_code(desk: Desk, book: Book, text: str) -> Inside | None:
    """Return whose slip a scanned code is; None when no feature knows it.

    Raises ``Refused`` for a code of a feature that is torn, forged or of nobody.
    """
    for feature in FEATURES:
        if feature.inside_of_code is not None:
            found = feature.inside_of_code(desk, book, text)
            if found is not None:
                return found
    return None


def inside_of_tag(desk: Desk, book: Book, thing: Thing) -> Inside | None:
    """Return whose card a tapped thing is; None for what stands for nobody in any feature."""
    asked = (one.inside_of_tag for one in FEATURES if one.inside_of_tag is not None)
    found = (whose(desk, book, thing) for whose in asked)
    return next((one for one in found if one is not None), None)
