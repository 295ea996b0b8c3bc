"""Every conflict is one open thing at every desk, and so is a feed that the hub takes no more."""

from datetime import datetime

from kiosk.conflicts import hub_trouble, rules
from kiosk.conflicts.models import DECISIONS_ON
from kiosk.conflicts.reading import title_of, versions_of
from kiosk.conflicts.values import Reader
from kiosk.conflicts.wording import DidAt
from kiosk.desk import fork_words
from kiosk.desk.desk import Desk
from kiosk.desk.forks import Fork, open_forks
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.row_words import TableWord
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.versions import Version
from kiosk.desk.words import N_

CONFLICT = "conflict.open"
"""The kind of open thing; its ``ref`` is table and row id with a slash between them."""

_TWO = N_("{what} {name}: two desks differ ({first}, {second})")
_PLACE = N_("{what} {name}: given at two desks ({first}, {second})")
_AGAIN = N_("{what} {name}: decided differently ({first}, {second})")
_DECIDE = N_("Compare and decide, with a signature")
_OFFICE = N_("The office or a leader decides, with a signature")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every conflict that waits for a signed decision, and what is wrong with the line."""
    line = hub_trouble.outstanding(desk, book, desk.hub_state())
    return [*line, *(_thing(desk, book, fork) for fork in open_forks(book))]


def _thing(desk: Desk, book: Book, fork: Fork) -> OpenThing:
    reader, versions = Reader(desk, book, fork.table), versions_of(book, fork)
    decided = book.one(DECISIONS_ON, about=fork.table, row_ref=fork.row_id)
    places = [_did(desk, book, one) for one in versions]
    facts = {
        "what": TableWord(fork.table), "name": title_of(reader, versions) or "-",
        "first": places[0], "second": places[-1],
    }  # fmt: skip
    template = _PLACE if fork.kind == "place" else _TWO if decided is None else _AGAIN
    since = max(datetime.fromisoformat(one.at) for one in versions)
    told = fork_words.told(desk, book, fork)
    step = _OFFICE if fork.table in rules.ATTENDANCE | rules.ACCESS else _DECIDE
    return OpenThing(
        CONFLICT, f"{fork.table}/{fork.row_id}", rules.number_of(fork.table, fork.row_id),
        rules.urgency_of(fork.table),
        Wording(template, facts) if told is None else told.what, since,
        owner="" if told is None else told.owner,
        next_step=Wording(step) if told is None else told.next_step,
        facts={**facts, "first": str(places[0]), "second": str(places[-1]), "table": fork.table},
    )  # fmt: skip


def _did(desk: Desk, book: Book, one: Version) -> DidAt:
    at = desk.day_and_hour(datetime.fromisoformat(one.at))
    return DidAt(gate_name(desk, book, one.gate), at, one.code)
