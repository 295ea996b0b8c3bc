"""Entrusted matters on the screen: written down, read back, closed with told or handed to whom."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from shift_handover import matters
from shift_handover.matters import MatterShown
from shift_handover.models import Ending, GiverKind
from shift_handover.rules import matter_urgency
from shift_handover.screens_entrust import EntrustScreen
from shift_handover.screens_rows import WIDE
from shift_handover.wording import giver_word
from shift_handover.wording_parts import when


class MattersScreen(KioskScreen):
    """Every open matter; N writes a new one, Enter closes the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "new", show=False),
    ]
    DEFAULT_CSS = "#matters-title { height: 1; margin: 0 0 1 0; } #matters { margin: 0 0 1 0; }"

    def body(self) -> ComposeResult:
        """Lay title and list."""
        yield Static("", markup=False, id="matters-title")
        yield RowList(spaced=True, id="matters")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this screen."""
        yield Key("N", _("New matter"))
        yield Key("Enter", _("Done: told or handed over"), pgettext("handover", "Done"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#matters", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read the open matters."""
        found = await self.aside(self._read)
        if not self.alive:
            return
        title = ngettext("{n} entrusted matter open", "{n} entrusted matters open", len(found))
        words = plain(title.format(n=len(found)), f"bold {palette.TEXT}")
        self.query_one("#matters-title", Static).update(words)
        shown = self.query_one("#matters", RowList)
        shown.empty = _("Nothing is entrusted. N writes a new matter down.")
        shown.show([self._row(one) for one in found], _columns(self.size.width))

    def _read(self) -> list[MatterShown]:
        with self.kiosk.desk.read() as book:
            return matters.open_matters(book, self.kiosk.desk.gate)

    def _row(self, one: MatterShown) -> ListRow:
        desk = self.kiosk.desk
        urgency = matter_urgency(one.due, desk.clock(), desk.rules)
        colour = palette.URGENCY_COLOUR[urgency]
        cells = (
            one.number, palette.URGENCY_SIGN[urgency] + one.what, one.receiver,
            when(one.due, desk), one.giver, one.left_here,
        )  # fmt: skip
        return ListRow(cells, one, colour, colour, faint=(4, 5))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Close the matter."""
        self.app.push_screen(CloseMatter(message.row.key.id))

    def action_new(self) -> None:
        """Ask whom it is from, then open the form."""
        choices = [(kind.value, partial(giver_word, kind)) for kind in GiverKind]
        self.app.push_screen(Choose(lambda: _("Who asks the gatehouse?"), choices), self._form)

    def _form(self, kind: str | None) -> None:
        if kind is not None:
            self.app.push_screen(EntrustScreen(GiverKind(kind)))


def _columns(width: int) -> tuple[Column, ...]:
    """Return the columns; a narrow screen leaves who asked and what was left to the dialog."""
    wide = width >= WIDE
    return (
        Column(_("No."), 5),
        Column(_("What"), share=3),
        Column(pgettext("handover", "For"), 12),
        Column(pgettext("handover", "By"), 11, right=True),
        *(
            (Column(pgettext("handover", "From"), 12), Column(_("Left here"), share=1))
            if wide
            else ()
        ),
    )


class CloseMatter(Choose):
    """A matter is done: somebody was told, or it was handed to somebody."""

    def __init__(self, matter_id: str) -> None:
        super().__init__(lambda: _("Entrusted matter"), [
            (Ending.TOLD.value, lambda: pgettext("handover", "Told")),
            (Ending.HANDED.value, lambda: _("Handed over")),
            ("", lambda: _("Not yet")),
        ])  # fmt: skip
        self._matter_id = matter_id
        self._receiver = ""

    async def on_screen_resume(self) -> None:
        """Show which matter it is."""
        shown = await self.aside(self._read)
        self._receiver = shown.receiver
        self.entitle(lambda: f"{shown.number}  {shown.what}")
        self.help(partial(_who_asked, shown))

    def _read(self) -> MatterShown:
        with self.kiosk.desk.read() as book:
            return matters.matter_by_id(book, self._matter_id)

    async def answered(self, key: str) -> None:
        """Ask who it was."""
        if not key:
            self.dismiss(None)
            return

        async def to_whom(receiver: Person | str | None) -> None:
            if receiver is not None:
                await self._close(Ending(key), receiver)

        self.app.push_screen(AskReceiver(self._receiver), to_whom)

    async def _close(self, ending: Ending, to: Person | str) -> None:
        kiosk = self.kiosk
        name, person = (to, None) if isinstance(to, str) else (to.name, to)
        async with self.answering():
            await self.act(
                matters.close, kiosk.desk, kiosk.by, self._matter_id, ending, name, person
            )
            self.dismiss(ending.value)
            kiosk.answer(Verdict(Tone.GOOD, pgettext("handover", "Done."), name=name))


def _who_asked(matter: MatterShown) -> str:
    words = _("{giver} asked, for {receiver}.")
    asked = words.format(giver=matter.giver, receiver=matter.receiver)
    if matter.left_here:
        left = _("Left here: {thing}.").format(thing=matter.left_here)
        asked = _("{asked} {left}").format(asked=asked, left=left)
    return asked


class AskReceiver(Dialog[Person | str | None]):
    """Who was told or got it: the receiver's own badge is best, a name will do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            lambda: _("Who was it?"), lambda: _("Tap the receiver's badge; without one, Enter.")
        )
        self._usual = name

    def parts(self) -> ComposeResult:
        """Yield the name."""
        yield LabelledInput(
            lambda: pgettext("handover", "To whom"), id="text", value=self._usual, limit=80
        )

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Any active badge can be the receiver's."""
        return isinstance(bearer, StaffCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Take the receiver's own tap."""
        if isinstance(bearer, StaffCard):
            self.dismiss(bearer.person)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name as typed; an empty one is not an answer."""
        event.stop()
        text = self.query_one("#text", LabelledInput).text
        if text:
            self.dismiss(text)
        else:
            self.wrong(lambda: _("Please type something first."))
