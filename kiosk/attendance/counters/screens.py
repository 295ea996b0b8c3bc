"""Where the open thing about case cards leads; its screens are loaded at their first use."""

from textual.screen import Screen

from kiosk.attendance.counters.outstanding import LATE
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.counters.screens_home import CasesHome  # noqa: PLC0415 - at its first use

    del thing
    return CasesHome()


SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to={LATE: _home})
