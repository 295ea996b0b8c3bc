"""Conflicts as the kiosk knows them: their open things lead to the comparison. Lazily loaded."""

from textual.screen import Screen

from kiosk.conflicts.outstanding import CONFLICT
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _compare(thing: OpenThing) -> Screen[None]:
    from kiosk.conflicts.screens_compare import Compare  # noqa: PLC0415 - at its first use

    table, _, row_id = thing.ref.partition("/")
    return Compare(table, row_id)


SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to={CONFLICT: _compare})
"""The screens are loaded at their first use."""
