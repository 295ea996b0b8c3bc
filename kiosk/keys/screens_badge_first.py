"""The other order: the borrower taps once, then every key that is tapped is out at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, pgettext
from kiosk.keys import asking, service
from kiosk.keys.asking import Asked
from kiosk.keys.screens_return import takes_tag_back
from kiosk.keys.screens_waiting import Hint, Waiting
from kiosk.keys.screens_word import Wish
from kiosk.keys.service import Handed, Terms
from kiosk.keys.verdicts import lent, when
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_SHOWN = 6


class BadgeFirst(Waiting):
    """Wait for the borrower, then for keys; Enter, Esc or the time ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "end", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._person: Person | None = None
        self._means = Means.BADGE
        self._out: list[Handed] = []

    def title_now(self) -> str:
        """Name the borrower once he is known."""
        if self._person is None:
            return _("Badge first, then the keys")
        return _("Borrower: {name}").format(name=self._person.name)

    def help_now(self) -> str:
        """Say what is tapped next."""
        if self._person is None:
            return _("Borrower, please tap your badge.")
        return _("Now tap the keys, one after another. Each is out at once.")

    def so_far(self) -> Sequence[str]:
        """Show what is out."""
        desk = self.kiosk.desk
        return [
            _("{thing}, due {due}").format(thing=one.label, due=when(desk, one.due_at))
            for one in self._out[-_SHOWN:]
        ]

    def hints(self) -> Sequence[Hint]:
        """Offer the other ways."""
        if self._person is None:
            return [("N", _("No badge")), ("Esc", _("Back"))]
        return [("Enter", pgettext("key", "Done"))]

    def timed_out(self) -> Verdict:
        """Say what is out, or that nothing was recorded."""
        if self._person is None:
            return Verdict(Tone.AMBER, _("Nobody tapped. Nothing was recorded."))
        return self._summary(self._person)

    def proof_title(self) -> str:
        """Ask for the borrower, as long as nobody is known."""
        return _("Borrower without a badge") if self._person is None else ""

    def accepts(self, bearer: Bearer) -> bool:
        """Take badges and tags; each at the wrong moment gets a word."""
        return isinstance(bearer, StaffCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Take the borrower, then one key after another."""
        match bearer:
            case StaffCard(person=person) if self._person is None:
                self._begin(person, Means.BADGE)
            case StaffCard():
                raise Refused("keys.key_wanted", name=self._person.name if self._person else "")
            case ThingTag(thing=thing):
                await self._tag(thing)

    async def proved(self, proof: Proof) -> None:
        """Take who proved it with number and PIN."""
        self._begin(proof.person, proof.means)

    def _begin(self, person: Person, means: Means) -> None:
        self._person, self._means = person, means
        self.wait_again()
        self.kiosk.answer(Verdict(Tone.INFO, _("Now the keys."), name=person.name))

    async def _tag(self, thing: Thing) -> None:
        if await takes_tag_back(self.kiosk, thing):
            self._out = [one for one in self._out if one.thing_id != thing.id]
            self.wait_again()
            return
        if self._person is None:
            raise Refused("badge.is_a_key", thing=thing.label)
        person = self._person

        async def ask() -> None:
            await self._ask(Wish((thing,), person, self._means))

        await self.once_here([thing.id], ask)

    async def _ask(self, wish: Wish) -> None:
        asked = asking.ask(
            self.kiosk.desk, [one.id for one in wish.things], wish.person, self.kiosk.by
        )

        async def hand_out(terms: Terms) -> None:
            await self._hand_out(wish, asked, terms)

        await self.on_terms(wish, asked, hand_out)

    async def _hand_out(self, wish: Wish, asked: Sequence[Asked], terms: Terms) -> None:
        kiosk = self.kiosk
        handed = await self.act(
            service.lend, kiosk.desk, wish.things[0].id, wish.person, kiosk.by, terms
        )
        self._out.append(handed)
        self.wait_again()
        kiosk.answer(lent(kiosk.desk, [handed], kiosk.operator, asked))

    def action_end(self) -> None:
        """End it, and say what is out."""
        if self._person is None or self._writing:
            return
        self.close(self._summary(self._person))

    def action_leave(self) -> None:
        """End it too: what was tapped is out already."""
        if self._person is None:
            super().action_leave()
        else:
            self.action_end()

    def _summary(self, person: Person) -> Verdict:
        if not self._out:
            words = _("No key was tapped. Nothing was recorded.")
            return Verdict(Tone.AMBER, words, name=person.name)
        return lent(self.kiosk.desk, self._out, self.kiosk.operator)
