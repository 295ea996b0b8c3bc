"""The safety checks of a day or a month: what was found, how it was reported, what was answered."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.models import ANSWERS, ROUNDS_BETWEEN, Found, SafetyRound
from shift_handover.records import SafetyItem
from shift_handover.safety.points import House, house
from shift_handover.safety.results import item_of, report_of
from shift_handover.safety.wording import found_word, item_detail, item_word
from shift_handover.slips_safety import places_of
from shift_handover.wording_parts import joined, labelled


def safety(desk: Desk, book: Book, period: Period) -> Table:
    """Build the list of this gate's finished rounds of the period (clauses 146, 147)."""
    first, after = _days_of(desk, period)
    asked = house(book)
    rows = tuple(
        _row(desk, book, asked, done, person)
        for done, person in book.all(ROUNDS_BETWEEN, post=desk.gate, first=first, after=after)
    )
    title = _("Safety checks {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, _columns(), rows, _("No safety check was finished in these days."))


def _columns() -> tuple[str, ...]:
    return (
        _("No."),
        pgettext("safety report", "Finished"),
        _("Checked by"),
        found_word(Found.NORMAL),
        found_word(Found.FAULT),
        found_word(Found.NOT_CHECKED),
        pgettext("safety report", "What was not normal"),
        _("Not proven by a tap"),
        pgettext("safety report", "Too fast"),
        _("Reported to"),
        pgettext("safety report", "How"),
        pgettext("safety report", "Reported at"),
        pgettext("safety report", "Answer"),
        pgettext("safety report", "Answered at"),
    )


def _row(desk: Desk, book: Book, asked: House, done: SafetyRound, by: Person) -> tuple[str, ...]:
    items = [item_of(book, asked, one) for one in book.all(ANSWERS, round=done.id)]
    report = report_of(book, done)
    counts = [str(sum(one.found is found for one in items)) for found in Found]
    said = (
        (report.whom, report.how, _moment(desk, report.at), report.answer,
         _moment(desk, report.answered_at))
        if report else ("",) * 5
    )  # fmt: skip
    return (
        done.number, _moment(desk, done.done_at), by.name, *counts, _odd(items),
        places_of([one for one in items if one.unproven]),
        places_of([one for one in items if one.fast]), *said,
    )  # fmt: skip


def _odd(items: list[SafetyItem]) -> str:
    told = (
        labelled(joined(one.fault, item_word(one.item, one.name)), item_detail(one))
        for one in items
        if one.found is not Found.NORMAL
    )
    return pgettext("between sentences", "; ").join(told)


def _days_of(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    return first, datetime.combine(period.last + timedelta(days=1), midnight)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
