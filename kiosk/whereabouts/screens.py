"""The whereabouts board as the kiosk knows it: F5 at the open desk, loaded at its first use."""

from kiosk.desk.words import N_
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.screen import KioskScreen


def _board() -> KioskScreen:
    from kiosk.whereabouts.screens_board import WhereaboutsBoard  # noqa: PLC0415 - at its first use

    return WhereaboutsBoard()


SCREENS = FeatureScreens(key="f5", label=N_("Whereabouts"), short=N_("Board"), home=_board)
