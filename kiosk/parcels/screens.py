"""The parcels' screens as the kiosk knows them: P at F6, and where a parcel leads.

They are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.parcels.outstanding import KIND
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _parcel(thing: OpenThing) -> Screen[None]:
    from kiosk.parcels.screens_hand_out import HandOut  # noqa: PLC0415 - at its first use

    return HandOut(thing.ref)


def _new() -> Screen[None]:
    from kiosk.parcels.screens_new import NewParcel  # noqa: PLC0415 - at its first use

    return NewParcel()


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={KIND: _parcel},
    begins=(Begins("p", N_("New parcel"), N_("Parcel"), _new),),
)
