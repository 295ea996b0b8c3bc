"""A file of people, .csv or .xlsx, as rows of text under the kiosk's own column names.

A .csv may be UTF-8 (with or without a mark), UTF-16 as Excel's "Unicode text", or GB18030 as Excel
saves it on a Chinese computer; its columns may be parted by commas, semicolons or tabs.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "name"),
    "staff_no": ("工号", "staff_no"),
    "department": ("部门", "department", "科室"),
    "title": ("职务", "title"),
    "rank": ("级别", "rank"),
    "role": ("角色", "role"),
    "badge": ("卡号", "badge"),
    "address_form": ("称呼", "address_form"),
    "extension": ("分机", "extension"),
    "mobile": ("手机", "mobile", "手机号"),
}
"""Each column's own name, and what a header may call it (Chinese first)."""

NEEDED = ("name", "staff_no")
MOST_ROWS = 20_000
_MOST_BYTES = 20 << 20
_MOST_COLUMNS = 60
_LONGEST_CELL = 200
_EMPTY_ROWS_END = 1000  # a sheet that was once full keeps a million empty rows
_SEPARATORS = ",;\t"
_PADDING = re.compile("0{2,20}")


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of the file: its line as the person sees it, and the cells by our column names."""

    line: int
    cells: Mapping[str, str]


class _Cell(Protocol):
    """A cell of openpyxl, as far as it is read here."""

    @property
    def value(self) -> object:
        """What the cell holds."""

    @property
    def number_format(self) -> str:
        """How a number is shown: ``0000`` pads it."""


def read_people(name: str, content: bytes) -> list[FileRow]:
    """Return the rows of the file called ``name``; empty rows are left out.

    Raises ``Refused``: ``people.file_kind``, ``people.file_too_big``, ``people.file_damaged``,
    ``people.file_letters`` (no text in an encoding we read),
    ``people.column_missing`` (with ``column``), ``people.column_twice``, ``people.file_empty``.
    """
    if len(content) > _MOST_BYTES:
        raise Refused("people.file_too_big", file=name, most=MOST_ROWS)
    lines = _lines(name, content)
    header = next(lines, None)
    if header is None:
        raise Refused("people.file_empty", file=name)
    places = _places(name, header[1])
    rows = list(islice(_rows(lines, places), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refused("people.file_too_big", file=name, most=MOST_ROWS)
    if not rows:
        raise Refused("people.file_empty", file=name)
    return rows


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of every line that has any."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "csv":
        found = _csv_lines(name, content)
    elif suffix == "xlsx":
        found = iter(_xlsx_lines(name, content))
    else:
        raise Refused("people.file_kind", file=name)
    return ((line, cells) for line, cells in found if any(cells))


def _rows(lines: Iterable[tuple[int, list[str]]], places: Mapping[str, int]) -> Iterator[FileRow]:
    for line, cells in lines:
        width = len(cells)
        shown = {name: cells[at] if at < width else "" for name, at in places.items()}
        if any(shown.values()):
            yield FileRow(line, shown)


def _csv_lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(name, content)
    head = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, [_text(cell) for cell in cells[:_MOST_COLUMNS]]
    except csv.Error as fault:
        raise Refused("people.file_damaged", file=name, why=str(fault)) from fault


def _decoded(name: str, content: bytes) -> str:
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("people.file_letters", file=name)


def _xlsx_lines(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 200 ms that a kiosk at work never needs

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            return list(_sheet_lines(book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS)))
        finally:
            book.close()
    except Exception as fault:  # a zip of XML breaks in more ways than openpyxl names
        raise Refused("people.file_damaged", file=name, why=type(fault).__name__) from fault


def _sheet_lines(rows: Iterable[Sequence[_Cell]]) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for line, cells in enumerate(islice(rows, MOST_ROWS + _EMPTY_ROWS_END), start=1):
        shown = [_cell(cell) for cell in cells]
        empty = 0 if any(shown) else empty + 1
        if empty >= _EMPTY_ROWS_END:
            return
        yield line, shown


def _cell(cell: _Cell) -> str:
    """Return a cell as it is seen: a whole number without its point, 0042 with its zeros."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        padded = _PADDING.fullmatch(cell.number_format or "")
        return str(value).zfill(len(padded[0]) if padded else 0)
    return _text(str(value))


def _text(raw: str) -> str:
    return clean(raw, _LONGEST_CELL + 1).strip()


def _places(name: str, header: Sequence[str]) -> dict[str, int]:
    """Return where each known column is; columns with other headers are left alone."""
    places: dict[str, int] = {}
    for at, title in enumerate(header):
        column = _KNOWN.get(_folded(title))
        if column is None:
            continue
        if column in places:
            raise Refused("people.column_twice", file=name, column=title)
        places[column] = at
    for column in NEEDED:
        if column not in places:
            raise Refused("people.column_missing", file=name, column="/".join(COLUMNS[column]))
    return places


def _folded(title: str) -> str:
    return re.sub(r"[\s_\-*]", "", title).casefold()


_KNOWN = {_folded(title): column for column, titles in COLUMNS.items() for title in titles}
