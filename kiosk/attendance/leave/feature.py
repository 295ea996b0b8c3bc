"""What leave tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.leave import purging
from kiosk.attendance.leave.decided import follow
from kiosk.attendance.leave.ending import end_for_leaver, note_overdue
from kiosk.attendance.leave.outstanding import note, outstanding
from kiosk.attendance.leave.papers import KIND
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "leave.day_unclear": N_("A day like 11-30, 11-30 pm or +1, please."),
    "leave.ends_before": N_("It ends before it begins. Until when?"),
    "leave.no_reason": N_("Why? A few words, please."),
    "leave.no_workday": N_("No workday lies in these days: nothing needs leave."),
    "leave.maternity_too_long": N_(
        "Maternity leave is {most} days at most; longer is unpaid with the post retained."
    ),
    "leave.personal_over": N_(
        "Personal leave in {month}: {used} days used, {left} left of {most}. Another kind, or a"
        " leader's word."
    ),
    "leave.word_not_yours": N_("{name} leads nobody: only a leader in charge allows more."),
    "leave.overlaps": N_("There is leave {number} already, {first} to {last}."),
    "leave.no_stand_in": N_("Who stands in meanwhile? A staff number, please."),
    "leave.stands_in_himself": N_("Somebody else must stand in."),
    "leave.no_matters": N_("What is in hand, and its next step? If nothing: none."),
    "leave.not_office": N_("{name} is not the office: clerk or administrator does this."),
    "leave.not_by_phone": N_("{name} is here: ask with N, not as a call."),
    "leave.not_your_own": N_("Only who asked for it takes a leave back, not {name}."),
    "leave.is_over": N_("Leave {number} is closed already."),
    "leave.begun": N_("Leave {number} has begun. Who is back reports back with R."),
    "leave.none_to_report": N_("{name}: no leave that has begun waits for a report."),
    "leave.no_papers_owed": N_("No papers are owed for {number}."),
    "leave.not_open": N_("Nobody needs to sign leave {number} now."),
    "leave.own_leave": N_("Nobody grants leave to himself: {name} asked for it."),
    "leave.not_yours": N_("{name} cannot sign this leave now. It waits for: {who}"),
    "leave.stand_in_open": N_("The stand-in has not accepted yet ({name}): F7, 4 first."),
    "leave.not_to_read": N_("The reason is for the person, the head and the leaders: not {name}."),
}  # fmt: skip

HAPPENINGS: Mapping[str, str] = {
    "leave.requested": N_("leave {number} asked for by {person}"),
    "leave.approved": N_("leave {number} signed by {signed_by}"),
    "leave.refused": N_("leave {number} refused by {signed_by}"),
    "leave.withdrawn": N_("leave {number} taken back by {person}"),
    "leave.returned": N_("{person} reported back from leave {number}"),
    "leave.overdue": N_("{person} has not reported back from leave {number}"),
    "leave.papers_in": N_("papers of leave {number} have come"),
    "leave.ended": N_("leave {number} ended: {person} leaves the house"),
    "leave.printed": N_("slip of leave {number} printed for {asked_by}"),
}

LEAVE = Feature(
    id="leave",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"leave": made_by("kiosk.attendance.leave.reports", "leave")},
    of_one_person=frozenset({"leave"}),
    private_prints=frozenset({KIND}),
    lapse=note_overdue,
    purge=purging.WORDS.purge,
    overdue=purging.WORDS.overdue,
    naming=purging.naming,
    on_leaving=end_for_leaver,
    note=note,
    decided={"leave": follow},
)
