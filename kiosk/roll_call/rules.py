"""Counting a roll call, and putting its list in order. Nothing here reads a clock or the book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.desk.inside import Inside, Sort
from kiosk.roll_call.models import Mark, RollMark


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people a roll call has where.

    ``expected`` were certainly inside when it began, ``uncertain`` perhaps; of those nobody has
    marked yet ``missing`` and ``unclear`` are left. ``added`` were found without being listed.
    """

    expected: int = 0
    uncertain: int = 0
    found: int = 0
    needs_help: int = 0
    not_inside: int = 0
    missing: int = 0
    unclear: int = 0
    added: int = 0


def tally(marks: Iterable[RollMark]) -> Tally:
    """Return the counts of the marks, in people."""
    counts = dict.fromkeys(Tally.__slots__, 0)
    for mark in marks:
        counts["added" if mark.added else "expected" if mark.certain else "uncertain"] += (
            mark.people
        )
        left = mark.people
        if mark.state is Mark.FOUND:
            counts["found"] += mark.here
            left -= mark.here
        elif mark.state is not None:
            counts[mark.state.value] += mark.people
            left = 0
        counts["missing" if mark.certain else "unclear"] += left
    return Tally(**counts)


def together(marks: Iterable[RollMark]) -> list[RollMark]:
    """Return one mark for each party, what any desk said of it last; listed ones stay as they are.

    The listed row stands for its party as long as no other desk said more; one desk alone has no
    other rows. A mark that was taken back last is none, whoever had made it; what was added and
    taken back stands nowhere.
    """
    newest: dict[str, RollMark] = {}
    for mark in sorted(marks, key=lambda one: (bool(one.of), one.id)):
        before = newest.get(mark.party)
        if before is None or _said_later(mark, before):
            newest[mark.party] = mark
    return [one for one in newest.values() if one.state is not None or not one.added]


def _said_later(mark: RollMark, before: RollMark) -> bool:
    if mark.marked_at is None:
        return False
    return before.marked_at is None or (mark.marked_at, mark.gate) > (
        before.marked_at, before.gate,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Census:
    """Who may be inside at one moment, in the order in which they are looked for."""

    certain: tuple[Inside, ...]
    uncertain: tuple[Inside, ...]
    things: tuple[Inside, ...]

    @property
    def people(self) -> int:
        """Return how many are certainly inside."""
        return _people(self.certain)

    @property
    def visitors(self) -> int:
        """Return how many of them are visitors."""
        return _people([one for one in self.certain if one.sort is Sort.VISITOR])

    @property
    def doubtful(self) -> int:
        """Return how many are perhaps inside."""
        return _people(self.uncertain)


def census(inside: Sequence[Inside]) -> Census:
    """Sort everybody: by area and host, the uncertain apart, the things that are out by holder."""
    ordered = sorted(inside, key=_place)
    persons = [one for one in ordered if one.sort is not Sort.THING]
    return Census(
        certain=tuple(one for one in persons if one.certain),
        uncertain=tuple(one for one in persons if not one.certain),
        things=tuple(one for one in ordered if one.sort is Sort.THING),
    )


def _place(one: Inside) -> tuple[str, str, str]:
    return one.area, one.host, one.number


def _people(inside: Iterable[Inside]) -> int:
    return sum(one.people for one in inside)


def clock_text(length: timedelta) -> str:
    """Return a running time as a stopwatch shows it: 03:12, with hours 1:03:12."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
