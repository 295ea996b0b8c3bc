"""The visitors' screens as the kiosk knows them: F2, open things, and the scanned slip.

They are loaded at their first use: a day of taps at the door needs none of them.
"""

from textual.screen import Screen

from kiosk.desk.id_card import IdCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import refusal
from visitors import departures, slip_code


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
    from visitors.screens_words import departure_verdict  # noqa: PLC0415 - at its first use

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


async def _open_for_card(kiosk: Context, card: IdCard) -> None:
    from visitors.screens_card_laid import open_for_card  # noqa: PLC0415 - at its first use

    await open_for_card(kiosk, card)


def _list() -> KioskScreen:
    from visitors.screens_list import VisitorsScreen  # noqa: PLC0415 - at its first use

    return VisitorsScreen()


def _visit(thing: OpenThing) -> Screen[None]:
    from visitors.screens_visit import VisitScreen  # noqa: PLC0415 - at its first use

    return VisitScreen(thing.ref)


SCREENS = FeatureScreens(
    key="f2",
    label=N_("Visitors"),
    short=N_("Visit"),
    home=_list,
    goes_to={
        "visit.inside": _visit,
        "visit.waiting": _visit,
        "visit.late": _visit,
        "visit.return_slip_missing": _visit,
        "visit.watched": _visit,
        "visit.unscreened": _visit,
    },
    takes_code=take_code,
    takes_id_card=_open_for_card,
)
