"""The rows of a calendar or a roster in a file; what is wrong is named by line and column."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kiosk.desk.refusal import Refused
from kiosk.desk.site_days import DayKind
from kiosk.desk.table_cells import BadRow, Faults, Wrong, bad_row, bad_texts, needed
from kiosk.desk.table_file import Columns, FileRow, Table, read_table

DAY_COLUMNS = Columns(
    titles={
        "day": ("日期", "day", "date"),
        "kind": ("类型", "kind"),
        "section": ("科室", "section", "部门"),
        "name": ("名称", "name"),
    },
    needed=("day", "kind"),
)
ROSTER_COLUMNS = Columns(
    titles={
        "staff_no": ("工号", "staff_no"),
        "day": ("日期", "day", "date"),
        "shift": ("班次", "shift"),
        "name": ("姓名", "name"),
    },
    needed=("staff_no", "day", "shift"),
)
USUAL = "usual"
"""What a file calls a day or a shift that is to stand on the calendar or roster no more."""

DAY_KINDS: Mapping[str, DayKind | None] = {kind.value: kind for kind in DayKind} | {
    "上班": DayKind.WORKDAY, "调休上班": DayKind.WORKDAY, "放假": DayKind.HOLIDAY,
    "上午放假": DayKind.OFF_MORNING, "下午放假": DayKind.OFF_AFTERNOON, USUAL: None, "照常": None,
}  # fmt: skip
DAY_OFF_WORDS = frozenset({"休", "休息", "off"})
NO_ROSTER_WORDS = frozenset({"照常", USUAL})


def read_calendar(name: str, content: bytes) -> tuple[Table, bool]:
    """Return the table in the file, and whether it is a roster: it has staff numbers then.

    Raises what ``read_table`` raises; a file that is neither is told what a calendar needs.
    """
    try:
        return read_table(name, content, ROSTER_COLUMNS), True
    except Refused as refused:
        if refused.code != "file.column_missing":
            raise
    return read_table(name, content, DAY_COLUMNS), False


def day_of(cells: Mapping[str, str]) -> date:
    """Return the day a row is about; raise ``Wrong`` for none. Excel adds an hour to its days."""
    text = needed(cells, "day")
    plain = text.removesuffix(" 00:00:00").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        raise Wrong("day", "bad_day", text) from None


def checked(row: FileRow, columns: Columns) -> Faults:
    """Return the faults of a row so far: cells that cannot be read or are too long."""
    faults = Faults(row.line, columns)
    for wrong in bad_texts(row, {}):
        faults.add(wrong)
    return faults


def twice(found: Iterable[tuple[int, str, date]], columns: Columns) -> Iterator[BadRow]:
    """Name the later of two rows about the same day of the same person or section."""
    seen: dict[tuple[str, date], int] = {}
    for line, who, day in found:
        first = seen.setdefault((who, day), line)
        if first != line:
            yield bad_row(line, Wrong("day", "twice", day.isoformat(), str(first)), columns)
