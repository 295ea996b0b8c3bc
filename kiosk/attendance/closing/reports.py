"""The month sheet for screen, file and paper, as ``kiosk report month`` makes it."""

from collections.abc import Iterator
from itertools import groupby

from kiosk.attendance.closing import sheet_words, wording
from kiosk.attendance.closing.rules import month_ends
from kiosk.attendance.closing.sheet import MonthSheet, PersonMonth, month_sheet
from kiosk.attendance.closing.sheet_xlsx import workbook
from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_STAFF_NO, DEPARTMENTS
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Period, Table
from kiosk.desk.slip_lines import Heading, Line, Text
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext

_A_LINE = 8
"""Days in one line of the narrow paper."""


def month(desk: Desk, book: Book, period: Period) -> Table:
    """Build the sheet of the whole month in which the period begins.

    ``period.who`` and ``period.section`` narrow it. Leave kinds are for the file, which only the
    office makes; the paper comes out at the gate and says of a leave that it is one. Raises
    ``Refused("report.no_section")``.
    """
    first = period.first.replace(day=1)
    only = book.one(BY_STAFF_NO, staff_no=period.who) if period.who else None
    sheet = month_sheet(
        desk, book, first, month_ends(first), only=only,
        department_id=_department(book, period.section), kinds=True,
    )  # fmt: skip
    rows = tuple(sheet_words.grid_row(sheet, one) for one in sheet.people)
    return Table(
        sheet_words.title(sheet), sheet_words.grid_columns(sheet), rows,
        _("Nobody stands on this sheet."), foot=(wording.legend(),),
        paper=lambda: strips(sheet), workbook=lambda: workbook(desk, sheet, rows),
    )  # fmt: skip


def _department(book: Book, section: str) -> str | None:
    if not section:
        return None
    known = {one.name: one.id for one in book.all(DEPARTMENTS)}
    if section not in known:
        raise Refused("report.no_section", section=section, known=sorted(known))
    return known[section]


def strips(sheet: MonthSheet) -> Iterator[Line]:
    """Yield the sheet as strips of a narrow paper, section by section; no leave kinds."""
    for section, people in groupby(sheet.people, key=lambda one: one.section):
        yield Heading(section or pgettext("sheet", "no section"))
        for one in people:
            yield Text(f"{one.person.staff_no} {one.person.name}", bold=True)
            yield from _signs(one)
            yield Text(_sums(one))


def _signs(one: PersonMonth) -> Iterator[Line]:
    """Yield the days with their signs; days of rest only cost paper."""
    signs = [(day.day.day.day, day.sign(kinds=False)) for day in one.days]
    shown = [f"{day}{sign}" for day, sign in signs if sign not in {"", wording.OFF}]
    for at in range(0, len(shown), _A_LINE):
        yield Text(" ".join(shown[at : at + _A_LINE]))


def _sums(one: PersonMonth) -> str:
    sums = one.totals()
    return _(
        "due {due}, present {present}, late {late} ({late_min} min), early {early}, "
        "leave {leave}, out {out}, absent {absent}"
    ).format(
        due=f"{sums.due_halves / 2:g}", present=f"{sums.present_halves / 2:g}", late=sums.late,
        late_min=sums.late_min, early=sums.early,
        leave=f"{sum(sums.leave_halves.values()) / 2:g}", out=f"{sums.outing_halves / 2:g}",
        absent=f"{sums.absent_halves / 2:g}",
    )  # fmt: skip
