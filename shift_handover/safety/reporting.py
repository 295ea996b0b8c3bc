"""The report of a round to a superior: to whom, when, how, and what he answered (clause 147)."""

from dataclasses import dataclass

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from shift_handover.models import AWAITING_ANSWER, LAST_ROUND, ROUND, SafetyRound
from shift_handover.rules import Report, checked_report, needed


def write_report(tx: Transaction, done: SafetyRound, said: Report) -> None:
    """Write a checked report into its round; an answer closes what waited for it."""
    done.reported_to = tx.seal(done.subject, said.whom)
    done.reported_how = tx.seal(done.subject, said.how)
    done.reported_at = tx.now
    if said.answer:
        _write_answer(tx, done, said.answer)


def _write_answer(tx: Transaction, done: SafetyRound, answer: str) -> None:
    done.answer = tx.seal(done.subject, answer)
    done.answered_at = tx.now
    done.awaits_answer = False


def report_round(desk: Desk, by: str, round_id: str, report: Report) -> None:
    """Write down which superior was told of a finished round, how, and what he answered.

    Raises ``Refused``: those of ``rules.checked_report``, ``safety.reported`` for a round that was
    reported before, ``safety.not_over`` for one that is not finished.
    """
    said = checked_report(report)
    with desk.write(by=by) as tx:
        done = _finished(tx, round_id)
        if done.reported_at is not None:
            raise Refused("safety.reported", number=done.number)
        write_report(tx, done, said)
        tx.put(done)
        tx.record("safety.reported", number=done.number, answered=done.answered_at is not None)


def answer_report(desk: Desk, by: str, round_id: str, answer: str) -> None:
    """Write down what the superior answered to a round that was reported.

    Raises ``Refused``: ``safety.answer_missing``, ``safety.not_reported``, ``safety.has_answer``
    (an answer is never written over), ``safety.not_over``.
    """
    said = needed(answer, "safety.answer_missing")
    with desk.write(by=by) as tx:
        done = _finished(tx, round_id)
        if done.reported_at is None:
            raise Refused("safety.not_reported", number=done.number)
        if done.answered_at is not None:
            raise Refused("safety.has_answer", number=done.number)
        _write_answer(tx, done, said)
        tx.put(done)
        tx.record("safety.report_answered", number=done.number)


def _finished(tx: Transaction, round_id: str) -> SafetyRound:
    done = _round(tx, round_id)
    if done.done_at is None:
        raise Refused("safety.not_over", number=done.number)
    return done


def _round(book: Book, round_id: str) -> SafetyRound:
    found = book.one(ROUND, id=round_id)
    if found is None:
        raise LookupError(f"no safety round {round_id}")
    return found[0]


@dataclass(frozen=True, slots=True)
class ReportShown:
    """What is known of a round's report, its words opened; ``number`` is the round's."""

    number: str
    reported: bool
    report: Report


def shown_report(book: Book, round_id: str) -> ReportShown:
    """Return what is known of the report of a round; a missing round is a ``LookupError``."""
    done = _round(book, round_id)
    read = book.read_sealed
    said = Report(read(done.reported_to), read(done.reported_how), read(done.answer))
    return ReportShown(done.number, done.reported_at is not None, said)


def unreported(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the rounds whose report is open, each as one open thing.

    The last round of all while no superior was told of it, 无异常 too, and every round with a fault
    until he has answered (clause 147).
    """
    rounds = {one.id: one for one in book.all(AWAITING_ANSWER, post=desk.gate)}
    last = book.one(LAST_ROUND, post=desk.gate)
    if last is not None and last[0].reported_at is None:
        rounds[last[0].id] = last[0]
    return [_thing(book, one) for one in rounds.values()]


def _thing(book: Book, done: SafetyRound) -> OpenThing:
    if done.reported_at is None:
        what = Wording(N_("The safety check is not reported yet"))
        next_step = Wording(N_("Tell the superior now"))
    else:
        told = {"told": book.read_sealed(done.reported_to)}
        what = Wording(N_("No answer yet to safety check {number}"), {"number": done.number})
        next_step = Wording(N_("Ask {told} what was decided"), told)
    return OpenThing(
        kind="safety.report", ref=done.id, number=done.number, urgency=Urgency.WAITING,
        what=what, since=done.done_at or done.started_at, next_step=next_step,
        facts={"number": done.number, "reported": done.reported_at is not None},
    )  # fmt: skip
