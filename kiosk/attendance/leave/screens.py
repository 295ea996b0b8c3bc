"""Leave's screens as the kiosk knows them: what an open thing about leave leads to.

They are loaded at their first use.
"""

from collections.abc import Callable, Mapping
from typing import Any

from textual.screen import Screen

from kiosk.attendance.leave.outstanding import ENDS, OVERDUE
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _home(_thing: OpenThing) -> Screen[Any]:
    from kiosk.attendance.leave.screens_home import LeaveHome  # noqa: PLC0415 - at its first use

    return LeaveHome()


_GOES_TO: Mapping[str, Callable[[OpenThing], Screen[Any]]] = dict.fromkeys((OVERDUE, ENDS), _home)

SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to=_GOES_TO)
