"""A pass is asked for: its lines one after the other, what for, who carries it, back when."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.passes import asking, rules
from kiosk.passes.rules import Asking, Item
from kiosk.passes.screens_sign import approve_signed
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain

_LINE = ("what", "serial", "count")
"""The fields of one line; Enter in the last one puts it on the pass and asks for the next."""


class NewPass(TypedForm):
    """The form. Enter in an empty first field goes on to the rest; Delete there takes one back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("delete", "take_back", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    #pass-title { height: 1; margin: 0 0 1 0; }
    #pass-form {
        width: 76; max-width: 100%; height: auto; padding: 0 3; background: $panel-ground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] = []

    def body(self) -> ComposeResult:
        """Lay what is on the pass, the fields of the next line, and those of the whole."""
        with Vertical(id="pass-form"):
            yield Static("", markup=False, id="pass-title")
            lines = RowList(
                Column("", 2), Column("", share=3), Column("", share=2),
                Column("", 6, right=True), header=False, id="pass-lines",
            )  # fmt: skip
            lines.can_focus, lines.show_cursor_always = False, True
            yield lines
            yield LabelledInput(
                lambda: pgettext("pass", "What"), id="what", limit=rules.LONGEST_WHAT,
                hint=lambda: _("the next thing; empty: that is all"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("pass", "Serial no."), id="serial", limit=rules.LONGEST_SERIAL,
                hint=lambda: pgettext("pass", "empty for none"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("pass", "Pieces"), id="count", limit=6,
                hint=lambda: pgettext("pass", "empty: 1"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("pass", "What for"), id="purpose", limit=rules.LONGEST_PURPOSE,
                hint=lambda: _("repair, lent to a school, sold"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("pass", "Back on"), id="back", limit=10,
                hint=lambda: _("11-30 or +7; empty: does not come back"),
            )  # fmt: skip
            yield LabelledInput(
                lambda: pgettext("pass", "Carried by"), id="carrier", limit=rules.LONGEST_CARRIER,
                hint=lambda: _("visitor or firm; empty: one of the house"),
            )  # fmt: skip

    def is_typed(self) -> bool:
        """Say whether anything would be lost: a line that stands on the pass too."""
        return bool(self._items) or super().is_typed()

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", _("Next field"), pgettext("handover", "Next"))
        yield Key("Del", _("Take the last line back"), pgettext("pass", "Line back"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start with the first thing."""
        super().on_mount()
        self._draw()
        self._field("what").focus()

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        title = _("What goes out?")
        self.query_one("#pass-title", Static).update(plain(title, f"bold {palette.TEXT}"))
        shown = self.query_one("#pass-lines", RowList)
        shown.empty = _("Nothing is on the pass yet.")
        shown.show(
            [
                ListRow((str(i), one.what, one.serial, str(one.quantity)), key=i, faint=(0, 2))
                for i, one in enumerate(self._items, 1)
            ]
        )
        shown.action_move(len(self._items))

    def _field(self, name: str) -> LabelledInput:
        return self.query_one(f"#{name}", LabelledInput)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Delete delete in a field with words; it takes a line back in an empty first one."""
        del parameters
        if action != "take_back":
            return True
        what = self._field("what").input
        return bool(self._items) and what.has_focus and not what.value

    def action_take_back(self) -> None:
        """Put the last line back into the fields, to be corrected or left out."""
        last = self._items.pop()
        for name, text in zip(_LINE, (last.what, last.serial, str(last.quantity)), strict=True):
            self._field(name).input.value = text
        self._draw()

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = list(self.query(LabelledInput))
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on: a line is put on the pass; after the last field it is asked who asks."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(one for one in fields if one.input is event.input)
        here.wrong()
        try:
            if here.id == "count":
                self._put_line()
            elif here.id == "what" and not here.text and self._items:
                self._field("purpose").focus()
            elif here is fields[-1]:
                self._ask_who(self._typed())
            else:
                fields[fields.index(here) + 1].focus()
        except Refused as refused:
            self._refused(refused)

    def _put_line(self) -> None:
        kiosk_rules = self.kiosk.desk.rules
        if len(self._items) >= kiosk_rules.pass_most_lines:
            raise Refused("pass.too_many_lines", field="what", most=kiosk_rules.pass_most_lines)
        words = {name: self._field(name).text for name in _LINE}
        count = rules.typed_count(words["count"], kiosk_rules)
        item = rules.checked_item(Item(words["what"], count, words["serial"]), kiosk_rules)
        self._items.append(item)
        for name in _LINE:
            self._field(name).input.value = ""
            self._field(name).wrong()
        self._draw()
        self._field("what").focus()

    def _typed(self) -> Asking:
        if self._field("what").text:  # a line that is typed and not put yet is not lost
            self._put_line()
        desk = self.kiosk.desk
        words = {one.id: one.text for one in self.query(LabelledInput)}
        back_on = rules.typed_day(words["back"], desk.today())
        said = Asking(tuple(self._items), words["purpose"], words["carrier"], back_on)
        return rules.checked(said, desk.today(), desk.rules)

    def _refused(self, refused: Refused) -> None:
        field = self._field(str(refused.facts["field"]))
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()

    def _ask_who(self, said: Asking) -> None:
        for field in self.query(LabelledInput):
            field.wrong()
        asked = AskPerson(
            lambda: _("Who asks for the pass?"),
            lambda: _("Tap the badge, or type number, name or pinyin."),
        )
        self.app.push_screen(asked, partial(self._asker_known, said))

    async def _asker_known(self, said: Asking, asker: Person | None) -> None:
        if asker is None:
            return
        if said.carrier:
            await self._ask(said, asker, None)
            return
        asked = AskPerson(
            lambda: _("Who carries it?"),
            lambda: _("Tap the badge, or type number, name or pinyin."),
        )
        self.app.push_screen(asked, partial(self._carrier_known, said, asker))

    async def _carrier_known(self, said: Asking, asker: Person, carrier: Person | None) -> None:
        if carrier is not None:
            await self._ask(said, asker, carrier)

    async def _ask(self, said: Asking, asker: Person, carrier: Person | None) -> None:
        kiosk = self.kiosk
        async with self.answering():
            inside = carrier.staff_no if carrier else ""
            pass_id = await self.act(asking.ask, kiosk.desk, kiosk.by, asker.staff_no, said, inside)
            app = self.app
            self.dismiss()
            app.push_screen(approve_signed(kiosk, pass_id))
            told = _("The pass is written down. Without a manager here: Esc, it waits.")
            kiosk.answer(Verdict(Tone.INFO, told, name=asker.name))
