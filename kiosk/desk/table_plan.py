"""What taking a file would do: which rows are new, which change something, which are wrong."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.desk.table_cells import BadRow

Wanted = TypeVar("Wanted")


@dataclass(frozen=True)  # Python 3.11 cannot make one of a named Plan[...] with slots
class Plan(Generic[Wanted]):
    """What taking the file would do; nothing at all while there are ``bad`` rows."""

    new: tuple[Wanted, ...] = ()
    changed: tuple[Wanted, ...] = ()
    same: int = 0
    bad: tuple[BadRow, ...] = ()
