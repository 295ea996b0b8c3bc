"""The visitors' screens as the kiosk knows them: F2, open things, and the scanned slip."""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import Begins, FeatureScreens
from kiosk.ui.verdict import refusal
from visitors import departures, slip_code
from visitors.emergency.outstanding import KIND as DEBT
from visitors.emergency.screens import LetInAtOnce
from visitors.emergency.screens_debt import DebtScreen
from visitors.screens_card_laid import open_for_card
from visitors.screens_list import VisitorsScreen
from visitors.screens_visit import VisitScreen
from visitors.screens_words import departure_verdict


async def take_code(kiosk: Context, text: str) -> bool:
    """Close the visit whose slip was scanned, whatever screen is open; False for other codes.

    At a locked desk nobody saw the host's signature: the return slip stays an open thing.
    """
    if not slip_code.is_slip_code(text):
        return False
    seen = kiosk.operator is not None
    try:
        gone = await kiosk.pen.write(
            departures.leave_by_code, kiosk.desk, _by(kiosk), text, seen=seen
        )
    except Refused as refused:
        kiosk.answer(refusal(refused))
        return True
    kiosk.answer(departure_verdict(gone))
    kiosk.changed()
    return True


def _by(kiosk: Context) -> str:
    """Return who lets the visitor out: the operator, else who is on duty, else the kiosk itself."""
    if kiosk.operator is not None:
        return kiosk.by
    with kiosk.desk.read() as book:
        duty = on_duty(book, kiosk.desk.gate)
    return duty[1].staff_no if duty else "system"


def _debt(thing: OpenThing) -> Screen[None]:
    return DebtScreen(thing.ref)


def _visit(thing: OpenThing) -> Screen[None]:
    return VisitScreen(thing.ref)


SCREENS = FeatureScreens(
    key="f2",
    label=N_("Visitors"),
    short=N_("Visit"),
    home=VisitorsScreen,
    goes_to={
        "visit.inside": _visit,
        "visit.waiting": _visit,
        "visit.late": _visit,
        "visit.return_slip_missing": _visit,
        "visit.watched": _visit,
        "visit.unscreened": _visit,
        DEBT: _debt,
    },
    begins=(Begins("e", N_("Emergency admission"), N_("Emergency"), LetInAtOnce),),
    takes_code=take_code,
    takes_id_card=open_for_card,
)
