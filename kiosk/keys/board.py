"""What hangs on the key board and what is out: the same picture for every reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOANS, THINGS, Loan, Thing, ThingKind
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from kiosk.keys import rules

KIND_NAMES: Mapping[ThingKind, str] = {
    ThingKind.DOOR_CARD: N_("Door card"),
    ThingKind.OFFICE_KEY: N_("Office key"),
    ThingKind.DESK_KEY: N_("Desk key"),
    ThingKind.CABINET_KEY: N_("Shared cabinet key"),
}
"""The four key types of clause 84, to be translated when shown."""

_WHAT = {
    Urgency.QUIET: N_("{thing}: {holder}"),
    Urgency.SOON: N_("{thing}: {holder}, due soon"),
    Urgency.WAITING: N_("{thing}: {holder}, due now"),
    Urgency.NOW: N_("{thing}: {holder}, overdue"),
}
_REMIND = N_("Remind {holder}, extension {extension}")
_REMIND_IN_PERSON = N_("Remind {holder}")
_TELL_HEAD = N_("Tell the head of section of {holder}")
_LOANS_BETWEEN = (
    select(Loan, Thing, Person)
    .join(Thing, col(Thing.id) == col(Loan.thing_id))
    .join(Person, col(Person.id) == col(Loan.holder_id))
    .where(col(Loan.out_at) >= bindparam("first"), col(Loan.out_at) < bindparam("after"))
    .order_by(col(Loan.out_at))
)


@dataclass(frozen=True, slots=True)
class OnBoard:
    """One thing with who has it; ``loan`` and ``holder`` are None while it hangs on the board."""

    thing: Thing
    loan: Loan | None = None
    holder: Person | None = None


def board(book: Book) -> list[OnBoard]:
    """Return every thing: what is out first, the most overdue on top, then the rest by label."""
    out = [OnBoard(thing, loan, holder) for loan, thing, holder in book.all(OPEN_LOANS)]
    lent = {one.thing.id for one in out}
    return out + [OnBoard(thing) for thing in book.all(THINGS) if thing.id not in lent]


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every loan that is open, as the ladder of the regulations has it."""
    now = desk.clock()
    return [_open(desk, now, *found) for found in book.all(OPEN_LOANS)]


def _open(desk: Desk, now: datetime, loan: Loan, thing: Thing, holder: Person) -> OpenThing:
    urgency = rules.urgency(loan.due_at, now, desk.rules)
    return OpenThing(
        kind="loan.out",
        ref=loan.id,
        number=loan.number,
        urgency=urgency,
        what=Wording(_WHAT[urgency], {"thing": thing.label, "holder": holder.name}),
        since=loan.out_at,
        due=loan.due_at,
        next_step=_next_step(desk, now, loan, holder),
        facts={
            "number": loan.number, "thing": thing.label, "holder": holder.name,
            "out_at": loan.out_at, "due_at": loan.due_at,
        },
    )  # fmt: skip


def _next_step(desk: Desk, now: datetime, loan: Loan, holder: Person) -> Wording | None:
    if rules.urgency(loan.due_at, now, desk.rules) is Urgency.QUIET:
        return None
    if rules.manager_is_told(loan.due_at, now, desk.rules):
        return Wording(_TELL_HEAD, {"holder": holder.name})
    if not holder.extension:
        return Wording(_REMIND_IN_PERSON, {"holder": holder.name})
    return Wording(_REMIND, {"holder": holder.name, "extension": holder.extension})


def keys_report(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of what was lent in the period, with when it came back."""
    first, after = _days_of(desk, period)
    rows = [
        (
            *(loan.number, thing.label, _(KIND_NAMES[thing.kind]), holder.staff_no, holder.name),
            *(_moment(desk, at) for at in (loan.out_at, loan.due_at, loan.returned_at)),
        )
        for loan, thing, holder in book.all(_LOANS_BETWEEN, first=first, after=after)
    ]
    title = _("Keys lent {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, _columns(), tuple(rows), _("Nothing was lent in these days."))


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _columns() -> tuple[str, ...]:
    return (
        *(_("No."), pgettext("key", "Key"), pgettext("key", "Kind"), _("Staff number")),
        *(pgettext("key", "Holder"), pgettext("key", "Out at"), pgettext("key", "Due")),
        pgettext("key", "Returned"),
    )
