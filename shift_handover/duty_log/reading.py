"""Reading the log of a day or a shift: what the kiosk did, and what was written by hand."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from kiosk.desk import journal, posts
from kiosk.desk.columns import utc_text
from kiosk.desk.desk import Desk
from kiosk.desk.happenings import told
from kiosk.desk.journal import SYSTEM, Told
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.transaction import Book
from kiosk.desk.words import _
from shift_handover.duty_log.models import (
    CORRECTION_OF,
    COUNT_SINCE,
    LINES_BETWEEN,
    SHIFTS,
    DutyLine,
)
from shift_handover.duty_log.rules import BACK, LEFT_OUT, LENT, PEOPLE, VISITS_IN, VISITS_OUT


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as it is shown; ``at`` is aware UTC, ``number`` empty for what the kiosk wrote.

    ``corrects`` and ``corrected_by`` are numbers of other lines, "" for none.
    """

    at: datetime
    by: str
    words: str
    number: str = ""
    corrects: str = ""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """The lines of some time, oldest first, and what is only counted in them."""

    lines: tuple[LogLine, ...]
    visits_in: int = 0
    visits_out: int = 0
    lent: int = 0
    back: int = 0

    @property
    def by_hand(self) -> int:
        """Return how many lines were written by hand."""
        return sum(bool(line.number) for line in self.lines)

    def with_word(self, word: str) -> "Log":
        """Return the log with only the lines that have ``word`` in them, in any case."""
        sought = word.casefold()
        kept = [
            line
            for line in self.lines
            if any(sought in said.casefold() for said in (line.words, line.by, line.number))
        ]
        return replace(self, lines=tuple(kept))


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's time on the post, aware UTC; ``until`` is empty while it lasts."""

    name: str
    since: datetime
    until: datetime | None


def shifts_of(book: Book, post: str) -> list[Shift]:
    """Return the shifts of a post, the newest first."""
    found = book.all(SHIFTS, post=post)
    return [Shift(person.name, duty.since, duty.until) for duty, person in found]


def lines_in_shift(book: Book, post: str) -> int:
    """Return how many lines were written by hand since whoever is on duty took the post."""
    held = posts.on_duty(book, post)
    return (book.one(COUNT_SINCE, post=post, first=held[0].since) or 0) if held else 0


def of_days(desk: Desk, book: Book, first: date, last: date) -> Log:
    """Return the log of the site's calendar days ``first`` to ``last``."""
    midnight = time(tzinfo=desk.zone)
    after = datetime.combine(last + timedelta(days=1), midnight)
    return log_of(desk, book, datetime.combine(first, midnight), after)


def log_of(desk: Desk, book: Book, first: datetime, after: datetime) -> Log:
    """Return what happened in ``first`` <= moment < ``after``; both are aware.

    It reads no entry of another time, however long the book is.
    """
    names = _Names(book)
    entries = list(
        journal.told_between(book.connection, desk.gate, utc_text(first), utc_text(after))
    )  # fmt: skip
    written = book.all(LINES_BETWEEN, post=desk.gate, first=first, after=after)
    lines = [*_by_itself(entries, names), *(_by_hand(book, line, names) for line in written)]
    counts = Counter(one.code for one in entries)
    return Log(
        tuple(sorted(lines, key=lambda line: line.at)),
        visits_in=_sum(counts, VISITS_IN), visits_out=_sum(counts, VISITS_OUT),
        lent=_sum(counts, LENT), back=_sum(counts, BACK),
    )  # fmt: skip


def _sum(counts: Counter[str], codes: Collection[str]) -> int:
    return sum(counts[code] for code in codes)


class _Names:
    """The names of staff numbers, each asked for once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, str] = {SYSTEM: ""}

    def of(self, staff_no: str) -> str:
        """Return the name of who has this number, the text itself where nobody has."""
        if staff_no not in self._known:
            person = self._book.one(BY_STAFF_NO, staff_no=staff_no)
            self._known[staff_no] = person.name if person else staff_no
        return self._known[staff_no]


def _by_itself(entries: list[Told], names: _Names) -> Iterator[LogLine]:
    for one in entries:
        if one.code in LEFT_OUT:
            continue
        facts = {
            name: names.of(value) if name in PEOPLE and isinstance(value, str) else value
            for name, value in one.facts_made().items()
        }
        if words := told(one.code, facts):
            yield LogLine(datetime.fromisoformat(one.at), names.of(one.by), words)


def _by_hand(book: Book, line: DutyLine, names: _Names) -> LogLine:
    newer = book.one(CORRECTION_OF, number=line.number)
    words = book.read_sealed(line.words, _("(deleted after its time)"))
    return LogLine(
        line.written_at, names.of(line.written_by), words, line.number, line.corrects,
        newer.number if newer else "",
    )  # fmt: skip
