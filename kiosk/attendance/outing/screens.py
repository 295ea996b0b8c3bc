"""Outings as the kiosk knows them: their open things lead to F7 3. Loaded at its first use."""

from collections.abc import Callable, Mapping

from textual.screen import Screen

from kiosk.attendance.outing.outstanding import OVERDUE, WORD_OWED
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.outing.screens_home import OutingHome  # noqa: PLC0415 - at its first use

    return OutingHome(thing.ref)


_GOES_TO: Mapping[str, Callable[[OpenThing], Screen[None]]] = dict.fromkeys(
    (OVERDUE, WORD_OWED), _home
)

SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to=_GOES_TO)
