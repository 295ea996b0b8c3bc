"""Denied at one gate and let in at another while neither could hear the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.desk.forks import Fork, open_forks
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.versions import Version
from visitors.gates.versions import let_in_by
from visitors.models import DENIED, State, Visit
from visitors.service import visit_of


@dataclass(frozen=True, slots=True)
class DeniedInside:
    """A visit as the desk that let the visitor in wrote it, and which gate has denied it."""

    visit: Visit
    host: Person
    denied_at: str


def denied_inside(book: Book) -> Iterator[DeniedInside]:
    """Yield who is inside by one desk's work while a denial of another's stands.

    Whoever has been seen to leave with the slip since is inside no more.
    """
    for fork in open_forks(book):
        if (found := denied_and_inside(fork)) is not None:
            shown, host = visit_of(book, fork.row_id)
            if shown.left_at is None:
                yield DeniedInside(found[0], host, found[1])


def denied_and_inside(fork: Fork) -> tuple[Visit, str] | None:
    """Return the visit of who is inside and the gate whose denial stands, None for no such."""
    if fork.table != Visit.__tablename__ or fork.kind != "row":
        return None
    denial, inside = _denial(fork), let_in_by(fork)
    return (inside[0], denial.gate) if denial is not None and inside else None


def _denial(fork: Fork) -> Version | None:
    """Return the version that stands, where it is a denial."""
    for one in fork.heads:
        if one.stamp == fork.shown and one.stored is not None:
            return one if State(str(one.stored["state"])) in DENIED else None
    return None
