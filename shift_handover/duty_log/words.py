"""What the duty log refuses, and what its entries say happened."""

from collections.abc import Mapping

from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "duty_log.empty": N_("Please write what happened."),
    "duty_log.corrected": N_("Line {number} was corrected already. Correct {newer} instead."),
    "duty_log.same": N_("That is what line {number} says already."),
}
HAPPENINGS: Mapping[str, str] = {
    "duty_log.written": N_("line {number} written into the duty log"),
    "duty_log.printed": N_("duty log of {day} printed"),
    "safety.checked": N_("safety check {number} finished"),
    "safety.reported": N_("safety check {number} reported"),
    "safety.fault_reported": N_("fault {number} of the house: somebody was told"),
    "safety.fault_closed": N_("fault {number} of the house closed"),
    "matter.entrusted": N_("matter {number} entrusted"),
    "matter.closed": N_("matter {number} done"),
}
