"""Where a name was typed by hand into what a shift writes: its numbers, for the office to judge."""

from collections.abc import Iterator

from sqlmodel import col, select

from kiosk.desk.naming import numbers_naming
from kiosk.desk.transaction import Book
from shift_handover.duty_log import purging as duty_log
from shift_handover.exits.models import Addendum, LeaderWord
from shift_handover.instructions import purging as instructions
from shift_handover.last_out.models import LastOutLine, LastOutList
from shift_handover.models import (
    Handover,
    HandoverMark,
    Matter,
    SafetyAnswer,
    SafetyFault,
    SafetyRound,
)

_MATTERS = select(Matter).order_by(col(Matter.entrusted_at))
_FAULTS = select(SafetyFault).order_by(col(SafetyFault.found_at))
_ROUNDS = select(SafetyRound).order_by(col(SafetyRound.started_at))
_REASONS = (
    select(SafetyRound.number, SafetyAnswer.reason)
    .join(SafetyAnswer, col(SafetyAnswer.round_id) == col(SafetyRound.id))
    .where(col(SafetyAnswer.reason) != "")
)
_LISTS = select(LastOutList).order_by(col(LastOutList.at))
_LINES = select(LastOutList.number, LastOutLine).join(
    LastOutLine, col(LastOutLine.list_id) == col(LastOutList.id)
)
_MARKS = select(Handover.number, HandoverMark).join(
    HandoverMark, col(HandoverMark.handover_id) == col(Handover.id)
)
_ADDENDA = select(Handover.number, Addendum.words).join(
    Addendum, col(Addendum.handover_id) == col(Handover.id)
)
_LEADER_WORDS = select(LeaderWord).order_by(col(LeaderWord.at))


def naming(book: Book, name: str) -> list[str]:
    """Return the numbers of everything of the shifts in whose words the name was typed."""
    return [
        *numbers_naming(book, name, _rows(book)),
        *duty_log.naming(book, name), *instructions.naming(book, name),
    ]  # fmt: skip


def _rows(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    for matter in book.all(_MATTERS):
        said = matter.giver, matter.receiver, matter.what, matter.left_here, matter.handed_to
        yield matter.number, said
    for one in book.all(_FAULTS):
        told = one.told, one.closing, one.closed_told
        yield one.number, (one.what, one.place, one.measure, *told)
    for done in book.all(_ROUNDS):
        yield done.number, (done.reported_to, done.reported_how, done.answer)
    for number, reason in book.all(_REASONS):
        yield number, (reason,)
    for made in book.all(_LISTS):
        yield made.number, (made.closing,)
    for number, line in book.all(_LINES):
        yield number, (line.reason, line.found, line.closing)
    for number, mark in book.all(_MARKS):
        yield number, (mark.note, mark.answer)
    for number, words in book.all(_ADDENDA):
        yield number, (words,)
    for word in book.all(_LEADER_WORDS):
        yield word.number, (word.leader, word.words, word.reason)
