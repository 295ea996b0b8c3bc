"""A month of the books: put up for objections, objected to, answered, and made final (clause 130).

Each function is one act of one person, written whole or not at all.
"""

from datetime import date, timedelta

from kiosk.attendance.closing.books import open_workdays
from kiosk.attendance.closing.models import (
    MONTH,
    OBJECTION,
    OBJECTIONS_BETWEEN,
    MonthClosing,
    Objection,
)
from kiosk.attendance.closing.rules import LONGEST_WORDS, check_keeper, check_office, month_ends
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.people import person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.signing import Proof
from kiosk.desk.transaction import Book, Transaction


def month_of(book: Book, day: date) -> MonthClosing | None:
    """Return the published month that a day is in, None for one that is not published."""
    return book.one(MONTH, first=day.replace(day=1))


def takes_objections(month: MonthClosing | None, today: date) -> bool:
    """Say whether objections to the month's days are taken today."""
    return month is not None and month.closed_at is None and today <= month.until


def publish(desk: Desk, proof: Proof, first: date) -> date:
    """Put a month up for objections; return the last day on which one is taken.

    Raises ``Refused``: ``closing.not_yours``, ``closing.kept_elsewhere``, ``closing.month_runs``,
    ``closing.days_open`` (with ``first`` and ``n``), ``closing.published`` (with ``until``).
    """
    with desk.write(by=proof.person.staff_no) as tx:
        check_office(proof.person)
        check_keeper(desk)
        today, last = desk.work_day(tx.now), month_ends(first)
        if last >= today:
            raise Refused("closing.month_runs", month=f"{first:%Y-%m}")
        known = month_of(tx, first)
        if known is not None:
            raise Refused("closing.published", until=known.until.isoformat())
        waiting = [day for day in open_workdays(desk, tx, last) if day >= first]
        if waiting:
            raise Refused("closing.days_open", first=waiting[0].isoformat(), n=len(waiting))
        until = today + timedelta(days=desk.rules.objection_days)
        tx.put(
            MonthClosing(
                first=first, published_at=tx.now, published_by_id=proof.person.id, until=until
            )
        )
        tx.record("month.published", month=f"{first:%Y-%m}", until=until.isoformat())
    return until


def enter_objection(desk: Desk, proof: Proof, day: date, words: str) -> str:
    """Write down what a person says is wrong with one of his own days; return its number.

    Raises ``Refused``: ``objection.words_missing`` (``field`` text), ``objection.not_taken``.
    """
    said = clean(words, LONGEST_WORDS).strip()
    if not said:
        raise Refused("objection.words_missing", field="text")
    with desk.write(by=proof.person.staff_no) as tx:
        if not takes_objections(month_of(tx, day), desk.work_day(tx.now)):
            raise Refused("objection.not_taken", month=f"{day:%Y-%m}")
        subject = tx.new_subject()
        made = tx.put(
            Objection(
                number=f"OB{next_number(tx, 'objection')}", subject=subject,
                person_id=proof.person.id, day=day, words=tx.seal(subject, said),
                entered_at=tx.now, entered_means=proof.means,
            )
        )  # fmt: skip
        tx.record(
            "objection.entered", number=made.number, person=proof.person.staff_no,
            day=day.isoformat(), means=proof.means.value,
        )  # fmt: skip
    return made.number


def answer_objection(
    desk: Desk, proof: Proof, objection_id: str, words: str, *, accepted: bool
) -> str:
    """Answer an objection in the name of the office; return its number.

    What is accepted is mended by a remark or a correction of its own, and the day is closed once
    more. Raises ``Refused``: ``closing.not_yours``, ``objection.answer_missing`` (``field`` text),
    ``objection.own`` for one's own, ``objection.answered``.
    """
    said = clean(words, LONGEST_WORDS).strip()
    if not said:
        raise Refused("objection.answer_missing", field="text")
    with desk.write(by=proof.person.staff_no) as tx:
        check_office(proof.person)
        one = _objection(tx, objection_id)
        if one.answered_at is not None:
            raise Refused("objection.answered", number=one.number)
        if one.person_id == proof.person.id:
            raise Refused("objection.own", name=proof.person.name)
        one.answer, one.accepted = tx.seal(one.subject, said), accepted
        one.answered_at, one.answered_by_id = tx.now, proof.person.id
        tx.put(one)
        tx.record(
            "objection.answered", number=one.number, accepted=accepted,
            person=person_by_id(tx, one.person_id).staff_no, means=proof.means.value,
        )  # fmt: skip
    return one.number


def _objection(tx: Transaction, objection_id: str) -> Objection:
    one = tx.one(OBJECTION, id=objection_id)
    if one is None:
        raise LookupError(f"no objection {objection_id}")
    return one


def close_month(desk: Desk, proof: Proof, first: date) -> None:
    """Make a published month final; what is mended later shows as changed since closing.

    Raises ``Refused``: ``closing.not_yours``, ``closing.kept_elsewhere``,
    ``closing.not_published``, ``closing.month_final``, ``closing.objections_taken`` (with
    ``until``), ``closing.objections_open`` (with ``n``).
    """
    with desk.write(by=proof.person.staff_no) as tx:
        check_office(proof.person)
        check_keeper(desk)
        month = month_of(tx, first)
        if month is None:
            raise Refused("closing.not_published", month=f"{first:%Y-%m}")
        if month.closed_at is not None:
            raise Refused("closing.month_final", month=f"{first:%Y-%m}")
        if takes_objections(month, desk.work_day(tx.now)):
            raise Refused("closing.objections_taken", until=month.until.isoformat())
        found = tx.all(OBJECTIONS_BETWEEN, first=first, last=month_ends(first))
        waiting = sum(one.answered_at is None for one in found)
        if waiting:
            raise Refused("closing.objections_open", n=waiting)
        month.closed_at, month.closed_by_id = tx.now, proof.person.id
        tx.put(month)
        tx.record("month.closed", month=f"{first:%Y-%m}", objections=len(found))
