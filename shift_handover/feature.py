"""What the shift handover tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.report import made_by
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from shift_handover import matters, purging
from shift_handover.safety import faults, reporting
from shift_handover.safety.refusals import REFUSALS as SAFETY_REFUSALS

REFUSALS: Mapping[str, str] = {
    **SAFETY_REFUSALS,
    "matter.incomplete": N_("From whom, for whom and what: all three are needed."),
    "matter.due_past": N_("This time is over. Please give a later one."),
    "matter.due_unclear": N_("An hour such as 16 or 16:30, please, or leave it empty."),
    "matter.to_whom": N_("Please say who was told, or tap the receiver's badge."),
    "matter.closed": N_("Matter {number} is done already."),
    "handover.not_on_duty": N_("{name} is on duty here. Only that person hands over the post."),
    "handover.no_check": N_(
        "The last safety check is older than {hours} hours. Please do it first (F3, then 1)."
    ),
    "handover.over": N_("Handover {number} is finished. Look at it under earlier handovers."),
    "handover.question_missing": N_("Please say what the question is."),
    "handover.red_one_by_one": N_("{number} is red: please read it and mark it by itself."),
    "handover.reason_missing": N_("Please say why the post is not taken over."),
    "handover.not_outgoing": N_("{name} hands over and signs first."),
    "handover.hands_over": N_("{name} hands over. This is for the incoming."),
    "handover.unread": N_("{left} lines are not read yet. Mark each one first."),
    "handover.no_paper": N_("Handover {number} was never printed."),
    "handover.new_red": N_("Something red is new since the freeze. Please freeze again."),
}


HAPPENINGS: Mapping[str, str] = {
    "handover.frozen": N_("shift handover {number} frozen by {outgoing}"),
    "handover.read": N_("shift handover {number} read"),
    "handover.accepted": N_(
        "shift handover {number} signed by both, from {outgoing} to {incoming},"
        " questions: {questions}"
    ),
    "handover.refused": N_("shift handover {number} not taken over by {incoming}"),
    "handover.withdrawn": N_("shift handover {number} withdrawn"),
}


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the entrusted matters and faults that are open, and a check nobody was told of."""
    return [
        *matters.outstanding(desk, book),
        *faults.open_faults(book),
        *reporting.unreported(desk, book),
    ]


SHIFT_HANDOVER = Feature(
    id="shift_handover",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"safety": made_by("shift_handover.safety.reports", "safety")},
    purge=purging.purge,
    overdue=purging.overdue,
    mentions=purging.mentions,
)
