"""A report on paper: the same rows, as a slip."""

from collections.abc import Iterator
from datetime import datetime

from kiosk.desk.outstanding import Urgency
from kiosk.desk.report import Table
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import MOST_COLUMNS, Item, Line, Rule, SignatureLine, Space, Text, Title
from kiosk.desk.slip_lines import Table as SlipTable
from kiosk.desk.words import _, pgettext

_MOST_ROWS = 1000


def slip_of(name: str, table: Table, now: datetime, number: str) -> Slip:
    """Return ``table`` as a slip made at the local time ``now``."""
    lines: list[Line] = [Title(table.title, f"{now:%Y-%m-%d %H:%M}"), Rule()]
    if table.paper is not None and table.rows:
        lines += table.paper()
    elif table.rows and len(table.columns) > MOST_COLUMNS:
        lines += _points(table)
    elif table.rows:
        lines.append(_rows(table))
    else:
        lines.append(Text(table.empty))
    return Slip(f"report.{name}", number, (*lines, *_beneath(table), Space()))


def _beneath(table: Table) -> Iterator[Line]:
    if table.foot:
        yield Rule()
    for told in table.foot:
        yield Text(told)
    for signer in table.signatures:
        yield Space(12)
        yield SignatureLine(signer, _("Time"))


def _points(table: Table) -> Iterator[Line]:
    """Yield each row as a point with all its cells: so many columns have no room side by side."""
    between = pgettext("between sentences", "; ")
    for number, what, *cells in table.rows[:_MOST_ROWS]:
        named = zip(table.columns[2:], cells, strict=True)
        told = (
            _("{label}: {words}").format(label=label, words=cell) for label, cell in named if cell
        )
        yield Item(number, what, between.join(told), Urgency.QUIET)


def _rows(table: Table) -> SlipTable:
    """Give each column its share of the paper by its longest text."""
    columns = table.columns[:MOST_COLUMNS]
    rows = tuple(row[:MOST_COLUMNS] for row in table.rows[:_MOST_ROWS])
    widths = tuple(
        max(2, min(20, max(len(text) for text in (title, *(row[i] for row in rows)))))
        for i, title in enumerate(columns)
    )
    return SlipTable(widths=widths, rows=rows, head=columns)
