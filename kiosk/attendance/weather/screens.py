"""Weather signals as the kiosk knows them: their open things lead to F7, 6.

The screen is loaded at its first use.
"""

from textual.screen import Screen

from kiosk.attendance.weather.outstanding import ON, UNSAFE
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.weather.screens_home import WeatherHome  # noqa: PLC0415 - at its first use

    return WeatherHome(thing.ref if thing.kind == UNSAFE else "")


SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to={ON: _home, UNSAFE: _home})
