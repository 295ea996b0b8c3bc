"""The versions of one visit that stand against each other, as visits."""

from kiosk.desk.forks import Fork
from kiosk.desk.row import load_row, shape_of
from kiosk.desk.versions import Version
from visitors.models import State, Visit


def let_in_by(fork: Fork) -> list[Visit]:
    """Return the versions by which the visitor is inside, the earliest first."""
    found = [_visit(one) for one in fork.heads if one.stored and _is_inside(one)]
    return sorted(found, key=lambda visit: (visit.admitted_at or visit.made_at, visit.gate))


def _is_inside(one: Version) -> bool:
    return one.stored is not None and one.stored["state"] == State.ADMITTED


def _visit(one: Version) -> Visit:
    stored = one.stored or {}
    row = load_row(Visit, tuple(stored[name] for name in shape_of(Visit).columns))
    if not isinstance(row, Visit):
        raise TypeError(f"{one.stamp} is no visit")
    return row
