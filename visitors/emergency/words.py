"""The words of an emergency admission: kinds, refusals, what happened."""

from collections.abc import Mapping

from kiosk.desk.words import N_
from visitors.emergency.models import Kind

KIND_WORDS: Mapping[Kind, str] = {
    Kind.AMBULANCE: N_("Ambulance"),
    Kind.FIRE: N_("Fire brigade"),
    Kind.POLICE: N_("Police on call"),
    Kind.REPAIR: N_("Urgent repair"),
}
EMERGENCY_REFUSALS: Mapping[str, str] = {
    "visit.no_debt": N_("Nothing is owed for this visit."),
    "visit.emergency_kind": N_("Press 1, 2, 3 or 4: who is let in?"),
    "visit.nothing_given": N_("Nothing new was written down. Please fill in what is known."),
}
EMERGENCY_HAPPENED: Mapping[str, str] = {
    "visit.emergency_admitted": N_("let in at once, an emergency"),
    "visit.debt_paid": N_("what was owed was written down"),
}
