"""The other desks as the kiosk knows them: D at F6, and where an unread line leads.

They are loaded at their first use, and offered where the site has several desks.
"""

from textual.screen import Screen

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import N_
from kiosk.desk_line.outstanding import NOT_READ, UNREAD
from kiosk.ui.feature_screens import Begins, FeatureScreens


def _desks() -> Screen[None]:
    from kiosk.desk_line.screens_desks import DesksScreen  # noqa: PLC0415 - at its first use

    return DesksScreen()


def _read(thing: OpenThing) -> Screen[str | None]:
    from kiosk.desk_line.screens_read import ReadLine  # noqa: PLC0415 - at its first use

    return ReadLine(thing.ref)


def _sent(thing: OpenThing) -> Screen[None]:
    from kiosk.desk_line.screens_desks import DesksScreen  # noqa: PLC0415 - at its first use

    return DesksScreen(thing.ref)


def _has_others(desk: Desk) -> bool:
    return not desk.settings.hub.alone


SCREENS = FeatureScreens(
    key="",
    label="",
    short="",
    home=None,
    goes_to={UNREAD: _read, NOT_READ: _sent},
    begins=(Begins("d", N_("All desks"), N_("Desks"), _desks, _has_others),),
)
