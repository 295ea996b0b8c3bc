"""In which order taps were written, at one desk or at several, whatever a computer's clock did."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from heapq import merge
from typing import NamedTuple

from kiosk.attendance.models import Tap
from kiosk.desk.versions import gate_of


class Writing(NamedTuple):
    """Where a tap stands: ``sure_at`` is the newest time (UTC) its desk was sure of by then.

    Of one desk the entry's number orders, for it knows no clock. Of two desks only their clocks can
    tell, and a clock in doubt moves nothing: its tap stands where the sure one before it stands.
    """

    sure_at: datetime
    gate: str
    seq: int
    tap: Tap


def written_at(stamp: str) -> int:
    """Return the number of the entry that a row's stamp names: the order of writing at one desk."""
    return int(stamp.rpartition("/")[2] or 0)


def in_order_written(taps: Sequence[Tap], doubted: Collection[str] = ()) -> list[Tap]:
    """Return taps as the desks' journals have them; ``doubted`` are the ids a clock makes unsure.

    A clock that was set back turns those of one desk never round.
    """
    by_gate: defaultdict[str, list[Tap]] = defaultdict(list)
    for one in taps:
        by_gate[gate_of(one.stamp)].append(one)
    lines = (_line(gate, of_gate, doubted) for gate, of_gate in by_gate.items())
    return [one.tap for one in merge(*lines, key=lambda it: it[:3])]


def _line(gate: str, taps: list[Tap], doubted: Collection[str]) -> Iterator[Writing]:
    """Yield the taps of one desk as it wrote them, with a time that never runs back."""
    sure_at: datetime | None = None
    for one in sorted(taps, key=lambda it: (written_at(it.stamp), it.at, it.id)):
        if sure_at is None or (one.id not in doubted and one.at > sure_at):
            sure_at = one.at
        yield Writing(sure_at, gate, written_at(one.stamp), one)
