"""An instruction or notice is written down: who gives it, what, until when; then read back."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.open_kinds import kind_word
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.typed_form import TypedForm
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


class NewInstruction(TypedForm):
    """The form. It asks first who gives it; without anybody it closes again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    #instruct-title { height: 2; }
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
            yield Static(self._title(), markup=False, id="instruct-title")
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

    def _title(self) -> Content:
        giver = self._giver
        word = plain(kind_word(self._sort.value), f"bold {palette.TEXT}")
        return word if giver is None else row(word, plain(giver.name, palette.INFO))

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", _("Next field, then read back"), pgettext("handover", "Next"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Ask who gives it."""
        super().on_mount()
        self.query_one("#words", LabelledInput).focus()
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
        self.query_one("#instruct-title", Static).update(self._title())

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#instruct-title", Static).update(self._title())

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = list(self.query(LabelledInput))
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field comes the reading back."""
        event.stop()
        words, until = self.query_one("#words", LabelledInput), self.query_one("#until")
        if event.input is words.input:
            until.focus()
        else:
            self._read_back()

    def _read_back(self) -> None:
        for field in self.query(LabelledInput):
            field.wrong()
        try:
            said = self._said()
        except Refused as refused:
            field = self.query_one(f"#{refused.facts['field']}", LabelledInput)
            field.wrong(partial(sentence, refused.code, refused.facts))
            field.focus()
            return
        if self._giver is not None:
            self.app.push_screen(ReadInstructionBack(self._giver, said), self._confirmed)

    def _said(self) -> Said:
        desk = self.kiosk.desk
        words = {one.id: one.text for one in self.query(LabelledInput)}
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
