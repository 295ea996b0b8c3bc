"""What closing the books tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.attendance.closing import purging
from kiosk.attendance.closing.outstanding import outstanding
from kiosk.desk.feature import Feature
from kiosk.desk.report import made_by
from kiosk.desk.words import N_

REFUSALS: Mapping[str, str] = {
    "closing.not_yours": N_("{name} does not keep the books: a clerk or administrator closes."),
    "closing.kept_elsewhere": N_(
        "Days and months are closed at another desk: the one that keeps the books of this site."
    ),
    "closing.day_not_over": N_("{day} is not over yet. It can be closed tomorrow."),
    "closing.earlier_open": N_(
        "Days are closed in order: {first} is still open ({n} before this one). A closes them all."
    ),
    "closing.ask_again": N_(
        "By closing, absent: {absent} (gaps: {gaps}). Confirm this number to go on."
    ),
    "closing.none_open": N_("Every workday that is over is closed."),
    "closing.who_signs": N_("Who closes the day? Add --signed-by with a staff number."),
    "closing.month_runs": N_("{month} is not over yet. It is published after its last day."),
    "closing.days_open": N_("Close the days first: {first} is open, {n} in all."),
    "closing.published": N_("This month is published already; objections until {until}."),
    "closing.not_published": N_("{month} is not published yet. Publish it first."),
    "closing.month_final": N_("{month} is final already."),
    "closing.objections_taken": N_("Objections are taken until {until}. It is final after that."),
    "closing.objections_open": N_("Objections without an answer: {n}. Answer them first."),
    "objection.words_missing": N_("What is wrong with this day? A few words, please."),
    "objection.answer_missing": N_("What is the answer? A few words, please."),
    "objection.not_taken": N_("No objection to {month} can be made now: ask the office."),
    "objection.answered": N_("{number} is answered already."),
    "objection.own": N_("{name} cannot answer his own objection. A colleague must."),
    "sheet.not_yours": N_("{name} reads no month sheet here. The own month: F7, 0."),
    "report.no_section": N_("There is no section {section}. Known: {known}."),
}

HAPPENINGS: Mapping[str, str] = {
    "day.closed": N_("books of {day} closed, gaps {gaps}, absent {absent}"),
    "month.published": N_("month {month} published, objections until {until}"),
    "month.closed": N_("month {month} is final"),
    "objection.entered": N_("objection {number} to {day} by {person}"),
    "objection.answered": N_("objection {number} answered"),
}

CLOSING = Feature(
    id="closing",
    refusals=REFUSALS,
    happenings=HAPPENINGS,
    outstanding=outstanding,
    reports={"month": made_by("kiosk.attendance.closing.reports", "month")},
    of_one_person=frozenset({"month"}),
    of_one_section=frozenset({"month"}),
    purge=purging.WORDS.purge,
    overdue=purging.WORDS.overdue,
    naming=purging.naming,
)
