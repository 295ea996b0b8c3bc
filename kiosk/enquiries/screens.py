"""The enquiries' screens as the kiosk knows them: Q at F6, and where an open enquiry leads.

They are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.enquiries.outstanding import KIND
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _enquiry(thing: OpenThing) -> Screen[None]:
    from kiosk.enquiries.screens_enquiry import EnquiryScreen  # noqa: PLC0415 - at its first use

    return EnquiryScreen(thing.ref)


def _new() -> Screen[None]:
    from kiosk.enquiries.screens_new import NewEnquiry  # noqa: PLC0415 - at its first use

    return NewEnquiry()


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={KIND: _enquiry},
    begins=(Begins("q", N_("First asked"), N_("Asked"), _new),),
)
