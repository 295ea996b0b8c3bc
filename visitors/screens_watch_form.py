"""List somebody: who it is, what to do, whom to tell, why and until when; then the signature."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from kiosk.desk import names
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import N_, _, sentence
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.typed_form import TypedForm
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from visitors import watch_list
from visitors.screens_watch_acts import how_to_sign
from visitors.search import HostWords, best, host_words
from visitors.watch_list import Listing
from visitors.watch_models import Level
from visitors.watch_words import LEVEL_WORDS

_LEVELS = tuple(Level)
FIELDS: Mapping[str, tuple[str, str]] = {
    "name": (N_("Name"), ""),
    "other_names": (N_("Also called"), N_("other names, with ; between")),
    "level": (N_("What to do"), N_("1 tell  2 escort  3 call first  4 refuse politely")),
    "whom": (N_("Whom"), N_("who is told or called: name or pinyin")),
    "say": (N_("To say"), N_("the sentence to say; empty for the usual one")),
    "reason": (N_("Why"), N_("the guard never sees it")),
    "until": (N_("Valid until"), N_("the last day, like 2026-12-31; empty for no end")),
    "unit": (N_("Unit"), ""),
    "phone": (N_("Phone"), N_("whole, or the last four digits")),
    "id_number": (N_("ID number"), N_("only its mark is kept")),
    "born": (N_("Born"), N_("the year, for comparing")),
    "plate": (N_("Plate"), ""),
}


class WatchForm(TypedForm):
    """The form of a new entry; F5 asks for the signature of a manager or the office."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "done", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    DEFAULT_CSS = """
    WatchForm #form-title { height: 2; padding: 0 2; }
    WatchForm #fields { height: 1fr; padding: 1 2; background: $panel-ground; }
    WatchForm #fields { scrollbar-size: 0 0; }
    WatchForm .field { margin: 0 0 1 0; }
    WatchForm .field-label { width: 13; }
    WatchForm .field-wrong { padding: 0 0 0 14; }
    WatchForm.-low #form-title { height: 1; padding: 0 1; }
    WatchForm.-low #fields { padding: 0 1; }
    WatchForm.-low .field { margin: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._level: Level | None = None
        self._whom, self._whom_shown = "", ""
        self._staff: list[HostWords] = []

    def body(self) -> ComposeResult:
        """Lay the fields."""
        yield Static("", markup=False, id="form-title")
        with VerticalScroll(id="fields", can_focus=False):
            for name, (label, hint) in FIELDS.items():
                yield LabelledInput(
                    partial(_, label), id=name, hint=partial(_, hint) if hint else str, limit=200
                )

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Next field"))
        yield Key("F5", _("Sign and list"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Load the staff, and start with the name."""
        await super().on_screen_resume()
        self.translate()
        self._staff = await self.aside(self._load)
        if not isinstance(self.focused, Input):
            self.query_one("#name", LabelledInput).focus()

    def _load(self) -> list[HostWords]:
        with self.kiosk.desk.read() as book:
            return host_words(book)

    def translate(self) -> None:
        """Say it in the language chosen now; what was typed stays."""
        super().translate()
        title = plain(_("List somebody on the watch list"), f"bold {palette.TEXT}")
        self.query_one("#form-title", Static).update(title)
        self.query_one("#level", LabelledInput).input.value = self._level_word()

    def _level_word(self) -> str:
        return _(LEVEL_WORDS[self._level]) if self._level is not None else ""

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", LabelledInput).text

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Take a digit as the level; another name typed means another person."""
        event.stop()
        field = next(one for one in self.query(LabelledInput) if one.input is event.input)
        field.wrong()
        if field.id == "level" and event.value != self._level_word():
            self._choose(event.value[-1:], event.input)
        elif field.id == "whom" and event.value != self._whom_shown:
            self._whom = ""

    def _choose(self, digit: str, shown: Input) -> None:
        known = digit.isdecimal() and 1 <= int(digit) <= len(_LEVELS)
        self._level = _LEVELS[int(digit) - 1] if known else None
        shown.value = self._level_word()
        if known and self.focused is shown:
            self.action_step(1)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field it is signed."""
        event.stop()
        fields = [one.input for one in self.query(LabelledInput)]
        if event.input is self.query_one("#whom", LabelledInput).input:
            self._find_whom()
        if event.input is fields[-1]:
            await self.action_done()
        else:
            self.action_step(1)

    def _find_whom(self) -> None:
        """Take who is meant; what finds nobody is left, and refused at the signature."""
        typed = self._text("whom")
        found = best(typed, self._staff)
        if self._whom or not found:
            return
        person = found[0]
        self._whom = person.staff_no
        self._whom_shown = " ".join({names.address(person): 1, person.name: 1})
        self.query_one("#whom", LabelledInput).input.value = self._whom_shown

    def action_step(self, by: int) -> None:
        """Move between the fields."""
        fields = [one.input for one in self.query(LabelledInput)]
        at = fields.index(self.focused) if self.focused in fields else 0
        fields[max(0, min(at + by, len(fields) - 1))].focus()

    async def action_done(self) -> None:
        """Check the form, then ask for the signature; what is wrong is said under its field."""
        try:
            listing = watch_list.checked(self._listing())
        except Refused as refused:
            self._wrong(refused)
            return

        async def act(proof: Proof) -> Verdict:
            desk, by = self.kiosk.desk, self.kiosk.by
            number = await self.act(watch_list.add, desk, by, listing, proof)
            words = _("{number} is on the watch list.").format(number=number)
            return Verdict(Tone.GOOD, words, proof.person.name)

        def signed(proof: Proof | None) -> None:
            if proof is not None:
                self.dismiss(None)

        def title() -> str:
            return _("List {name}").format(name=listing.name or listing.unit or listing.plate)

        asked = SignedAct(title, act, how_to_sign, may=watch_list.signs)
        self.app.push_screen(asked, signed)

    def _listing(self) -> Listing:
        self._find_whom()
        if self._level is None:
            raise Refused("watch.level", field="level")
        if self._text("whom") and not self._whom:
            raise Refused("watch.whom_unknown", field="whom")
        plain_fields = set(FIELDS) - {"level", "whom", "until"}
        words = {field: self._text(field) for field in plain_fields}
        return Listing(level=self._level, whom=self._whom, until=_day(self._text("until")), **words)

    def _wrong(self, refused: Refused) -> None:
        field = self.query_one(f"#{refused.facts['field']}", LabelledInput)
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()
        self.kiosk.answer(Verdict(Tone.AMBER, sentence(refused.code, refused.facts)))


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused("watch.day", field="until") from None
