"""What is open about leave: who has not reported back, and a long leave near its end."""

from datetime import date, datetime, time, timedelta

from kiosk.attendance.leave import rules
from kiosk.attendance.leave.calendar import back_by
from kiosk.attendance.leave.halves import span_of
from kiosk.attendance.leave.models import OPEN, OPEN_OF, Granter
from kiosk.attendance.leave.reading import is_overdue
from kiosk.desk.absence import Leave, LeaveState
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, ngettext

OVERDUE, ENDS = "leave.overdue", "leave.ends"
_WHAT = {
    OVERDUE: N_("{name} not back from leave since {day}"),
    ENDS: N_("The leave of {name} ends on {day}"),
}
_NEXT = {
    OVERDUE: N_("Office: ask after the person"),
    ENDS: N_("Office: tell the person; longer only with an agreement"),
}


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the leave that is overdue (clause 18), and long leave that ends soon (clause 20).

    Neither is the guard's: both are quiet, and no kind or reason is named. The clause speaks of
    maternity leave; told of that alone, everybody at the desk would know the kind.
    """
    now = desk.clock()
    return [
        _thing(desk, kind, leave, person)
        for leave, person in book.all(OPEN)
        for kind in _kinds(desk, leave, now)
    ]


def _kinds(desk: Desk, leave: Leave, now: datetime) -> list[str]:
    if is_overdue(desk, leave, now):
        return [OVERDUE]
    warned = timedelta(days=desk.rules.maternity_warn_days)
    near = leave.last_day - warned <= desk.work_day(now) <= leave.last_day
    long = leave.last_day - leave.first_day > 2 * warned
    return [ENDS] if long and near and leave.state is LeaveState.APPROVED else []


def _thing(desk: Desk, kind: str, leave: Leave, person: Person) -> OpenThing:
    ends = datetime.combine(leave.last_day, time(23, 59), desk.zone)
    due = back_by(desk, span_of(leave)) if kind == OVERDUE else ends
    facts = {"name": person.name, "day": f"{due:%m-%d}"}
    return OpenThing(
        kind=kind, ref=leave.id, number=leave.number, urgency=Urgency.QUIET,
        what=Wording(_WHAT[kind], facts), since=leave.approved_at or leave.asked_at, due=due,
        owner=person.staff_no, next_step=Wording(_NEXT[kind]),
        facts={"name": person.name, "until": leave.last_day.isoformat()},
    )  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what who taps is told: to report back from leave, or how much waits for a signature.

    Nobody is named, and no kind: it stands where everybody sees it. Staff cost one look through
    the index of open leave, who grants leave a look at all that is open.
    """
    today = desk.work_day(desk.clock())
    if not rules.is_signer(person):
        return _own_note(book.all(OPEN_OF, person=person.id), today)
    rows = book.all(OPEN)
    own = _own_note([one for one, whose in rows if whose.id == person.id], today)
    waiting = [
        one for one, whose in rows
        if one.waits_at and rules.grants(person, Granter(one.waits_at), whose)
    ]  # fmt: skip
    n = len(waiting)
    told = ngettext("{n} leave to sign: F7, 2", "{n} leaves to sign: F7, 2", n).format(n=n)
    return own or (told if n else "")


def _own_note(leaves: list[Leave], today: date) -> str:
    begun = (one.state is LeaveState.APPROVED and one.first_day <= today for one in leaves)
    return _("Back from leave? Please report back: F7, 2, R") if any(begun) else ""
