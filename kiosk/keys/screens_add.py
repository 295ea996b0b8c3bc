"""A new thing on the board: its tag, what it is called, its kind, and whose word it needs."""

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.loans import Approval, ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.keys import enrolling, losing
from kiosk.keys.board import KIND_NAMES
from kiosk.keys.card import APPROVAL_NAMES
from kiosk.keys.doors import door_named
from kiosk.keys.enrolling import Described
from kiosk.keys.screens_signed import office_help
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_TAIL = 4


class AddKey(Dialog[None]):
    """Ask for label, place, lock and doors; the tag may be tapped before or meanwhile."""

    DEFAULT_CSS = """
    AddKey #dialog-help { margin: 0 0 1 0; }
    """

    def __init__(self, tag: str = "") -> None:
        super().__init__(lambda: _("A new key"), self._tag_words)
        self._tag = tag
        self._warned = ""

    def parts(self) -> ComposeResult:
        """Yield the four fields; all but the first may stay empty."""
        limit = enrolling.LONGEST_LABEL
        yield LabelledInput(
            lambda: pgettext("key", "Key"), id="label", limit=limit,
            hint=lambda: _("Key of cabinet 12; never the door it opens"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: pgettext("key", "Place"), id="place", limit=limit,
            hint=lambda: _("hook or box, may stay empty"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: _("Lock no."), id="lock", limit=limit,
            hint=lambda: _("the number that copies of one key share"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: _("Opens"), id="doors", limit=enrolling.LONGEST_DOORS,
            hint=lambda: _("for the office, when it is lost"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with the name."""
        self.query_one("#label", LabelledInput).focus()

    def _tag_words(self) -> str:
        if self._tag:
            return _("Tag ending in {tail} read.").format(tail=self._tag[-_TAIL:])
        return _("Tap the tag of the new key on the reader.")

    def accepts(self, bearer: Bearer) -> bool:
        """Only a tag that is nothing yet can be a new key's."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Take the tag that was tapped last."""
        self._tag = bearer.uid
        self.wrong()
        self.help(self._tag_words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on from field to field, then to the kind."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
        elif not self._tag:
            self.wrong(lambda: _("The tag is still missing. Tap it on the reader."))
        elif not self._text("label"):
            fields[0].focus()
            self.refused(Refused("keys.no_label"))
        elif not self._names_its_door():
            self._ask_kind()

    def _names_its_door(self) -> bool:
        """Warn once of a label that tells which door the ring opens; Enter once more goes on."""
        label = self._text("label")
        room = door_named(label, self._text("doors"))
        if not room or self._warned == label:
            return False
        self._warned = label
        self.wrong(
            lambda: _(
                "{room} on the ring tells a finder the door. Change the name, or Enter again."
            ).format(room=room)
        )
        return True

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", LabelledInput).text

    def _ask_kind(self) -> None:
        kinds = [(kind.value, partial(_, name)) for kind, name in KIND_NAMES.items()]
        self.app.push_screen(Choose(lambda: _("What kind of key is it?"), kinds), self._ask_word)

    def _ask_word(self, kind: str | None) -> None:
        if kind is None:
            return
        usual = enrolling.usual_approval(ThingKind(kind))
        order = [usual, *[one for one in Approval if one is not usual]]
        choices = [(one.value, partial(_, APPROVAL_NAMES[one])) for one in order]

        async def add(approval: str | None) -> None:
            if approval is not None:
                await self._add_or_sign(self._described(ThingKind(kind), Approval(approval)))

        self.app.push_screen(Choose(lambda: _("Whose word does it need?"), choices), add)

    def _described(self, kind: ThingKind, approval: Approval) -> Described:
        return Described(
            label=self._text("label"), kind=kind, place=self._text("place"),
            lock=self._text("lock"), doors=self._text("doors"), approval=approval,
        )  # fmt: skip

    async def _add_or_sign(self, described: Described) -> None:
        """Add it; for one that asks for less than usual a manager or the office signs first."""
        if not enrolling.asks_less(described):
            await self._add(described, None)
            return

        async def signed(proof: Proof | None) -> None:
            if proof is not None:
                await self._add(described, proof)

        asked = AskProof(
            lambda: _("{thing}: nobody's word is asked").format(thing=described.label),
            office_help, may=losing.decides,
        )  # fmt: skip
        self.app.push_screen(asked, signed)

    async def _add(self, described: Described, proof: Proof | None) -> None:
        kiosk = self.kiosk
        try:
            await self.act(enrolling.add, kiosk.desk, kiosk.by, described, self._tag, proof)
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        kiosk.answer(Verdict(Tone.GOOD, _("The key is on the board."), name=described.label))
