"""A new key on the board: tap its tag, say what it is called, choose its kind."""

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.loans import ThingKind
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.keys import service
from kiosk.keys.board import KIND_NAMES
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_TAIL = 4


class AddKey(Dialog[None]):
    """Ask for label and place; the tag may be tapped before or meanwhile."""

    DEFAULT_CSS = """
    AddKey #dialog-help { margin: 0 0 1 0; }
    """

    def __init__(self, tag: str = "") -> None:
        super().__init__(lambda: _("A new key"), self._tag_words)
        self._tag = tag

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(
            lambda: pgettext("key", "Key"),
            id="label",
            hint=lambda: _("Key of cabinet 12; never the door it opens"),
            limit=service.LONGEST_LABEL,
        )
        yield LabelledInput(
            lambda: pgettext("key", "Place"),
            id="place",
            hint=lambda: _("hook or box, may stay empty"),
            limit=service.LONGEST_LABEL,
        )

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
        """Move on from the name to the place, then to the kind."""
        event.stop()
        place = self.query_one("#place", LabelledInput)
        if event.input is not place.input:
            place.focus()
        elif not self._tag:
            self.wrong(lambda: _("The tag is still missing. Tap it on the reader."))
        elif not self.query_one("#label", LabelledInput).text:
            self.query_one("#label", LabelledInput).focus()
            self.refused(Refused("keys.no_label"))
        else:
            self._ask_kind()

    def _ask_kind(self) -> None:
        kinds = [(kind.value, partial(_, name)) for kind, name in KIND_NAMES.items()]
        self.app.push_screen(Choose(lambda: _("What kind of key is it?"), kinds), self._add)

    async def _add(self, kind: str | None) -> None:
        if kind is None:
            return
        kiosk = self.kiosk
        label = self.query_one("#label", LabelledInput).text
        place = self.query_one("#place", LabelledInput).text
        try:
            await self.act(
                service.add_thing, kiosk.desk, kiosk.by, self._tag, label, ThingKind(kind), place
            )
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        kiosk.answer(Verdict(Tone.GOOD, _("The key is on the board."), name=label))
