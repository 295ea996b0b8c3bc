"""What speaks against an appointment, told before it is saved; who knows better saves anyway."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts, whereabouts
from kiosk.desk.transaction import Book
from visitors.models import VISIT, WORDS_OF_DAY, State, Visit
from visitors.service import Times, host_by_staff_no
from visitors.visit_queries import OF_HOST_ON, ON_DAY

_TO_COME_OR_HERE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED, State.ADMITTED})


class Against(StrEnum):
    """What kind of thing speaks against it."""

    HOST_BUSY = "host_busy"
    HOST_OUT = "host_out"
    ROOM = "room"
    SAME_VISITOR = "same_visitor"
    DAY_OFF = "day_off"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that speaks against it; ``who`` and the moments belong to the other appointment.

    ``start`` also says since when the host is out, or from when the house is open; ``room`` is what
    both would be in. Moments are UTC.
    """

    against: Against
    host: str
    who: str = ""
    start: datetime | None = None
    end: datetime | None = None
    room: str = ""


def conflicts(
    desk: Desk, name: str, host: str, times: Times, besides: str = "", room: str = ""
) -> list[Conflict]:
    """Return what speaks against ``name`` visiting ``host`` (a staff number) at ``times``.

    ``besides`` is the appointment that is being changed: it does not speak against itself.
    ``room`` is where they meet (clause 10). Raises ``Refused("visit.host_unknown")``.
    """
    with desk.read() as book:
        person = host_by_staff_no(book, host)
        return [
            *_closed(desk, person, times),
            *_out(desk, book, person, times),
            *_busy(desk, book, person, times, besides),
            *_in_the_room(desk, book, room, times, besides),
            *_expected_already(desk, book, name, times, besides),
        ]


def _closed(desk: Desk, host: Person, times: Times) -> Iterator[Conflict]:
    """Tell that the house is closed then: on that day, or at that hour."""
    opens = desk.calendar.start(desk.local(times.start).date())
    closes = desk.calendar.end(desk.local(times.start).date())
    if opens is None or closes is None:
        yield Conflict(Against.DAY_OFF, names.address(host), start=times.start)
    elif times.start < opens or times.start >= closes:
        yield Conflict(Against.HOURS, names.address(host), start=opens, end=closes)


def _out(desk: Desk, book: Book, host: Person, times: Times) -> Iterator[Conflict]:
    """Tell that the host has signed out today: of another day nobody knows anything yet."""
    today = desk.work_day(desk.clock())
    if desk.local(times.start).date() != today:
        return
    here = whereabouts(book, host, today)
    if here is not None and here.state is Whereabouts.OUT:
        yield Conflict(Against.HOST_OUT, names.address(host), start=here.since)


def _busy(
    desk: Desk, book: Book, host: Person, times: Times, besides: str
) -> Iterator[Conflict]:  # fmt: skip
    day = desk.local(times.start).date()
    for visit, person in book.all(OF_HOST_ON, host=host.id, day=day):
        if visit.id != besides and _overlaps(visit, times):
            yield _of(book, Against.HOST_BUSY, visit, person)


def _in_the_room(
    desk: Desk, book: Book, room: str, times: Times, besides: str
) -> Iterator[Conflict]:  # fmt: skip
    """Tell that a room of the site, which holds one party at a time, is taken then."""
    wanted = _plain(room)
    if wanted not in {_plain(one) for one in desk.settings.site.rooms}:
        return
    day = desk.local(times.start).date()
    for visit, host in book.all(ON_DAY, day=day):
        there = wanted == _plain(book.read_sealed(visit.area, erased=""))
        if there and visit.id != besides and _overlaps(visit, times):
            yield replace(_of(book, Against.ROOM, visit, host), room=room)


def _plain(room: str) -> str:
    return "".join(unicodedata.normalize("NFKC", room).casefold().split())


def _overlaps(visit: Visit, times: Times) -> bool:
    return visit.from_at < times.end and times.start < visit.until_at


def _expected_already(
    desk: Desk, book: Book, name: str, times: Times, besides: str
) -> Iterator[Conflict]:
    """Tell that somebody of this very name is expected or here that day; with another host too."""
    day = desk.local(times.start).date()
    same = [one.id for one in book.all(WORDS_OF_DAY, day=day) if one.name == name]
    for visit_id in same:
        found = book.one(VISIT, id=visit_id)
        if found is not None and visit_id != besides and found[0].state in _TO_COME_OR_HERE:
            yield _of(book, Against.SAME_VISITOR, *found)


def _of(book: Book, against: Against, visit: Visit, host: Person) -> Conflict:
    who = names.visitor_address(book.read_sealed(visit.name), book.read_sealed(visit.form))
    return Conflict(against, names.address(host), who, visit.from_at, visit.until_at)
