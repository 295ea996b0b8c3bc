"""The parcels' screens as the kiosk knows them: P at F6, and where a parcel leads."""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.parcels.outstanding import KIND
from kiosk.parcels.screens_hand_out import HandOut
from kiosk.parcels.screens_new import NewParcel
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _parcel(thing: OpenThing) -> Screen[None]:
    return HandOut(thing.ref)


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={KIND: _parcel},
    begins=(Begins("p", N_("New parcel"), N_("Parcel"), NewParcel),),
)
