"""The sentences a guard is told about somebody who was here before."""

from collections.abc import Mapping

from kiosk.desk.words import N_

RETURNING_REFUSALS: Mapping[str, str] = {
    "visit.no_host_before": N_(
        "No visit was written at this desk before, or its host has left. Please choose the host."
    ),
    "visit.no_group_before": N_(
        "There is no group to take over: please type how many people come."
    ),
}
