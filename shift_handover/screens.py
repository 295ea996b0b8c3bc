"""The handover's screens as the kiosk knows them: F3, and where its open things lead.

They are loaded at their first use: a day of taps at the door needs none of them.
"""

from typing import Any

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.screen import KioskScreen


def _home() -> KioskScreen:
    from shift_handover.screens_home import HandoverHome  # noqa: PLC0415 - at its first use

    return HandoverHome()


def _matter(thing: OpenThing) -> Screen[Any]:
    from shift_handover.screens_matters import CloseMatter  # noqa: PLC0415 - at its first use

    return CloseMatter(thing.ref)


def _fault(thing: OpenThing) -> Screen[Any]:
    from shift_handover.safety.screens_faults import CloseFault  # noqa: PLC0415 - at its first use

    return CloseFault(thing.ref)


def _report(thing: OpenThing) -> Screen[Any]:
    from shift_handover.safety import screens_report  # noqa: PLC0415 - at its first use

    if thing.facts.get("reported"):
        return screens_report.AnswerReport(thing.ref)
    return screens_report.ReportRound(thing.ref)


SCREENS = FeatureScreens(
    key="f3",
    label=N_("Handover"),
    short=N_("Shift"),
    home=_home,
    goes_to={"matter": _matter, "safety.fault": _fault, "safety.report": _report},
)
