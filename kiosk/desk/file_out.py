"""A report as a file: .csv, .xlsx or .txt, and never a formula.

A name such as ``=HYPERLINK(…)`` is text for us and a command for a spreadsheet, so a cell that
begins like one gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kiosk.desk.refusal import Refused
from kiosk.desk.report import Table
from kiosk.desk.safe_text import cells, clean
from kiosk.desk.words import _

_COMMANDS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LONGEST_CELL = 2000
_MOST_CELLS_WIDE = 40
_GAP = "  "
_TO_SIGN = "_" * 16
_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_table(table: Table, path: Path) -> None:
    """Write ``table`` to ``path`` in the form its ending names.

    The file appears whole or not at all. Raises ``Refused``: ``report.bad_suffix``,
    ``report.not_written`` (with ``why``).
    """
    write_whole(path, as_file(table, path.suffix, str(path)))


def as_file(table: Table, suffix: str, name: str) -> bytes:
    """Return the table in the form that ``suffix`` names; ``name`` is what a refusal calls it.

    Raises ``Refused("report.bad_suffix")``.
    """
    made = _FORMS.get(suffix.lower())
    if made is None:
        raise Refused("report.bad_suffix", file=name, allowed=list(_FORMS))
    return made(table)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all.

    Raises ``Refused("report.not_written")`` (with ``why``).
    """
    write_in_parts(path, (content,))


def write_in_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write what need not fit into memory at once; raises as ``write_whole``."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):  # where nothing could be written, nothing can be taken away
            beside.unlink()
        raise Refused("report.not_written", file=str(path), why=fault.strerror or "") from fault


def as_csv(table: Table) -> bytes:
    """Return the table as .csv in UTF-8 with the mark that Excel needs to read Chinese."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(map(_inert_row, [table.columns, *table.rows, *_beneath(table)]))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """Return the table as a workbook with one sheet of text, or the report's own workbook."""
    if table.workbook is not None:
        return table.workbook()
    from openpyxl import Workbook  # noqa: PLC0415 - 200 ms that a kiosk at work never needs
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(clean(table.title, _SHEET_NAME).translate(_NOT_IN_SHEET_NAMES))
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_widths(table)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = width + 2
    for row in [table.columns, *table.rows, *_beneath(table)]:
        shown = [WriteOnlyCell(sheet, text) for text in _inert_row(row)]
        for cell in shown:
            cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        sheet.append(shown)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_text(table: Table) -> str:
    """Return the table as aligned lines; Chinese characters are two cells wide."""
    lines = [clean(table.title, _LONGEST_CELL), ""]
    if not table.rows:
        return "\n".join([*lines, clean(table.empty, _LONGEST_CELL)])
    widths = _widths(table)
    rows = [table.columns, *table.rows]
    lines += [_GAP.join(map(_padded, map(_clean, row), widths)).rstrip() for row in rows]
    lines += [_GAP.join(map(_clean, row)) for row in _beneath(table)]
    return "\n".join(lines)


def _beneath(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the foot and a place for each signature, apart from the rows by an empty line."""
    if table.foot or table.signatures:
        yield ()
    for told in table.foot:
        yield (told,)
    for signer in table.signatures:
        yield (signer, _TO_SIGN, _("Time"), _TO_SIGN)


def _text_file(table: Table) -> bytes:
    return f"{as_text(table)}\n".encode()


def inert(text: str) -> str:
    """Return ``text`` cleaned, and with an apostrophe where a spreadsheet would read a command."""
    shown = _clean(text)
    return f"'{shown}" if shown.startswith(_COMMANDS) else shown


def _inert_row(row: Iterable[str]) -> list[str]:
    return [inert(cell) for cell in row]


def _clean(text: str) -> str:
    return clean(text, _LONGEST_CELL).strip()


def _widths(table: Table) -> list[int]:
    rows = [table.columns, *table.rows]
    widest = [max(cells(_clean(row[at])) for row in rows) for at in range(len(table.columns))]
    return [min(width, _MOST_CELLS_WIDE) for width in widest]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


_FORMS: Mapping[str, Callable[[Table], bytes]] = {
    ".csv": as_csv, ".xlsx": as_xlsx, ".txt": _text_file,
}  # fmt: skip
