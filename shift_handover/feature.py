"""What the shift handover tells the kiosk about itself. No Textual here."""

from collections.abc import Mapping

from kiosk.desk.desk import Desk
from kiosk.desk.feature import Feature
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import Person
from kiosk.desk.purge import Purged
from kiosk.desk.report import made_by
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from shift_handover import matters, purging
from shift_handover.duty_log import purging as duty_log_purging
from shift_handover.duty_log import words as duty_log
from shift_handover.exits import relief
from shift_handover.exits.words import COUNTED, EXIT_HAPPENINGS, EXIT_REFUSALS
from shift_handover.instructions import outstanding as instructions
from shift_handover.instructions import purging as instruction_words
from shift_handover.instructions import words as instruction_sentences
from shift_handover.last_out import outstanding as last_out
from shift_handover.last_out.presence import note as last_out_note
from shift_handover.last_out.purging import WORDS as LOCK_UP_WORDS
from shift_handover.last_out.service import note_missed
from shift_handover.lockup import outstanding as lockup
from shift_handover.lockup.refusals import LOCKING_HAPPENINGS, LOCKING_REFUSALS
from shift_handover.safety import faults, reporting
from shift_handover.safety.points import hangs
from shift_handover.safety.refusals import REFUSALS as SAFETY_REFUSALS

REFUSALS: Mapping[str, str] = {
    **instruction_sentences.REFUSALS,
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
    "handover.unknown": N_("There is no handover {number}."),
    "handover.no_sheet": N_("Handover {number} was never signed by both: it has no sheet."),
    "handover.damaged": N_(
        "What was sealed in handover {number} was changed and cannot be read. Run kiosk verify."
    ),
    "handover.file_there": N_("{file} is there already. With --replace it is written over."),
    "handover.new_red": N_("Something red is new since the freeze. Please freeze again."),
    **duty_log.REFUSALS,
    **EXIT_REFUSALS,
}


HAPPENINGS: Mapping[str, str] = {
    **duty_log.HAPPENINGS,
    **instruction_sentences.HAPPENINGS,
    "handover.frozen": N_("shift handover {number} frozen by {outgoing}"),
    "handover.read": N_("shift handover {number} read"),
    "handover.questioned": N_("shift handover {number}: the incoming asked a question"),
    "handover.accepted": N_(
        "shift handover {number} signed by both, from {outgoing} to {incoming},"
        " questions: {questions}"
    ),
    "handover.refused": N_("shift handover {number} not taken over by {incoming}"),
    "handover.withdrawn": N_("shift handover {number} withdrawn"),
    **EXIT_HAPPENINGS,
}


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return all that is open: instructions, matters, faults, checks, and what locking up left."""
    return [
        *instructions.outstanding(desk, book),
        *matters.outstanding(desk, book),
        *faults.open_faults(book),
        *reporting.unreported(desk, book),
        *last_out.outstanding(desk, book),
        *lockup.unread(desk, book),
        *relief.outstanding(desk, book),
    ]


_KEPT_WORDS = (duty_log_purging.WORDS, LOCK_UP_WORDS, instruction_words.WORDS)


def _purge(desk: Desk, account: str = "") -> Purged:
    bites = [purging.purge(desk, account), *(one.purge(desk, account) for one in _KEPT_WORDS)]
    return Purged.of(bites)


def _overdue(desk: Desk, book: Book) -> Mapping[str, int]:
    found = dict(purging.overdue(desk, book))
    for one in _KEPT_WORDS:
        found.update(one.overdue(desk, book))
    return found


def _naming(book: Book, name: str) -> list[str]:
    from shift_handover.naming import naming  # noqa: PLC0415 - the day's start needs no record

    return [
        *naming(book, name),
        *duty_log_purging.naming(book, name),
        *instruction_words.naming(book, name),
    ]


def _note(desk: Desk, book: Book, person: Person) -> str:
    told = last_out_note(desk, book, person), instructions.note(desk, book, person)
    return " ".join(one for one in told if one)


SHIFT_HANDOVER = Feature(
    id="shift_handover",
    refusals={**REFUSALS, **LOCKING_REFUSALS},
    happenings={**HAPPENINGS, **LOCKING_HAPPENINGS},
    fact_words={"counted": COUNTED},
    outstanding=outstanding,
    reports={
        "handovers": made_by("shift_handover.papers.month", "handovers"),
        "duty-log": made_by("shift_handover.duty_log.reports", "duty_log"),
        "last-out": made_by("shift_handover.last_out.reports", "last_out"),
        "instructions": made_by("shift_handover.instructions.reports", "instructions"),
        "safety": made_by("shift_handover.safety.reports", "safety"),
    },
    of_one_person=frozenset({"instructions"}),
    naming=_naming,
    lapse=note_missed,
    note=_note,
    watch=relief.watch,
    hangs=hangs,
    purge=_purge,
    overdue=_overdue,
    mentions=purging.mentions,
)
