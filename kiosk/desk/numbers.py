"""Running numbers that people say aloud: visit 017, matter 3. Never used twice, never skipped."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.columns import whole
from kiosk.desk.row import Row
from kiosk.desk.transaction import Transaction


class Series(Row, table=True):
    """The last number given out in one series; its id is the series' name."""

    __tablename__ = "series"

    last: int = whole()


_SERIES = select(Series).where(col(Series.id) == bindparam("id"))


def next_number(tx: Transaction, series: str) -> int:
    """Return the next number of ``series``, 1 for the first; belongs to the entry recorded next."""
    row = tx.one(_SERIES, id=series) or Series(id=series, last=0)
    row.last += 1
    tx.put(row)
    return row.last
