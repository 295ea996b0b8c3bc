"""The visitors' screens as the kiosk knows them: F2, open things, and the scanned slip.

They are loaded at their first use: a day of taps at the door needs none of them.
"""

from typing import Any

from textual.screen import Screen

from kiosk.desk.bearer import ThingTag
from kiosk.desk.id_card import IdCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.posts import on_duty
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import Begins, FeatureScreens
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import refusal
from visitors import departures, slip_code
from visitors.emergency.outstanding import KIND as DEBT
from visitors.exit.by_card import is_for_the_exit, leave_by_card
from visitors.exit.parting import left_last
from visitors.gates.twice import KIND as TWICE


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
    from visitors.screens_departure import departure_verdict  # noqa: PLC0415 - at its first use

    kiosk.answer(departure_verdict(gone))
    kiosk.changed()
    return True


async def take_tag(kiosk: Context, tag: ThingTag) -> bool:
    """Close the visit of a tapped visitor card, whatever screen is open; False for other tags.

    A key or a helmet that a visitor has comes back as from anybody: the ledger's feature does it.
    """
    with kiosk.desk.read() as book:
        ours = is_for_the_exit(book, tag.thing)
    if ours:
        from visitors.screens_departure import card_verdict  # noqa: PLC0415 - at its first use

        back = await kiosk.pen.write(leave_by_card, kiosk.desk, _by(kiosk), tag.thing.id)
        kiosk.answer(card_verdict(back))
        kiosk.changed()
    return ours


async def something_differs(kiosk: Context) -> None:
    """Open what came in with the visit that was closed last; ``Refused`` when it is too late."""
    from visitors.screens_exit import ExitScreen  # noqa: PLC0415 - at its first use

    kiosk.show(ExitScreen(left_last(kiosk.desk).id))


async def only_some_left(kiosk: Context) -> None:
    """Ask how many of the group that was closed last left; ``Refused`` when it is too late."""
    from visitors.screens_exit_ask import AskHowMany  # noqa: PLC0415 - at its first use

    kiosk.show(AskHowMany(left_last(kiosk.desk)))


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


def _debt(thing: OpenThing) -> Screen[None]:
    from visitors.emergency.screens_debt import DebtScreen  # noqa: PLC0415 - at its first use

    return DebtScreen(thing.ref)


def _at_once() -> Screen[Any]:
    from visitors.emergency.screens import LetInAtOnce  # noqa: PLC0415 - at its first use

    return LetInAtOnce()


def _visit(thing: OpenThing) -> Screen[None]:
    from visitors.screens_visit import VisitScreen  # noqa: PLC0415 - at its first use

    return VisitScreen(thing.ref)


def _difference(thing: OpenThing) -> Screen[Any]:
    from visitors.screens_exit_ask import SettleDifference  # noqa: PLC0415 - at its first use

    return SettleDifference(thing)


def _not_back(thing: OpenThing) -> Screen[Any]:
    from visitors.screens_exit_ask import NotBack  # noqa: PLC0415 - at its first use

    return NotBack(thing)


def _told_gate(thing: OpenThing) -> Screen[Any]:
    from visitors.screens_exit_ask import ToldGate  # noqa: PLC0415 - at its first use

    return ToldGate(thing)


def _twice(thing: OpenThing) -> Screen[Any]:
    from visitors.screens_gates import WhichIsRight  # noqa: PLC0415 - at its first use

    return WhichIsRight(thing)


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
        "visit.leader_not_told": _visit,
        "visit.helmet_out": _visit,
        "visit.watched": _visit,
        "visit.unscreened": _visit,
        "visit.assumed": _visit,
        "visit.differs": _difference,
        "visit.not_back": _not_back,
        "visit.left_here": _told_gate,
        TWICE: _twice,
        DEBT: _debt,
    },
    begins=(Begins("e", N_("Emergency admission"), N_("Urgent"), _at_once),),
    takes_code=take_code,
    takes_id_card=_open_for_card,
    takes_tag=take_tag,
    letters={"x": something_differs, "n": only_some_left},
)
