"""Overtime as the kiosk knows it: its open things lead to F7, 5.

The screen is loaded at its first use.
"""

from textual.screen import Screen

from kiosk.attendance.overtime.outstanding import TONIGHT, UNLISTED
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.overtime.screens_home import OvertimeHome  # noqa: PLC0415 - at its first use

    return OvertimeHome(thing.ref)


SCREENS = FeatureScreens(
    key="", label="", short="", home=None, goes_to={TONIGHT: _home, UNLISTED: _home}
)
