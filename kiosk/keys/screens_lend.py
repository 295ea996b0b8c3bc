"""Keys go out when the borrower taps: one, or several on one signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.keys import asking, places, rules, service
from kiosk.keys.asking import Asked
from kiosk.keys.board import KIND_NAMES
from kiosk.keys.screens_place import place_for
from kiosk.keys.screens_return import takes_tag_back
from kiosk.keys.screens_waiting import Hint, Waiting
from kiosk.keys.screens_word import Wish
from kiosk.keys.service import Terms
from kiosk.keys.verdicts import lent
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_SHOWN = 6


class LendKey(Waiting):
    """Wait for the borrower's badge; further tags join, a tag again is off, Esc leaves all here.

    All of them go out on one signature, or none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "take_off", show=False),
        Binding("p,P", "permanent", show=False),
        Binding("w,W", "to_place", show=False),
    ]

    def __init__(self, *things: Thing) -> None:
        super().__init__()
        self._things = list(things)
        self._permanent = False

    def title_now(self) -> str:
        """Name the one thing, or say how many there are."""
        if len(self._things) == 1:
            return self._things[0].label
        count = len(self._things)
        return ngettext("{n} on one signature", "{n} on one signature", count).format(n=count)

    def help_now(self) -> str:
        """Say whose turn it is."""
        if self._permanent:
            return _("Held for good, no due time. Borrower, please tap your badge.")
        if len(self._things) > 1:
            return _("Borrower, please tap your badge. Or the next key.")
        return _(
            "Borrower, please tap your badge. Or the next key."
            " Brought back? It is on the board already: Esc."
        )

    def so_far(self) -> Sequence[str]:
        """Show the keys that go out together, the newest at the end."""
        if len(self._things) == 1:
            return ()
        first = max(0, len(self._things) - _SHOWN)
        more = [_("{n} more above").format(n=first)] if first else []
        kinds = [_(KIND_NAMES[one.kind]) for one in self._things[first:]]
        return more + [
            f"{number:>2}  {one.label}  {kind}"
            for number, (one, kind) in enumerate(
                zip(self._things[first:], kinds, strict=True), first + 1
            )
        ]

    def hints(self) -> Sequence[Hint]:
        """Offer the other ways."""
        for_good = _("Not for good") if self._permanent else _("For good")
        hints = [
            ("N", _("No badge")),
            ("P", for_good),
            *([] if self._permanent else [("W", _("To a place"))]),
            ("Esc", _("Leave it on the board")),
        ]
        if len(self._things) > 1:
            hints.append((pgettext("key", "Backspace"), _("Take the last one off")))
        return hints

    def timed_out(self) -> Verdict:
        """Say that the keys stay."""
        words = _("Nobody tapped. It stays on the board; nothing was recorded.")
        return Verdict(Tone.AMBER, words, name=self._things[0].label)

    def proof_title(self) -> str:
        """Ask for the borrower."""
        return _("{thing}: borrower without a badge").format(thing=self.title_now())

    def accepts(self, bearer: Bearer) -> bool:
        """Take the borrower's badge, or the tag of a key."""
        return isinstance(bearer, StaffCard | ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Hand everything out to who tapped; a tag in between is one more key, or one less."""
        match bearer:
            case StaffCard(person=person):
                await self._lend(person, Means.BADGE)
            case ThingTag(thing=thing):
                await self._tag(thing)

    async def proved(self, proof: Proof) -> None:
        """Take who proved it with number and PIN."""
        await self._lend(proof.person, proof.means)

    async def _tag(self, thing: Thing) -> None:
        if thing.id in {one.id for one in self._things}:
            self._take_off(thing.id)
        elif not await takes_tag_back(self.kiosk, thing):
            rules.check_lendable(thing)
            self._things.append(thing)
            self.wait_again()
            self.kiosk.answer(Verdict(Tone.INFO, self.title_now(), name=thing.label))

    def action_take_off(self) -> None:
        """Take the newest key off again."""
        self._take_off(self._things[-1].id)

    def _take_off(self, thing_id: str) -> None:
        """Take one off; without any there is nothing left to ask."""
        off = next(one for one in self._things if one.id == thing_id)
        self._things.remove(off)
        if self._things:
            self.wait_again()
            self.kiosk.answer(Verdict(Tone.INFO, _("Taken off again."), name=off.label))
            return
        self.close(Verdict(Tone.INFO, _("It stays on the board."), name=off.label))

    def action_permanent(self) -> None:
        """Change between a loan with a due time and one for good (clauses 85, 111)."""
        self._permanent = not self._permanent
        self.wait_again()

    async def action_to_place(self) -> None:
        """Ask where they go: a room or a building site has them, and signs nothing.

        For good a thing is held by who signs for it (clauses 85, 111): never by a place.
        """
        async with self.answering():
            if self._permanent:
                raise Refused("keys.place_not_for_good")
            things = tuple(self._things)

            async def ask_where() -> None:
                self.run_worker(self._to_place(things))

            await self.once_here([one.id for one in things], ask_where)

    def _to_where(self) -> str:
        return _("{thing}: to which place?").format(thing=self.title_now())

    async def _to_place(self, things: Sequence[Thing]) -> None:
        kiosk, ids = self.kiosk, [one.id for one in things]
        async with self.answering(), self.writing():
            try:
                place = await place_for(self.app, kiosk, self._to_where, things)
            finally:
                self.wait_again()
            if place is not None:
                handed = await self.act(places.lend_all_to_place, kiosk.desk, ids, place, kiosk.by)
                self.close(lent(kiosk.desk, handed, kiosk.operator))

    async def _lend(self, person: Person, means: Means) -> None:
        things = tuple(self._things)

        async def ask() -> None:
            await self._ask(Wish(things, person, means, self._permanent))

        await self.once_here([one.id for one in things], ask)

    async def _ask(self, wish: Wish) -> None:
        kiosk, things, person = self.kiosk, wish.things, wish.person
        ids, for_good = [one.id for one in things], self._permanent
        asked = asking.ask(kiosk.desk, ids, person, kiosk.by, for_good=for_good)

        async def hand_out(terms: Terms) -> None:
            await self._hand_out(wish, asked, terms)

        await self.on_terms(wish, asked, hand_out)

    async def _hand_out(self, wish: Wish, asked: Sequence[Asked], terms: Terms) -> None:
        kiosk = self.kiosk
        ids = [one.id for one in wish.things]
        handed = await self.act(service.lend_all, kiosk.desk, ids, wish.person, kiosk.by, terms)
        self.close(lent(kiosk.desk, handed, kiosk.operator, asked))
