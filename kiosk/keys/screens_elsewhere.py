"""A thing that two desks disagree about: who has it before him signs for it."""

from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.keys import custody
from kiosk.keys.screens_signed import written
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict


class HangsHere(SignedAct):
    """Whoever has the thing before him, on this board, signs for it: the dispute is over."""

    def __init__(self, receipt_id: str, label: str) -> None:
        super().__init__(lambda: _("{thing}: it hangs here").format(thing=label), self._sign, _help)
        self._receipt_id = receipt_id

    async def _sign(self, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        label = await written(kiosk, custody.hangs_here, kiosk.desk, self._receipt_id, proof)
        return Verdict(Tone.GOOD, _("It hangs here; that is settled."), name=label)


def _help() -> str:
    return _("Look at the board first. Only who sees the thing here taps the badge and the PIN.")
