"""One person's month, a line a day; raw taps, derived day and corrections of the day pointed at."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.closing import sheet_words, wording
from kiosk.attendance.closing.models import MonthClosing
from kiosk.attendance.closing.months import month_of, takes_objections
from kiosk.attendance.closing.rules import month_before, month_ends, next_month
from kiosk.attendance.closing.screens_proved import Fleeting
from kiosk.attendance.closing.sheet import PersonMonth, SheetDay, month_sheet
from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import lines, paragraph, plain, row


class PersonDays(Fleeting):
    """The days of one person's month."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("p,P", "other_month(-1)", show=False),
        Binding("n,N", "other_month(1)", show=False),
    ]
    DEFAULT_CSS = """
    PersonDays #month-head { height: 4; padding: 1 2 0 2; background: $panel-ground; }
    PersonDays.-low #month-head { height: 3; padding: 0 2; }
    PersonDays #month-days { height: 1fr; padding: 0 1; }
    PersonDays #day-words { height: 6; padding: 0 2; background: $panel-ground; }
    PersonDays.-low #day-words { height: 5; }
    """

    def __init__(self, person: Person, first: date) -> None:
        super().__init__()
        self._person, self._first = person, first
        self._month: PersonMonth | None = None
        self._books = ""
        self._takes, self._final = False, False
        self._begin_today = True

    def body(self) -> ComposeResult:
        """Lay the totals, the days, and the words of one day."""
        yield Static("", markup=False, id="month-head")
        yield RowList(id="month-days")
        yield Static("", markup=False, id="day-words")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("P", _("Month before"), pgettext("books", "Before"))
        yield Key("N", _("Month after"), pgettext("books", "After"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        self.query_one("#month-days", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read and derive the month anew."""
        self._month = await self.aside(self._read)
        if self.alive:
            self._draw()
            self.show_keys()

    def _read(self) -> PersonMonth | None:
        desk, first = self.kiosk.desk, self._first
        with desk.read() as book:
            sheet = month_sheet(desk, book, first, month_ends(first), only=self._person, kinds=True)
            published = month_of(book, first)
            self._takes = takes_objections(published, desk.work_day(desk.clock()))
            self._final = published is not None and published.closed_at is not None
            self._books = _books_words(published)
        return next(iter(sheet.people), None)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        month = self._month
        if month is None:
            return
        self.query_one("#month-head", Static).update(lines(*self._head(month)))
        begun = [one for one in month.days if one.begun]
        days = self.query_one("#month-days", RowList)
        days.show([self._row(one) for one in begun], _columns())
        if self._begin_today and begun and begun[-1].day.day == self._today():
            days.action_move(len(begun))
        self._begin_today = False
        self._say_day()

    def _head(self, month: PersonMonth) -> tuple[Content, ...]:
        """Return the lines above the days: who, and what the month adds up to."""
        return self._who(month), _sums(month)

    def _today(self) -> date:
        return self.kiosk.desk.work_day(self.kiosk.desk.clock())

    def _who(self, month: PersonMonth) -> Content:
        return row(
            plain(self._person.name, f"bold {palette.TEXT}"),
            plain(f"{self._person.staff_no} {month.section}", palette.MUTED),
            plain(f"{self._first:%Y-%m}", f"bold {palette.TEXT}"),
            plain(self._books, palette.MUTED),
            gap=3,
        )

    def _row(self, one: SheetDay) -> ListRow:
        zone, day = self.kiosk.desk.zone, one.day
        waits = sum(not remark.excuses for remark in day.remarks if remark.stands)
        signed = sum(remark.excuses for remark in day.remarks)
        remarks = [
            pgettext("books", "{n} signed").format(n=signed) if signed else "",
            pgettext("books", "{n} waits").format(n=waits) if waits else "",
        ]
        words = (
            f"{day.day:%m-%d}", one.sign(kinds=True), hour(day.came, zone), hour(day.went, zone),
            str(day.late_min or ""), str(day.early_min or ""), " ".join(filter(None, remarks)),
            self._state(one),
        )  # fmt: skip
        marked = day.late_counts or day.early_counts or day.absent_halves or one.differs
        quiet = not sheet_words.has_words(one)
        colour = palette.AMBER if marked else palette.MUTED if quiet else palette.TEXT
        return ListRow(words, key=day.day, colour=colour)

    def _state(self, one: SheetDay) -> str:
        if one.differs:
            final = pgettext("books", "after final")
            return final if self._final else pgettext("books", "changed since")
        return pgettext("books", "closed") if one.was is not None else ""

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """Show the day under the cursor."""
        super().on_row_list_pointed(event)
        self._say_day()

    def _say_day(self) -> None:
        here = self.query_one("#month-days", RowList).current
        days = self._month.days if self._month is not None else ()
        one = next((one for one in days if here is not None and one.day.day == here.key), None)
        if one is None:
            return
        raw, derived, corrected, since = sheet_words.day_cells(self.kiosk.desk, one, kinds=True)
        room = max(20, self.app.size.width - 6)
        shown = (
            (_("Raw taps"), raw, palette.TEXT),
            (pgettext("sheet", "Derived day"), derived, palette.TEXT),
            (pgettext("sheet", "Corrections"), corrected, palette.TEXT),
            (pgettext("sheet", "Since closing"), since, palette.AMBER),
        )
        told = [
            paragraph(_("{label}: {words}").format(label=label, words=words), colour, room)
            for label, words, colour in shown
            if words
        ]
        self.query_one("#day-words", Static).update(lines(*told))

    async def action_other_month(self, by: int) -> None:
        """Go to the month before or after; none lies after this one."""
        self.touched()
        first = month_before(self._first) if by < 0 else next_month(self._first)
        if first <= self.kiosk.desk.work_day(self.kiosk.desk.clock()):
            self._first = first
            await self.refresh_book()


def _books_words(published: MonthClosing | None) -> str:
    if published is None:
        return _("not published yet")
    if published.closed_at is not None:
        return _("final")
    return _("objections until {until}").format(until=f"{published.until:%m-%d}")


def _sums(month: PersonMonth) -> Content:
    sums = month.totals()
    told = [
        (pgettext("sheet", "due {n}"), f"{sums.due_halves / 2:g}"),
        (pgettext("sheet", "at work {n}"), f"{sums.present_halves / 2:g}"),
        (pgettext("sheet", "late {n}"), f"{sums.late}"),
        (pgettext("sheet", "early {n}"), f"{sums.early}"),
        (pgettext("sheet", "absent {n}"), f"{sums.absent_halves / 2:g}"),
        (pgettext("sheet", "out {n}"), f"{sums.outing_halves / 2:g}"),
    ]
    parts = [plain(words.format(n=n), palette.MUTED) for words, n in told]
    parts += [
        plain(f"{wording.leave_word(kind)} {halves / 2:g}", palette.MUTED)
        for kind, halves in sums.leave_halves.items()
    ]
    return row(*parts)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), 5), Column(pgettext("books", "Sign"), 4),
        Column(pgettext("tap", "In"), 5), Column(pgettext("tap", "Out"), 5),
        Column(pgettext("books", "Late"), 4, right=True),
        Column(pgettext("books", "Early"), 5, right=True),
        Column(pgettext("books", "Remarks")), Column(pgettext("books", "Books"), 13),
    )  # fmt: skip
