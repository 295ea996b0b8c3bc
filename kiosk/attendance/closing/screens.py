"""The books' screens as the kiosk knows them: where their open things lead. Loaded at first use."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from textual.screen import Screen

from kiosk.attendance.closing.outstanding import DAYS, OBJECTION
from kiosk.desk.outstanding import OpenThing
from kiosk.ui.feature_screens import FeatureScreens


def _day(thing: OpenThing) -> Screen[Any]:
    from kiosk.attendance.closing.screens_gaps import DayGaps  # noqa: PLC0415 - at its first use

    return DayGaps(date.fromisoformat(thing.ref))


def _objections(thing: OpenThing) -> Screen[Any]:
    from kiosk.attendance.closing.screens_objections import (  # noqa: PLC0415 - at its first use
        ask_to_answer,
    )

    del thing
    return ask_to_answer()


_GOES_TO: Mapping[str, Callable[[OpenThing], Screen[Any]]] = {DAYS: _day, OBJECTION: _objections}

SCREENS = FeatureScreens(key="", label="", short="", home=None, goes_to=_GOES_TO)
