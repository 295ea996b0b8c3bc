"""What emergencies tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.incidents.outstanding import outstanding
from kiosk.incidents.purging import WORDS, naming
from kiosk.incidents.watch import watch
from kiosk.incidents.wording import CONTACT_WORDS, KINDS, MODES, OUTCOMES, SORTS

REFUSALS: Mapping[str, str] = {
    "incident.no_what": N_("What happened? Everything else may stay empty."),
    "incident.no_first": N_("{number} has no first report yet. R first; then E."),
    "incident.closed": N_("{number} is closed. F9 opens a new one."),
    "incident.is_real": N_("{number} is no drill: it ends with its final report."),
    "incident.said_already": N_("This stands for {phone} already."),
}

HAPPENINGS: Mapping[str, str] = {
    "incident.opened": N_("incident {number} opened ({kind}, {mode})"),
    "incident.corrected": N_("incident {number} is {kind} after all ({mode})"),
    "incident.step": N_("incident {number}: {contact} {outcome}"),
    "incident.reported": N_("incident {number}: report {place} ({sort})"),
    "incident.closed": N_("incident {number} closed ({mode})"),
}

INCIDENTS = Feature(
    id="incidents",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    fact_words={
        "kind": KINDS,
        "mode": MODES,
        "contact": CONTACT_WORDS,
        "outcome": OUTCOMES,
        "sort": SORTS,
    },
    outstanding=outstanding,
    watch=watch,
    reports={"incidents": made_by("kiosk.incidents.reports", "incidents")},
    naming=naming,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
