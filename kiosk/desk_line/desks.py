"""The desks of the site side by side: who is on duty there, what is there, how fresh that is."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.at_desks import AllAtDesks, What
from kiosk.desk.desk import Desk
from kiosk.desk.freshness import Part, parts
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.people import owner_names
from kiosk.desk.posts import on_duty
from kiosk.desk.site_desks import SiteDesks, site_desks
from kiosk.desk.transaction import Book
from kiosk.desk_line import service
from kiosk.desk_line.service import Sent

AllOpen = Callable[[Desk, Book], list[OpenThing]]


@dataclass(frozen=True, slots=True)
class DeskShown:
    """One desk. ``guard`` keeps its post since ``since`` (UTC), "" and None for nobody.

    ``counts`` are how many people and things of each kind are there, ``open`` how many open things
    that matter to every desk are its, ``urgent`` those of them that somebody waits for. ``part``
    says how fresh all this is, None for this desk itself.
    """

    gate: str
    name: str
    telephone: str
    guard: str
    since: datetime | None
    counts: Mapping[What, int]
    open: int
    urgent: int
    part: Part | None


@dataclass(frozen=True, slots=True)
class DesksNow:
    """All desks, this one first; and what they said to each other lately, newest first."""

    desks: Sequence[DeskShown]
    said: Sequence[Sent]
    words: Mapping[str, str]
    names: Mapping[str, str]
    known: SiteDesks


def desks_now(desk: Desk, outstanding: AllOpen, at_desks: AllAtDesks) -> DesksNow:
    """Return how the site's desks stand now, as this one knows it; ``words`` are by line's id."""
    with desk.read() as book:
        known = site_desks(desk, book)
        things, counts = outstanding(desk, book), _counts(desk, book, at_desks)
        fresh = {one.gate: one for one in parts(desk, book)}
        gates = (desk.gate, *(one.id for one in known.others))
        shown = [
            _shown(book, known, gate, things, counts.get(gate, {}), fresh.get(gate))
            for gate in gates
        ]
        said = [service.sent(book, known, line) for line in service.said_lately(desk, book)]
        words = {one.line.id: book.read_sealed(one.line.words) for one in said}
        return DesksNow(shown, said, words, _names(book, said), known)


def _counts(desk: Desk, book: Book, at_desks: AllAtDesks) -> Mapping[str, Mapping[What, int]]:
    found: dict[str, Counter[What]] = {}
    for one in at_desks(desk, book):
        found.setdefault(one.gate, Counter())[one.what] += one.n
    return found


def _shown(
    book: Book, known: SiteDesks, gate: str, things: Sequence[OpenThing],
    counts: Mapping[What, int], part: Part | None,
) -> DeskShown:  # fmt: skip
    duty = on_duty(book, gate)
    its = [one for one in things if one.gate == gate]
    return DeskShown(
        gate, known.name(gate), known.telephone(gate),
        duty[1].name if duty else "", duty[0].since if duty else None, counts,
        len(its), sum(one.urgency <= Urgency.WAITING for one in its), part,
    )  # fmt: skip


def _names(book: Book, said: Sequence[Sent]) -> Mapping[str, str]:
    readers = (one.read_by for sent in said for _gate, one in sent.readings if one is not None)
    return owner_names(book, {*(sent.line.sent_by for sent in said), *readers})
