"""The one list of what this kiosk can do. No Textual here: the command line reads it too."""

from collections.abc import Mapping

from kiosk.attendance.feature import ATTENDANCE
from kiosk.desk import loans, numbers, people, posts, presence, signing, spool, stock
from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature, PrintOne
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, most_urgent_first
from kiosk.desk.people import Person
from kiosk.desk.report import Build
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import register
from kiosk.keys.feature import KEYS
from shift_handover.feature import SHIFT_HANDOVER
from shift_handover.reports import open_things
from visitors.feature import VISITORS

TABLES = (loans, numbers, people, posts, presence, signing, stock)
"""The desk's own tables, known as soon as the features are: a replay must know every one."""

PRINTING = Feature(id="printing", outstanding=spool.outstanding)
FEATURES: tuple[Feature, ...] = (ATTENDANCE, KEYS, VISITORS, SHIFT_HANDOVER, PRINTING)

_OPEN_THINGS = "open-things"

for _feature in FEATURES:
    register(_feature.refusals)


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open thing of every feature, most urgent first."""
    things: list[OpenThing] = []
    for feature in FEATURES:
        if feature.outstanding is not None:
            things.extend(feature.outstanding(desk, book))
    return most_urgent_first(things)


def happenings() -> Mapping[str, str]:
    """Return what the entries of the journal say happened, in English, by code."""
    return {code: words for feature in FEATURES for code, words in feature.happenings.items()}


def lapse(desk: Desk) -> int:
    """Record what time alone has ended, in every feature; return how many things it were."""
    return sum(feature.lapse(desk) for feature in FEATURES if feature.lapse is not None)


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


def reports() -> Mapping[str, Build]:
    """Return every report by its name on the command line."""
    made = {name: build for feature in FEATURES for name, build in feature.reports.items()}
    return made | {_OPEN_THINGS: open_things(outstanding)}


def only_now() -> frozenset[str]:
    """Return the names of the reports that say how it stands now, and know no other day."""
    return frozenset(name for one in FEATURES for name in one.only_now) | {_OPEN_THINGS}


def of_one_person() -> frozenset[str]:
    """Return the names of the reports that can be about one person."""
    return frozenset(name for feature in FEATURES for name in feature.of_one_person)


def of_one_unit() -> frozenset[str]:
    """Return the names of the reports that can be about the visitors of one unit."""
    return frozenset(name for feature in FEATURES for name in feature.of_one_unit)


def sheets() -> Mapping[str, PrintOne]:
    """Return what prints a report about one person as a paper of its own."""
    return {name: sheet for feature in FEATURES for name, sheet in feature.sheets.items()}
