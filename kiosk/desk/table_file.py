"""A file with a table, .csv or .xlsx, as rows of text under the kiosk's own column names.

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

MOST_ROWS = 20_000
_MOST_BYTES = 20 << 20
_MOST_COLUMNS = 60
_LONGEST_CELL = 200
_EMPTY_ROWS_END = 1000  # a sheet that was once full keeps a million empty rows
_SEPARATORS = ",;\t"
_PADDING = re.compile("0{2,20}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a file may have: our own names, and what a header may call each (Chinese first).

    ``needed`` are those without which the file is refused.
    """

    titles: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    def called(self, column: str) -> str:
        """Return what people call one of our columns, in Chinese and English."""
        return "/".join(self.titles[column][:2])


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of the file: its line as the person sees it, and the cells by our column names."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file; ``unread`` are the headers, as written, of columns we do not know."""

    rows: list[FileRow]
    unread: tuple[str, ...] = ()


class _Cell(Protocol):
    """A cell of openpyxl, as far as it is read here."""

    @property
    def value(self) -> object:
        """What the cell holds."""

    @property
    def number_format(self) -> str:
        """How a number is shown: ``0000`` pads it."""


def read_table(name: str, content: bytes, columns: Columns) -> Table:
    """Return the table in the file called ``name``; empty rows are left out.

    Raises ``Refused``: ``file.kind``, ``file.too_big``, ``file.damaged``, ``file.letters`` (no text
    in an encoding we read), ``file.column_missing`` (with ``column``), ``file.column_twice``,
    ``file.empty``.
    """
    if len(content) > _MOST_BYTES:
        raise Refused("file.too_big", file=name, most=MOST_ROWS)
    lines = _lines(name, content)
    header = next(lines, None)
    if header is None:
        raise Refused("file.empty", file=name)
    places = _places(name, header[1], columns)
    rows = list(islice(_rows(lines, places), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Refused("file.too_big", file=name, most=MOST_ROWS)
    if not rows:
        raise Refused("file.empty", file=name)
    return Table(rows, _unread(header[1], columns))


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of every line that has any."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "csv":
        found = _csv_lines(name, content)
    elif suffix == "xlsx":
        found = iter(_xlsx_lines(name, content))
    else:
        raise Refused("file.kind", file=name)
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
        raise Refused("file.damaged", file=name, why=str(fault)) from fault


def _decoded(name: str, content: bytes) -> str:
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file.letters", file=name)


def _xlsx_lines(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 200 ms that a kiosk at work never needs

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            return list(_sheet_lines(book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS)))
        finally:
            book.close()
    except Exception as fault:  # a zip of XML breaks in more ways than openpyxl names
        raise Refused("file.damaged", file=name, why=type(fault).__name__) from fault


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


def _places(name: str, header: Sequence[str], columns: Columns) -> dict[str, int]:
    """Return where each known column is; columns with other headers are not read."""
    known = _known(columns)
    places: dict[str, int] = {}
    for at, title in enumerate(header):
        column = known.get(_folded(title))
        if column is None:
            continue
        if column in places:
            raise Refused("file.column_twice", file=name, column=title)
        places[column] = at
    for column in columns.needed:
        if column not in places:
            raise Refused("file.column_missing", file=name, column="/".join(columns.titles[column]))
    return places


def _known(columns: Columns) -> dict[str, str]:
    """Return our column name by every header that means it, folded."""
    return {_folded(title): column for column, titles in columns.titles.items() for title in titles}


def _unread(header: Sequence[str], columns: Columns) -> tuple[str, ...]:
    known = _known(columns)
    return tuple(title for title in header if _folded(title) and _folded(title) not in known)


def _folded(title: str) -> str:
    return re.sub(r"[\s_\-*]", "", title).casefold()
