"""What visits leave open: who is inside, waits at the gate, is late; which slips are missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from visitors.emergency.models import owed_by
from visitors.emergency.outstanding import debts
from visitors.exit.outstanding import exit_things
from visitors.gates.outstanding import of_gates
from visitors.lanes.kinds import kind_word
from visitors.lanes.outstanding import of_lanes
from visitors.lanes.rules import rules_of_visit
from visitors.models import HERE, SLIPS_MISSING, Answer, Origin, State, Visit
from visitors.rules import has_yes, listed
from visitors.visit_queries import EXPECTED_SINCE
from visitors.watch_outstanding import with_watch

_INSIDE = N_("{number} {visitor} is inside, with {host}")
_HELPS = N_("{number} {visitor} is inside, let in as an emergency")
_OVER = N_("{number} {visitor} is still inside, the time is over")
_WAITS = N_("{visitor} is waiting, {host} not asked yet")
_ASKED = N_("{visitor} is waiting for the answer of {host}")
_NOT_REACHED = N_("{visitor} is waiting, {host} not reached")
_TOLD_TO_WAIT = N_("{visitor} is waiting, {host} asks for patience")
_DECLINED = N_("{visitor} is waiting, {host} declines")
_AGREED = N_("{visitor} may enter, {host} agrees")
_LATE = N_("{visitor}, expected at {number} by {host}, has not come")
_SLIP = N_("Return slip {number} is missing")

_BRINGS = N_("{visitor} is at the gate and brings something for {host}")
_NEXT_HAND_OVER = N_("Hand it over at the gate, then close the visit")
_NEXT_ASK = N_("Ask the host")
_NEXT_AGAIN = N_("Ask again, or ask the section")
_NEXT_ADMIT = N_("Admit and print the slip")
_NEXT_REFUSE = N_("Tell the visitor politely and close the visit")
_NEXT_LATE = N_("Ask the host: does the visitor still come?")
_NEXT_LEAVE = N_("Scan the slip when the visitor leaves")
_NEXT_CLOSE = N_("Close the visit when they leave")
_NEXT_CALL = N_("Call the host: is the visitor still there?")
_NEXT_SETTLE = N_("Find the slip, or ask the host and settle it")

_ANSWERED = {
    Answer.YES: (_AGREED, _NEXT_ADMIT),
    Answer.WAIT: (_TOLD_TO_WAIT, _NEXT_AGAIN),
    Answer.NO: (_DECLINED, _NEXT_REFUSE),
    Answer.NOT_REACHED: (_NOT_REACHED, _NEXT_AGAIN),
}


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return everything that visits have open, each with its next step."""
    here = [_here(desk, book, visit, host) for visit, host in book.all(HERE)]
    missing = [_missing(desk, visit, host) for visit, host in book.all(SLIPS_MISSING)]
    late = [_late(desk, book, visit, host) for visit, host in _late_ones(desk, book)]
    of_slices = [
        *debts(desk, book),
        *of_lanes(desk, book),
        *exit_things(desk, book),
        *of_gates(desk, book),
    ]
    return with_watch(desk, book, [*here, *late, *missing, *of_slices])


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a visit that the list needs: read after every tap, so no more than these."""

    number: str
    name: str
    visitor: str
    unit: str
    host: str
    matter: str

    @property
    def words(self) -> dict[str, object]:
        """The facts of the sentences above."""
        return {"number": self.number, "visitor": self.visitor, "host": self.host}


def _words(desk: Desk, book: Book, visit: Visit, host: Person) -> _Said:
    name = book.read_sealed(visit.name)
    called = names.visitor_address(name, book.read_sealed(visit.form, erased=""))
    return _Said(
        listed(visit.day, visit.number, desk.today()), name, called, book.read_sealed(visit.unit),
        "" if "host" in owed_by(book, visit) else names.address(host),
        book.read_sealed(visit.matter) or kind_word(visit),
    )  # fmt: skip


def _here(desk: Desk, book: Book, visit: Visit, host: Person) -> OpenThing:
    said = _words(desk, book, visit, host)
    if visit.state is State.ADMITTED:
        return _inside(desk, visit, host, said, book.read_sealed(visit.goods))
    return _waiting(desk, visit, host, said)


def _inside(desk: Desk, visit: Visit, host: Person, shown: _Said, goods: str) -> OpenThing:
    over = desk.clock() >= visit.until_at + timedelta(minutes=desk.rules.visit_overstay_min)
    since = visit.admitted_at or visit.made_at
    what, step = _how_inside(visit, over=over)
    return OpenThing(
        kind="visit.inside", ref=visit.id, number=shown.number,
        urgency=Urgency.WAITING if over else Urgency.QUIET,
        what=Wording(what, shown.words),
        since=since, due=visit.until_at, owner=host.staff_no,
        next_step=Wording(step),
        facts={
            "number": shown.number, "visitor": shown.name, "host": shown.host,
            "unit": shown.unit, "people": visit.remaining, "matter": shown.matter,
            "goods": goods, "since": since, "until": visit.until_at,
        },
    )  # fmt: skip


def _how_inside(visit: Visit, *, over: bool) -> tuple[str, str]:
    """Return what is said of who is inside, and what comes next: who helps has no slip."""
    if visit.origin is Origin.EMERGENCY:
        return _HELPS, _NEXT_CLOSE
    return (_OVER, _NEXT_CALL) if over else (_INSIDE, _NEXT_LEAVE)


def _waiting(desk: Desk, visit: Visit, host: Person, shown: _Said) -> OpenThing:
    since = visit.arrived_at or visit.made_at
    what, step = _said(desk, visit)
    return OpenThing(
        kind="visit.waiting", ref=visit.id, number=shown.number,
        urgency=_urgency(desk, visit, since), what=Wording(what, shown.words), since=since,
        owner=host.staff_no, next_step=Wording(step),
        facts={
            "number": shown.number, "visitor": shown.name, "host": shown.host,
            "unit": shown.unit, "matter": shown.matter, "state": waiting_state(desk, visit),
            "since": since,
        },
    )  # fmt: skip


def _late_ones(desk: Desk, book: Book) -> list[tuple[Visit, Person]]:
    """Return who should have come by now and still may: today, or while the time lasts."""
    now, today = desk.clock(), desk.today()
    start = now - timedelta(minutes=desk.rules.visit_late_arrival_min)
    found = book.all(EXPECTED_SINCE, start=start)
    return [pair for pair in found if pair[0].day == today or pair[0].until_at >= now]


def _late(desk: Desk, book: Book, visit: Visit, host: Person) -> OpenThing:
    """Say who is late; an appointment has no number yet and is known by its hour."""
    said = _words(desk, book, visit, host)
    number = f"{desk.local(visit.from_at):%H:%M}"
    return OpenThing(
        kind="visit.late", ref=visit.id, number=number, urgency=Urgency.SOON,
        what=Wording(_LATE, said.words | {"number": number}), since=visit.from_at,
        owner=host.staff_no, next_step=Wording(_NEXT_LATE), facts={"number": number},
    )  # fmt: skip


def waiting_state(desk: Desk, visit: Visit) -> str:
    """Return how far it has come: ``waiting``, ``host_asked``, or the host's answer.

    Who brings something and goes no further waits for no answer: ``at_gate``.
    """
    if rules_of_visit(desk, visit).at_gate:
        return "at_gate"
    return (visit.answer or visit.state).value


def _said(desk: Desk, visit: Visit) -> tuple[str, str]:
    if rules_of_visit(desk, visit).at_gate:
        return _BRINGS, _NEXT_HAND_OVER
    if visit.answer is not None:
        return _ANSWERED[visit.answer]
    if visit.state is State.HOST_ASKED:
        return _ASKED, _NEXT_AGAIN
    return _WAITS, _NEXT_ASK


def _urgency(desk: Desk, visit: Visit, since: datetime) -> Urgency:
    """Red for a host not reached, and for anybody who waits longer than the house wants."""
    late = desk.clock() >= since + timedelta(minutes=desk.rules.host_wait_remind_min)
    if visit.answer in {Answer.NOT_REACHED, Answer.NO} or (late and not has_yes(visit)):
        return Urgency.NOW
    return Urgency.WAITING


def _missing(desk: Desk, visit: Visit, host: Person) -> OpenThing:
    number = listed(visit.day, visit.number, desk.today())
    return OpenThing(
        kind="visit.return_slip_missing", ref=visit.id, number=number, urgency=Urgency.WAITING,
        what=Wording(_SLIP, {"number": number}), since=visit.left_at or visit.made_at,
        owner=host.staff_no, next_step=Wording(_NEXT_SETTLE), facts={"number": number},
    )  # fmt: skip
