"""Every report of every feature by its name, and what each can be asked about.

No Textual here: the command line reads it.
"""

from collections.abc import Mapping

from kiosk import features
from kiosk.desk.feature import PrintOne
from kiosk.desk.report import Build

_OPEN_THINGS, _NOW, _WHERE = "open-things", "roll-call", "whereabouts"


def reports() -> Mapping[str, Build]:
    """Return every report by its name on the command line."""
    from kiosk.roll_call.reports import roll_call  # noqa: PLC0415 - the screen asks for no report
    from kiosk.whereabouts.reports import whereabouts  # noqa: PLC0415 - the same
    from shift_handover.reports import open_things  # noqa: PLC0415 - the same

    made = {name: build for feature in features.FEATURES for name, build in feature.reports.items()}
    return made | {
        _OPEN_THINGS: open_things(features.outstanding), _NOW: roll_call(features.inside),
        _WHERE: whereabouts(features.whereabouts),
    }  # fmt: skip


def only_now() -> frozenset[str]:
    """Return the names of the reports that say how it stands now, and know no other day."""
    return frozenset(name for one in features.FEATURES for name in one.only_now) | {
        _OPEN_THINGS,
        _NOW,
        _WHERE,
    }


def of_one_person() -> frozenset[str]:
    """Return the names of the reports that can be about one person."""
    return frozenset(name for feature in features.FEATURES for name in feature.of_one_person)


def of_one_unit() -> frozenset[str]:
    """Return the names of the reports that can be about the visitors of one unit."""
    return frozenset(name for feature in features.FEATURES for name in feature.of_one_unit)


def of_one_section() -> frozenset[str]:
    """Return the names of the reports that can be about the people of one section."""
    return frozenset(name for feature in features.FEATURES for name in feature.of_one_section)


def of_one_moment() -> frozenset[str]:
    """Return the names of the reports that can be about one moment of a day."""
    return frozenset(name for feature in features.FEATURES for name in feature.of_one_moment)


def of_one_thing() -> frozenset[str]:
    """Return the names of the reports that can be about one thing that is lent."""
    return frozenset(name for feature in features.FEATURES for name in feature.of_one_thing)


def sheets() -> Mapping[str, PrintOne]:
    """Return what prints a report about one person as a paper of its own."""
    return {name: sheet for feature in features.FEATURES for name, sheet in feature.sheets.items()}
