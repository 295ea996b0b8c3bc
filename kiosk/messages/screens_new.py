"""A message is taken: for whom, who calls, what is said; then it is read back to the caller."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.messages import service
from kiosk.messages.rules import LONGEST_CALLER, LONGEST_PHONE, LONGEST_WORDS, Said, checked
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.fields_form import FieldsForm
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, paragraph, plain, row

_LABEL = 12


class NewMessage(FieldsForm):
    """The form. It asks first for whom the message is; without anybody it closes again."""

    DEFAULT_CSS = """
    #message { width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #message .field { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._receiver: Person | None = None

    def body(self) -> ComposeResult:
        """Lay the three fields."""
        with Vertical(id="message"):
            yield self.title_line()
            yield LabelledInput(
                lambda: pgettext("message", "Caller"), id="caller", limit=LONGEST_CALLER,
                hint=lambda: _("name and unit, such as Wang of the water works"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("message", "Call back"), id="phone", limit=LONGEST_PHONE,
                hint=lambda: _("number to call back; empty for none"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("message", "Message"), id="words", limit=LONGEST_WORDS
            )

    def headline(self) -> Content:
        """Return the words over the fields."""
        person = self._receiver
        if person is None:
            return plain(pgettext("message", "Telephone message"), f"bold {palette.TEXT}")
        told = _("Message for {receiver}").format(receiver=person.name)
        return row(
            plain(told, f"bold {palette.TEXT}"),
            plain(person.staff_no, palette.MUTED),
            plain(_extension(person), palette.MUTED),
        )

    def onward(self) -> str:
        """Say what Enter leads to."""
        return _("Next field, then read back")

    def on_mount(self) -> None:
        """Ask for whom it is."""
        super().on_mount()
        asked = AskPerson(
            lambda: _("For whom is the message?"),
            lambda: _("Type number, name or pinyin."),
            badges=False,
        )
        self.app.push_screen(asked, self._chosen)

    def _chosen(self, person: Person | None) -> None:
        if person is None:
            self.dismiss()
            return
        self._receiver = person
        self.retitle()

    async def finish(self) -> None:
        """Read it back to the caller."""
        words = self.typed()
        said = self.checked(lambda: checked(Said(words["caller"], words["words"], words["phone"])))
        if said is not None and self._receiver is not None:
            self.app.push_screen(ReadMessageBack(self._receiver, said), self._confirmed)

    async def _confirmed(self, said: Said | None) -> None:
        person, kiosk = self._receiver, self.kiosk
        if said is None or person is None:
            return
        async with self.answering():
            number = await self.act(service.take, kiosk.desk, kiosk.by, person.staff_no, said)
            noted = _("{number} is written down.").format(number=number)
            self.dismiss()
            told = _("{name} is told at the next tap.").format(name=person.name)
            kiosk.answer(Verdict(Tone.GOOD, noted, name=person.name, notes=(told,)))


def _extension(person: Person) -> str:
    told = pgettext("message", "extension {extension}")
    return told.format(extension=person.extension) if person.extension else ""


class ReadMessageBack(Dialog[Said | None]):
    """Everything once more, to be read to the caller; U says that it is urgent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", show=False),
        Binding("u,U", "urgent", show=False),
    ]

    def __init__(self, receiver: Person, said: Said) -> None:
        super().__init__(
            lambda: _("Please read it back"),
            lambda: _("Right: Enter writes it down. Urgent: U. Wrong: Esc goes back."),
        )
        self._receiver, self._said = receiver, said

    def parts(self) -> ComposeResult:
        """Yield what was said, line by line."""
        yield Static(self._words(), markup=False, id="read-back")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        self.query_one("#read-back", Static).update(self._words())

    def _words(self) -> Content:
        said = self._said
        facts = [
            (pgettext("message", "For"), self._receiver.name),
            (pgettext("message", "Caller"), said.caller),
            (pgettext("message", "Call back"), said.phone),
        ]
        word = pgettext("message", "urgent")
        urgent = plain(f"! {word}", f"bold {palette.RED}")
        return lines(
            *[
                row(Content.styled(fitted(k, _LABEL), palette.MUTED), plain(v, palette.TEXT))
                for k, v in facts
                if v
            ],
            plain(""),
            paragraph(said.words, f"bold {palette.TEXT}", ROOM),
            urgent if said.urgent else plain(""),
        )

    def action_urgent(self) -> None:
        """Mark it urgent, or not so after all."""
        self._said = replace(self._said, urgent=not self._said.urgent)
        self._draw()

    def action_keep(self) -> None:
        """Keep it: the caller agreed."""
        self.dismiss(self._said)
