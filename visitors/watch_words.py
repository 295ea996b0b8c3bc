"""What the watch list says: its refusals, and the words of its codes."""

from collections.abc import Mapping

from kiosk.desk.words import N_
from visitors.watch_models import Level

WATCH_REFUSALS: Mapping[str, str] = {
    "visit.watched": N_("Please do as the screen says; only a manager can admit this visitor."),
    "visit.compare": N_("Please compare first: is it the listed person? Press 1."),
    "watch.not_yours": N_("A manager or the office signs for the watch list, not {name}."),
    "watch.nobody": N_("Who is it? A name, unit, plate, identity number or whole phone number."),
    "watch.reason_missing": N_("Please say why in a few words. The guard never sees it."),
    "watch.whom_missing": N_("Who is told or called? Please choose somebody of the staff."),
    "watch.whom_unknown": N_(
        "Nobody of the staff is found. Type the name, pinyin or staff number."
    ),
    "watch.year": N_("A year like 1980, please, or leave it empty."),
    "watch.phone": N_("At least the last four digits, please, or leave it empty."),
    "watch.day": N_("A day like 2026-12-31, please, or leave it empty."),
    "watch.day_over": N_("This day is over already. Please give a later one."),
    "watch.level": N_("Press 1 to 4: what is to be done?"),
    "watch.ended_already": N_("This entry was ended meanwhile. Nothing was changed."),
    "watch.match_gone": N_("This match is no longer there. Please look at the visit again."),
    "watch.not_a_maybe": N_("There is nothing to compare: what to do stands on the screen."),
    "watch.not_inside": N_("Admit the visitor first: then tell, and note that it is told."),
    "watch.nothing_held": N_(
        "Nothing holds this visitor any more. Please look at the visit again."
    ),
    "watch.who_signs": N_(
        "A manager or the office signs for the file: give --signed-by STAFF_NO, then the PIN."
    ),
}
LEVEL_WORDS: Mapping[Level, str] = {
    Level.TELL: N_("let in, tell somebody"),
    Level.ESCORT: N_("with an escort only"),
    Level.CALL: N_("call somebody first"),
    Level.REFUSE: N_("refuse politely"),
}
