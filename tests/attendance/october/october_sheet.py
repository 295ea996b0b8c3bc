"""Reads what was worked out by hand: sheet.txt, details.txt and cards.txt; it works out nothing."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_WORKDAYS = {8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30}
_COLUMNS = {
    "due": "应出勤天数", "present": "出勤天数", "late": "迟到次数", "late_min": "迟到分钟",
    "early": "早退次数", "early_min": "早退分钟", "excused": "已说明次数", "out": "外出天数",
    "leave": "请假天数", "personal": "事假", "sick": "病假", "annual": "年休假",
    "absent": "旷工天数", "excused_days": "已说明天数", "open": "未日结天数", "hours": "在岗小时",
}  # fmt: skip
_USUAL = {**dict.fromkeys(_COLUMNS, 0.0), "due": 18.0, "present": 18.0, "hours": 168.0}
_NUMBER = re.compile(r"\bBZ\S+")


def day(n: int) -> date:
    """Return a day of October."""
    return date(2026, 10, n)


def _lines(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text("utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [[part.strip() for part in row.split("|")] for row in rows]


def named(columns: Sequence[str]) -> dict[str, int]:
    """Return where each total stands among the titles."""
    return {name: list(columns).index(title) for name, title in _COLUMNS.items()}


def _people() -> list[str]:
    return [str(2000 + n) for n in range(1, 121)]


def grid() -> dict[str, list[str]]:
    """Return the 31 signs of everybody by hand."""
    usual = ["√" if n in _WORKDAYS else "○" for n in range(1, 32)]
    found = {who: list(usual) for who in _people()}
    for who, cells, _sums in _lines("sheet.txt"):
        for staff_no in who.split():
            for cell in filter(None, cells.split(", ")):
                at, sign = cell.split()
                if at == "all":
                    found[staff_no] = [sign] * 31
                else:
                    found[staff_no][int(at) - 1] = sign
    return found


def totals() -> dict[str, dict[str, float]]:
    """Return the totals of everybody by hand."""
    found = {who: dict(_USUAL) for who in _people()}
    for who, _cells, sums in _lines("sheet.txt"):
        for staff_no in who.split():
            for one in sums.split(", "):
                name, number = one.split()
                found[staff_no][name] = float(number)
    return found


def details() -> dict[tuple[int, str], tuple[str, str, str]]:
    """Return raw taps, derived day and correction of the exceptions by day and staff number."""
    return {
        (int(key.split()[0]), key.split()[1]): (raw, result, corrected)
        for key, raw, result, corrected in _lines("details.txt")
    }


def without_numbers(corrected: str) -> str:
    """Return a correction with ``BZ*`` for the number of a remark."""
    return _NUMBER.sub("BZ*", corrected)


def cards() -> list[tuple[str, str, date, date, int]]:
    """Return the case cards by hand, as they opened: who, counter, first and last day, how many."""
    found = [row[0].split() for row in _lines("cards.txt")]
    return sorted(
        (who, counter, day(int(first)), day(int(last)), int(n))
        for who, counter, first, last, n in found
    )
