"""The site's own days as rows: imported over the State's calendar and kiosk.toml (clause 14)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, day
from kiosk.desk.row import Row


class DayKind(StrEnum):
    """How much of a day is worked."""

    WORKDAY = "workday"
    HOLIDAY = "holiday"
    OFF_MORNING = "off_morning"  # 上午放假
    OFF_AFTERNOON = "off_afternoon"  # 下午放假


class SiteDay(Row, table=True):
    """One day of the site that is not what the State's calendar says.

    ``section`` is the section it is for, "" for the whole house; ``name`` what people call the day,
    "" for nothing.
    """

    __tablename__ = "site_day"
    __table_args__ = (Index("ix_site_day_of", "day", "section", unique=True),)

    day: date = day()
    section: str = Field(default="")
    kind: DayKind = choice(DayKind)
    name: str = ""


SITE_DAYS = select(SiteDay).order_by(col(SiteDay.day), col(SiteDay.section))

Known = Mapping[tuple[date, str], SiteDay]
"""The site's days by day and section."""
