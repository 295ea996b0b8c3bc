"""What stand-ins tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.stand_ins.outstanding import note, outstanding
from kiosk.attendance.stand_ins.service import end_for_leaver, lapse
from kiosk.desk.feature import Feature
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "standin.himself": N_("{name} cannot stand in for himself."),
    "standin.circle": N_("{absent} stands in for {name}: it would go round in a circle."),
    "standin.on_leave": N_("{name} is on leave at that time. Please name another."),
    "standin.is_out": N_("{name} is out himself at that time. Please name another."),
    "standin.not_in": N_("{name} is not in the house now. Please name another."),
    "standin.has_one": N_("Somebody stands in for {name} at that time already ({number})."),
    "standin.too_long": N_("For {n} days at most. Please ask again after that."),
    "standin.day_unclear": N_("A day like 11-30 or +3; empty: today."),
    "standin.over": N_("{number} is answered or over already."),
    "standin.not_yours": N_("{number} asks {name}: {name} taps, please."),
    "standin.not_of_two": N_("Only {absent} or {name} ends it."),
}

HAPPENINGS: Mapping[str, str] = {
    "standin.asked": N_("{number}: {stand_in} was asked to stand in for {absent}"),
    "standin.accepted": N_("{number}: {stand_in} stands in for {absent}"),
    "standin.declined": N_("{number}: {stand_in} does not stand in for {absent}"),
    "standin.ended": N_("{number}: standing in is over"),
}

STAND_INS = Feature(
    id="stand_ins",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    lapse=lapse,
    on_leaving=end_for_leaver,
    note=note,
)
