"""An instruction or notice is written down: who gives it, what, until when; then read back."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.open_kinds import kind_word
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict, refusal
from kiosk.ui.words_on_screen import lines, paragraph, plain, row
from shift_handover.instructions import service
from shift_handover.instructions.models import Sort
from shift_handover.instructions.outstanding import until_words
from shift_handover.instructions.rules import (
    LONGEST_WORDS,
    Said,
    check_giver,
    checked,
    until_at,
)


class NewInstruction(FieldsForm):
    """The form. It asks first who gives it; without anybody it closes again."""

    DEFAULT_CSS = """
    #instruct { width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #instruct .field { margin: 0 0 1 0; }
    """

    def __init__(self, sort: Sort) -> None:
        super().__init__()
        self._sort = sort
        self._giver: Person | None = None

    def body(self) -> ComposeResult:
        """Lay the two fields."""
        with Vertical(id="instruct"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("instruction", "Words"), id="words", limit=LONGEST_WORDS
            )
            yield LabelledInput(
                lambda: pgettext("instruction", "Valid until"), id="until", limit=16,
                hint=self._until_hint,
            )  # fmt: skip

    def _until_hint(self) -> str:
        if self._sort is Sort.NOTICE:
            return _("18:30, 11-30 or +7 days; empty: until it is closed")
        return _("18:30, 11-30 or +7 days")

    def headline(self) -> Content:
        """Return the words over the fields."""
        giver = self._giver
        word = plain(kind_word(self._sort.value), f"bold {palette.TEXT}")
        return word if giver is None else row(word, plain(giver.name, palette.INFO))

    def onward(self) -> str:
        """Say what Enter leads to."""
        return _("Next field, then read back")

    def on_mount(self) -> None:
        """Ask who gives it."""
        super().on_mount()
        self._ask_giver()

    def _ask_giver(self) -> None:
        self.app.push_screen(AskPerson(lambda: _("Who gives it?")), self._chosen)

    def _chosen(self, person: Person | None) -> None:
        if person is None:
            self.dismiss()
            return
        try:
            check_giver(person, self._sort)
        except Refused as refused:
            self._ask_giver()
            self.kiosk.answer(refusal(refused))
            return
        self._giver = person
        self.retitle()

    async def finish(self) -> None:
        """Read it back to the giver."""
        said = self.checked(self._said)
        if said is not None and self._giver is not None:
            self.app.push_screen(ReadInstructionBack(self._giver, said), self._confirmed)

    def _said(self) -> Said:
        desk = self.kiosk.desk
        words = self.typed()
        until = until_at(words["until"], desk.local(desk.clock()))
        return checked(Said(self._sort, words["words"], until), desk.clock(), desk.rules)

    async def _confirmed(self, said: Said | None) -> None:
        giver, kiosk = self._giver, self.kiosk
        if said is None or giver is None:
            return
        async with self.answering():
            number = await self.act(service.give, kiosk.desk, kiosk.by, giver.staff_no, said)
            noted = _("{number} is written down.").format(number=number)
            self.dismiss()
            kiosk.answer(Verdict(Tone.GOOD, noted, name=giver.name))


class ReadInstructionBack(Dialog[Said | None]):
    """Everything once more, to be read to the giver; Enter keeps it, Esc goes back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, giver: Person, said: Said) -> None:
        super().__init__(
            lambda: _("Please read it back"),
            lambda: _("Right: Enter writes it down. Wrong: Esc goes back."),
        )
        self._giver, self._said = giver, said

    def parts(self) -> ComposeResult:
        """Yield what was said."""
        yield Static(self._words(), markup=False, id="read-back")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#read-back", Static).update(self._words())

    def _words(self) -> Content:
        until = until_words(self.kiosk.desk, self._said.until)
        ends = _("valid until {time}").format(time=until) if until else _("until it is closed")
        return lines(
            paragraph(self._said.words, f"bold {palette.TEXT}", ROOM),
            plain(""),
            row(plain(self._giver.name, palette.TEXT), plain(ends, palette.MUTED)),
        )

    def action_keep(self) -> None:
        """Keep it: the giver agreed."""
        self.dismiss(self._said)
