"""F7, 7: the gate sees how many case cards are open; the office and leaders read them."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.counters.acting import check_reader
from kiosk.attendance.counters.reading import late_count, open_count
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain


class ProveReader(AskProof):
    """Ask who wants to read the cards; a badge that may not is told so here."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Who reads the case cards?"), _who_may)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        check_reader(proof)
        return proof


def _who_may() -> str:
    return _("Office, leaders and heads of section: tap your badge, then type your PIN.")


class CasesHome(KioskScreen):
    """How many cards are open, without a name; badge and PIN lead to them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("enter", "prove", show=False),
    ]
    DEFAULT_CSS = """
    CasesHome #cases-told { height: auto; margin: 1 2; padding: 1 2; background: $panel-ground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._open = self._late = 0

    def body(self) -> ComposeResult:
        """Lay the one panel."""
        yield Static("", markup=False, id="cases-told")

    def keys(self) -> Iterator[Key]:
        """Show the way in."""
        yield Key("Enter", _("Read them: badge and PIN"), pgettext("case", "Badge and PIN"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Count again when coming here or back."""
        await super().on_screen_resume()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Count the open cards."""
        self._open, self._late = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> tuple[int, int]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return open_count(book), late_count(desk, book)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#cases-told", Static).update(lines(*self._told()))

    def _told(self) -> Iterator[Content]:
        n, late = self._open, self._late
        waiting = ngettext(
            "{n} case card is open for the office.", "{n} case cards are open for the office.", n
        )
        yield plain(_("Case cards of attendance"), f"bold {palette.TEXT}")
        yield plain("")
        colour = palette.AMBER if n else palette.GOOD
        yield plain(waiting.format(n=n) if n else _("No case card is open."), colour)
        if late:
            days = self.kiosk.desk.rules.case_late_days
            told = _("Open for more than {days} days: {n}. The principal leader reads them.")
            yield plain(told.format(days=days, n=late), palette.RED)
        yield plain("")
        yield plain(_("Names and days are shown to the office and to leaders only."), palette.MUTED)

    def action_prove(self) -> None:
        """Ask for badge and PIN."""
        self.app.push_screen(ProveReader(), self._proved)

    def _proved(self, proof: Proof | None) -> None:
        if proof is not None:
            from kiosk.attendance.counters.screens_cards import CardList  # noqa: PLC0415 - at its first use

            self.app.push_screen(CardList(proof.person))
