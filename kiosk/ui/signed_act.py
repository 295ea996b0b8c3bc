"""An act that somebody signs with badge and PIN: a refusal is said where the PIN was typed."""

from collections.abc import Awaitable, Callable

from textual.widgets import Input

from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.verdict import Verdict


class SignedAct(AskProof):
    """Ask for badge and PIN, then ``act`` with the proof: it writes, and returns what to answer.

    A ``Refused`` of the act keeps the question. Returns the proof once the act is done.
    """

    def __init__(
        self, title: Words, act: Callable[[Proof], Awaitable[Verdict]],
        help_line: Words | None = None,
        may: Callable[[Person], bool] = lambda _person: True,
    ) -> None:  # fmt: skip
        super().__init__(title, may=may)
        if help_line is not None:
            self._help = help_line
        self._act = act
        self._done: Verdict | None = None

    async def _check(self, pin: Input) -> None:
        kiosk = self.kiosk
        await super()._check(pin)
        if self._done is not None:  # the question is gone: the answer goes to what was behind it
            kiosk.answer(self._done)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        proof = await super()._prove(staff_no, pin)
        self._done = await self._act(proof)
        return proof
