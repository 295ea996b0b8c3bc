"""What is said when another desk lends a thing: who, why not, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import custody
from kiosk.desk.custody_rows import Custody, Receipt, Received
from kiosk.desk.desk import Desk
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.site_desks import name_told
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _

ELSEWHERE: dict[str, str] = {
    "keys.desk_cut": N_(
        "{gate} cannot be reached at the moment. {thing} is lent only there until it can."
    ),
    "keys.asked_elsewhere": N_("{gate} has asked for {thing} first or has it. Please ask there."),
    "keys.kept_there": N_("{gate} says no: {thing} is kept for somebody, or has to be looked at."),
    "keys.out_there": N_("{gate} says no: {thing} is out."),
    "keys.out_since_there": N_("{holder} has {thing} since {since}; {gate} lent it."),
    "keys.on_its_way": N_("{gate} gives {thing}, and its word is still on its way. Tap once more."),
    "keys.dispute_over": N_("This is settled already."),
}
"""The refusals of a site with several desks."""

_WAITS = N_("{thing} taken in at {at}: {gate} has not confirmed it")
_COMES_BY_ITSELF = N_("It confirms itself once {gate} is reached; the thing stays here until then")
_DIFFERS = N_("{thing}: taken in at {at}, but {gate} says otherwise")
_SIGN = N_("Whoever has it before him signs: badge and PIN")
_OPEN = (
    select(Received, Thing, Custody, Loan)
    .join(Thing, col(Thing.id) == col(Received.thing_id))
    .join(Custody, col(Custody.id) == col(Thing.id), isouter=True)
    .join(Loan, col(Loan.id) == col(Received.loan_id), isouter=True)
    .where(custody.IS_OPEN)
    .order_by(col(Received.received_at))
)


def outstanding_elsewhere(book: Book) -> Iterator[OpenThing]:
    """Yield what was taken in at a desk that does not lend it, until that is settled."""
    for receipt, thing, right, loan in book.all(_OPEN):
        waits = receipt.state is Receipt.WAITING
        gate = name_told(book, right.gate if right is not None else thing.home)
        at = name_told(book, receipt.gate)
        yield OpenThing(
            kind="thing.received" if waits else "thing.disputed",
            ref=thing.id if waits else receipt.id,
            number=loan.number if loan is not None else "",
            urgency=Urgency.QUIET if waits else Urgency.NOW,
            what=Wording(
                _WAITS if waits else _DIFFERS, {"thing": thing.label, "at": at, "gate": gate}
            ),
            since=receipt.received_at,
            next_step=Wording(_COMES_BY_ITSELF, {"gate": gate}) if waits else Wording(_SIGN),
            facts={"thing": thing.label},
        )


@dataclass(frozen=True, slots=True)
class Where:
    """Where a thing is as the books have it: at another desk, and whether that desk's word waits.

    ``gate`` is the desk's name, "" for what hangs here, or went out from here; ``known`` (UTC) is
    up to when this desk surely knows of that one's work, None when it never heard of it.
    """

    gate: str = ""
    unconfirmed: bool = False
    known: datetime | None = None

    def told(self) -> str:
        """Say it in a few words, "" for a thing of this desk."""
        if not self.gate:
            return ""
        return _(_UNCONFIRMED_AT if self.unconfirmed else _AT).format(gate=self.gate)


HERE = Where()
"""What hangs on this desk's own board."""
_AT = N_("at {gate}")
_UNCONFIRMED_AT = N_("{gate}, unsure")
_PLACE = (
    select(Thing, Custody, Received)
    .join(Custody, col(Custody.id) == col(Thing.id), isouter=True)
    .join(Received, custody.IS_OPEN_OF_THING, isouter=True)
    .where(col(Thing.id) == bindparam("thing"))
    .limit(1)
)


def where(desk: Desk, book: Book, thing: Thing) -> Where:
    """Return at which desk a thing is. A desk that stands alone asks the book nothing."""
    if desk.settings.hub.alone:
        return HERE
    found = book.one(_PLACE, thing=thing.id)
    if found is None:
        return HERE
    _thing, right, receipt = found
    if receipt is not None:
        name = name_told(book, receipt.gate)
        return Where(name, unconfirmed=True, known=_known(desk, receipt.gate))
    gate = right.gate if right is not None else thing.home
    if gate in {"", desk.gate}:
        return HERE
    return Where(name_told(book, gate), known=_known(desk, gate))


def _known(desk: Desk, gate: str) -> datetime | None:
    return desk.clock() if gate == desk.gate else desk.hub_state().fresh.get(gate)
