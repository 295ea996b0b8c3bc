"""Writing an entrusted matter down: the form, and reading it back to the giver."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import fitted, lines, plain, row
from shift_handover import matters
from shift_handover.matters import Entrusting
from shift_handover.models import GiverKind
from shift_handover.rules import due_at
from shift_handover.wording import giver_word
from shift_handover.wording_parts import when

_LABEL = 12


class EntrustScreen(KioskScreen):
    """The form; a badge tapped here fills the name of the giver or the receiver."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    #entrust-title { height: 2; }
    #entrust { width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #entrust .field { margin: 0 0 1 0; }
    """

    def __init__(self, kind: GiverKind) -> None:
        super().__init__()
        self._kind = kind

    def body(self) -> ComposeResult:
        """Lay the five fields."""
        with Vertical(id="entrust"):
            yield Static(self._title(), markup=False, id="entrust-title")
            yield LabelledInput(lambda: pgettext("handover", "From"), id="giver", limit=80)
            yield LabelledInput(lambda: pgettext("handover", "For"), id="receiver", limit=80)
            yield LabelledInput(lambda: _("What"), id="what", limit=80)
            yield LabelledInput(
                lambda: _("Left here"),
                id="left_here",
                hint=lambda: _("a bag, a paper, a key; empty for nothing"),
                limit=80,
            )
            yield LabelledInput(
                lambda: _("By when"),
                id="due",
                hint=lambda: _("an hour such as 16:30; empty for no time"),
                limit=8,
            )

    def _title(self) -> Content:
        return plain(giver_word(self._kind), f"bold {palette.TEXT}")

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#entrust-title", Static).update(self._title())

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", _("Next field, then read back"), pgettext("handover", "Next"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start with the giver."""
        super().on_mount()
        self.query_one("#giver", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Take a badge while a name that can be an insider's is still empty."""
        return isinstance(bearer, StaffCard) and self._nameless() is not None

    def _nameless(self) -> LabelledInput | None:
        names = ("giver", "receiver") if self._kind is GiverKind.INSIDER else ("receiver",)
        fields = [self.query_one(f"#{name}", LabelledInput) for name in names]
        return next((one for one in fields if not one.text), None)

    async def take_card(self, bearer: Bearer) -> None:
        """Fill the first empty name with the bearer's."""
        field = self._nameless()
        if field is not None and isinstance(bearer, StaffCard):
            field.input.value = bearer.person.name
            following = "receiver" if field.id == "giver" else "what"
            self.query_one(f"#{following}", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field comes the reading back."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
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
        self.app.push_screen(ReadBack(said), self._confirmed)

    def _said(self) -> Entrusting:
        desk = self.kiosk.desk
        words = {one.id: one.text for one in self.query(LabelledInput)}
        due = due_at(words["due"], desk.local(desk.clock()))
        said = Entrusting(
            self._kind, words["giver"], words["receiver"], words["what"], words["left_here"], due
        )
        return matters.checked(said, desk.clock())

    async def _confirmed(self, said: Entrusting | None) -> None:
        if said is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(matters.entrust, kiosk.desk, kiosk.by, said)
            noted = _("{number} is written down.").format(number=number)
            self.dismiss()
            kiosk.answer(Verdict(Tone.GOOD, noted))


class ReadBack(Dialog[Entrusting | None]):
    """Everything once more, to be read to the giver; Enter keeps it, Esc goes back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, said: Entrusting) -> None:
        super().__init__(
            lambda: _("Please read it back"),
            lambda: _("Right: Enter writes it down. Wrong: Esc goes back."),
        )
        self._said = said

    def parts(self) -> ComposeResult:
        """Yield what was said, line by line."""
        yield Static(self._words(), markup=False, id="read-back")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#read-back", Static).update(self._words())

    def _words(self) -> Content:
        said, desk = self._said, self.kiosk.desk
        asked = _("{giver} asks:").format(giver=said.giver)
        facts = [
            (pgettext("handover", "For"), said.receiver),
            (_("Left here"), said.left_here),
            (_("By when"), when(said.due, desk)),
        ]
        return lines(
            plain(asked, palette.MUTED),
            plain(said.what, f"bold {palette.TEXT}"),
            plain(""),
            *[
                row(Content.styled(fitted(k, _LABEL), palette.MUTED), plain(v, palette.TEXT))
                for k, v in facts
                if v
            ],
        )

    def action_keep(self) -> None:
        """Keep it: the giver agreed."""
        self.dismiss(self._said)
