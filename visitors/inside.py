"""Which visitors are in the house: certainly, or perhaps."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import and_, col, or_, select

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.inside import Inside, Sort
from kiosk.desk.loans import OPEN_LOAN_OF, Thing, ThingKind
from kiosk.desk.people import Person, department_name
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import SiteDesks, gate_name, site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _
from visitors import rules, slip_code
from visitors.emergency.models import owed_by
from visitors.gates.denied import denied_inside
from visitors.gates.gave_way import standing_for
from visitors.models import ReturnSlip, State, Visit
from visitors.service import visit_of

_DOUBTED_FOR = timedelta(hours=24)
"""How long a visitor whom nobody saw leave, or who left without the slip, is still looked for."""

_ASSUMED = N_("assumed to have left")
_UNKNOWN = N_("nobody knows where")
_NO_SLIP = N_("left without the return slip")
_OVER = N_("stayed over the day's end")
_DENIED = N_("let in, but denied at another gate")
_LONG = N_("inside for half a day")
_SURE_FOR = timedelta(hours=12)
_PERHAPS_INSIDE = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        or_(
            col(Visit.state) == State.ADMITTED,
            and_(
                or_(
                    col(Visit.state) == State.UNKNOWN,
                    and_(
                        col(Visit.state) == State.ASSUMED_LEFT,
                        # Who has no slip (officers, who helps) was not seen to leave all the same.
                        or_(
                            col(Visit.return_slip) == ReturnSlip.MISSING,
                            col(Visit.return_slip) == ReturnSlip.NONE,
                        ),
                    ),
                    # Only who has left misses one: by the few slips, not by all who have left.
                    col(Visit.return_slip) == ReturnSlip.MISSING,
                ),
                col(Visit.left_at) > bindparam("since"),
            ),
        )
    )
    .order_by(col(Visit.day), col(Visit.number))
)


def inside(desk: Desk, book: Book) -> list[Inside]:
    """Return who is inside; uncertain are who stayed too long, and whose leaving nobody proved.

    So is whom one gate let in while another denied the visit. A missing return slip that was
    settled raises no doubt any more.
    """
    now, desks = desk.clock(), site_desks(desk, book)
    found = [
        _inside(desk, book, visit, host, _doubt(desk, visit, now), desks)
        for visit, host in book.all(_PERHAPS_INSIDE, since=now - _DOUBTED_FOR)
    ]
    return found + [
        _inside(desk, book, one.visit, one.host, _DENIED, desks) for one in denied_inside(book)
    ]


def inside_of_code(desk: Desk, book: Book, text: str) -> Inside | None:
    """Return whose slip was scanned, whatever the book says of the visit; None for other codes.

    An older copy counts too: who stands here with it is here. Raises ``Refused``: those of
    ``slip_code.read``, ``visit.code_unknown``, ``visit.code_other_gate``.
    """
    if not slip_code.is_slip_code(text):
        return None
    code = slip_code.read(desk, text)
    found = slip_code.visit_on(book, code)
    if found is None and code.gate != desk.gate:
        raise Refused("visit.code_other_gate", gate=gate_name(desk, book, code.gate))
    if found is None:
        number = rules.listed(code.day, code.number, desk.today())
        raise Refused("visit.code_unknown", number=number)
    return _inside(desk, book, *found, doubt="")


def inside_of_tag(desk: Desk, book: Book, thing: Thing) -> Inside | None:
    """Return whose visitor card was tapped, whatever the book says of the visit; None for others.

    Who stands here with it is here.
    """
    if thing.kind is not ThingKind.VISITOR_CARD:
        return None
    found = book.one(OPEN_LOAN_OF, thing=thing.id)
    if found is None or not found[0].visit_id:
        return None
    visit = standing_for(book, visit_of(book, found[0].visit_id))
    return _inside(desk, book, *visit, doubt="")


def _doubt(desk: Desk, visit: Visit, now: datetime) -> str:
    if visit.state is State.ASSUMED_LEFT:
        return _ASSUMED
    if visit.state is State.UNKNOWN:
        return _UNKNOWN
    if visit.state is State.LEFT:
        return _NO_SLIP
    if now > visit.until_at + timedelta(minutes=desk.rules.visit_overstay_min):
        closed = desk.calendar.end(desk.local(visit.until_at).date())
        if closed is None or now > closed:
            return _OVER
    entered = visit.admitted_at
    return _LONG if entered is not None and now - entered > _SURE_FOR else ""


def _inside(
    desk: Desk, book: Book, visit: Visit, host: Person, doubt: str = "",
    desks: SiteDesks | None = None,
) -> Inside:  # fmt: skip
    owed = owed_by(book, visit)
    area, where = book.read_sealed(visit.area), ""
    if "host" not in owed:  # else nobody knows yet where they went
        where = " ".join(part for part in (names.address(host), host.room) if part)
        area = area or department_name(book, host)
    return Inside(
        Sort.VISITOR, visit.id, _called(book, visit, owed),
        area=area, host=where,
        number=rules.listed(visit.day, visit.number, desk.today()),
        unit=book.read_sealed(visit.unit), people=visit.remaining, since=visit.admitted_at,
        doubt=doubt, subject=visit.subject,
        gate=(desks or site_desks(desk, book)).short(visit.gate),
    )  # fmt: skip


def _called(book: Book, visit: Visit, owed: tuple[str, ...]) -> str:
    """Return the name; of who was let in uncounted it also says that there may be more."""
    name = book.read_sealed(visit.name)
    if "people" not in owed:
        return name
    return _("{name}, number unknown: at least 1").format(name=name)
