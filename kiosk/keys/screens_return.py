"""A thing comes back by its tag or by the guard's word; damaged, lost and found again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from kiosk.desk.desk import Desk
from kiosk.desk.loans import LOAN, Condition, Ended, Loan, Thing, ThingState
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _
from kiosk.keys import losing, returning
from kiosk.keys.asking import holder_name
from kiosk.keys.board import CONDITION_NAMES
from kiosk.keys.screens_pass import PassOn
from kiosk.keys.screens_signed import written
from kiosk.keys.verdicts import damaged, returned, when
from kiosk.ui import palette
from kiosk.ui.context import Context
from kiosk.ui.dialogs import Choose
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict

_BACK, _DAMAGED, _PASS_ON, _STAYS = "back", "damaged", "pass_on", "stays"
_LOOK_S = 0.03
_BAD = (Condition.BENT, Condition.TAG_MISSING, Condition.DAMAGED)


class _Out(NamedTuple):
    """An open loan, its thing, its holder, and why it was called back ("" when it was not)."""

    loan: Loan
    thing: Thing
    holder: Person | None
    reason: str


class TakeBack(Choose):
    """Ask about an open loan: is it here, in what state, who takes it over? Esc leaves it open."""

    def __init__(self, loan_id: str) -> None:
        super().__init__(str, _ways(None))
        self._loan_id = loan_id
        self._found: _Out | None = None

    async def on_screen_resume(self) -> None:
        """Say what is out, who has it and since when."""
        self._found = await self.aside(_open_loan, self.kiosk.desk, self._loan_id)
        if self.app.screen is not self:  # answered meanwhile: there is nothing left to ask
            return
        if self._found is None:
            self.dismiss()
            return
        found = self._found
        self.offer(_ways(found.holder))
        self.entitle(lambda: found.thing.label)
        colour = palette.MUTED if found.loan.recalled_at is None else palette.AMBER
        self.help(partial(_who_has_it, self.kiosk.desk, found), colour)

    async def answered(self, key: str) -> None:
        """Write what the guard saw, then close."""
        if self._found is None or key == _STAYS:
            self.dismiss(key)
            return
        loan, thing, holder, _reason = self._found
        if key == _DAMAGED:
            self.app.push_screen(HowDamaged(thing), self._is_damaged)
        elif key == _PASS_ON and holder is not None:
            self.dismiss(key)
            self.kiosk.show(PassOn(thing, loan, holder))
        else:
            await self._take_back(thing, Condition.GOOD)

    async def _is_damaged(self, condition: str | None) -> None:
        if condition is not None and self._found is not None:
            await self._take_back(self._found.thing, Condition(condition))

    async def _take_back(self, thing: Thing, condition: Condition) -> None:
        kiosk = self.kiosk
        async with self.answering():
            self.dismiss(_BACK)
            await take_back(kiosk, thing.id, Ended.BY_HAND, condition)


def _ways(holder: Person | None) -> list[tuple[str, Words]]:
    """Return what can be answered; only a person can pass a thing on."""
    ways: list[tuple[str, Words]] = [
        (_BACK, lambda: _("It is back and good")),
        (_DAMAGED, lambda: _("It is back but damaged")),
    ]
    if holder is not None:
        ways.append((_PASS_ON, lambda: _("Pass it on: both tap")))
    return [*ways, (_STAYS, lambda: _("It is still out"))]


def _who_has_it(desk: Desk, found: _Out) -> str:
    loan, holder = found.loan, found.holder
    words = (
        _("{number}  {holder} has it since {since}, due {due}.")
        if loan.due_at is not None
        else _("{number}  {holder} holds it for good since {since}.")
    )
    said = words.format(
        number=loan.number, holder=_with_extension(loan, holder),
        since=when(desk, loan.out_at), due=when(desk, loan.due_at),
    )  # fmt: skip
    return " ".join([said, *_called_back(desk, found)])


def _called_back(desk: Desk, found: _Out) -> Iterator[str]:
    if found.loan.recalled_at is not None:
        words = _("Called back {at}: {reason}") if found.reason else _("Called back {at}.")
        yield words.format(at=when(desk, found.loan.recalled_at), reason=found.reason)


def _open_loan(desk: Desk, loan_id: str) -> _Out | None:
    with desk.read() as book:
        found = book.one(LOAN, id=loan_id)
        if found is None or found[0].returned_at is not None:
            return None
        return _Out(*found, book.read_sealed(found[0].recall_reason, erased=""))


def _with_extension(loan: Loan, holder: Person | None) -> str:
    if holder is None or not holder.extension:
        return holder_name(loan, holder)
    return _("{name} (extension {extension})").format(name=holder.name, extension=holder.extension)


class HowDamaged(Choose):
    """What is wrong with it? It does not go back to the board before the office says so."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(
            lambda: _("{thing}: what is wrong with it?").format(thing=thing.label),
            [(one.value, partial(_, CONDITION_NAMES[one])) for one in _BAD],
        )


class FoundAgain(Choose):
    """Ask about a lost thing whose tag was tapped: is it here, in what state."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(
            lambda: _("{thing} is reported lost. Is it here again?").format(thing=thing.label),
            [
                (Condition.GOOD.value, lambda: _("Yes, found again and good")),
                *[(one.value, partial(_yes_but, one)) for one in _BAD],
                (_STAYS, lambda: _("No, write nothing")),
            ],
        )
        self._thing = thing

    async def answered(self, key: str) -> None:
        """Close, then record that it is here again: the answer goes to what was behind."""
        kiosk = self.kiosk
        self.dismiss(key)
        if key != _STAYS:
            async with self.answering():
                state = await written(
                    kiosk, losing.found_again, kiosk.desk, self._thing.id, kiosk.by, Condition(key)
                )
                kiosk.answer(_found(self._thing, state))


def _yes_but(condition: Condition) -> str:
    return _("Yes, but: {condition}").format(condition=_(CONDITION_NAMES[condition]))


def _found(thing: Thing, state: ThingState) -> Verdict:
    if state is ThingState.IN_SERVICE:
        return Verdict(Tone.GOOD, _("{thing} is found and on the board").format(thing=thing.label))
    words = _("{thing} is found. It stays blocked until the office opens it again.")
    return Verdict(Tone.AMBER, words.format(thing=thing.label))


async def takes_tag_back(kiosk: Context, thing: Thing) -> bool:
    """Answer the tag of a thing that is out or lost; False for one that is on the board.

    Raises ``Refused``: ``keys.lost_locked`` for a lost one at the locked desk,
    ``keys.visitors_card`` for a visitor card that a visitor has: its tap closes the visit.
    """
    with kiosk.desk.read() as book:
        out = returning.is_out(book, thing.id)
        returning.refuse_visitors_card(book, thing)
    if out:
        await take_back(kiosk, thing.id, Ended.TAG)
    elif thing.state is ThingState.LOST:
        if kiosk.operator is None:
            raise Refused("keys.lost_locked", thing=thing.label)
        kiosk.show(FoundAgain(thing))
    else:
        return False
    return True


async def take_back(
    kiosk: Context, thing_id: str, how: Ended, condition: Condition = Condition.GOOD
) -> None:
    """Write that a thing is back, and say so."""
    handed = await kiosk.pen.write(
        returning.give_back, kiosk.desk, thing_id, _by(kiosk), how, condition
    )
    kiosk.changed()
    if handed.waits_for and await _confirmed_soon(kiosk, thing_id):
        handed = replace(handed, waits_for="")
    good = condition is Condition.GOOD or handed.waits_for
    kiosk.answer(returned(kiosk.desk, handed) if good else damaged(handed))


async def _confirmed_soon(kiosk: Context, thing_id: str) -> bool:
    """Wait a moment for the word of the desk that lends it, while that one can be reached."""
    if kiosk.hub is None:
        return False
    end = time.monotonic() + kiosk.desk.rules.claim_wait_ms / 1000
    while time.monotonic() < end:
        if returning.is_confirmed(kiosk.desk, thing_id):
            return True
        await asyncio.sleep(_LOOK_S)
    return False


def _by(kiosk: Context) -> str:
    return kiosk.operator.staff_no if kiosk.operator else returning.keeper(kiosk.desk)


def say_damaged(kiosk: Context) -> None:
    """Ask what is wrong with what came back last; ``Refused`` when it is too late for one key."""
    loan, thing = returning.just_back(kiosk.desk)
    kiosk.show(SayDamaged(loan.id, thing))


class SayDamaged(HowDamaged):
    """The same question a moment after it came back, from any screen."""

    def __init__(self, loan_id: str, thing: Thing) -> None:
        super().__init__(thing)
        self._loan_id = loan_id

    async def answered(self, key: str) -> None:
        """Close, then take it off the board: the answer goes to what was behind."""
        kiosk = self.kiosk
        async with self.answering():
            self.dismiss(key)
            handed = await written(
                kiosk, returning.came_back_damaged, kiosk.desk, self._loan_id, _by(kiosk),
                Condition(key),
            )  # fmt: skip
            kiosk.answer(damaged(handed))
