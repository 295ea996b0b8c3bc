"""Instructions and notices in force: what each is, and what the guard has not read yet."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.open_kinds import kind_word
from kiosk.desk.people import Person
from kiosk.desk.posts import on_duty
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row
from shift_handover.instructions import service
from shift_handover.instructions.models import Sort
from shift_handover.instructions.outstanding import until_words
from shift_handover.instructions.rules import urgency
from shift_handover.instructions.service import InstructionShown
from shift_handover.screens_instruct import NewInstruction
from shift_handover.screens_known import ReadInstruction
from shift_handover.screens_rows import WIDE


class InstructionsScreen(KioskScreen):
    """Everything in force; N writes a new one down, Enter reads the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "new", show=False),
    ]
    DEFAULT_CSS = """
    #instructions-title { height: 1; margin: 0 0 1 0; }
    #instructions { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._on_duty: Person | None = None

    def body(self) -> ComposeResult:
        """Lay title and list."""
        yield Static("", markup=False, id="instructions-title")
        yield RowList(spaced=True, id="instructions")

    def keys(self) -> Iterator[Key]:
        """Show the keys of this screen."""
        yield Key("N", _("Instruction or notice"), pgettext("instruction", "New"))
        yield Key("Enter", _("Read, then tap"), pgettext("instruction", "Read"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list."""
        super().on_mount()
        self.query_one("#instructions", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look at first, and again when coming back."""
        await self.refresh_book()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)

    async def read_book(self) -> None:
        """Read what is in force."""
        found = await self.aside(self._read)
        if not self.alive:
            return
        told = ngettext("{n} in force", "{n} in force", len(found)).format(n=len(found))
        title = plain(_("Instructions and notices"), f"bold {palette.TEXT}")
        self.query_one("#instructions-title", Static).update(
            row(title, plain(told, palette.MUTED), self._to_read(found))
        )
        shown = self.query_one("#instructions", RowList)
        shown.empty = _("Nothing is in force. N writes something down.")
        shown.show([self._row(one) for one in found], _columns(self.size.width))

    def _read(self) -> list[InstructionShown]:
        with self.kiosk.desk.read() as book:
            held = on_duty(book, self.kiosk.desk.gate)
            self._on_duty = held[1] if held is not None else None
            return service.in_force(self.kiosk.desk, book)

    def _to_read(self, found: list[InstructionShown]) -> Content:
        person = self._on_duty
        if person is None:
            return plain("")
        n = sum(one.sort is Sort.INSTRUCTION and not one.is_known_to(person.id) for one in found)
        if not n:
            return plain("")
        told = ngettext("{name} has {n} to read", "{name} has {n} to read", n)
        return plain(told.format(name=person.name, n=n), palette.AMBER)

    def _row(self, one: InstructionShown) -> ListRow:
        known = {person.id for person in one.known_to}
        now = urgency(one.sort, self._on_duty.id if self._on_duty else "", known)
        colour = palette.URGENCY_COLOUR[now]
        names = " ".join(person.name for person in one.known_to)
        cells = (
            one.number, palette.URGENCY_SIGN[now], kind_word(one.sort.value), one.words,
            until_words(self.kiosk.desk, one.valid_until), one.giver.name, names,
        )  # fmt: skip
        return ListRow(cells, one.id, colour, colour, faint=(2, 5, 6))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Read it."""
        self.app.push_screen(ReadInstruction(message.row.key))

    def action_new(self) -> None:
        """Ask what it is, then open the form."""
        choices = [(sort.value, partial(kind_word, sort.value)) for sort in Sort]
        self.app.push_screen(Choose(lambda: _("What is to be written down?"), choices), self._form)

    def _form(self, sort: str | None) -> None:
        if sort is not None:
            self.app.push_screen(NewInstruction(Sort(sort)))


def _columns(width: int) -> tuple[Column, ...]:
    """Return the columns; a narrow screen leaves who gave it and who knows it to the dialog."""
    wide = width >= WIDE
    return (
        Column(_("No."), 5),
        Column("", 2),
        Column(pgettext("handover", "Kind"), 12),
        Column(pgettext("instruction", "Words"), share=3),
        Column(pgettext("instruction", "Valid until"), 11, right=True),
        *(
            (
                Column(pgettext("instruction", "From"), 10),
                Column(pgettext("instruction", "Known to"), share=1, least=10),
            )
            if wide
            else ()
        ),
    )
