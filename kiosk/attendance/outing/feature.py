"""What outings tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.outing.outstanding import note, outstanding
from kiosk.attendance.outing.purging import WORDS, naming
from kiosk.attendance.outing.service import end_for_leaver, lapse
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "outing.place_missing": N_("Where to? A place, please."),
    "outing.why_missing": N_("What for? A few words, please; the gate does not see them."),
    "outing.phone_unlikely": N_("This is no telephone number. Leave it empty if there is none."),
    "outing.kind_unclear": N_("1 for business, 2 for private, please."),
    "outing.back_unclear": N_("A time like 15:30; 0: not back today; empty: not sure."),
    "outing.back_past": N_("Back before leaving? Please look at both times."),
    "outing.leaves_unclear": N_("A time like 13:30, +1 8:00 or 11-30 8:00; empty: now."),
    "outing.leaves_past": N_("Who left over {n} minutes ago is a case for a remark."),
    "outing.leaves_too_far": N_("An outing is planned {n} days ahead at most; longer is leave."),
    "outing.own_word": N_("{name} cannot let himself go. The own head or a leader does."),
    "outing.not_approver": N_(
        "{name} cannot let {person} go out: the own head or a leader does."
    ),
    "outing.runs": N_("{name} is out already at that time ({number})."),
    "outing.on_leave": N_("{name} is on leave then ({number}). Back already? F7, 2, R first."),
    "outing.no_stand_in": N_("Nobody stands in for {name} yet. First F7, 4, N and that one's yes."),
    "outing.word_not_owed": N_("No tap is owed for {number}."),
    "outing.not_your_word": N_("{number} was on the word of {name}: {name} taps, please."),
    "outing.over": N_("{number} is over already."),
    "outing.gone": N_("{name} has left on {number}: the tap on return ends it."),
    "outing.not_yours": N_("{number} is the outing of {name}: {name} or the approver signs."),
    "outing.not_for_you": N_("{name} cannot read this: it is for the person, head and leaders."),
}  # fmt: skip

HAPPENINGS: Mapping[str, str] = {
    "outing.started": N_("outing {number} of {person}, on the word of {approver}"),
    "outing.ended": N_("{person} is back from outing {number}"),
    "outing.runs_on": N_("outing {number} of {person} runs on: the tap was turned round"),
    "outing.lapsed": N_("outing {number}: assumed that {person} did not return that day"),
    "outing.word_given": N_("outing {number}: {approver} signed for the word by telephone"),
    "outing.cancelled": N_("outing {number} of {person} is cancelled"),
}

OUTING = Feature(
    id="outing",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"outings": made_by("kiosk.attendance.outing.reports", "outings")},
    of_one_person=frozenset({"outings"}),
    lapse=lapse,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
    naming=naming,
    on_leaving=end_for_leaver,
    note=note,
)
