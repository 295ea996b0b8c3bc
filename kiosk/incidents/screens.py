"""Emergencies as the kiosk knows them: F9 from anywhere, also over questions and at a locked desk.

The screens are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.incidents.outstanding import KIND
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.screen import KioskScreen


def _emergency() -> KioskScreen:
    from kiosk.incidents.screens_calls import EmergencyScreen  # noqa: PLC0415 - at its first use

    return EmergencyScreen(print_sheet=True)


def _incident(thing: OpenThing) -> Screen[None]:
    from kiosk.incidents.screens_calls import EmergencyScreen  # noqa: PLC0415 - at its first use

    return EmergencyScreen(thing.ref)


SCREENS = FeatureScreens(
    key="f9",
    label=N_("Emergency"),
    short=N_("SOS"),
    home=_emergency,
    goes_to={KIND: _incident},
    without_pin=True,
)
