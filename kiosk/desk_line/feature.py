"""What the other desks and the line to them tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.words import N_
from kiosk.desk_line.outstanding import outstanding
from kiosk.desk_line.purging import WORDS, naming
from kiosk.desk_line.watch import watch
from kiosk.desk_line.wording import REPLY_WORDS

REFUSALS: Mapping[str, str] = {
    "desk_line.empty": N_("Please type what they are to know."),
    "desk_line.no_such_desk": N_("No other desk of this site is known yet."),
    "desk_line.not_for_here": N_("This line is for another desk."),
}

HAPPENINGS: Mapping[str, str] = {
    "desk_line.sent": N_("a line sent to another desk"),
    "desk_line.came": N_("a line of another desk has come"),
    "desk_line.read": N_("a line of another desk read: {reply}"),
}

DESK_LINE = Feature(
    id="desk_line",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    fact_words={"reply": REPLY_WORDS},
    outstanding=outstanding,
    watch=watch,
    naming=naming,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
