"""Running numbers that people say aloud: visit 017, matter 3. Never used twice, never skipped.

Each desk of a site counts for itself, also while it is cut off, and its numbers are in blocks of
its own: 1 to 1000 at the first desk, 1001 to 2000 at the second, and after the last desk's block
the first one's next. So no two desks ever give the same number, and a desk alone counts 1, 2, 3.
"""

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.columns import whole
from kiosk.desk.row import Merge, Row
from kiosk.desk.settings_hub import MOST_DESKS, NumberRange
from kiosk.desk.transaction import Transaction


class Series(Row, table=True):
    """How many numbers one desk gave out of one series; its id is ``gate:series``."""

    __tablename__ = "series"
    merged = Merge.NEWEST

    last: int = whole()


_SERIES = select(Series).where(col(Series.id) == bindparam("id"))


def next_number(tx: Transaction, series: str) -> int:
    """Return this desk's next number of ``series``; belongs to the entry recorded next."""
    mine = f"{tx.gate}:{series}"
    row = tx.one(_SERIES, id=mine) or Series(id=mine, last=0)
    row.last += 1
    tx.put(row)
    return number_of(row.last - 1, tx.numbers)


def number_of(counted: int, numbers: NumberRange) -> int:
    """Return the number after ``counted`` others of the same desk, from 1 on for the first desk."""
    turn, place = divmod(counted, numbers.block)
    return (turn * MOST_DESKS + numbers.desk) * numbers.block + place + 1
