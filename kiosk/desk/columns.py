"""Column types whose stored form is the same in a row, in its journal image and on PostgreSQL."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Dialect, String, and_, bindparam
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, col

Member = TypeVar("Member", bound=StrEnum)


class Utc(TypeDecorator[datetime]):
    """A moment, stored as ISO 8601 text in UTC; SQLite would drop a time zone in silence.

    Refuses naive values with ``ValueError``. The text sorts as the moments do.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write ``2026-11-23T07:32:08.000000Z``."""
        del dialect
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read an aware datetime in UTC."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar day of the site, stored as ``2026-11-23``."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write the ISO form."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read the ISO form."""
        del dialect
        return None if value is None else date.fromisoformat(value)


class Choice(TypeDecorator[StrEnum]):
    """One member of a ``StrEnum``, stored as its value; an unknown value is a ``ValueError``."""

    impl = String(40)
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Write the member's value."""
        del dialect
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Read the member."""
        del dialect
        return None if value is None else self.members(value)


def utc_text(moment: datetime) -> str:
    """Return the stored form of an aware ``moment``; raise ``ValueError`` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:-6] + "Z"


def moment(*, optional: bool = False, index: bool = False) -> Any:  # noqa: ANN401 - a Field fits any annotation
    """Declare a column that holds a moment in UTC."""
    return _field(Utc, optional=optional, index=index)


def day(*, optional: bool = False, index: bool = False) -> Any:  # noqa: ANN401 - a Field fits any annotation
    """Declare a column that holds a calendar day of the site."""
    return _field(Day, optional=optional, index=index)


def choice(
    members: type[Member], *, optional: bool = False, index: bool = False,
    default: Member | None = None,
) -> Any:  # fmt: skip  # noqa: ANN401 - a Field fits any annotation
    """Declare a column that holds one member of ``members``, at first ``default``."""
    if default is not None:
        return Field(default=default, sa_type=Choice(members), nullable=False, index=index)
    return _field(Choice(members), optional=optional, index=index)


def whole(*, optional: bool = False, default: int | None = None) -> Any:  # noqa: ANN401 - a Field fits any annotation
    """Declare a whole number; 64 bits also on PostgreSQL, where SQLModel's ``int`` has only 32."""
    if default is not None:
        return Field(default=default, sa_type=BigInteger, nullable=False)
    return _field(BigInteger, optional=optional, index=False)


def _field(sa_type: Any, *, optional: bool, index: bool) -> Any:  # noqa: ANN401 - SQLModel's own typing
    if optional:
        return Field(default=None, sa_type=sa_type, nullable=True, index=index)
    return Field(sa_type=sa_type, nullable=False, index=index)


def stamped_between(stamp: Any) -> ColumnElement[bool]:  # noqa: ANN401 - any row's stamp
    """Say in a query that one desk wrote the row last; asked with ``Desk.own_stamps``."""
    own = col(stamp)
    return and_(own >= bindparam("stamp_from"), own < bindparam("stamp_before"))
