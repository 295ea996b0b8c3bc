"""What overtime tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.overtime import purging
from kiosk.attendance.overtime.outstanding import outstanding
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "overtime.times_wrong": N_("The end lies after the beginning, and not in the past."),
    "overtime.late": N_(
        "Overtime is asked for in advance. Who is here already needs the leader's word: U."
    ),
    "overtime.too_far": N_("Overtime is asked for at most {days} days ahead."),
    "overtime.too_many": N_("At most {most} people on one request, please."),
    "overtime.why_missing": N_("What for? A few words, please."),
    "overtime.overlaps": N_("{name} has asked for this time already ({number})."),
    "overtime.signs_own": N_("{name} cannot agree to their own overtime."),
    "overtime.notes_own": N_(
        "Nobody notes a leader's word for himself: somebody else at the desk."
    ),
    "overtime.not_head": N_(
        "{name} cannot sign for {asker}: the head of the section or a leader does."
    ),
    "overtime.not_leader": N_("{name} is no leader: only a leader's word counts by telephone."),
    "overtime.decided": N_("{number} is decided already."),
    "overtime.over": N_("The time of {number} is over."),
    "overtime.on_list": N_("{name} is on the list already."),
}

HAPPENINGS: Mapping[str, str] = {
    "overtime.requested": N_("{number}: {person} asked for overtime, {from_at} to {until_at}"),
    "overtime.approved": N_("{number}: {approver} signed the overtime of {person}"),
    "overtime.refused": N_("{number}: {approver} refused the overtime of {person}"),
    "overtime.word_noted": N_("{number}: {leader} agreed by telephone to the overtime of {person}"),
    "overtime.cancelled": N_("{number}: overtime taken back"),
}

OVERTIME = Feature(
    id="overtime",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"overtime": made_by("kiosk.attendance.overtime.reports", "overtime")},
    of_one_person=frozenset({"overtime"}),
    purge=purging.WORDS.purge,
    overdue=purging.WORDS.overdue,
    naming=purging.naming,
)
