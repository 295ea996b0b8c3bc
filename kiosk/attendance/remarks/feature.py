"""What remarks tell the kiosk about themselves. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.remarks import purging
from kiosk.attendance.remarks.outstanding import note, outstanding
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "remark.own": N_("{name}, nobody signs a remark about himself."),
    "remark.signed_already": N_("{name} has signed {number}. The other signature is another's."),
    "remark.nothing_missing": N_("{name}, your signature under {number} is not needed any more."),
    "remark.not_above": N_(
        "{name} cannot sign this: the head of the section, the head's deputy and a leader can."
    ),
    "remark.over": N_("{number} was refused or replaced and stays as it is."),
    "remark.one_already": N_("{number} is about the same mark: sign, refuse or correct that one."),
    "remark.too_late": N_(
        "{name}, the day for this is over. Only a leader in charge still signs, with a reason."
    ),
    "remark.why_missing": N_("Why? A few words, please."),
    "remark.only_leaders_call": N_(
        "{name} writes it himself or the head does: the office writes for leaders who telephone."
    ),
    "remark.not_yours_to_write": N_(
        "{name} cannot write this: the person, the head, a leader or the office can."
    ),
    "remark.not_yours_to_read": N_(
        "{name}, this is for the person, the head and the leaders only."
    ),
    "remark.day_ahead": N_("This day is still to come."),
    "remark.day_unclear": N_("A day like 11-23, please; empty for today."),
    "remark.time_unclear": N_("A time like 8:25, please; empty for none."),
    "remark.times_turned": N_("Out comes after in. Please look at both times."),
    "remark.cause_missing": N_("What was the cause? A few words, please."),
    "remark.caller_missing": N_("Who called, and when? Both are written down."),
    "remark.other_day": N_("{number} is about another day. Write a remark of its own."),
    "remark.excuses_already": N_("{number} is signed. A correction is a remark of its own."),
    "remark.only_himself_confirms": N_("Only {name} confirms what was telephoned."),
    "remark.nothing_to_confirm": N_("{number} has nothing to confirm."),
}

HAPPENINGS: Mapping[str, str] = {
    "remark.entered": N_("remark {number} about {day} of {person} written"),
    "remark.countersigned": N_("remark {number} signed by {signer}, still missing: {missing}"),
    "remark.refused": N_("remark {number} refused by {signer}"),
    "remark.replaced": N_("remark {old} replaced by {number}"),
    "remark.confirmed": N_("remark {number} confirmed by {person}"),
}

REMARKS = Feature(
    id="remarks",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"remarks": made_by("kiosk.attendance.remarks.reports", "remarks")},
    of_one_person=frozenset({"remarks"}),
    naming=purging.naming,
    note=note,
    purge=purging.WORDS.purge,
    overdue=purging.WORDS.overdue,
)
