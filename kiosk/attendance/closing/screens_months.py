"""The months of the books: publish one for objections, and make it final."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kiosk.attendance.closing import months
from kiosk.attendance.closing.books import begins, open_workdays
from kiosk.attendance.closing.models import EVERY_MONTH, OBJECTIONS_BETWEEN, MonthClosing
from kiosk.attendance.closing.rules import is_office, month_ends, next_month
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict

_Line = tuple[date, MonthClosing | None, int, int]
"""First day, publication, open workdays, objections without an answer."""


class MonthsOfBooks(ListScreen):
    """One line a month, the newest on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("p,P", "publish", show=False),
        Binding("f,F", "final", show=False),
    ]
    DEFAULT_CSS = """
    MonthsOfBooks #months { padding: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []

    def body(self) -> ComposeResult:
        """Lay the months."""
        yield RowList(id="months")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("P", _("Publish the month for objections"), pgettext("books", "Publish"))
        yield Key("F", _("Make the month final"), pgettext("books", "Final"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read how far each month has come."""
        self._lines = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[_Line]:
        desk = self.kiosk.desk
        with desk.read() as book:
            today = desk.work_day(desk.clock())
            known = {one.first: one for one in book.all(EVERY_MONTH)}
            first = begins(desk, book, today).replace(day=1)
            waiting = open_workdays(desk, book, today)
            found: dict[date, _Line] = {}
            for month in [*_each(first, today), *known]:
                objections = book.all(OBJECTIONS_BETWEEN, first=month, last=month_ends(month))
                found[month] = (
                    month, known.get(month),
                    sum(day.replace(day=1) == month for day in waiting),
                    sum(one.answered_at is None for one in objections),
                )  # fmt: skip
        return sorted(found.values(), key=lambda line: line[0], reverse=True)

    def _draw(self) -> None:
        self.query_one("#months", RowList).show(
            [self._row(*one) for one in self._lines], _columns()
        )

    def _row(
        self, first: date, published: MonthClosing | None, waiting: int, objections: int
    ) -> ListRow:
        until = f"{published.until:%m-%d}" if published is not None else ""
        words = (
            f"{first:%Y-%m}", _state(published), str(waiting or ""), until, str(objections or ""),
        )  # fmt: skip
        final = published is not None and published.closed_at is not None
        return ListRow(words, key=first, colour=palette.MUTED if final else palette.TEXT)

    # Keys.

    def action_publish(self) -> None:
        """Put the month under the cursor up for objections."""
        here = self.query_one("#months", RowList).current
        if here is not None:
            self.app.push_screen(self._signed(here.key, publish=True))

    def action_final(self) -> None:
        """Make the month under the cursor final."""
        here = self.query_one("#months", RowList).current
        if here is not None:
            self.app.push_screen(self._signed(here.key, publish=False))

    def _signed(self, first: date, *, publish: bool) -> SignedAct:
        kiosk, month = self.kiosk, f"{first:%Y-%m}"

        async def act(proof: Proof) -> Verdict:
            if publish:
                until = await kiosk.pen.write(months.publish, kiosk.desk, proof, first)
                told = _("{month} is published, objections until {until}.").format(
                    month=month, until=f"{until:%m-%d}"
                )
            else:
                await kiosk.pen.write(months.close_month, kiosk.desk, proof, first)
                told = _("{month} is final now.").format(month=month)
            kiosk.changed()
            return Verdict(Tone.GOOD, told, name=proof.person.name)

        def title() -> str:
            told = _("Who publishes {month}?") if publish else _("Who makes {month} final?")
            return told.format(month=month)

        return SignedAct(
            title, act, lambda: _("A clerk or administrator taps the badge and types the PIN."),
            may=is_office,
        )  # fmt: skip


def _each(first: date, today: date) -> Iterator[date]:
    while first <= today:
        yield first
        first = next_month(first)


def _state(published: MonthClosing | None) -> str:
    if published is None:
        return pgettext("books", "not published")
    if published.closed_at is None:
        return pgettext("books", "published")
    return pgettext("books", "final")


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Month"), 8), Column(pgettext("books", "State"), 16),
        Column(pgettext("books", "Open workdays"), 14, right=True),
        Column(pgettext("books", "Objections until"), 16),
        Column(pgettext("books", "Unanswered"), 11, right=True),
    )  # fmt: skip
