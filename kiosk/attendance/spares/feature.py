"""What temporary badges tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.spares.outstanding import holdings, outstanding
from kiosk.attendance.spares.service import hangs, lapse
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "spare.label": N_("The number on the card, please: up to six digits or letters."),
    "spare.label_taken": N_("Temporary badge {label} is in the pool already."),
    "spare.lent_already": N_("Temporary badge {label} is lent to {name}: it must be back first."),
    "spare.has_one": N_("{name} has temporary badge {label} already: it must be back first."),
    "spare.not_lent": N_("Temporary badge {label} is lent to nobody."),
}

HAPPENINGS: Mapping[str, str] = {
    "badge.spare_added": N_("temporary badge {label} is in the pool"),
    "badge.lent": N_("{number}: temporary badge {label} lent to {person}"),
    "badge.lent_back": N_("{number}: temporary badge {label} of {person} is back"),
    "badge.lent_over": N_("{number}: temporary badge {label} of {person} opens nothing any more"),
}

SPARES = Feature(
    id="spares",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"temporary-badges": made_by("kiosk.attendance.spares.reports", "temporary_badges")},
    of_one_person=frozenset({"temporary-badges"}),
    holdings=holdings,
    lapse=lapse,
    hangs=hangs,
)
