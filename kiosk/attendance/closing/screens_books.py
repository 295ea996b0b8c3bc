"""F7, 8: the days of the books, which are open; all of them closed in one go; the months."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.closing import service
from kiosk.attendance.closing.books import BookDay, books, day_book, open_workdays
from kiosk.attendance.closing.rules import is_office
from kiosk.attendance.closing.screens_gaps import DayGaps, sure_to_close
from kiosk.attendance.closing.screens_months import MonthsOfBooks
from kiosk.attendance.closing.screens_objections import ask_to_answer
from kiosk.desk.people import EVERYONE
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row


class BooksHome(ListScreen):
    """The days since the books begin, the newest on top; who is missing stands a key deeper."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("a,A", "close_all", show=False),
        Binding("m,M", "months", show=False),
        Binding("o,O", "objections", show=False),
    ]
    DEFAULT_CSS = """
    BooksHome #books-head { height: 3; padding: 1 2; background: $panel-ground; }
    BooksHome.-low #books-head { height: 2; padding: 0 2 1 2; }
    BooksHome #books { padding: 0 1 1 1; }
    BooksHome.-low #books { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._days: list[BookDay] = []
        self._names: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay how many days are open, and the days."""
        yield Static("", markup=False, id="books-head")
        yield RowList(id="books")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("What the day lacks"), pgettext("books", "Gaps"))
        yield Key("A", _("Close every open day up to here"), pgettext("books", "Close all"))
        yield Key("M", _("Months"))
        yield Key("O", _("Objections"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read the days and who closed them."""
        self._days, self._names = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> tuple[list[BookDay], dict[str, str]]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return books(desk, book), {one.id: one.name for one in book.all(EVERYONE)}

    def _draw(self) -> None:
        waiting = sum(one.due and one.closing is None for one in self._days)
        told = ngettext("{n} workday open", "{n} workdays open", waiting).format(n=waiting)
        self.query_one("#books-head", Static).update(
            row(
                plain(_("The books of staff attendance"), f"bold {palette.TEXT}"),
                plain(told, palette.AMBER if waiting else palette.GOOD),
                gap=3,
            )
        )
        shown = self.query_one("#books", RowList)
        shown.empty = _("Nobody has tapped yet: there is nothing to close.")
        shown.show([self._row(one) for one in self._days], _columns())

    def _row(self, one: BookDay) -> ListRow:
        closing = one.closing
        waits = one.due and closing is None
        gaps = "" if closing is None else str(closing.gaps or "")
        who = "" if closing is None else self._names.get(closing.closed_by_id, "-")
        at = "" if closing is None else f"{self.kiosk.desk.local(closing.closed_at):%m-%d %H:%M}"
        words = (
            f"{one.day:%Y-%m-%d}", self.kiosk.desk.calendar.day_name(one.day), _state(one), gaps,
            who, at,
        )  # fmt: skip
        colour = palette.AMBER if waits else palette.TEXT if closing else palette.MUTED
        return ListRow(words, key=one.day, colour=colour, bar=palette.AMBER if waits else "")

    # Keys.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to what the day lacks."""
        self.app.push_screen(DayGaps(message.row.key))

    def action_months(self) -> None:
        """Go to the months: publish one, make it final."""
        self.app.push_screen(MonthsOfBooks())

    def action_objections(self) -> None:
        """Read the objections, after badge and PIN of the office."""
        self.app.push_screen(ask_to_answer())

    async def action_close_all(self) -> None:
        """Close every open workday up to the one under the cursor, oldest first."""
        here = self.query_one("#books", RowList).current
        if here is None:
            return
        async with self.answering():
            planned = await self.aside(self._planned, here.key)
            if not planned:
                self.kiosk.answer(Verdict(Tone.INFO, _("Every workday up to here is closed.")))
                return
            absent = sum(n for _day, n in planned)
            self.app.push_screen(sure_to_close(len(planned), absent), partial(self._sure, planned))

    def _planned(self, until: date) -> list[tuple[date, int]]:
        desk = self.kiosk.desk
        with desk.read() as book:
            waiting = open_workdays(desk, book, until)
            return [(day, day_book(desk, book, day).absent) for day in waiting]

    def _sure(self, planned: list[tuple[date, int]], sure: str | None) -> None:
        if sure != "close":
            return
        kiosk = self.kiosk

        async def act(proof: Proof) -> Verdict:
            for day, absent in planned:  # a day each: taps go on between them
                await kiosk.pen.write(service.close_day, kiosk.desk, proof, day, absent)
            kiosk.changed()
            n = len(planned)
            told = ngettext("{n} day is closed.", "{n} days are closed.", n)
            return Verdict(Tone.GOOD, told.format(n=n), name=proof.person.name)

        self.app.push_screen(
            SignedAct(lambda: _("Who closes these days?"), act, office_help, may=is_office)
        )


def office_help() -> str:
    """Say whose badge it takes."""
    return _("A clerk or administrator taps the badge and types the PIN.")


def _state(one: BookDay) -> str:
    if one.closing is not None and one.closing.no_taps:
        return pgettext("books", "closed, no tap")
    if one.closing is not None:
        return pgettext("books", "closed")
    if not one.over:
        return pgettext("books", "runs")
    return pgettext("books", "open") if one.due else ""


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 10), Column(pgettext("books", "Kind of day"), 16),
        Column(pgettext("books", "Books"), 14), Column(pgettext("books", "Gaps"), 5, right=True),
        Column(pgettext("books", "By")), Column(pgettext("books", "At"), 11, keep=5),
    )  # fmt: skip
