"""Where everybody is: in, out, on an outing, on leave, on a post, resting, or not signed (去向).

One answer for all who ask whether somebody is in (clauses 14, 26): it is put together from the
posts, the outings, the taps and the leave, in this order. Nothing here says why anybody is away.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, or_
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlmodel import col, select

from kiosk.desk.absence import Half, Leave, LeaveState, Outing, StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.posts import Duty
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book, SubjectKey
from kiosk.desk.versions import gate_of

_NOON = time(12)


class Place(StrEnum):
    """Where somebody is, as far as the book tells."""

    IN = "in"  # 在岗
    OUT = "out"  # 已签退
    OUTING = "outing"  # 外出
    LEAVE = "leave"  # 休假
    DUTY = "duty"  # 值守
    STEPPED_AWAY = "stepped_away"  # 暂离
    RESTING = "resting"  # 休息
    NOT_SIGNED = "not_signed"  # 未签到


@dataclass(frozen=True, slots=True)
class Where:
    """Where one person is. Moments are UTC.

    ``until`` is when somebody is expected back, ``until_day`` the last day of a leave, with
    ``until_noon`` for its morning alone; ``late`` says that this is over and nobody is back.
    ``words`` is where an outing went to, which post is kept, or the other desk of the site where
    somebody tapped in; ``not_sure`` and ``not_back_today`` are what was said of an outing's end.
    ``stand_in`` is the id of who stands in, "" for nobody.
    """

    place: Place
    since: datetime | None = None
    until: datetime | None = None
    until_day: date | None = None
    until_noon: bool = False
    late: bool = False
    words: str = ""
    not_sure: bool = False
    not_back_today: bool = False
    stand_in: str = ""

    @property
    def here(self) -> bool:
        """Say whether the person is in the house."""
        return self.place in _HERE

    @property
    def away(self) -> bool:
        """Say whether the person is known to be away."""
        return not self.here and self.place is not Place.NOT_SIGNED


NOT_SIGNED = Where(Place.NOT_SIGNED)
_HERE = frozenset({Place.IN, Place.DUTY, Place.STEPPED_AWAY, Place.RESTING})
AllWhere = Mapping[str, Where]
"""Where each person is, by the person's id; who is not among them has not signed."""
_NOBODY: AllWhere = {}


def _outings(*more: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a select of a row with its key
    return (
        select(Outing, SubjectKey)
        .join(SubjectKey, col(SubjectKey.id) == col(Outing.subject), isouter=True)
        .where(col(Outing.ended_at).is_(None), *more)
        .order_by(col(Outing.started_at))
    )


def _leaves(*more: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a select of a row
    return select(Leave).where(
        col(Leave.closed_at).is_(None),
        col(Leave.state) == LeaveState.APPROVED,
        col(Leave.first_day) <= bindparam("today"),
        *more,
    )


def _stand_ins(*more: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a select of a row
    return select(StandIn).where(
        col(StandIn.ended_at).is_(None),
        col(StandIn.accepted_at).is_not(None),
        col(StandIn.from_at) <= bindparam("now"),
        or_(col(StandIn.until_at).is_(None), col(StandIn.until_at) > bindparam("now")),
        *more,
    )


def _duties(*more: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a select of a row
    return select(Duty).where(col(Duty.until).is_(None), *more)


def _taps(*more: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a select of four columns
    # No whole rows: there are as many as people.
    return select(Presence.person_id, Presence.state, Presence.since, Presence.stamp).where(
        col(Presence.day) == bindparam("today"), *more
    )


_OF_ALL = (_taps(), _leaves(), _outings(), _duties(), _stand_ins())
_PERSON: BindParameter[str] = bindparam("person")
_OF_ONE = (
    _taps(col(Presence.id) == _PERSON),
    _leaves(col(Leave.person_id) == _PERSON),
    _outings(col(Outing.person_id) == _PERSON),
    _duties(col(Duty.person_id) == _PERSON),
    _stand_ins(col(StandIn.absent_id) == _PERSON),
)


def everyone(desk: Desk, book: Book, known: AllWhere = _NOBODY) -> dict[str, Where]:
    """Return where everybody is now; ``known`` is what a feature knows better, such as a rest.

    Five queries, whatever the size of the house; who has neither tapped nor is away is left out.
    """
    return _found(desk, book, _OF_ALL, known)


def where(desk: Desk, book: Book, person: Person, known: AllWhere = _NOBODY) -> Where:
    """Return where one person is now; ``known`` as for ``everyone``."""
    mine = {person.id: known[person.id]} if person.id in known else _NOBODY
    return _found(desk, book, _OF_ONE, mine, person=person.id).get(person.id, NOT_SIGNED)


def _found(
    desk: Desk, book: Book, queries: Sequence[Any], known: AllWhere, **of: str
) -> dict[str, Where]:
    now = desk.clock()
    today = desk.work_day(now)
    taps, leaves, outings, duties, stand_ins = queries
    found: dict[str, Where] = {}
    half = _half(desk, now, today)
    for leave in book.all(leaves, today=today, **of):
        _add(found, leave.person_id, _of_leave(leave, today, half))
    # Who taps in the middle of a leave is here; a tap out says less than the leave.
    desks = site_desks(desk, book)
    for person_id, state, since, stamp in book.all(taps, today=today, **of):
        if state is Whereabouts.IN:
            found[person_id] = Where(Place.IN, since, words=desks.short(gate_of(stamp)))
        else:
            found.setdefault(person_id, Where(Place.OUT, since))
    for outing, key in book.all(outings, **of):
        last = found.get(outing.person_id)
        if last is None or last.place is not Place.IN or last.since <= outing.started_at:
            if key is not None:
                book.bring_key(key.id, key.wrapped)
            _add(found, outing.person_id, _of_outing(book, outing, now, today))
    for duty in book.all(duties, **of):
        found[duty.person_id] = Where(Place.DUTY, duty.since, words=desks.name(duty.post))
    found.update(known)
    for one in book.all(stand_ins, now=now, **of):
        there = found.get(one.absent_id, NOT_SIGNED)
        if not there.here:
            found[one.absent_id] = replace(there, stand_in=one.stand_in_id)
    return found


def _add(found: dict[str, Where], person_id: str, one: Where | None) -> None:
    if one is not None:
        found[person_id] = one


def _half(desk: Desk, now: datetime, today: date) -> Half:
    """Return which half of the day it is: the middle of the working hours parts them."""
    start, end = desk.calendar.start(today), desk.calendar.end(today)
    noon = datetime.combine(today, _NOON, desk.zone)
    middle = start + (end - start) / 2 if start is not None and end is not None else noon
    return Half.MORNING if now < middle else Half.AFTERNOON


def _of_leave(leave: Leave, today: date, half: Half) -> Where | None:
    """Return a leave as it stands now; None before its first half.

    One that is over and not reported back from (销假) is late.
    """
    halves = (Half.MORNING, Half.AFTERNOON)
    here = (today, halves.index(half))
    if here < (leave.first_day, halves.index(leave.first_half)):
        return None
    return Where(
        Place.LEAVE, leave.approved_at, until_day=leave.last_day,
        until_noon=leave.last_half is Half.MORNING,
        late=here > (leave.last_day, halves.index(leave.last_half)),
    )  # fmt: skip


def _of_outing(book: Book, outing: Outing, now: datetime, today: date) -> Where | None:
    """Return an outing as it stands now; None for one of an earlier day without an end."""
    if outing.day < today and outing.back_by is None:
        return None
    return Where(
        Place.OUTING, outing.started_at, until=outing.back_by,
        late=outing.back_by is not None and outing.back_by < now and not outing.not_back_today,
        words=book.read_sealed(outing.place),
        not_sure=outing.back_by is None and not outing.not_back_today,
        not_back_today=outing.not_back_today,
    )  # fmt: skip


class Counted(StrEnum):
    """What the board counts people as."""

    IN = "in"
    OUT = "out"
    LEAVE = "leave"
    NOT_SIGNED = "not_signed"


_COUNTED = {
    Place.OUT: Counted.OUT, Place.OUTING: Counted.OUT, Place.LEAVE: Counted.LEAVE,
    Place.NOT_SIGNED: Counted.NOT_SIGNED,
}  # fmt: skip


def counted(wheres: Iterable[Where]) -> Counter[Counted]:
    """Count people as in, out, on leave and not signed."""
    return Counter(_COUNTED.get(one.place, Counted.IN) for one in wheres)
