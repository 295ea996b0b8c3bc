"""A visit's form that knows kinds of visit: a digit in the empty name chooses, F6 changes later.

Each kind shows its own fields only, so that a courier's form is two fields long; what stands in a
field already stays to be seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.people import person_by_staff_no
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.words_on_screen import lines, plain, row
from visitors.cards import HostCard, host_cards
from visitors.lanes.rules import rules_of, said, switched_on
from visitors.lanes.table import Lane, LaneRules, lane_of, lane_word
from visitors.rules import Details
from visitors.screens_fields import BESIDES, HOST, FormField
from visitors.screens_form import VisitForm
from visitors.screens_host_hints import shown_host
from visitors.wording import FIELD_WORDS

_MARGIN, _FIRST_LINE = 4, 5
_ALWAYS = frozenset(
    {
        "day", "from", "until", "confirmed", "companions", "repeat", "weekdays", "last_day",
        "note", "wish", "reason",
    }
)  # fmt: skip
"""The fields that are about the form and not about the kind of visit."""


class LaneForm(VisitForm):
    """A form whose fields depend on the kind of visit; the usual kind costs no key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f6", "kinds", show=False)]
    own_function_keys: ClassVar[frozenset[int]] = frozenset({5, 6})
    DEFAULT_CSS = """
    LaneForm #lanes { height: auto; padding: 0 1; margin: 0 0 1 0; }
    LaneForm.-low #lanes { max-height: 4; margin: 0; }
    LaneForm.-low #lanes.-away { display: none; }
    """
    lane: Lane = Lane.OFFICIAL

    def beside(self) -> ComposeResult:
        """Lay the kinds of visit above who may be meant as the host."""
        yield Static("", markup=False, id="lanes")

    def said_of(self, field: FormField) -> tuple[Words, Words]:
        """Return label and hint; what a kind asks besides has that kind's own."""
        if field.id != BESIDES.id:
            return super().said_of(field)
        return self._besides_word, lambda: said(self.asks.besides_hint)

    def _besides_word(self) -> str:
        return said(self.asks.besides) or _(FIELD_WORDS[BESIDES.id])

    @property
    def asks(self) -> LaneRules:
        """What the kind in the form asks."""
        return rules_of(self.kiosk.desk, self.lane)

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        *first, last = super().keys()
        yield from first
        yield Key("F6", pgettext("visit", "Kind"))
        yield last

    async def on_screen_resume(self) -> None:
        """Show the fields of the kind before the first of them gets the cursor."""
        self._show_fields()

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed stays."""
        super().translate()
        self._show_fields()
        self._draw_lanes()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Take a digit in the empty name as the kind: no name begins with one."""
        name = self.query_one("#name", LabelledInput).input
        kinds = switched_on(self.kiosk.desk)
        if event.input is name and name.value in {str(n + 1) for n in range(len(kinds))}:
            event.prevent_default()
            chosen, name.value = kinds[int(name.value) - 1], ""
            self.choose(chosen)

    def action_kinds(self) -> None:
        """Ask which kind of visit it is, wherever the cursor stands."""

        def chosen(key: str | None) -> None:
            if key is not None:
                self.choose(lane_of(key))

        choices = [(one.value, partial(lane_word, one)) for one in switched_on(self.kiosk.desk)]
        self.app.push_screen(Choose(lambda: _("Which kind of visit?"), choices), chosen)

    def choose(self, lane: Lane) -> None:
        """Show the form of a kind, its usual host chosen where nobody is yet."""
        self.lane = lane
        usual = self._usual_host()
        if usual is not None and self._host is None and not self.text(HOST.id):
            self._host = usual
            self.query_one("#host", LabelledInput).input.value = shown_host(usual)
        self.translate()
        self._first_empty().focus()

    def _usual_host(self) -> HostCard | None:
        desk, staff_no = self.kiosk.desk, self.asks.host
        if not staff_no:
            return None
        with desk.read() as book:
            try:
                person = person_by_staff_no(book, staff_no)
            except Refused:  # whom the settings name has left the house
                return None
        return host_cards(desk, [person])[0]

    def _show_fields(self) -> None:
        fields = self.asks.fields | _ALWAYS
        for shown in self.query(LabelledInput):
            shown.display = shown.id in fields or bool(shown.text)

    def _draw_lanes(self) -> None:
        kinds = [
            _kind(n, one, chosen=one is self.lane)
            for n, one in enumerate(switched_on(self.kiosk.desk), 1)
        ]
        self.query_one("#lanes", Static).update(self._with_script(self._in_lines(kinds)))

    def _in_lines(self, kinds: Sequence[Content]) -> Content:
        """Return the kinds in one line where they fit, else in two: no digit without its word."""
        room = self.size.width if self.has_class("-low") else self.size.width // 2
        whole = row(*kinds, gap=2)
        if whole.cell_length <= room - _MARGIN:
            return whole
        return lines(row(*kinds[:_FIRST_LINE], gap=2), row(*kinds[_FIRST_LINE:], gap=2))

    def on_resize(self) -> None:
        """Lay the kinds anew for the new size."""
        self._draw_lanes()

    def _draw_hints(self) -> None:
        """Show who may be meant; on a low screen they take the place of the kinds."""
        super()._draw_hints()
        self.query_one("#lanes", Static).set_class(bool(self._hints), "-away")

    def _with_script(self, kinds: Content) -> Content:
        """Return the kinds, and under them what is said to a visitor of the one chosen."""
        if self.lane is Lane.OFFICIAL or not self.asks.script:
            return kinds
        script = _('Say: "{sentence}"').format(sentence=said(self.asks.script))
        return Content("\n").join([kinds, plain(script, palette.INFO)])

    def details(self) -> Details:
        """Return what the visitor said, with the kind of visit and what it asks besides."""
        besides = self.text(BESIDES.id) if self.asks.besides else ""
        return replace(super().details(), lane=self.lane.value, besides=besides)


def _kind(n: int, lane: Lane, *, chosen: bool) -> Content:
    """Return a kind with its digit; the chosen one has a sign too, for who sees no colours."""
    if chosen:
        return plain(f"{n}{palette.SIGN[Tone.GOOD]}{lane_word(lane)}", f"bold {palette.GOOD}")
    return plain(f"{n} {lane_word(lane)}", palette.MUTED)
