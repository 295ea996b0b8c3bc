"""What the office and the leaders look into: read in bulk, for the list and for the reports."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.attendance.honest import rules
from kiosk.attendance.honest.models import (
    CLOCK_DOUBTS,
    DOUBTED_BETWEEN,
    UNPROVEN_BETWEEN,
    VOIDED_BETWEEN,
    Doubt,
)
from kiosk.attendance.honest.order import in_order_written
from kiosk.attendance.honest.rules import Pair
from kiosk.attendance.honest.same_way import same_way_twice
from kiosk.attendance.models import TAPS_BETWEEN, VOIDS_BETWEEN, Tap, VoidReason
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_ID, EVERYONE, Person
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book


class Odd(StrEnum):
    """What is odd about a tap."""

    UNPROVEN = "unproven"
    CLOCK = "clock"
    AFTER_CLOSING = "after_closing"
    COPY = "copy"
    TWO_DESKS = "two_desks"  # the same way twice, at two desks that could not hear each other
    VOID = "void"


_ODD_OF: Mapping[Doubt, Odd] = {Doubt.AFTER_CLOSING: Odd.AFTER_CLOSING, Doubt.COPY: Odd.COPY}


@dataclass(frozen=True, slots=True)
class TwoDesks:
    """The names of two desks with the times (UTC) at which somebody tapped there the same way."""

    first: str
    first_at: datetime
    second: str
    second_at: datetime


@dataclass(frozen=True, slots=True)
class OddTap:
    """One tap to look into; ``newest_at`` (UTC) is the newest time seen before a doubtful clock.

    ``void_for`` and ``void_by`` (staff number) say why and by whom it is void; ``carrier`` is who
    tapped another's badge.
    ``two_desks`` are the desks at which two taps in a row went the same way, the later is ``tap``.
    """

    odd: Odd
    tap: Tap
    person: Person
    newest_at: datetime | None = None
    void_for: VoidReason | None = None
    void_by: str = ""
    carrier: Person | None = None
    two_desks: TwoDesks | None = None


@dataclass(frozen=True, slots=True)
class PairFound:
    """Two people whose badges came close on many days of a month: a hint, no more."""

    pair: Pair
    first: Person
    second: Person


def odd_taps(desk: Desk, book: Book, first: date, last: date) -> list[OddTap]:
    """Return the taps of some days to look into, the newest first; days are the site's.

    A tap that can still be proved by its PIN is not among them.
    """
    between, now = {"first": first, "last": last}, desk.clock()
    found = [
        OddTap(Odd.UNPROVEN, tap, person)
        for proof, tap, person in book.all(UNPROVEN_BETWEEN, **between)
        if not rules.proof_in_time(proof.asked_at, now, desk.rules)
    ]
    doubted = book.all(DOUBTED_BETWEEN, **between)
    for doubt, tap, person in doubted:
        odd = _ODD_OF.get(doubt.why, Odd.CLOCK)
        found.append(OddTap(odd, tap, person, newest_at=doubt.newest_at))
    for void, tap, person in book.all(VOIDED_BETWEEN, **between):
        carrier = book.one(BY_ID, id=void.hand_id) if void.hand_id else None
        found.append(
            OddTap(
                Odd.VOID, tap, person, void_for=void.reason, void_by=void.by, carrier=carrier
            )
        )  # fmt: skip
    unsure = {tap.id for doubt, tap, _person in doubted if doubt.why in CLOCK_DOUBTS}
    if not desk.settings.hub.alone:
        found += _at_two_desks(desk, book, first, last, unsure)
    return sorted(found, key=lambda one: (one.tap.day, one.tap.at), reverse=True)


def _at_two_desks(
    desk: Desk, book: Book, first: date, last: date, unsure: Collection[str]
) -> Iterator[OddTap]:
    """Yield who tapped the same way at two desks in a row: the later desk had not heard of it."""
    between = {"first": first, "last": last}
    desks = site_desks(desk, book)
    voids = {one.tap_id: one.at for one in book.all(VOIDS_BETWEEN, **between)}
    for before, after in same_way_twice(book.all(TAPS_BETWEEN, **between), voids, unsure):
        person = book.one(BY_ID, id=after.tap.person_id)
        names = desks.name(before.gate), desks.name(after.gate)
        both = TwoDesks(names[0], before.tap.at, names[1], after.tap.at)
        if person is not None:
            yield OddTap(Odd.TWO_DESKS, after.tap, person, two_desks=both)


def pairs_found(desk: Desk, book: Book, first: date, last: date) -> list[PairFound]:
    """Return the pairs that recur in a month of these days, most days first."""
    taps = in_order_written(book.all(TAPS_BETWEEN, first=first, last=last))
    people = {one.id: one for one in book.all(EVERYONE)}
    found = []
    for pair in rules.recurring(taps, desk.rules):
        both = [people.get(one) or book.one(BY_ID, id=one) for one in pair.people]
        one, other = sorted(filter(None, both), key=lambda it: it.staff_no)
        found.append(PairFound(pair, one, other))
    return found
