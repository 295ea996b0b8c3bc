"""A weather signal as a row: which one, who said so, from when to when."""

from datetime import datetime

from sqlalchemy import Index, bindparam, or_, text
from sqlmodel import Field, col, select

from kiosk.desk.absence import Outing
from kiosk.desk.columns import moment
from kiosk.desk.people import Person
from kiosk.desk.row import Row


class WeatherSignal(Row, table=True):
    """One signal; ``signal`` is its name in the settings, ``source`` who gave it out.

    ``on_at`` and ``off_at`` are the moments it was given and lifted (UTC), ``on_by`` and
    ``off_by`` the staff numbers of who wrote it down. ``told_at`` is when the visitors inside were
    told that they may stay (UTC). ``never_reached`` are the numbers of the outings of which nobody
    knew at its end, with spaces between.
    """

    __tablename__ = "weather_signal"
    __table_args__ = (Index("ix_weather_signal_on", "on_at", sqlite_where=text("off_at IS NULL")),)

    number: str = Field(unique=True)
    signal: str
    source: str = ""
    on_at: datetime = moment(index=True)
    on_by: str
    off_at: datetime | None = moment(optional=True)
    off_by: str = ""
    told_at: datetime | None = moment(optional=True)
    never_reached: str = ""


SIGNALS_BETWEEN = (
    select(WeatherSignal)
    .where(
        col(WeatherSignal.on_at) < bindparam("after"),
        or_(col(WeatherSignal.off_at).is_(None), col(WeatherSignal.off_at) > bindparam("first")),
    )
    .order_by(col(WeatherSignal.on_at), col(WeatherSignal.id))
)
SIGNAL_ON = (
    select(WeatherSignal)
    .where(col(WeatherSignal.off_at).is_(None))
    .order_by(col(WeatherSignal.on_at), col(WeatherSignal.id))
)
LAST_OFF = (
    select(WeatherSignal)
    .where(col(WeatherSignal.off_at).is_not(None))
    .order_by(col(WeatherSignal.off_at).desc())
    .limit(1)
)
OUT_NOW = (
    select(Outing, Person)
    .join(Person, col(Person.id) == col(Outing.person_id))
    .where(col(Outing.ended_at).is_(None))
    .order_by(col(Outing.started_at), col(Outing.id))
)
OUTING = (
    select(Outing, Person)
    .join(Person, col(Person.id) == col(Outing.person_id))
    .where(col(Outing.id) == bindparam("id"))
)
OUTING_BY_NUMBER = (
    select(Outing, Person)
    .join(Person, col(Person.id) == col(Outing.person_id))
    .where(col(Outing.number) == bindparam("number"))
)
