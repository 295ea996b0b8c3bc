"""The month sheet as a workbook: the grid, and every day with taps, result and corrections."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from kiosk.attendance.closing import sheet_words, wording
from kiosk.attendance.closing.sheet import MonthSheet
from kiosk.desk.desk import Desk
from kiosk.desk.file_out import inert
from kiosk.desk.words import pgettext

_WHO_WIDTHS, _DAY_WIDTH, _TOTAL_WIDTH = (14, 10, 10), 4.5, 6.5
_DETAIL_WIDTHS = (11, 10, 10, 14, 34, 34, 34, 40)
_A4 = 9


def workbook(desk: Desk, sheet: MonthSheet, rows: Sequence[Sequence[str]]) -> bytes:
    """Return the workbook: A4 across, its head frozen and repeated on every page.

    ``rows`` are the lines of its grid, which the report has made already. A kind of leave that
    nobody took keeps its column, but hidden: the page stays legible.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - 200 ms that a kiosk at work never needs

    book = Workbook(write_only=True)
    columns = sheet_words.grid_columns(sheet)
    days = sheet.last.day - sheet.first.day + 1
    totals = len(columns) - len(_WHO_WIDTHS) - days
    widths = (*_WHO_WIDTHS, *[_DAY_WIDTH] * days, *[_TOTAL_WIDTH] * totals)
    grid = _page(book, f"{sheet.first:%Y-%m}", widths, "D2")
    taken = sheet_words.kinds_taken(sheet)
    for at in sheet_words.columns_of_kinds_but(sheet, taken):
        _column(grid, at).hidden = True
    grid.append(_head(grid, columns))
    for row in rows:
        who, signs = row[: len(_WHO_WIDTHS)], row[len(_WHO_WIDTHS) : len(row) - totals]
        sums = row[len(row) - totals :]
        grid.append([*map(inert, who), *map(_filled, signs), *map(float, sums)])
    grid.append([])
    grid.append([inert(wording.legend())])
    grid.append([inert(wording.legend_of_leave(taken))])
    detail = _page(book, pgettext("sheet", "Day by day"), _DETAIL_WIDTHS, "D2")
    detail.append(_head(detail, sheet_words.detail_columns()))
    for line in sheet_words.detail_rows(desk, sheet):
        detail.append([line[0], *map(inert, line[1:4]), *map(_filled, line[4:])])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(page: Any, titles: Iterable[str]) -> list[Any]:  # noqa: ANN401 - openpyxl has no types
    """Return the cells of a page's first row: bold, folded, in the middle."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see above
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - the same

    bold = Font(bold=True)
    folded = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cells = [WriteOnlyCell(page, inert(title)) for title in titles]
    for cell in cells:
        cell.font, cell.alignment = bold, folded
    return cells


def _filled(text: str) -> str | None:
    """Return our own words as a cell; an empty one is none, which costs no time and no room."""
    return text or None


def _page(book: Any, name: str, widths: Iterable[float], below: str) -> Any:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - see above

    page = book.create_sheet(name)
    page.freeze_panes = below
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    for at, width in enumerate(widths, start=1):
        _column(page, at).width = width
    return page


def _column(page: Any, at: int) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Return the width and more of the column ``at``, counted from 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above

    return page.column_dimensions[get_column_letter(at)]
