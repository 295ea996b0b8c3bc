"""What the safety check refuses, in English sentences."""

from collections.abc import Mapping

from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "safety.reason_missing": N_("Please say why it was not checked."),
    "safety.fault_incomplete": N_("What, where and what was done about it: all three are needed."),
    "safety.answered": N_("This item is answered already."),
    "safety.none_answered": N_("Nothing is answered yet."),
    "safety.not_all": N_("{left} items are not answered yet. Every one needs an answer."),
    "safety.over": N_("Check {number} is finished. Begin a new one."),
    "safety.told_missing": N_("Please say who was told."),
    "safety.closing_missing": N_("Please say what was done."),
    "safety.fault_closed": N_("Fault {number} is closed already."),
    "safety.how_missing": N_("Please say how: by telephone, in person, by message."),
    "safety.answer_missing": N_("Please say what the superior answered."),
    "safety.reported": N_("Safety check {number} is reported already."),
    "safety.not_reported": N_("Safety check {number} is not reported yet."),
    "safety.has_answer": N_("Safety check {number} has its answer already."),
    "safety.not_over": N_("Safety check {number} is not finished yet."),
    "safety.retired": N_("This item is no longer asked. Open the check again."),
    "safety.no_place": N_("This tag hangs at no place of the round."),
    "safety.not_yours": N_("The list is changed by a manager or the office, not by {name}."),
    "safety.sign_again": N_("Signed more than {minutes} minutes ago. Please open the list again."),
    "safety.name_missing": N_("Please give it a name."),
    "safety.name_long": N_("A name may have {most} signs."),
    "safety.name_taken": N_("“{name}” is on the list already."),
    "safety.gone": N_("This is not on the list any more."),
    "safety.place_used": N_("{n} items are still asked at this place. Retire or move them first."),
    "safety.group_last": N_("This is the last item of its group, and no group may be empty."),
    "safety.place_retired": N_("Its place is retired. Bring the place back first."),
    "safety.tag_taken": N_("This tag hangs at {place} already."),
    "safety.tag_known": N_("This card belongs to somebody or to a thing that is lent."),
    "safety.group_empty": N_("No item of the group {group} is in the file. Nothing was taken."),
    "safety.too_many": N_(
        "The file has {n} items. More than {most} cannot be checked before a handover. Nothing was"
        " taken."
    ),
    "safety.changed_meanwhile": N_("The list was changed meanwhile. Please try again."),
}
