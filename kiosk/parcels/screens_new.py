"""A parcel comes: scan its label, say where it lies and for whom; the next one is asked at once."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.parcels import rules, service
from kiosk.parcels.rules import Arrived
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain

_ONCE = ("tracking", "kind", "count")
"""The fields of one parcel; from whom and where it lies stay for the courier's next one."""


class NewParcel(TypedForm):
    """The form. A scan fills the carrier's number, and goes on where something is missing yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    #parcel-title { height: 2; }
    #parcel { width: 76; max-width: 100%; height: auto; padding: 1 3; background: $panel-ground; }
    #parcel .field { margin: 0 0 1 0; }
    """

    def body(self) -> ComposeResult:
        """Lay the five fields."""
        with Vertical(id="parcel"):
            yield Static(self._title(), markup=False, id="parcel-title")
            yield LabelledInput(
                lambda: pgettext("parcel", "Carrier no."), id="tracking",
                hint=lambda: _("scan the label; empty for none"), limit=rules.LONGEST_TRACKING,
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("parcel", "From"), id="sender",
                hint=lambda: _("carrier, or who brings it"), limit=rules.LONGEST_SENDER,
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("parcel", "Shelf"), id="shelf",
                hint=lambda: _("where it lies"), limit=rules.LONGEST_SHELF,
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("parcel", "Kind"), id="kind", limit=2,
                hint=lambda: _("1 parcel  2 registered letter  3 document; empty: 1"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("parcel", "Pieces"), id="count", limit=3,
                hint=lambda: _("empty: 1"),
            )  # fmt: skip

    def _title(self) -> Content:
        return plain(_("What came?"), f"bold {palette.TEXT}")

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#parcel-title", Static).update(self._title())

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", _("Next field, then for whom"), pgettext("handover", "Next"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start where the scan goes."""
        super().on_mount()
        self._field("tracking").focus()

    def _field(self, name: str) -> LabelledInput:
        return self.query_one(f"#{name}", LabelledInput)

    async def take_code(self, text: str) -> bool:
        """Take the label's code; when all else is known, ask for whom at once."""
        if not rules.is_carriers_number(text):
            return False
        self._field("tracking").input.value = rules.same_number(text)
        empty = next((n for n in ("sender", "shelf") if not self._field(n).text), None)
        if empty is None:
            await self._for_whom()
        else:
            self._field(empty).focus()
        return True

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = list(self.query(LabelledInput))
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field it is asked for whom."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
        else:
            await self._for_whom()

    async def _for_whom(self) -> None:
        for field in self.query(LabelledInput):
            field.wrong()
        try:
            what = self._typed()
            await self.aside(self._check_not_here, what.tracking)
        except Refused as refused:
            self._refused(refused)
            return
        asked = AskPerson(
            lambda: _("For whom is it?"), lambda: _("Type number, name or pinyin."), badges=False
        )
        self.app.push_screen(asked, partial(self._chosen, what))

    def _check_not_here(self, tracking: str) -> None:
        with self.kiosk.desk.read() as book:
            service.check_not_here(book, tracking)

    def _typed(self) -> Arrived:
        words = {one.id: one.text for one in self.query(LabelledInput)}
        return rules.checked(
            Arrived(
                words["sender"], words["shelf"], words["tracking"],
                rules.typed_kind(words["kind"]), rules.typed_count(words["count"]),
            )
        )  # fmt: skip

    def _refused(self, refused: Refused) -> None:
        field = self._field(str(refused.facts["field"]))
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()

    async def _chosen(self, what: Arrived, person: Person | None) -> None:
        if person is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            number = await self.act(service.arrive, kiosk.desk, kiosk.by, person.staff_no, what)
            self._next_one()
            told = _("{number}: write it on the parcel").format(number=number)
            kiosk.answer(Verdict(Tone.GOOD, told, name=person.name, place=what.shelf))

    def _next_one(self) -> None:
        for name in _ONCE:
            self._field(name).input.value = ""
        self._field("tracking").focus()
