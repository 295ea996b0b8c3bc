"""Who takes a temporary badge proves who they are; a new card joins the pool with its number."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.attendance.spares import service
from kiosk.attendance.spares.models import SpareBadge
from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict

_TAIL = 4


def lend_signed(kiosk: Context, spare: SpareBadge) -> SignedAct:
    """Return the question of who takes the card: staff number and PIN, then it is theirs today."""

    async def lend(proof: Proof) -> Verdict:
        await kiosk.pen.write(service.lend, kiosk.desk, kiosk.by, spare.id, proof)
        kiosk.changed()
        told = _("Temporary badge {label} counts as the badge today. It comes back tonight.")
        return Verdict(Tone.GOOD, told.format(label=spare.label), name=proof.person.name)

    return SignedAct(
        lambda: _("Temporary badge {label}: who takes it?").format(label=spare.label),
        lend,
        lambda: _("Staff number and PIN of who has no badge today. Look at the person."),
    )


class AddSpare(Dialog[None]):
    """A new card for the pool: tap it, type the number on it."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("A card for the pool"),
            lambda: _("Tap a card that is nobody's, then type the number on it."),
        )
        self._uid = ""

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(lambda: _("Number on it"), id="label", limit=6)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#label", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Take a card that is nothing yet; everybody else signs in or out as always."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Remember the card that was tapped last."""
        self._uid = bearer.uid
        self.wrong()
        self.help(
            lambda: _("Card ending in {tail}. Type its number, Enter.").format(tail=self._uid[-4:])
        )

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it into the pool."""
        event.stop()
        if not self._uid:
            self.wrong(lambda: _("Tap the card first."))
            return
        kiosk, label = self.kiosk, self.query_one("#label", LabelledInput).text
        try:
            made = await self.act(service.add, kiosk.desk, kiosk.by, self._uid, label)
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss(None)
        told = _("Temporary badge {label} is in the pool.").format(label=made.label)
        kiosk.answer(Verdict(Tone.GOOD, told))
