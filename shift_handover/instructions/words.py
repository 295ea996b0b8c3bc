"""The sentences of instructions and notices that the feature's own lists take over."""

from collections.abc import Mapping

from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "instruction.words_missing": N_("Please say what it is."),
    "instruction.until_missing": N_("Until when? An instruction always has an end."),
    "instruction.until_past": N_("This end is over already. Please give a later one."),
    "instruction.until_far": N_("At most {days} days ahead, please."),
    "instruction.until_unclear": N_(
        "An hour such as 18:30, a day such as 11-30, or +7 for days, please."
    ),
    "instruction.not_leader": N_(
        "{name} is neither of the office nor a leader. Write it down as a notice."
    ),
    "instruction.over": N_("{number} is over already."),
    "instruction.closing_missing": N_("Please say how it ended."),
}

HAPPENINGS: Mapping[str, str] = {
    "instruction.given": N_("{number} written down, from {giver}"),
    "instruction.known": N_("instructions known to {reader}"),
    "instruction.closed": N_("{number} closed"),
}
