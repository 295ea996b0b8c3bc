"""What is said before leaving the post: where to, what for, how long; then the companion taps."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk import posts
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from shift_handover.away import rules, service
from shift_handover.away.models import Cover, Kind
from shift_handover.away.rules import LONGEST_WORDS, Asked, Keeping
from shift_handover.away.screens_cover import WhoKeeps
from shift_handover.away.wording import kind_word


class AwayForm(TypedForm):
    """The fields that this kind of absence asks for; an emergency asks only for its reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    #away-title { height: 2; }
    #away-form { width: 76; max-width: 100%; height: auto; padding: 1 3;
        background: $panel-ground; }
    #away-form .field { margin: 0 0 1 0; }
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def body(self) -> ComposeResult:
        """Lay the fields."""
        with Vertical(id="away-form"):
            yield Static(self._title(), markup=False, id="away-title")
            if self._kind is Kind.AWAY:
                yield LabelledInput(
                    lambda: pgettext("away", "Where to"), id="place", limit=LONGEST_WORDS,
                    hint=lambda: _("such as the meter room, building 2"),
                )  # fmt: skip
            if self._kind is not Kind.REST:
                yield LabelledInput(
                    lambda: pgettext("away", "What for"), id="why", limit=LONGEST_WORDS
                )
            if self._kind is not Kind.EMERGENCY:
                yield LabelledInput(
                    lambda: pgettext("away", "Minutes"), id="minutes", limit=3,
                    hint=lambda: _("how long, in minutes"),
                )  # fmt: skip

    def _title(self) -> Content:
        return plain(kind_word(self._kind), f"bold {palette.TEXT}")

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#away-title", Static).update(self._title())

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        if self._kind is Kind.EMERGENCY:
            yield Key("Enter", _("Go at once"))
        else:
            yield Key("Enter", _("Next field, then the companion"), pgettext("handover", "Next"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the first field."""
        super().on_mount()
        self.query(LabelledInput).first().focus()

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = list(self.query(LabelledInput))
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field the companion taps, or the emergency begins."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
        else:
            await self._go_on()

    async def _go_on(self) -> None:
        for field in self.query(LabelledInput):
            field.wrong()
        try:
            asked = self._asked()
            absent = await self.aside(self._who_goes)
        except Refused as refused:
            self._refused(refused)
            return
        if asked.kind is Kind.EMERGENCY:
            await self._start(absent, asked, Keeping(Cover.NOBODY))
        else:
            self.app.push_screen(WhoKeeps(asked, absent), partial(self._start, absent, asked))

    def _asked(self) -> Asked:
        words = {one.id: one.text for one in self.query(LabelledInput)}
        asked = Asked(self._kind, 0, words.get("place", ""), words.get("why", ""))
        if self._kind is not Kind.EMERGENCY:
            # What comes first on the screen is said first: the minutes stand in the last field.
            rules.checked(Asked(asked.kind, 1, asked.place, asked.why), self.kiosk.desk.rules)
            minutes = rules.typed_minutes(words["minutes"])
            asked = Asked(asked.kind, minutes, asked.place, asked.why)
        return rules.checked(asked, self.kiosk.desk.rules)

    def _who_goes(self) -> Person:
        with self.kiosk.desk.read() as book:
            held = posts.on_duty(book, self.kiosk.desk.gate)
        if held is None:
            raise Refused("away.nobody_on_duty")
        return held[1]

    def _refused(self, refused: Refused) -> None:
        name = str(refused.facts.get("field", ""))
        found = [one for one in self.query(LabelledInput) if one.id == name]
        field = found[0] if found else self.query(LabelledInput).last()
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()

    async def _start(self, absent: Person, asked: Asked, keeping: Keeping | None) -> None:
        if keeping is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(service.start, kiosk.desk, kiosk.by, asked, keeping)
            self.dismiss()
            told = _("{number}: {n} min. Tap your badge when back.")
            words = told.format(number=number, n=asked.minutes)
            kiosk.answer(Verdict(Tone.GOOD, words, name=absent.name))
            # Who is away works at no desk: what is done meanwhile is done in another's name.
            if kiosk.operator is not None and kiosk.operator.id == absent.id:
                await kiosk.lock("away")
