"""Goods stay: house property without a pass does not leave; what it was and who carried it."""

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext, sentence
from kiosk.passes import gate
from kiosk.passes.rules import LONGEST_CARRIER, LONGEST_PURPOSE
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


class KeepGoods(Dialog[None]):
    """Two fields and Enter. From a pass, who carries it is filled in already.

    Nobody is held and nothing is taken away: it is written down that the goods went back inside.
    """

    def __init__(self, pass_id: str = "", who: str = "") -> None:
        super().__init__(
            lambda: _("No pass, no exit: the goods stay"),
            lambda: _("The person may leave, the goods go back inside. Enter writes it down."),
        )
        self._pass_id, self._who = pass_id, who

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(
            lambda: pgettext("pass", "What"), id="what", limit=LONGEST_PURPOSE,
            hint=lambda: _("what it is and how many"),
        )  # fmt: skip
        yield LabelledInput(
            lambda: pgettext("pass", "Who"), id="who", value=self._who, limit=LONGEST_CARRIER,
            hint=lambda: _("name, firm or plate"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with what it is."""
        self.query_one("#what", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move from what to who, then write it down."""
        event.stop()
        who = self.query_one("#who", LabelledInput)
        if event.input is not who.input and not who.text:
            who.focus()
        else:
            await self._keep()

    async def _keep(self) -> None:
        kiosk = self.kiosk
        fields = {one.id: one for one in self.query(LabelledInput)}
        for one in fields.values():
            one.wrong()
        try:
            number = await self.act(
                gate.keep_goods, kiosk.desk, kiosk.by, fields["what"].text, fields["who"].text,
                self._pass_id,
            )  # fmt: skip
        except Refused as refused:
            field = fields[str(refused.facts["field"])]
            field.wrong(partial(sentence, refused.code, refused.facts))
            field.focus()
            return
        self.dismiss(None)
        told = _("{number}: it is written down that the goods stay.").format(number=number)
        kiosk.answer(Verdict(Tone.AMBER, told))
