"""From hand to hand: the holder taps, then who takes it over (clause 87)."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Loan, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _
from kiosk.keys import asking, service
from kiosk.keys.screens_waiting import Hint, Waiting
from kiosk.keys.screens_word import Wish
from kiosk.keys.service import Terms
from kiosk.keys.verdicts import passed_on
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


class PassOn(Waiting):
    """Wait for the holder's badge, then for the receiver's; nothing is written before both."""

    def __init__(self, thing: Thing, loan: Loan, holder: Person) -> None:
        super().__init__()
        self._thing, self._loan, self._holder = thing, loan, holder
        self._giver: Person | None = None

    def title_now(self) -> str:
        """Name the thing."""
        return _("Pass on {thing}").format(thing=self._thing.label)

    def help_now(self) -> str:
        """Say whose tap is missing."""
        if self._giver is None:
            return _("{name} has it and taps first.").format(name=self._holder.name)
        return _("Now the badge of who takes it over.")

    def so_far(self) -> Sequence[str]:
        """Show the first tap."""
        return [_("Given by {name}").format(name=self._giver.name)] if self._giver else []

    def hints(self) -> Sequence[Hint]:
        """Offer staff number and PIN, and the way out."""
        return [("N", _("No badge")), ("Esc", _("Pass nothing on"))]

    def timed_out(self) -> Verdict:
        """Say that the thing is still the holder's."""
        words = _("Nobody tapped. {name} still has {thing}; nothing was recorded.")
        return Verdict(Tone.AMBER, words.format(name=self._holder.name, thing=self._thing.label))

    def proof_title(self) -> str:
        """Ask whose turn it is."""
        if self._giver is None:
            return _("{name} without a badge").format(name=self._holder.name)
        return _("{thing}: borrower without a badge").format(thing=self._thing.label)

    def accepts(self, bearer: Bearer) -> bool:
        """Take badges; the tag of a key is told that a badge is asked for."""
        return isinstance(bearer, StaffCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge of whose turn it is."""
        if isinstance(bearer, ThingTag):
            raise Refused("badge.is_a_key", thing=bearer.thing.label)
        if isinstance(bearer, StaffCard):
            await self._take(bearer.person, Means.BADGE)

    async def proved(self, proof: Proof) -> None:
        """Take who proved it with number and PIN."""
        await self._take(proof.person, proof.means)

    async def _take(self, person: Person, means: Means) -> None:
        if self._giver is None:
            self._take_giver(person)
            return
        if person.id == self._giver.id:
            raise Refused("keys.passed_to_self", name=person.name)
        wish = Wish((self._thing,), person, means, self._loan.due_at is None, self._loan.due_at)

        async def ask() -> None:
            await self._ask(wish)

        await self.once_here([one.id for one in wish.things], ask, self._loan.id)

    async def _ask(self, wish: Wish) -> None:
        person = wish.person
        asked = asking.ask_receiver(self.kiosk.desk, self._thing.id, person, self.kiosk.by)

        async def pass_it_on(terms: Terms) -> None:
            await self._pass_on(person, terms)

        await self.on_terms(wish, [asked], pass_it_on)

    def _take_giver(self, person: Person) -> None:
        if person.id != self._holder.id:
            raise Refused("keys.not_the_holder", thing=self._thing.label, holder=self._holder.name)
        self._giver = person
        self.wait_again()
        self.kiosk.answer(Verdict(Tone.INFO, self.help_now(), name=person.name))

    async def _pass_on(self, receiver: Person, terms: Terms) -> None:
        kiosk = self.kiosk
        handed = await self.act(
            service.pass_on, kiosk.desk, self._thing.id, self._holder, receiver, kiosk.by, terms
        )
        self.close(passed_on(kiosk.desk, handed, self._holder))
