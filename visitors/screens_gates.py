"""What the gates of one site ask: who answers for old data, and which of two visits is right."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from textual.screen import Screen

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from visitors.cards import VisitCard
from visitors.gates import stale, twice
from visitors.gates.twice import Right


def ask_supervisor(
    screen: Screen[None], visit: VisitCard, refused: Refused,
    act: Callable[[Proof], Awaitable[Verdict]],
) -> None:  # fmt: skip
    """Ask a manager or the office to answer for an admission; ``refused`` says what is not known.

    Esc lets nobody in and changes nothing.
    """

    def title() -> str:
        return _("Let {visitor} in although {gate} was last heard {since}?").format(
            visitor=visit.address, **refused.facts
        )

    screen.app.push_screen(SignedAct(title, act, how_to_answer, may=stale.may_confirm))


def how_to_answer() -> str:
    """Say who answers for an admission on old data, and what is asked before."""
    return _("Ring that gate if you can. A manager or the office: badge, then PIN.")


def how_to_sign() -> str:
    """Say who signs which of two visits is right."""
    return _("Who decides it taps the badge and types the PIN.")


class WhichIsRight(Choose):
    """Which of two visits of one person is right? Then badge and PIN of who decides it."""

    def __init__(self, thing: OpenThing) -> None:
        facts = thing.facts
        choices: list[tuple[str, Words]] = [
            (right.value, partial(_only, facts, right.value))
            for right in (Right.FIRST, Right.SECOND)
        ]
        choices += [
            (Right.BOTH.value, lambda: _("They are two people: both stay")),
        ]
        super().__init__(thing.what.text, choices, _how_to_choose)
        self._ref, self._visitor = thing.ref, str(facts["visitor"])

    async def answered(self, key: str) -> None:
        """Ask for the signature; this question closes with it."""
        self.app.push_screen(SignedAct(self._to_sign, partial(self._sign, key), how_to_sign,
                                       may=twice.may_decide), self._signed)  # fmt: skip

    def _to_sign(self) -> str:
        return _("{visitor}: sign which visit is right").format(visitor=self._visitor)

    async def _sign(self, key: str, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        await self.act(twice.decide, kiosk.desk, kiosk.by, self._ref, Right(key), proof)
        return Verdict(Tone.GOOD, _("It is decided and written down."), name=proof.person.name)

    def _signed(self, proof: Proof | None) -> None:
        if proof is not None and self.is_current:
            self.dismiss(self._ref)


def _how_to_choose() -> str:
    return _("Press the number. The visit that is not right becomes void.")


def _only(facts: Mapping[str, object], which: str) -> str:
    return _("Only {number} of {gate}, in since {at}").format(
        number=facts[which], gate=facts[f"{which}_gate"], at=facts[f"{which}_at"]
    )  # fmt: skip
