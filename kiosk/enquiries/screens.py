"""The enquiries' screens as the kiosk knows them: Q at F6, and where an open enquiry leads."""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.enquiries.outstanding import KIND
from kiosk.enquiries.screens_enquiry import EnquiryScreen
from kiosk.enquiries.screens_new import NewEnquiry
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _enquiry(thing: OpenThing) -> Screen[None]:
    return EnquiryScreen(thing.ref)


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={KIND: _enquiry},
    begins=(Begins("q", N_("First asked"), N_("Asked"), NewEnquiry),),
)
