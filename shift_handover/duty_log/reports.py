"""The log of some days as a table, a file or a page to sign (``kiosk report duty-log``)."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.slip_lines import Line, Text
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, ngettext, pgettext
from shift_handover.duty_log.reading import Log, of_days
from shift_handover.duty_log.wording import counts_of, words_of

NAME = "duty-log"


def duty_log(desk: Desk, book: Book, period: Period) -> Table:
    """Build the log of the days, with a line for the guard and one for the superior to sign on."""
    log = of_days(desk, book, period.first, period.last)
    one_day = period.first == period.last
    title = (
        pgettext("duty log", "Duty log {day}").format(day=period.first)
        if one_day
        else pgettext("duty log", "Duty log {first} to {last}").format(
            first=period.first, last=period.last
        )
    )
    shape = "%H:%M" if one_day else "%m-%d %H:%M"
    rows = tuple(
        (desk.local(line.at).strftime(shape), line.by, words_of(line)) for line in log.lines
    )
    columns = (pgettext("duty log", "When"), pgettext("duty log", "Who"), _("What"))
    return Table(
        title, columns, rows, _("Nothing was written in these days."), _foot(log),
        (pgettext("duty log", "On duty"), pgettext("duty log", "Seen by")), lambda: _paper(rows),
    )  # fmt: skip


def _paper(rows: tuple[tuple[str, ...], ...]) -> Iterator[Line]:
    for at, by, words in rows:
        told = pgettext("duty log", "{at} {words} ({by})").format(at=at, words=words, by=by)
        yield Text(f"{at} {words}" if by in words else told)


def _foot(log: Log) -> tuple[str, ...]:
    n = log.by_hand
    by_hand = ngettext("{n} line written by hand", "{n} lines written by hand", n).format(n=n)
    return counts_of(log), by_hand
