"""The report of everything open: the same list that a handover is built from."""

from collections.abc import Callable

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.report import Build, Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from shift_handover.from_open_things import records_of
from shift_handover.records import Record
from shift_handover.wording import detail_of, due_of, grouped, next_of, text_of
from shift_handover.wording_parts import when


def open_things(outstanding: Callable[[Desk, Book], list[OpenThing]]) -> Build:
    """Return the report of what ``outstanding`` lists; the period plays no part in it."""

    def build(desk: Desk, book: Book, period: Period) -> Table:
        del period
        groups = grouped(records_of(outstanding(desk, book)))
        rows = [_row(desk, group.title, record) for group in groups for record in group.records]
        return Table(_("Open things"), _columns(), tuple(rows), _("Nothing is open."))

    return build


def _columns() -> tuple[str, ...]:
    return (
        pgettext("handover", "Kind"),
        _("No."),
        _("What"),
        pgettext("handover", "Details"),
        pgettext("handover", "Since"),
        pgettext("handover", "Due"),
        _("Next step"),
    )


def _row(desk: Desk, title: str, record: Record) -> tuple[str, ...]:
    since = when(record.since, desk)
    due = due_of(record, desk)
    number, text = record.number, text_of(record)
    return title, number, text, detail_of(record), since, due, next_of(record)
