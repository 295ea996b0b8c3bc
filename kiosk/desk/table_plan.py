"""What taking a file would do: which rows are new, which change something, which are wrong."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.desk.table_cells import BadRow

Wanted = TypeVar("Wanted")


@dataclass(frozen=True)  # Python 3.11 cannot make one of a named Plan[...] with slots
class Plan(Generic[Wanted]):
    """What taking the file would do; nothing at all while there are ``bad`` rows.

    ``bad`` names every fault; several may be of one row. ``doubtful`` are cells that are taken, and
    that whoever sent the file should look at again.
    """

    new: tuple[Wanted, ...] = ()
    changed: tuple[Wanted, ...] = ()
    same: int = 0
    bad: tuple[BadRow, ...] = ()
    doubtful: tuple[BadRow, ...] = ()

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({one.line for one in self.bad})
