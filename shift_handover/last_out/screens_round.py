"""The guard's round over a signed list, and what becomes of a dispute or of a missing list."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed
from textual.widgets import Input, Static

from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.last_out import service
from shift_handover.last_out.models import Verdict as Found
from shift_handover.last_out.rules import WORDS, item_word
from shift_handover.last_out.service import LineShown, ListShown
from shift_handover.wording_parts import labelled, when

_SIGN = {Found.OPEN: "", Found.CONFIRMED: "✓", Found.DISPUTED: "!"}
_COLOUR = {
    Found.OPEN: palette.TEXT,
    Found.CONFIRMED: palette.GOOD,
    Found.DISPUTED: palette.AMBER,
}


class RoundScreen(KioskScreen):
    """Each line as it was signed; one digit says what the guard found. Saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = "#look-head { height: auto; margin: 0 0 1 0; } #look { margin: 0 0 1 0; }"

    def __init__(self, list_id: str) -> None:
        super().__init__()
        self._list_id = list_id
        self._shown: ListShown | None = None

    def body(self) -> ComposeResult:
        """Lay the head over the lines."""
        yield Static("", markup=False, id="look-head")
        yield RowList(
            Column("", 1), Column("", share=3), Column("", share=4), header=False, id="look"
        )

    def keys(self) -> Iterator[Key]:
        """Show the two answers."""
        yield Key("1", _("As signed"))
        yield Key("2", _("Not as signed: what I found"), _("Not as signed"))
        yield Key("Esc", _("Back, go on later"), _("Back"))

    def on_mount(self) -> None:
        """Start in the lines."""
        super().on_mount()
        self.query_one("#look", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await super().on_screen_resume()
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read the list."""
        self._shown = await self.aside(self._read)
        self._draw()

    def _read(self) -> ListShown:
        with self.kiosk.desk.read() as book:
            return service.list_by_id(book, self._list_id)

    def _draw(self) -> None:
        made = self._shown
        if made is None or not self.alive:
            return
        names = pgettext("list", ", ").join(one.name for one in made.people)
        head = row(
            plain(made.number, f"bold {palette.INFO}"),
            plain(_("signed by {names}").format(names=names), f"bold {palette.TEXT}"),
            plain(when(made.at, self.kiosk.desk), palette.TEXT),
        )
        told = plain(_("Go to each place. Is it as it was signed?"), palette.MUTED)
        self.query_one("#look-head", Static).update(lines(head, told))
        self.query_one("#look", RowList).show([_row(line) for line in made.lines])

    async def on_key(self, event: KeyPressed) -> None:
        """Take a digit as what was found of the line under the cursor."""
        made = self._shown
        if made is None or event.character not in {"1", "2"}:
            return
        event.stop()
        line = made.lines[self.query_one("#look", RowList).cursor]
        if event.character == "1":
            await self._save(line)
            return

        async def found(text: str | None) -> None:
            if text is not None:
                await self._save(line, text)

        question = AskText(partial(item_word, line.item), lambda: _("What you found"), limit=WORDS)
        self.app.push_screen(question, found)

    async def _save(self, line: LineShown, found: str | None = None) -> None:
        kiosk = self.kiosk
        async with self.answering():
            self._shown = await self.act(service.check_line, kiosk.desk, kiosk.by, line.id, found)
            self._draw()
            self.query_one("#look", RowList).action_move(1)
            if not self._shown.unchecked:
                self.dismiss()
                told = _("{number} is looked over.").format(number=self._shown.number)
                kiosk.answer(Verdict(Tone.GOOD, told))


def _row(line: LineShown) -> ListRow:
    said = (
        pgettext("last out", "Done")
        if line.done
        else labelled(pgettext("last out", "Not done"), line.reason)
    )
    found = labelled(pgettext("last out", "Found"), line.found) if line.found else said
    colour = _COLOUR[line.verdict]
    if line.verdict is Found.OPEN and not line.done:
        colour = palette.AMBER
    return ListRow((_SIGN[line.verdict], item_word(line.item), found), line.id, colour)


class Settles(AskText):
    """Asks what was done, writes it down, and stays with its words when that is refused."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            lambda: _("What was done about it?"), lambda: _("What was done"), limit=WORDS
        )
        self._ref = ref

    async def on_input_submitted(self, event: Input.Submitted) -> None:  # type: ignore[override] # Textual awaits either kind
        """Settle it."""
        event.stop()
        event.prevent_default()  # Textual calls the base class's handler as well
        words = self.query_one("#text", LabelledInput).text
        async with self.answering():
            number = await self._settle(words)
            self.dismiss(words)
            told = _("{number} is settled.").format(number=number)
            self.kiosk.answer(Verdict(Tone.GOOD, told))

    async def _settle(self, words: str) -> str:
        raise NotImplementedError


class SettleDispute(Settles):
    """A line that was not as signed: what was done, and what who signed it says."""

    async def on_screen_resume(self) -> None:
        """Show which line it is and what was found."""
        await super().on_screen_resume()
        line = await self.aside(self._read)
        self.entitle(lambda: f"{line.number}  {item_word(line.item)}")
        self.help(lambda: labelled(pgettext("last out", "Found"), line.found))

    def _read(self) -> LineShown:
        with self.kiosk.desk.read() as book:
            return service.dispute_by_id(book, self._ref)

    async def _settle(self, words: str) -> str:
        kiosk = self.kiosk
        return await self.act(service.settle_line, kiosk.desk, kiosk.by, self._ref, words)


class SettleMissing(Settles):
    """Nobody signed the list: the guard went round, and says what was found and done."""

    async def _settle(self, words: str) -> str:
        kiosk = self.kiosk
        return await self.act(service.settle_missing, kiosk.desk, kiosk.by, self._ref, words)
