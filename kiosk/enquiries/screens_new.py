"""An enquiry is written down: who was asked first, who asks, about what, and whose duty it is.

Keystrokes: ``F2 Ctrl+T`` or ``F6 Q``; a tap of who was asked, or ``Enter`` for oneself; the fields
with ``Enter`` between; ``1`` or ``2`` ends the form and opens the enquiry.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.enquiries import service
from kiosk.enquiries.models import FirstMeans
from kiosk.enquiries.rules import Asked
from kiosk.enquiries.screens_enquiry import EnquiryScreen
from kiosk.enquiries.wording import duty_word
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.words_on_screen import plain, row

_ROOM_FOR_A_PASTE = 2000  # longer than any field: too much is refused with a word, never cut off
_DUTY = "duty"
_YES_NO = {"1": True, "2": False}


class WhoWasAsked(Dialog["tuple[Person, FirstMeans] | None"]):
    """Who was asked first: that person's badge, or Enter for who works at this desk."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "oneself", show=False)]

    def __init__(self) -> None:
        super().__init__(lambda: _("Who was asked first?"), self._how)

    def _how(self) -> str:
        who = self.kiosk.operator
        told = _("That person's badge, please. Enter: {name}, at this desk.")
        return told.format(name=who.name if who is not None else "")

    def accepts(self, bearer: Bearer) -> bool:
        """Take anybody's working badge; an unknown or blocked one gets its usual answer."""
        return isinstance(bearer, StaffCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Take who tapped as who was asked."""
        if isinstance(bearer, StaffCard):
            self.dismiss((bearer.person, FirstMeans.BADGE))

    def action_oneself(self) -> None:
        """Take who works at this desk."""
        who = self.kiosk.operator
        if who is not None:
            self.dismiss((who, FirstMeans.OPERATOR))


class NewEnquiry(TypedForm):
    """The form. It asks first who was asked; without anybody it closes again."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("f5", "done", show=False),
    ]
    DEFAULT_CSS = """
    #enquiry-title { height: 2; }
    #new-enquiry { width: 76; max-width: 100%; height: auto; padding: 1 3; }
    #new-enquiry { background: $panel-ground; }
    #new-enquiry .field { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._first: tuple[Person, FirstMeans] | None = None
        self._duty: bool | None = None

    def body(self) -> ComposeResult:
        """Lay the fields; the last one takes 1 or 2."""
        with Vertical(id="new-enquiry"):
            yield Static(self._title(), markup=False, id="enquiry-title")
            yield LabelledInput(
                lambda: pgettext("enquiry", "Enquirer"), id="enquirer", limit=_ROOM_FOR_A_PASTE,
                hint=lambda: _("name, if it is given"),
            )  # fmt: skip
            yield LabelledInput(lambda: _("Unit"), id="unit", limit=_ROOM_FOR_A_PASTE)
            yield LabelledInput(lambda: _("Phone"), id="phone", limit=_ROOM_FOR_A_PASTE)
            yield LabelledInput(
                lambda: pgettext("enquiry", "Matter"), id="matter", limit=_ROOM_FOR_A_PASTE
            )
            yield LabelledInput(
                lambda: pgettext("enquiry", "Own duty"), id=_DUTY, limit=_ROOM_FOR_A_PASTE,
                hint=lambda: _("1 yes   2 no, lead to the right section"),
            )  # fmt: skip

    def _title(self) -> Content:
        if self._first is None:
            return plain(_("Enquiry: who was asked first"), f"bold {palette.TEXT}")
        told = _("{name} was asked first").format(name=self._first[0].name)
        return row(plain(told, f"bold {palette.TEXT}"), plain(_("and stays so"), palette.MUTED))

    def keys(self) -> Iterator[Key]:
        """Show how to go on."""
        yield Key("Enter", _("Next field"))
        yield Key("F5", _("Write it down"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Ask who was asked."""
        super().on_mount()
        self.query_one("#enquirer", LabelledInput).focus()
        self.app.push_screen(WhoWasAsked(), self._asked)

    def _asked(self, first: tuple[Person, FirstMeans] | None) -> None:
        if first is None:
            self.dismiss()
            return
        self._first = first
        self.query_one("#enquiry-title", Static).update(self._title())

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self.query_one("#enquiry-title", Static).update(self._title())
        self._show_duty()

    def _show_duty(self) -> None:
        self.query_one(f"#{_DUTY} Input", Input).value = duty_word(own=self._duty)

    def action_step(self, by: int) -> None:
        """Go to the field above or below."""
        fields = list(self.query(LabelledInput))
        here = next((i for i, one in enumerate(fields) if one.input.has_focus), 0)
        fields[max(0, min(here + by, len(fields) - 1))].focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Take 1 or 2 as the answer in the last field; it ends the form."""
        event.stop()
        field = next(one for one in self.query(LabelledInput) if one.input is event.input)
        field.wrong()
        if field.id != _DUTY:
            return
        typed = event.value[-1:]
        if typed in _YES_NO:
            self._duty = _YES_NO[typed]
            self._show_duty()
            await self.action_done()
        elif event.value not in {"", *(duty_word(own=one) for one in (True, False))}:
            self._duty = None
            self._show_duty()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field it is written down."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
        else:
            await self.action_done()

    async def action_done(self) -> None:
        """Write it down; what is wrong is said under its field, and the text stays."""
        async with self.answering():
            try:
                await self._save()
            except Refused as refused:
                if not self._wrong(refused):
                    raise

    async def _save(self) -> None:
        if self._first is None:
            return
        if self._duty is None:
            raise Refused("enquiry.duty_missing", field=_DUTY)
        person, means = self._first
        words = {
            one.id or "": one.text for one in self.query(LabelledInput) if one.id != _DUTY
        }  # fmt: skip
        asked = Asked(own_duty=self._duty, **words)
        kiosk = self.kiosk
        enquiry = await self.act(
            service.open_enquiry, kiosk.desk, kiosk.by, person.staff_no, means, asked
        )
        self.app.switch_screen(EnquiryScreen(enquiry))

    def _wrong(self, refused: Refused) -> bool:
        about = refused.facts.get("field")
        if about is None:
            return False
        field = self.query_one(f"#{about}", LabelledInput)
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()
        return True
