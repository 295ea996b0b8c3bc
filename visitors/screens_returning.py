"""The form knows who was here before: one key fills it in, takes the last host, or the last group.

Keystrokes: ``Ctrl+R`` fills in from last time whoever is typed, ``Ctrl+B`` takes the host of the
visit written before at this desk, ``Ctrl+Y`` the people who came along last time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, ngettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import ListRow
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row
from visitors.cards import HostCard
from visitors.lanes.table import Lane
from visitors.returning.known import Known, LastTime, called, host_before, last_time
from visitors.rules import Details
from visitors.screens_fields import FORM, HOST, word_of
from visitors.screens_form_card import IdCardForm
from visitors.screens_host_hints import shown_host
from visitors.wording import named

_MARGIN = 4
_SHORTEST_NAME = 2


def known_row(known: Known) -> ListRow:
    """Return the line of somebody who was here before, in the columns of the visitors' list."""
    times = ngettext("was here {n} time", "was here {n} times", known.times).format(n=known.times)
    said = _("host has left") if known.host_left else times
    phone = f"***{known.phone_tail}" if known.phone_tail else ""
    shown = (
        "", f"{known.day:%m-%d}", "", " ".join(named(known)), known.unit, known.host, phone, said,
    )  # fmt: skip
    return ListRow(shown, key=known, colour=palette.MUTED)


class ReturningForm(IdCardForm):
    """A form about a visitor who may have been here before, filled from last time if so wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "take_over", show=False),
        Binding("ctrl+b", "same_host", show=False),
        Binding("ctrl+y", "same_group", show=False),
    ]

    def __init__(
        self,
        values: Mapping[str, str] | None = None,
        card: IdCard | None = None,
        last: LastTime | None = None,
    ) -> None:
        super().__init__({**(last.values if last else {}), **(values or {})}, card)
        self._last, self._group = last, False
        self._before: list[Known] = []
        if last is not None:
            self._host, self.lane = last.host, last.lane

    def on_mount(self) -> None:
        """Begin where something is missing of last time, and say so."""
        if self._last is not None:
            self._tell_left_host()
            self._first_empty().focus()

    async def on_screen_resume(self) -> None:
        """See who a form may be about that a card or the list has opened."""
        await self._look_up()

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen: those of last time where there is one."""
        usual = list(super().keys())
        yield usual[0]
        if self._who() is not None:
            yield Key("Ctrl+R", _("Fill in"))
        if self._host is None:
            yield Key("Ctrl+B", _("Same host"))
        if self._has_group():
            yield Key("Ctrl+Y", _("Same group"))
        yield from usual[1:]

    def _first_empty(self) -> LabelledInput:
        """Return where something is missing; of a form that is filled in only what must be said."""
        if self._last is not None:
            for field in (*self.asks.required, HOST.id):
                one = self.query_one(f"#{field}", LabelledInput)
                if not one.input.value:
                    return one
        return super()._first_empty()

    # Whoever is typed.

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Look whether somebody of the typed name was here before."""
        if event.input is self.query_one("#name", LabelledInput).input:
            await self._look_up()
        self._draw_heading()
        self.show_keys()

    async def _look_up(self) -> None:
        """Find out who of this name, or of the card's number, was here before."""
        name, number = self.text("name"), self._card.number if self._card else ""
        self._before = []
        if self._last is None and len(name) >= _SHORTEST_NAME:
            self._before = await self.aside(called, self.kiosk.desk, name, number)

    def _who(self) -> Known | None:
        """Return the newest visitor of this name, unless unit or phone say that it is another."""
        if self._last is not None or not self._before:
            return None
        unit, phone = self.text("unit"), self.text("phone")
        for one in self._before:
            other_phone = phone and one.phone_tail and not phone.endswith(one.phone_tail)
            other_unit = unit and one.unit and not one.unit.startswith(unit)
            if not other_phone and not other_unit:
                return one
        return None

    def title_line(self) -> Content:
        """Return what the form is for; with somebody who was here before, that in its place."""
        who = self._who() if self.is_mounted else None
        if who is None:
            return super().title_line()
        tail = f"***{who.phone_tail}" if who.phone_tail else ""
        about = " ".join(part for part in (f"{who.day:%m-%d}", who.unit, tail) if part)
        hint = plain(_("Here before: {about}. Ctrl+R fills in.").format(about=about), palette.INFO)
        said = row(hint, self.list_words())
        whole = row(plain(_(self.SHORT), f"bold {palette.TEXT}"), said)
        return whole if whole.cell_length <= self.size.width - _MARGIN else said

    async def action_take_over(self) -> None:
        """Fill in from last time what is not typed yet, and go where something is missing."""
        who = self._who()
        if who is None:
            return
        async with self.answering():
            self._last = await self.aside(last_time, self.kiosk.desk, who.visit_id)
            if self.lane is Lane.OFFICIAL:
                self.lane = self._last.lane
            self._fill(self._last.values)
            if self._host is None and self._last.host is not None:
                self._take_host(self._last.host)
            self.translate()
            self._tell_left_host()
            self._first_empty().focus()

    def _fill(self, values: Mapping[str, str]) -> None:
        for field in self.FIELDS:
            value = values.get(field.id, "")
            if not value or self.text(field.id):
                continue
            if field.id == FORM.id:
                self._codes[FORM.id] = value
                value = word_of(FORM, value)
            self.query_one(f"#{field.id}", LabelledInput).input.value = value

    def _take_host(self, host: HostCard) -> None:
        self._host, self._hints = host, []
        self.query_one(f"#{HOST.id}", LabelledInput).input.value = shown_host(host)
        self._draw_hints()

    def _tell_left_host(self) -> None:
        """Name a host of last time who does not work here any more: somebody else is visited."""
        if self._last is None or not self._last.left_host:
            return
        words = _("{host} does not work here any more. Who is visited now?")
        self.kiosk.answer(Verdict(Tone.AMBER, words.format(host=self._last.left_host)))

    # The same again.

    async def action_same_host(self) -> None:
        """Take the host of the visit written before at this desk."""
        async with self.answering():
            host = await self.aside(host_before, self.kiosk.desk)
            self._take_host(host)
            self.show_keys()
            self._first_empty().focus()

    def _has_group(self) -> bool:
        return self._last is not None and self._last.people > 1

    async def action_same_group(self) -> None:
        """Take as many people as last time, and the companions by name."""
        async with self.answering():
            last = self._last
            if last is None or not self._has_group():
                raise Refused("visit.no_group_before")
            self._group = True
            self.query_one("#people", LabelledInput).input.value = str(last.people)
            if self.query("#companions"):
                self.query_one("#companions", LabelledInput).input.value = last.companions
            words = ngettext("{n} person as last time", "{n} people as last time", last.people)
            lines = (last.companions,) if last.companions else ()
            self.kiosk.answer(Verdict(Tone.GOOD, words.format(n=last.people), lines=lines))

    def details(self) -> Details:
        """Return what was said, with last time's companions where the group is the same."""
        said, last = super().details(), self._last
        if last is None or not self._group or self.query("#companions"):
            return said
        same = (said.name, said.people) == (last.values["name"], last.people)
        return replace(said, companions=last.companions) if same else said
