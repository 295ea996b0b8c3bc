"""What a manager signs about a pass: yes, no with a reason, or that goods do not come back."""

from collections.abc import Callable

from kiosk.desk.desk import Desk
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _
from kiosk.passes import approving
from kiosk.passes.rules import manages
from kiosk.ui.context import Context
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict

WithReason = Callable[[Desk, str, str, Proof, str], str]
"""A use case of ``approving`` that needs a reason."""


def _help() -> str:
    return _("A manager taps the badge and types the PIN; not who asked, not who carries it.")


def approve_signed(kiosk: Context, pass_id: str) -> SignedAct:
    """Return the question for a manager's yes; the pass is printed with it."""

    async def act(proof: Proof) -> Verdict:
        number = await kiosk.pen.write(approving.approve, kiosk.desk, kiosk.by, pass_id, proof)
        kiosk.changed()
        told = kiosk.on_paper(
            _("{number} is approved and printed."),
            _("{number} is approved. The paper waits ({trouble}), the number is good."),
            number=number,
        )
        return Verdict(Tone.GOOD, told.format(number=number), name=proof.person.name)

    return SignedAct(lambda: _("May the goods go out?"), act, _help, may=manages)


def reason_signed(
    kiosk: Context, title: Words, told: str, use_case: WithReason, pass_id: str, reason: str
) -> SignedAct:
    """Return the question for a manager's signature under ``reason``.

    ``told`` is the answer, marked with ``N_``, with the pass's ``{number}``.
    """

    async def act(proof: Proof) -> Verdict:
        number = await kiosk.pen.write(use_case, kiosk.desk, kiosk.by, pass_id, proof, reason)
        kiosk.changed()
        return Verdict(Tone.AMBER, _(told).format(number=number), name=proof.person.name)

    return SignedAct(title, act, _help, may=manages)
