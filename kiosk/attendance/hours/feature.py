"""What hours, calendar and roster tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.hours.running import whereabouts
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "calendar.changed_meanwhile": N_(
        "The calendar or roster was changed meanwhile. Nothing was taken; import the file again."
    ),
    "calendar.year_unknown": N_(
        "The make-up workdays of {year} are not published here yet: days of that year are counted"
        " by the week and may change."
    ),
}

HAPPENINGS: Mapping[str, str] = {
    "calendar.imported": N_("Calendar imported: {new} days new, {changed} changed"),
    "roster.imported": N_("Roster imported: {new} shifts new, {changed} changed"),
    "roster.changed": N_("Roster of {person}: {days} days from {first} to {last}"),
}

HOURS = Feature(
    id="hours",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    reports={"day": made_by("kiosk.attendance.days.reports", "day")},
    of_one_person=frozenset({"day"}),
    whereabouts=whereabouts,
)
