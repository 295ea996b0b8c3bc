"""The remarks' screens as the kiosk knows them: where an unsigned one leads from F6.

They are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.attendance.remarks.outstanding import UNSIGNED
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _waiting(thing: OpenThing) -> Screen[None]:
    from kiosk.attendance.remarks.screens_list import RemarksHome  # noqa: PLC0415 - at its first use

    del thing
    return RemarksHome()


SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to={UNSIGNED: _waiting})
