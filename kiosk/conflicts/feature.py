"""What conflicts between desks tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.conflicts.outstanding import outstanding
from kiosk.conflicts.purging import WORDS, naming
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "conflict.not_yours": N_(
        "{name} cannot sign for this: a clerk, an administrator or a leader does."
    ),
    "conflict.reason_missing": N_("Why is this one right? A few words, please."),
    "conflict.gone": N_("{number} is decided already."),
    "conflict.not_both": N_("Both changed the same thing differently: one of them is right."),
    "conflict.changed": N_("Another desk has just changed it again. Please compare once more."),
}

HAPPENINGS: Mapping[str, str] = {"conflict.decided": N_("{number}: decided what is right")}

CONFLICTS = Feature(
    id="conflicts",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"conflicts": made_by("kiosk.conflicts.reports", "conflicts")},
    purge=WORDS.purge,
    overdue=WORDS.overdue,
    naming=naming,
)
