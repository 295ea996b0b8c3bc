"""The handover's screens as the kiosk knows them: F3, and where its open things lead.

They are loaded at their first use: a day of taps at the door needs none of them.
"""

from typing import Any

from textual.screen import Screen

from kiosk.desk.bearer import UnknownCard
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.signing import Proof
from kiosk.desk.words import N_, _
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from shift_handover.safety.points import hangs


def _home() -> KioskScreen:
    from shift_handover.screens_home import HandoverHome  # noqa: PLC0415 - at its first use

    return HandoverHome()


def _matter(thing: OpenThing) -> Screen[Any]:
    from shift_handover.screens_matters import CloseMatter  # noqa: PLC0415 - at its first use

    return CloseMatter(thing.ref)


def _fault(thing: OpenThing) -> Screen[Any]:
    from shift_handover.safety.screens_faults import CloseFault  # noqa: PLC0415 - at its first use

    return CloseFault(thing.ref)


def _instruction(thing: OpenThing) -> Screen[Any]:
    from shift_handover.screens_known import ReadInstruction  # noqa: PLC0415 - at its first use

    return ReadInstruction(thing.ref)


def _report(thing: OpenThing) -> Screen[Any]:
    from shift_handover.safety import screens_report  # noqa: PLC0415 - at its first use

    if thing.facts.get("reported"):
        return screens_report.AnswerReport(thing.ref)
    return screens_report.ReportRound(thing.ref)


def _round(thing: OpenThing) -> Screen[Any]:
    from shift_handover.last_out.screens_round import RoundScreen  # noqa: PLC0415 - as above

    return RoundScreen(thing.ref)


def _dispute(thing: OpenThing) -> Screen[Any]:
    from shift_handover.last_out.screens_round import SettleDispute  # noqa: PLC0415 - as above

    return SettleDispute(thing.ref)


def _no_list(thing: OpenThing) -> Screen[Any]:
    from shift_handover.last_out.screens_round import SettleMissing  # noqa: PLC0415 - as above

    return SettleMissing(thing.ref)


def _still_in(thing: OpenThing) -> Screen[Any]:
    del thing
    from shift_handover.last_out.screens_home import LastOutHome  # noqa: PLC0415 - as above

    return LastOutHome()


def _locked_up(thing: OpenThing) -> Screen[Any]:
    from shift_handover.lockup.screens import ReadLockUp  # noqa: PLC0415 - as above

    return ReadLockUp(thing.ref)


def _ways(thing: OpenThing) -> Screen[Any]:
    del thing
    from shift_handover.exits.screens_ways import Ways  # noqa: PLC0415 - at its first use

    return Ways()


def _held(proof: Proof) -> Screen[Any]:
    from shift_handover.exits.screens_ways import Ways  # noqa: PLC0415 - at its first use

    return Ways(proof)


async def _place_tag(kiosk: Context, card: UnknownCard) -> bool:
    """Say what a place's tag is when no round takes it: it is nobody's new badge."""
    with kiosk.desk.read() as book:
        place = hangs(book, card.uid)
    if not place:
        return False
    told = _("This tag hangs here for the safety check. It counts in a round only (F3, 1).")
    kiosk.answer(Verdict(Tone.AMBER, place, lines=(told,)))
    return True


SCREENS = FeatureScreens(
    key="f3",
    label=N_("Handover"),
    short=N_("Shift"),
    home=_home,
    goes_to={
        "matter": _matter, "safety.fault": _fault, "safety.report": _report,
        "lastout.unchecked": _round, "lastout.disputed": _dispute, "lastout.missed": _no_list,
        "lastout.still_in": _still_in, "handover.locked_up": _locked_up,
        "instruction": _instruction, "notice": _instruction, "relief.late": _ways,
        "relief.none": _ways,
    },
    held_post=_held, takes_unknown=_place_tag,
)  # fmt: skip
