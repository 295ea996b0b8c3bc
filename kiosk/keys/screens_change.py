"""What is known of a thing is changed, or its tag: a form, and a tap."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, ThingTag, UnknownCard
from kiosk.desk.loans import Approval, Thing
from kiosk.desk.names import matches, pinyin_of
from kiosk.desk.people import DEPARTMENTS, Department
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext, sentence
from kiosk.keys import enrolling, losing
from kiosk.keys.card import APPROVAL_NAMES
from kiosk.keys.enrolling import LONGEST_DOORS, LONGEST_LABEL, Described
from kiosk.keys.screens_signed import office_help, written
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_APPROVALS = tuple(Approval)
_FIELD_OF = {
    "keys.hour_wrong": "hour", "keys.longest_wrong": "longest",
    "keys.section_unclear": "section",
}  # fmt: skip


def _how_to_save() -> str:
    return _("Enter: next field, at the last one it is saved. F5 saves.")


class ChangeThing(Dialog[None]):
    """The form of what may change; label and kind stay, the history is told by them."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "save", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, thing: Thing, section: str) -> None:
        super().__init__(lambda: thing.label, _how_to_save)
        self._thing, self._section = thing, section
        self._approval = thing.approval

    def parts(self) -> ComposeResult:
        """Yield the fields with what is known."""
        thing = self._thing
        yield LabelledInput(
            lambda: pgettext("key", "Place"), id="place", value=thing.place, limit=LONGEST_LABEL
        )
        yield LabelledInput(lambda: _("Lock no."), id="lock", value=thing.lock, limit=LONGEST_LABEL)
        yield LabelledInput(lambda: _("Opens"), id="doors", value=thing.doors, limit=LONGEST_DOORS)
        yield LabelledInput(lambda: _("Whose word"), id="approval", value=self._word())
        yield LabelledInput(
            lambda: _("Only for"), id="section", value=self._section,
            hint=lambda: _("a section, by name or pinyin; empty for all"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: _("Never with"), id="pair", value=thing.pair, limit=LONGEST_LABEL,
            hint=lambda: _("one word, the same on both things"),
        )  # fmt: skip
        hour = str(thing.due_hour) if thing.due_hour >= 0 else ""
        yield LabelledInput(
            lambda: _("Due hour"), id="hour", value=hour, limit=2,
            hint=lambda: _("hour of the day, 0 to 23; empty as usual"),
        )  # fmt: skip
        longest = str(thing.longest_min) if thing.longest_min else ""
        yield LabelledInput(
            lambda: _("At the longest"), id="longest", value=longest, limit=6,
            hint=lambda: _("minutes; empty for no limit"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with the place."""
        self.query_one("#place", LabelledInput).focus()

    def on_descendant_focus(self) -> None:
        """Say which digit means whose word, while that is asked."""
        asked = self.focused is self.query_one("#approval", LabelledInput).input
        self.help(approval_hint if asked else _how_to_save)

    def translate(self) -> None:
        """Say it again in the language chosen now; whose word it needs stays chosen."""
        super().translate()
        self._say_word()

    def _word(self) -> str:
        return _(APPROVAL_NAMES[self._approval])

    def _say_word(self) -> None:
        field = self.query_one("#approval", LabelledInput).input
        field.value = self._word()
        field.action_end()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Turn a digit into whose word it means; the field holds nothing else."""
        event.stop()
        field = self.query_one("#approval", LabelledInput).input
        if event.input is field and event.value != self._word():
            self._approval = approval_of(event.value[-1:]) or self._approval
            self._say_word()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; after the last field it is saved."""
        event.stop()
        fields = [one.input for one in self.query(LabelledInput)]
        if event.input is fields[-1]:
            await self.action_save()
        else:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        """Move between the fields."""
        fields = [one.input for one in self.query(LabelledInput)]
        at = fields.index(self.focused) if self.focused in fields else 0
        fields[max(0, min(at + by, len(fields) - 1))].focus()

    async def action_save(self) -> None:
        """Save; what is wrong is said under its field, and everything typed stays."""
        for name in ("section", "hour", "longest"):
            self.query_one(f"#{name}", LabelledInput).wrong()
        self.wrong()
        try:
            described = self._described(await self.aside(self._sections))
            if enrolling.asks_signature(self._thing, described):
                self._ask_signature(described)
            else:
                await self._save(described, None)
        except Refused as refused:
            self._say(refused)

    def _ask_signature(self, described: Described) -> None:
        """Ask a manager or the office: who may have a thing is not the desk's to say."""

        async def signed(proof: Proof | None) -> None:
            if proof is None:
                return
            try:
                await self._save(described, proof)
            except Refused as refused:
                self._say(refused)

        label = self._thing.label
        asked = AskProof(
            lambda: _("{thing}: who may have it is changed").format(thing=label),
            office_help, may=losing.decides,
        )  # fmt: skip
        self.app.push_screen(asked, signed)

    async def _save(self, described: Described, proof: Proof | None) -> None:
        kiosk = self.kiosk
        await self.act(enrolling.change, kiosk.desk, kiosk.by, self._thing.id, described, proof)
        self.dismiss()
        kiosk.answer(Verdict(Tone.GOOD, _("changed, written down"), name=self._thing.label))

    def _say(self, refused: Refused) -> None:
        about = _FIELD_OF.get(refused.code)
        if about is None:
            self.refused(refused)
            return
        field = self.query_one(f"#{about}", LabelledInput)
        field.wrong(partial(sentence, refused.code, refused.facts))
        field.focus()

    def _sections(self) -> list[Department]:
        with self.kiosk.desk.read() as book:
            return book.all(DEPARTMENTS)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", LabelledInput).text

    def _described(self, sections: list[Department]) -> Described:
        return Described(
            label=self._thing.label, kind=self._thing.kind, place=self._text("place"),
            lock=self._text("lock"), doors=self._text("doors"), approval=self._approval,
            section_id=_section_id(self._text("section"), sections), pair=self._text("pair"),
            due_hour=_number(self._text("hour"), -1, Refused("keys.hour_wrong")),
            longest_min=_number(
                self._text("longest"), 0,
                Refused("keys.longest_wrong", most=enrolling.MOST_MINUTES),
            ),
        )  # fmt: skip


def approval_hint() -> str:
    """Return the digits that choose whose word a thing asks for."""
    said = [_(APPROVAL_NAMES[one]) for one in _APPROVALS]
    return "  ".join(f"{n} {words}" for n, words in enumerate(said, 1))


def approval_of(typed: str) -> Approval | None:
    """Return what a digit chooses, None for no such digit."""
    if not typed.isdecimal() or not 1 <= int(typed) <= len(_APPROVALS):
        return None
    return _APPROVALS[int(typed) - 1]


def _section_id(typed: str, sections: list[Department]) -> str:
    if not typed:
        return ""
    exact = [one.id for one in sections if one.name == typed]
    meant = exact or [one.id for one in sections if matches(typed, one.name, *pinyin_of(one.name))]
    if len(meant) != 1:
        raise Refused("keys.section_unclear", typed=typed)
    return meant[0]


def _number(typed: str, empty: int, wrong: Refused) -> int:
    if not typed:
        return empty
    if not typed.isdecimal():
        raise wrong
    return int(typed)


class NewTag(Dialog[None]):
    """Wait for the tag that the thing's ring has now; a tag of another thing changes places."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(
            lambda: _("{thing}: another tag").format(thing=thing.label),
            lambda: _("Tap the tag that hangs on its ring now. Esc changes nothing."),
        )
        self._thing = thing

    def accepts(self, bearer: Bearer) -> bool:
        """Take a new tag, or that of another thing."""
        return isinstance(bearer, UnknownCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Give the thing this tag; for one that is not for everybody somebody signs first."""
        desk, thing_id, tag = self.kiosk.desk, self._thing.id, bearer.uid
        try:
            signs = await self.aside(enrolling.retag_asks_signature, desk, thing_id, tag)
        except Refused as refused:
            self.refused(refused)
            return
        if signs:
            self._ask_signature(tag)
        else:
            await self._retag(tag, None)

    def _ask_signature(self, tag: str) -> None:
        async def signed(proof: Proof | None) -> None:
            if proof is not None:
                await self._retag(tag, proof)

        asked = AskProof(
            lambda: _("{thing}: another tag").format(thing=self._thing.label),
            office_help, may=losing.decides,
        )  # fmt: skip
        self.app.push_screen(asked, signed)

    async def _retag(self, tag: str, proof: Proof | None) -> None:
        kiosk = self.kiosk
        try:
            other = await written(
                kiosk, enrolling.retag, kiosk.desk, self._thing.id, kiosk.by, tag, proof
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        if other is None:
            kiosk.answer(Verdict(Tone.GOOD, _("The tag is changed."), name=self._thing.label))
            return
        words = _("The tags of {thing} and {other} have changed places.")
        told = words.format(thing=self._thing.label, other=other.label)
        kiosk.answer(Verdict(Tone.INFO, told, name=self._thing.label))
