"""The messages' screens as the kiosk knows them: N at F6, and where an open message leads.

They are loaded at their first use.
"""

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.messages.outstanding import KIND
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _message(thing: OpenThing) -> Screen[None]:
    from kiosk.messages.screens_deliver import DeliverMessages  # noqa: PLC0415 - at its first use

    return DeliverMessages(thing.ref)


def _new() -> Screen[None]:
    from kiosk.messages.screens_new import NewMessage  # noqa: PLC0415 - at its first use

    return NewMessage()


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={KIND: _message},
    begins=(Begins("n", N_("New message"), N_("Message"), _new),),
)
