"""The duty log on the screen: a day or a shift, line by line; what happened writes itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.duty_log import service
from shift_handover.duty_log.reading import Log, LogLine, Shift, log_of, of_days, shifts_of
from shift_handover.duty_log.screens_write import WriteLine
from shift_handover.duty_log.wording import counts_of, words_of
from shift_handover.wording_parts import when

_LONGEST_WORD = 40


class DutyLogScreen(KioskScreen):
    """One day of the log, today's first, or one shift; left and right go to the one beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("left", "go(-1)", show=False),
        Binding("right", "go(1)", show=False),
        Binding("n,N", "write", show=False),
        Binding("c,C", "correct", show=False),
        Binding("s,S", "by_shift", show=False),
        Binding("f,F", "find", show=False),
        Binding("p,P", "print_day", show=False),
    ]
    DEFAULT_CSS = """
    #log-title { height: 2; margin: 0 0 1 0; }
    #log-whole { height: 4; margin: 1 0; padding: 0 1; background: $panel-ground; }
    DutyLogScreen.-low #log-whole { height: 3; margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        self._back: int | None = None
        """How many shifts back; None while a day is shown."""
        self._word = ""
        self._log = Log(())
        self._shift: Shift | None = None

    def body(self) -> ComposeResult:
        """Lay the title, the lines, and the whole of the one under the cursor."""
        yield Static("", markup=False, id="log-title")
        yield RowList(id="log")
        yield Static("", markup=False, id="log-whole")

    def keys(self) -> Iterator[Key]:
        """Show what can be done here."""
        yield Key("N", pgettext("duty log", "New line"))
        yield Key("C", pgettext("duty log", "Correct"))
        yield Key("←→", pgettext("duty log", "Other day or shift"), pgettext("duty log", "Other"))
        yield Key("S", pgettext("duty log", "Day or shift"))
        yield Key("F", pgettext("duty log", "Find"))
        yield Key("P", pgettext("duty log", "Print the day"), pgettext("duty log", "Print"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start at the end of today."""
        super().on_mount()
        self.query_one("#log", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now: the kiosk's own lines too."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the day or the shift."""
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> None:
        desk = self.kiosk.desk
        with desk.read() as book:
            if self._back is not None:
                shifts = shifts_of(book, desk.gate)
                self._back = max(0, min(self._back, len(shifts) - 1))
                self._shift = shifts[self._back] if shifts else None
            if self._back is not None and self._shift is not None:
                now = desk.clock() + timedelta(seconds=1)
                log = log_of(desk, book, self._shift.since, self._shift.until or now)
            else:
                log = of_days(desk, book, self._shown_day, self._shown_day)
        self._log = log.with_word(self._word) if self._word else log

    @property
    def _shown_day(self) -> date:
        return self._day or self.kiosk.desk.today()

    def _draw(self) -> None:
        named = plain(self._title(), f"bold {palette.TEXT}")
        sought = _("only lines with “{word}”").format(word=self._word) if self._word else ""
        title = lines(
            row(named, plain(sought, palette.AMBER)), plain(counts_of(self._log), palette.MUTED)
        )
        self.query_one("#log-title", Static).update(title)
        shown = self.query_one("#log", RowList)
        shown.empty = (
            _("No line has this word.") if self._word else _("Nothing was written in these days.")
        )
        before = len(shown.rows)
        at_end = not before or shown.cursor == before - 1
        rows = [self._row(line) for line in self._log.lines]
        shown.show(rows, _columns(when_width=5 if self._back is None else 11))
        if at_end:
            shown.action_move(len(rows))
        self._draw_whole()

    def _title(self) -> str:
        desk = self.kiosk.desk
        if self._back is None or self._shift is None:
            return pgettext("duty log", "Duty log {day}").format(day=self._shown_day)
        until = when(self._shift.until, desk) or pgettext("duty log", "now")
        return pgettext("duty log", "Shift of {name}, {since} to {until}").format(
            name=self._shift.name, since=when(self._shift.since, desk), until=until
        )

    def _row(self, line: LogLine) -> ListRow:
        local = self.kiosk.desk.local(line.at)
        at = local.strftime("%H:%M" if self._back is None else "%m-%d %H:%M")
        by_hand = bool(line.number) and not line.corrected_by
        colour = palette.TEXT if by_hand else palette.MUTED
        key = line.number or (line.at, line.words)
        return ListRow((at, line.by, words_of(line)), key, colour, palette.INFO if by_hand else "")

    def _draw_whole(self) -> None:
        line = self._line()
        told = words_of(line) if line else ""
        self.query_one("#log-whole", Static).update(plain(told, palette.TEXT))

    def _line(self) -> LogLine | None:
        shown = self.query_one("#log", RowList)
        known = {row.key: line for row, line in zip(shown.rows, self._log.lines, strict=False)}
        return known.get(shown.current.key) if shown.current else None

    def on_row_list_pointed(self, message: RowList.Pointed) -> None:
        """Show all of the line under the cursor."""
        message.stop()
        self._draw_whole()

    async def action_go(self, by: int) -> None:
        """Go to the day or the shift before or after."""
        if self._back is not None:
            self._back = max(0, self._back - by)
        else:
            self._day = min(self._shown_day + timedelta(days=by), self.kiosk.desk.today())
        await self.refresh_book()

    async def action_by_shift(self) -> None:
        """Change between days and shifts."""
        self._back, self._day = (0, None) if self._back is None else (None, None)
        await self.refresh_book()

    def action_find(self) -> None:
        """Ask for a word; only the lines with it stay."""
        asked = AskText(
            lambda: _("Show only lines with a word"),
            lambda: pgettext("duty log", "Word"),
            value=self._word, limit=_LONGEST_WORD,
        )  # fmt: skip
        self.app.push_screen(asked, self._found)

    async def _found(self, word: str | None) -> None:
        if word is not None:
            self._word = word
            await self.refresh_book()

    async def action_leave(self) -> None:
        """Show every line again; with every line shown go back."""
        if self._word:
            self._word = ""
            await self.refresh_book()
        else:
            self.dismiss()

    def action_write(self) -> None:
        """Write a line, now."""
        self._day, self._back = None, None if self._back is None else 0
        self.app.push_screen(WriteLine())

    def action_correct(self) -> None:
        """Correct the line under the cursor with a new one; the kiosk's own are as they are."""
        line = self._line()
        if line is not None and line.number:
            self.app.push_screen(WriteLine(line))
        else:
            words = _("Only a line with a number can be corrected. Write a new one with N.")
            self.kiosk.answer(Verdict(Tone.AMBER, words))

    async def action_print_day(self) -> None:
        """Print the day's page; of a shift, that of the day it began."""
        kiosk, day = self.kiosk, self._shown_day
        if self._back is not None and self._shift is not None:
            day = kiosk.desk.local(self._shift.since).date()
        async with self.answering():
            await self.act(service.print_day, kiosk.desk, kiosk.by, day)
            said = kiosk.on_paper(
                _("The page of {day} is being printed."),
                _("Printer {trouble}: the page of {day} prints once ready."), day=day,
            )  # fmt: skip
            kiosk.answer(Verdict(Tone.GOOD, said))


def _columns(when_width: int) -> tuple[Column, ...]:
    return (
        Column(pgettext("duty log", "When"), when_width),
        Column(pgettext("duty log", "Who"), 8),
        Column(_("What")),
    )
