"""What presence prompts tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from shift_handover.presence import purging
from shift_handover.presence.outstanding import outstanding
from shift_handover.presence.watch import watch

REFUSALS: Mapping[str, str] = {
    "presence.why_missing": N_("Why did nobody answer? Please say it."),
    "presence.closed": N_("{number} is explained already."),
    "presence.not_yours": N_("{name} was asked ({number}): {name} or a superior says why."),
}

HAPPENINGS: Mapping[str, str] = {
    "presence.asked": N_("{number}: {person} was asked whether at the post"),
    "presence.answered": N_("{number}: answered after {seconds} s"),
    "presence.missed": N_("{number}: no answer within {minutes} minutes"),
    "presence.lost": N_("{number}: cut short, nobody could answer it any more"),
    "presence.explained": N_("{number}: {person} said why"),
}

PRESENCE = Feature(
    id="presence",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"presence": made_by("shift_handover.presence.reports", "presence")},
    of_one_person=frozenset({"presence"}),
    purge=purging.purge,
    overdue=purging.overdue,
    naming=purging.naming,
    watch=watch,
)
