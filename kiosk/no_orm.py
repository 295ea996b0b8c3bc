"""A row is a plain table here: SQLAlchemy's ORM, 6 MB, stays unloaded.

SQLModel imports it for its Session, which nothing here has; of what it takes from there our rows
meet the names below. Imported by ``opening`` before anything that has a table; what is loaded
already stays, and who needs the real ORM can import it afterwards.
"""

from collections.abc import Mapping
from typing import Generic, TypeVar

from sqlalchemy import MetaData

from drivers.spared_imports import spared

_T = TypeVar("_T")


class _Mapped(Generic[_T]):
    """The type that ``col`` says it returns; no value has it."""


class _Registry:
    """Where SQLModel keeps the tables."""

    def __init__(self) -> None:
        self.metadata = MetaData()


_SPARED: Mapping[str, Mapping[str, object]] = {
    "sqlalchemy.orm": {
        "InstrumentedAttribute": _Mapped,
        "Mapped": _Mapped,
        "RelationshipProperty": _Mapped,
        "declared_attr": property,
        "registry": _Registry,
        "relationship": None,
    },
    "sqlalchemy.orm.attributes": {"set_attribute": None},
    "sqlalchemy.orm.decl_api": {"DeclarativeMeta": type},
    "sqlalchemy.orm.instrumentation": {"is_instrumented": None},
    "sqlmodel.orm.session": {"Session": None},
}

with spared(_SPARED):
    import sqlmodel  # noqa: F401 - that it is loaded without the ORM is all
