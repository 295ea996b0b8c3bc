"""The lists behind badge and PIN: the case cards, and who is close to a limit."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.counters import wording
from kiosk.attendance.counters.reading import CardRow, Standing, cards_for, is_late, warnings
from kiosk.attendance.counters.screens_card import CaseCard
from kiosk.attendance.counters.screens_reader import ReaderScreen
from kiosk.desk.counting import Over, period_of
from kiosk.desk.people import Person
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import plain, row


class CardList(ReaderScreen):
    """The cards that the reader may see: the open ones, or all of the year."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("a,A", "all", show=False),
        Binding("w,W", "warned", show=False),
    ]
    DEFAULT_CSS = """
    CardList #cards-head, NearLimit #near-head { height: 1; margin: 0 0 1 0; padding: 0 2; }
    CardList #cards, NearLimit #near { height: 1fr; margin: 0 1; }
    """

    def __init__(self, reader: Person) -> None:
        super().__init__(reader)
        self._cards: list[CardRow] = []
        self._all = False

    def body(self) -> ComposeResult:
        """Lay the head and the list."""
        yield Static("", markup=False, id="cards-head")
        yield RowList(id="cards")

    def keys(self) -> Iterator[Key]:
        """Yield the keys."""
        yield Key("Enter", pgettext("case", "Open the card"), pgettext("case", "Card"))
        yield Key(
            "A", _("Only open ones") if self._all else _("All of this year"),
            pgettext("case", "Open") if self._all else pgettext("case", "All"),
        )  # fmt: skip
        yield Key("W", _("Who is close to a limit"), _("Near a limit"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Start in the list."""
        self.query_one("#cards", RowList).focus()
        await super().on_screen_resume()

    async def read_book(self) -> None:
        """Read the cards again."""
        self._cards = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[CardRow]:
        desk = self.kiosk.desk
        days = period_of(Over.YEAR, desk.work_day(desk.clock())) if self._all else (None, None)
        with desk.read() as book:
            return cards_for(book, self.reader, *days)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        n = len(self._cards)
        told = ngettext("{n} card", "{n} cards", n).format(n=n) if n else ""
        which = _("All of this year") if self._all else _("Only open ones")
        head = row(
            plain(_("Case cards of attendance"), f"bold {palette.TEXT}"),
            plain(told, palette.AMBER),
            plain(which, palette.MUTED), plain(self.reader.name, palette.MUTED), gap=3,
        )  # fmt: skip
        self.query_one("#cards-head", Static).update(head)
        shown = self.query_one("#cards", RowList)
        shown.empty = _("No case card is open.")
        shown.show([self._row(one) for one in self._cards], _columns())

    def _row(self, one: CardRow) -> ListRow:
        case = one.case
        late = is_late(self.kiosk.desk, case)
        words = (
            case.number, one.person.name, wording.counter_name(case.counter),
            wording.amount(case.counter, case.units_now, days_off=case.days_off),
            wording.state_word(case), f"{case.first_day:%m-%d}", f"{case.last_day:%m-%d}",
        )  # fmt: skip
        is_open = case.closed_at is None and case.reached
        colour = palette.RED if late else palette.AMBER if is_open else palette.MUTED
        return ListRow(words, key=case.id, colour=colour, bar=colour if is_open else "")

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the card."""
        self.app.push_screen(CaseCard(self.reader, event.row.key))

    async def action_all(self) -> None:
        """Show those of the whole year, or only the open ones."""
        self._all = not self._all
        self.show_keys()
        await self.refresh_book()

    def action_warned(self) -> None:
        """Show who is close to a limit."""
        self.app.push_screen(NearLimit(self.reader))


class NearLimit(ReaderScreen):
    """Who has come so far that the office is warned, before a card opens."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def __init__(self, reader: Person) -> None:
        super().__init__(reader)
        self._near: list[tuple[Person, Standing]] = []

    def body(self) -> ComposeResult:
        """Lay the head and the list."""
        yield Static("", markup=False, id="near-head")
        yield RowList(id="near")

    def keys(self) -> Iterator[Key]:
        """Yield the keys."""
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Start in the list."""
        self.query_one("#near", RowList).focus()
        await super().on_screen_resume()

    async def read_book(self) -> None:
        """Count again."""
        self._near = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[tuple[Person, Standing]]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return warnings(desk, book, self.reader)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        title = plain(_("Who is close to a limit"), f"bold {palette.TEXT}")
        self.query_one("#near-head", Static).update(title)
        shown = self.query_one("#near", RowList)
        shown.empty = _("Nobody is close to a limit.")
        columns = (
            Column(_("Name"), 10), Column(pgettext("case", "Counted"), share=2),
            Column(pgettext("case", "Now"), 14), Column(pgettext("case", "Allowed"), 14),
        )  # fmt: skip
        shown.show([_near_row(person, one) for person, one in self._near], columns)


def _near_row(person: Person, one: Standing) -> ListRow:
    counter = one.counter
    words = (
        person.name, wording.counter_name(counter.id),
        wording.amount(counter.id, one.units, days_off=counter.days_off),
        wording.amount(counter.id, counter.most, days_off=counter.days_off),
    )  # fmt: skip
    return ListRow(words, key=(person.id, counter.id), colour=palette.AMBER)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6), Column(_("Name"), 8),
        Column(pgettext("case", "Counted"), share=2, least=24), Column(pgettext("case", "Now"), 13),
        Column(pgettext("case", "State"), 11, keep=8), Column(pgettext("case", "From"), 5, keep=6),
        Column(pgettext("case", "To"), 5, keep=5),
    )  # fmt: skip
