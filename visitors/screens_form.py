"""The form of a visit: Enter moves on, digits choose, two letters find the host."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, sentence
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain, row
from visitors.cards import HostCard, host_cards
from visitors.rules import MOST_PEOPLE, Details
from visitors.screens_at_once import AtOnce
from visitors.screens_fields import HOST, FormField, word_of
from visitors.screens_form_parts import Fields, filled, hints
from visitors.screens_host_hints import hint_of, shown_host
from visitors.screens_watch import looked_at_while_typing
from visitors.search import HostWords, best, host_words
from visitors.wording import FIELD_WORDS


class VisitForm(AtOnce, TypedForm):
    """A form about one visit. Subclasses say which fields it has and what F5 does with them."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "done", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    VisitForm #form-title { height: 2; padding: 0 2; }
    VisitForm #form-columns { height: 1fr; }
    VisitForm .field { margin: 0 0 1 0; }
    VisitForm .field-label { width: 13; }
    VisitForm .field-wrong { padding: 0 0 0 14; }
    VisitForm #side { width: 1fr; height: 100%; margin: 0 0 0 1; padding: 1 1; }
    VisitForm #side { background: $panel-ground; }
    VisitForm #side-title { height: 2; padding: 0 1; }
    VisitForm.-low #form-title { height: 1; padding: 0 1; }
    VisitForm.-low #form-columns { layout: vertical; }
    VisitForm.-low #fields { width: 100%; height: 1fr; padding: 0 1; }
    VisitForm.-low .field { margin: 0; }
    VisitForm.-low #side { width: 100%; height: 6; margin: 1 0 0 0; padding: 0; }
    VisitForm.-low #side-title { height: 1; padding: 0 1; }
    """
    FIELDS: ClassVar[tuple[FormField, ...]] = ()

    def __init__(
        self, values: Mapping[str, str] | None = None, host: HostCard | None = None
    ) -> None:
        super().__init__()
        self._values = dict(values or {})
        self._codes = {field.id: self._values.get(field.id, "") for field in self._choosing()}
        self._host = host
        self._staff: list[HostWords] = []
        self._hints: list[HostCard] = []

    def heading(self) -> str:
        """Return what the form is for."""
        raise NotImplementedError

    def done_word(self) -> str:
        """Return what F5 does."""
        raise NotImplementedError

    async def save(self) -> None:
        """Do it. A ``Refused`` that names a ``field`` is shown under that field."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay the fields, and beside them who may be meant as the host."""
        yield Static("", markup=False, id="form-title")
        with Horizontal(id="form-columns"):
            yield Fields(self._field(field) for field in self.FIELDS)
            with Vertical(id="side"):
                yield Static("", markup=False, id="side-title")
                yield from self.beside()
                yield hints()

    def _field(self, field: FormField) -> LabelledInput:
        label, hint = self.said_of(field)
        return filled(field.id, label, hint, self._start_value(field))

    def beside(self) -> ComposeResult:
        """Yield what else stands beside the fields."""
        yield from ()

    def said_of(self, field: FormField) -> tuple[Words, Words]:
        """Return what a field is called, and what it hints at while it is empty."""
        return partial(_, field.label or FIELD_WORDS[field.id]), partial(_, field.hint)

    def _shown(self) -> list[LabelledInput]:
        return [one for one in self.query(LabelledInput) if one.display]

    def _choosing(self) -> Iterator[FormField]:
        return (field for field in self.FIELDS if field.choices)

    def _start_value(self, field: FormField) -> str:
        value = self._values.get(field.id, "")
        if field.id == HOST.id and self._host is not None:
            return shown_host(self._host)
        return word_of(field, value) if field.choices else value

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Next field"))
        yield Key("F5", self.done_word())
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Load the staff, and start in the first empty field."""
        self.query_one("#hints", RowList).can_focus = False
        self.query_one("#hints", RowList).show_cursor_always = True
        self.translate()
        self._staff = await self.aside(self._load)
        if self.is_current and not isinstance(self.focused, Input):
            self._first_empty().focus()

    def _load(self) -> list[HostWords]:
        with self.kiosk.desk.read() as book:
            return host_words(book)

    def _first_empty(self) -> LabelledInput:
        inputs = self._shown()
        return next((one for one in inputs if not one.input.value), inputs[0])

    def translate(self) -> None:
        """Say labels and hints in the language chosen now; what was typed stays."""
        super().translate()
        self._draw_heading()
        for field in self._choosing():
            shown = self.query_one(f"#{field.id}", LabelledInput)
            shown.input.value = word_of(field, self._codes[field.id])
        self._draw_hints()

    # Typing.

    def text(self, field: str) -> str:
        """Return what stands in a field, cleaned."""
        return self.query_one(f"#{field}", LabelledInput).text

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Take digits as choices, look for the host while typed, and everybody on the list."""
        shown = self._field_of(event.input)
        shown.wrong()
        field = next(one for one in self.FIELDS if one.id == shown.id)
        if field.choices:
            self._choose(field, shown.input)
        elif field.id == HOST.id:
            await self._look_for_host(shown.input.value)
        self._draw_heading()

    def _draw_heading(self) -> None:
        self.query_one("#form-title", Static).update(self.title_line())

    def title_line(self) -> Content:
        """Return what the form is for, and beside it what the watch list has to say so far."""
        return row(plain(self.heading(), f"bold {palette.TEXT}"), self.list_words())

    def list_words(self, **known: str) -> Content:
        """Return what the watch list has to say of what is typed, and of fields ``known`` anew."""
        typed = {field.id: self.text(field.id) for field in self.FIELDS}
        return plain(looked_at_while_typing(self.kiosk.desk, typed | known), palette.AMBER)

    def _choose(self, field: FormField, shown: Input) -> None:
        if shown.value == word_of(field, self._codes[field.id]):
            return
        code = (field.choices or {}).get(shown.value[-1:])
        self._codes[field.id] = code or ""
        shown.value = word_of(field, self._codes[field.id])
        if code is not None and self.focused is shown:
            self._move(1)

    async def _look_for_host(self, typed: str) -> None:
        if self._host is not None and typed == shown_host(self._host):
            self._hints = []
        else:
            self._host = None
            self._hints = host_cards(self.kiosk.desk, best(typed, self._staff))
        self._draw_hints()

    def _draw_hints(self) -> None:
        title = self.query_one("#side-title", Static)
        if self._host is not None:
            title.update(plain(_("The host is chosen."), palette.GOOD))
        else:
            title.update(plain(_("Who is visited: arrows and Enter choose."), palette.MUTED))
        hints = self.query_one("#hints", RowList)
        shown = self._hints or ([self._host] if self._host else [])
        typed = self.query_one("#host", LabelledInput).input.value
        hints.empty = _("Nobody is called that.") if typed else ""
        hints.show([hint_of(host) for host in shown])

    def _field_of(self, shown: Input) -> LabelledInput:
        return next(one for one in self.query(LabelledInput) if one.input is shown)

    # Moving on.

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move to the next field; after the last one the form is done."""
        event.stop()
        field = self._field_of(event.input)
        if field.id == HOST.id and self._host is None and not self._take_hint():
            field.wrong(partial(sentence, "visit.host_unknown", {}))
            return
        if field is self._shown()[-1]:
            await self.action_done()
        else:
            self._move(1)

    def _take_hint(self) -> bool:
        """Take the host under the cursor; False when there is none."""
        current = self.query_one("#hints", RowList).current
        if current is not None and self._hints:
            self._host = current.key
            self.query_one("#host", LabelledInput).input.value = shown_host(current.key)
        return self._host is not None

    def action_step(self, by: int) -> None:
        """Move between the found hosts while there are some, else between the fields."""
        if self._hints and self.focused is self.query_one("#host", LabelledInput).input:
            self.query_one("#hints", RowList).action_move(by)
        else:
            self._move(by)

    def _move(self, by: int) -> None:
        inputs = [one.input for one in self._shown()]
        at = inputs.index(self.focused) if self.focused in inputs else 0
        inputs[max(0, min(at + by, len(inputs) - 1))].focus()

    def is_typed(self) -> bool:
        """Say whether anything would be lost: what the form began with would not."""
        return any(self.text(field.id) != self._start_value(field) for field in self.FIELDS)

    async def action_done(self) -> None:
        """Save; what is wrong is said under its field, and the text stays."""
        async with self.answering():
            try:
                await self.save()
            except Refused as refused:
                if not self._wrong(refused):
                    raise

    def _wrong(self, refused: Refused) -> bool:
        """Show the reason under the field it is about; False when it is about none."""
        about = refused.facts.get("field")
        if about not in {field.id for field in self.FIELDS}:
            return False
        shown = self.query_one(f"#{about}", LabelledInput)
        shown.wrong(partial(sentence, refused.code, refused.facts))
        shown.focus()
        self.kiosk.answer(Verdict(Tone.AMBER, sentence(refused.code, refused.facts)))
        return True

    def chosen_host(self) -> HostCard:
        """Return the host; raise ``Refused("visit.host_unknown")`` while nobody is chosen."""
        if self._host is None and len(self._hints) == 1:
            self._take_hint()
        if self._host is None:
            code = "visit.host_unclear" if self._hints else "visit.host_unknown"
            raise Refused(code, field="host")
        return self._host

    def code(self, field: str) -> str:
        """Return the code chosen in a field of choices."""
        return self._codes[field]

    def details(self) -> Details:
        """Return what the visitor said; raise ``Refused("visit.people_count")`` for no number."""
        texts = {field.id: self.text(field.id) for field in self.FIELDS}
        people = texts.get("people", "") or "1"
        if not people.isdecimal():
            raise Refused("visit.people_count", field="people", most=MOST_PEOPLE)
        return Details(
            name=texts["name"], matter=texts["matter"], form=self.code("form"),
            unit=texts["unit"], phone=texts.get("phone", ""), people=int(people[:4]),
            goods=texts.get("goods", ""), area=texts.get("area", ""),
            id_number=texts.get("id_number", ""), plate=texts.get("plate", ""),
        )  # fmt: skip
