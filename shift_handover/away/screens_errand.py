"""F3 9: a private errand is refused. The rule stands here large, to be turned to who asks."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.big_name import big_name
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain
from shift_handover.away import errands
from shift_handover.away.errands import ErrandShown
from shift_handover.away.rules import LONGEST_WORDS
from shift_handover.away.wording import RULE

_HIGH, _OTHER_ROWS = 9, 13
_SIDES = 8


class ErrandScreen(KioskScreen):
    """Opening it writes the refusal down; who asked and for what can be added, or left out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("enter", "describe", show=False),
        Binding("backspace", "take_back", show=False),
        Binding("l,L", "list", show=False),
    ]
    DEFAULT_CSS = """
    #errand-rule { height: 1fr; padding: 1 4; margin: 0 0 1 0; background: $panel-ground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._errand = self._number = ""

    def body(self) -> ComposeResult:
        """Lay the rule over the whole screen."""
        yield Static("", markup=False, id="errand-rule")

    def keys(self) -> Iterator[Key]:
        """Show what can be added, and how a slip of the finger is taken back."""
        yield Key("Enter", _("Who asked, for what"), pgettext("errand", "Who, what"))
        yield Key(
            pgettext("key", "Backspace"), _("Pressed by mistake"), pgettext("errand", "Mistake")
        )
        yield Key("L", _("Superior's list"), pgettext("errand", "List"))
        yield Key("Esc", pgettext("errand", "Done"))

    async def on_screen_resume(self) -> None:
        """Write it down once; coming back from a question writes nothing more."""
        await super().on_screen_resume()
        if not self._errand:
            async with self.answering():
                kiosk = self.kiosk
                self._errand, self._number = await self.act(errands.refuse, kiosk.desk, kiosk.by)
        self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def on_resize(self) -> None:
        """Draw the rule again for the new size."""
        self._draw()

    def _draw(self) -> None:
        if not self.alive:
            return
        width = max(20, self.size.width - _SIDES)
        large = _large(_("No private errands"), width, max(1, self.size.height - _OTHER_ROWS))
        bold = f"bold {palette.TEXT}"
        self.query_one("#errand-rule", Static).update(
            lines(
                *[Content.styled(line, palette.AMBER) for line in large],
                plain(""),
                paragraph(_(RULE), bold, width),
                plain(""),
                plain(_("House rules, part five, 4.2"), palette.MUTED),
                plain(self._noted(), palette.MUTED),
            )
        )

    def _noted(self) -> str:
        if not self._number:
            return ""
        told = _("{number} is written down for the superior; it stands on no open list.")
        return told.format(number=self._number)

    def action_describe(self) -> None:
        """Ask who asked and for what; both may stay empty."""
        if self._errand:
            self.app.push_screen(WhoAsked(), self._describe)

    async def _describe(self, said: tuple[str, str] | None) -> None:
        if said is None:
            return
        kiosk, (who, what) = self.kiosk, said
        async with self.answering():
            await self.act(errands.describe, kiosk.desk, kiosk.by, self._errand, who, what)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))

    async def action_take_back(self) -> None:
        """Void what a slip of the finger wrote down."""
        if not self._errand:
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(errands.take_back, kiosk.desk, kiosk.by, self._errand)
            self.dismiss()
            told = _("{number} is void.").format(number=self._number)
            kiosk.answer(Verdict(Tone.INFO, told))

    def action_list(self) -> None:
        """Show the list to a superior, who proves to be one."""

        async def proved(proof: Proof | None) -> None:
            if proof is None:
                return
            async with self.answering():
                found = await self.act(errands.see, self.kiosk.desk, proof.person)
                self.app.push_screen(ErrandList(found))

        title = AskProof(lambda: _("Superior's list"), may=errands.may_see)
        self.app.push_screen(title, proved)


def _large(words: str, width: int, room: int) -> list[str]:
    """Return the words as large as they can stand: on two lines where one has no room for them."""
    rows = big_name(words, width, min(_HIGH, room))
    first, _space, last = words.rpartition(" ")
    if len(rows) > 1 or not first:
        return rows
    high = min(_HIGH, (room - 1) // 2)
    return [*big_name(first, width, high), "", *big_name(last, width, high)]


class WhoAsked(Dialog[tuple[str, str] | None]):
    """Ask who asked and for what. Returns both, either may be empty; None for Esc."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Who asked, for what"), lambda: _("Both may stay empty."))

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(
            lambda: pgettext("errand", "Who asked"), id="asker", limit=LONGEST_WORDS
        )
        yield LabelledInput(
            lambda: pgettext("errand", "For what"), id="errand", limit=LONGEST_WORDS
        )

    def on_mount(self) -> None:
        """Start with who asked."""
        self.query_one("#asker", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on, then return both."""
        event.stop()
        asker = self.query_one("#asker", LabelledInput)
        errand = self.query_one("#errand", LabelledInput)
        if event.input is asker.input:
            errand.focus()
        else:
            self.dismiss((asker.text, errand.text))


class ErrandList(KioskScreen):
    """The errands no superior had seen; they are marked as seen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]

    def __init__(self, found: Sequence[ErrandShown]) -> None:
        super().__init__()
        self._found = found

    def body(self) -> ComposeResult:
        """Lay the list."""
        yield RowList(id="errands")

    def keys(self) -> Iterator[Key]:
        """Show the way back."""
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        self._draw()
        self.query_one("#errands", RowList).focus()

    async def read_book(self) -> None:
        """Close when the desk has locked: the superior who signed for the list is gone."""
        if self.kiosk.operator is None:
            self.dismiss()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        shown = self.query_one("#errands", RowList)
        shown.empty = _("Nothing new: every refused errand was seen.")
        columns = (
            Column(_("No."), 5), Column(pgettext("errand", "When"), 11),
            Column(pgettext("errand", "Guard"), 8),
            Column(pgettext("errand", "Who asked"), share=1),
            Column(pgettext("errand", "For what"), share=2),
        )  # fmt: skip
        local = self.kiosk.desk.local
        rows = [
            ListRow(
                (one.number, f"{local(one.at):%m-%d %H:%M}", one.guard, one.who, one.what), one.id
            )
            for one in self._found
        ]
        shown.show(rows, columns)
