"""Stand-ins as the kiosk knows them: their open things lead to F7 4. Loaded at its first use."""

from collections.abc import Callable, Mapping

from textual.screen import Screen

from kiosk.attendance.stand_ins.outstanding import GONE, UNANSWERED
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.stand_ins.screens_home import StandInHome  # noqa: PLC0415 - as above

    return StandInHome(thing.ref)


_GOES_TO: Mapping[str, Callable[[OpenThing], Screen[None]]] = dict.fromkeys(
    (UNANSWERED, GONE), _home
)

SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to=_GOES_TO)
