"""What the roll call tells the kiosk about itself. It knows no other feature; no Textual here."""

from collections.abc import Mapping

from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_
from kiosk.roll_call.outstanding import outstanding
from kiosk.roll_call.purging import WORDS, mentions, naming
from kiosk.roll_call.watch import watch
from kiosk.roll_call.words import KIND_NAMES, MARK_NAMES

REFUSALS: Mapping[str, str] = {
    "rollcall.runs": N_("Roll call {number} runs already. F8 shows it; E ends it."),
    "rollcall.over": N_("This roll call has ended. F8 begins a new one."),
    "rollcall.gone": N_("This line is not on the list any more. Please look again."),
    "rollcall.not_marked": N_("Nothing is marked here yet."),
    "rollcall.no_name": N_("Type the name of who is here."),
    "rollcall.how_many": N_("A number from 1 to {most}, please."),
}

HAPPENINGS: Mapping[str, str] = {
    "rollcall.begun": N_("roll call {number} ({kind}) began, {expected} people inside"),
    "rollcall.marked": N_("a mark in roll call {number}: {state}"),
    "rollcall.unmarked": N_("a mark in roll call {number} was taken back"),
    "rollcall.corrected": N_("roll call {number} is {kind} after all"),
    "rollcall.ended": N_("roll call {number} ended, {missing} missing"),
}

ROLL_CALL = Feature(
    id="roll_call",
    outstanding=outstanding,
    watch=watch,
    reports={"drills": made_by("kiosk.roll_call.reports", "drills")},
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    fact_words={"kind": KIND_NAMES, "state": MARK_NAMES},
    mentions=mentions,
    naming=naming,
    purge=WORDS.purge,
    overdue=WORDS.overdue,
)
