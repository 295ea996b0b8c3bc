"""What a manager or the office signs about one thing: a word owed, back into service, for good."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from kiosk.desk.loans import Thing
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _
from kiosk.keys import chasing, losing, rules
from kiosk.ui.context import Context
from kiosk.ui.palette import Tone
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict

Args = ParamSpec("Args")
Result = TypeVar("Result")


async def written(
    kiosk: Context, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
) -> Result:
    """Run a use case on the pen for a question that may be gone when it is done."""
    done = await kiosk.pen.write(use_case, *args, **kwargs)
    kiosk.changed()
    return done


def manager_help() -> str:
    """Say how a manager gives a word."""
    return _("The manager taps the badge and types the PIN.")


def office_help() -> str:
    """Say how a manager or the office signs."""
    return _("A manager or the office taps the badge and types the PIN.")


class GiveWord(SignedAct):
    """The manager's own tap that is owed for a loan."""

    def __init__(self, loan_id: str, title: Words) -> None:
        super().__init__(title, self._give, manager_help, may=rules.manages)
        self._loan_id = loan_id

    async def _give(self, proof: Proof) -> Verdict:
        kiosk = self.kiosk
        handed = await self.act(chasing.give_word, kiosk.desk, self._loan_id, proof, kiosk.by)
        words = _("The word for {thing} is given.").format(thing=handed.label)
        return Verdict(Tone.GOOD, words, name=proof.person.name)


def unblock_signed(kiosk: Context, thing: Thing) -> SignedAct:
    """Return the question that puts a blocked thing back into service."""

    async def act(proof: Proof) -> Verdict:
        await written(kiosk, losing.unblock, kiosk.desk, thing.id, proof)
        return Verdict(Tone.GOOD, _("It is in service again."), name=thing.label)

    def title() -> str:
        return _("{thing}: back into service").format(thing=thing.label)

    return SignedAct(title, act, office_help, may=losing.decides)


def retire_signed(kiosk: Context, thing: Thing) -> SignedAct:
    """Return the question that takes a thing out of the ledger for good."""

    async def act(proof: Proof) -> Verdict:
        await written(kiosk, losing.retire, kiosk.desk, thing.id, proof)
        return Verdict(Tone.GOOD, _("It is lent no more. Its history stays."), name=thing.label)

    def title() -> str:
        return _("{thing}: lend it no more").format(thing=thing.label)

    return SignedAct(title, act, office_help, may=losing.decides)
