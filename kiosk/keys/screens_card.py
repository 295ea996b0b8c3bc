"""One thing on the screen: what it is, who has it and had it; what to do, by digit.

Keystrokes, from the board: ``Enter`` opens this card, ``Enter`` hands out or takes back, ``2``
notes that the holder was reminded. Everything else is one digit and what it asks.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key as KeyEvent
from textual.widgets import Static

from kiosk.desk.loans import Loan
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.keys import chasing
from kiosk.keys.card import ThingCard, thing_card, thing_of_loan
from kiosk.keys.screens_card_acts import Act, Offered, offered
from kiosk.keys.screens_card_history import PastLoans
from kiosk.keys.screens_card_words import (
    headline,
    holder_facts,
    thing_facts,
    tone_of,
)
from kiosk.keys.screens_change import ChangeThing, NewTag
from kiosk.keys.screens_lend import LendKey
from kiosk.keys.screens_lose import BlockThing, DecideLoss, ReportLost
from kiosk.keys.screens_reserve import CancelBooking, Reserving
from kiosk.keys.screens_return import FoundAgain, TakeBack
from kiosk.keys.screens_signed import GiveWord, retire_signed, unblock_signed
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.tap_area import TapArea
from kiosk.ui.verdict import Verdict, refusal


class ThingScreen(KioskScreen):
    """One thing; digits choose what to do, Enter does what the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        # Before the list of acts, which has the focus and would page through itself.
        Binding("pagedown", "turn(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ThingScreen #head { height: 3; padding: 1 2; margin: 0 0 1 0; background: $panel-ground; }
    ThingScreen #head.-good { background: $good-ground; }
    ThingScreen #head.-amber { background: $amber-ground; }
    ThingScreen #head.-red { background: $red-ground; }
    ThingScreen #head.-info { background: $info-ground; }
    ThingScreen #facts { height: 9; margin: 0 0 1 0; }
    ThingScreen #thing { width: 1fr; height: 100%; padding: 1 2; background: $panel-ground; }
    ThingScreen #holder { width: 1fr; height: 100%; padding: 1 2; margin: 0 0 0 1; }
    ThingScreen #holder { background: $panel-ground; }
    ThingScreen #below { height: 1fr; }
    ThingScreen #acts { width: 55%; height: 100%; padding: 1 1 0 1; }
    ThingScreen #history { width: 1fr; height: 100%; padding: 1 1 0 1; margin: 0 0 0 1; }
    ThingScreen.-low #head { height: 1; padding: 0 1; margin: 0; }
    ThingScreen.-low #facts { height: 7; margin: 1 0; }
    ThingScreen.-low #thing { padding: 0 1; }
    ThingScreen.-low #holder { padding: 0 1; }
    ThingScreen.-low #acts { width: 44%; padding: 0; }
    ThingScreen.-low #history { padding: 0; }
    """

    def __init__(self, thing_id: str = "", loan_id: str = "") -> None:
        super().__init__()
        self._thing_id, self._loan_id = thing_id, loan_id
        self._card: ThingCard | None = None
        self._offered: list[Offered] = []
        self._handing: ThingCard | None = None
        """The card as it was when its thing was to go out or to come in."""

    def body(self) -> ComposeResult:
        """Lay the headline, both sides of the card, what can be done, and who had it before."""
        yield Static("", markup=False, id="head")
        with Horizontal(id="facts"):
            yield Static("", markup=False, id="thing")
            yield Static("", markup=False, id="holder")
        with Horizontal(id="below"):
            yield RowList(Column("", 1), Column(""), header=False, id="acts")
            yield PastLoans(id="history")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("1-9", _("Choose"))
        yield Key("Enter", _("Do it"))
        history = self.query_one(PastLoans)
        if history.has_earlier:
            yield Key("PgDn", _("Had it before"), pgettext("page", "Before"))
        if history.has_later:
            yield Key("PgUp", _("Had it later"), pgettext("page", "Later"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read the card when the screen comes to the front."""
        acts = self.query_one("#acts", RowList)
        acts.show_cursor_always = True
        acts.focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the card again and draw it; a thing that is gone leaves nothing to show."""
        try:
            card = await self.aside(self._read, self.query_one(PastLoans).after)
        except Refused as refused:
            if self.is_current:
                self.dismiss(None)
            self.kiosk.answer(refusal(refused))
            return
        if self._handing is not None and _moved(self._handing, card):
            self._give_way()  # it went out or came in: the next one is waiting
            return
        before, self._card = self._card, card
        if self.alive:
            self._draw(card)
            if before is not None and _moved(before, card):
                self.query_one("#acts", RowList).action_move(-len(self._offered))

    def _give_way(self) -> None:
        """Leave the card to the list behind it, with the answer that stands on it."""
        if not self.is_current:
            return
        said = self.query_one("#tap", TapArea).verdict
        self.dismiss(None)
        behind = self.app.screen.query("#tap")
        if said is not None and behind:
            behind.first(TapArea).answer(said)

    def _read(self, after: Loan | None) -> ThingCard:
        if not self._thing_id:
            self._thing_id = thing_of_loan(self.kiosk.desk, self._loan_id)
        return thing_card(self.kiosk.desk, self._thing_id, after)

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        if self._card is not None:
            self._draw(self._card)

    def _draw(self, card: ThingCard) -> None:
        desk = self.kiosk.desk
        head = self.query_one("#head", Static)
        head.update(headline(desk, card))
        for tone in Tone:
            head.set_class(tone is tone_of(desk, card), f"-{tone.value}")
        self.query_one("#thing", Static).update(thing_facts(self.kiosk.desk, card))
        self.query_one("#holder", Static).update(holder_facts(desk, card))
        self._offered = offered(card)
        acts = self.query_one("#acts", RowList)
        acts.empty = _("Nothing more can be done with it.")
        acts.show(
            [ListRow((str(n), one.words), key=one.act) for n, one in enumerate(self._offered, 1)]
        )
        self.query_one(PastLoans).tell(desk, card.history)
        self.show_keys()

    async def action_turn(self, by: int) -> None:
        """Turn the page of who had it: to those before (1), or back (-1)."""
        if self.query_one(PastLoans).turn(by):
            await self.refresh_book()

    def action_leave(self) -> None:
        """Go back; everything done so far is saved."""
        if self.is_current:
            self.dismiss(None)

    # Digits and Enter.

    async def on_key(self, event: KeyEvent) -> None:
        """Take a digit as the choice."""
        digit = event.character or ""
        if digit.isdecimal() and 1 <= int(digit) <= len(self._offered):
            event.stop()
            await self._do(self._offered[int(digit) - 1].act)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do what the cursor is on."""
        if message.list.id == "acts":
            await self._do(message.row.key)

    async def _do(self, act: Act) -> None:
        if self._card is not None:
            async with self.answering():
                await self._doing()[act](self._card)

    def _doing(self) -> Mapping[Act, Callable[[ThingCard], Awaitable[None]]]:
        return {
            Act.HAND_OUT: self._hand_out, Act.TAKE_BACK: self._take_back,
            Act.REMIND: self._remind, Act.HEAD: self._head,
            Act.WORD: self._word, Act.RECALL: self._recall,
            Act.LOST: self._lost, Act.DECIDE: self._decide, Act.FOUND: self._found,
            Act.BLOCK: self._block, Act.UNBLOCK: self._unblock, Act.RESERVE: self._reserve,
            Act.CANCEL: self._cancel, Act.RETAG: self._retag, Act.CHANGE: self._change,
            Act.RETIRE: self._retire,
        }  # fmt: skip

    async def _hand_out(self, card: ThingCard) -> None:
        self._handing = card
        self.app.push_screen(LendKey(card.thing))

    async def _take_back(self, card: ThingCard) -> None:
        if card.loan is not None:
            self._handing = card
            self.app.push_screen(TakeBack(card.loan.id))

    async def _remind(self, card: ThingCard) -> None:
        if card.loan is None:
            return
        kiosk = self.kiosk
        await self.act(chasing.remind, kiosk.desk, card.loan.id, kiosk.by)
        words = _("Reminded, written down.")
        kiosk.answer(Verdict(Tone.GOOD, words, name=card.holder_name))

    async def _head(self, card: ThingCard) -> None:
        if card.loan is None:
            return
        kiosk = self.kiosk
        await self.act(chasing.tell_head, kiosk.desk, card.loan.id, kiosk.by)
        words = _("Told, written down.")
        kiosk.answer(Verdict(Tone.GOOD, words, name=card.holder_name))

    async def _recall(self, card: ThingCard) -> None:
        asked = AskText(
            lambda: _("Call back {thing}").format(thing=card.thing.label), lambda: _("Reason")
        )
        self.app.push_screen(asked, self._recalled)

    async def _recalled(self, reason: str | None) -> None:
        if reason is None or self._card is None or self._card.loan is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            handed = await self.act(
                chasing.recall, kiosk.desk, self._card.loan.id, kiosk.by, reason
            )
            words = _("{thing} is called back: wanted now.").format(thing=handed.label)
            kiosk.answer(Verdict(Tone.GOOD, words, name=handed.holder))

    async def _word(self, card: ThingCard) -> None:
        if card.loan is not None:
            self.app.push_screen(GiveWord(card.loan.id, partial(str, card.thing.label)))

    async def _lost(self, card: ThingCard) -> None:
        self.app.push_screen(ReportLost(card.thing))

    async def _decide(self, card: ThingCard) -> None:
        if card.loss is not None:
            self.app.push_screen(DecideLoss(card.loss.id))

    async def _found(self, card: ThingCard) -> None:
        self.app.push_screen(FoundAgain(card.thing))

    async def _block(self, card: ThingCard) -> None:
        self.app.push_screen(BlockThing(card.thing))

    async def _unblock(self, card: ThingCard) -> None:
        self.app.push_screen(unblock_signed(self.kiosk, card.thing))

    async def _retire(self, card: ThingCard) -> None:
        self.app.push_screen(retire_signed(self.kiosk, card.thing))

    async def _reserve(self, card: ThingCard) -> None:
        Reserving(self, card.thing, card.booked).begin()

    async def _cancel(self, card: ThingCard) -> None:
        self.app.push_screen(CancelBooking(card.booked, self.kiosk.desk))

    async def _retag(self, card: ThingCard) -> None:
        self.app.push_screen(NewTag(card.thing))

    async def _change(self, card: ThingCard) -> None:
        self.app.push_screen(ChangeThing(card.thing, card.section))


def _moved(before: ThingCard, now: ThingCard) -> bool:
    """Say whether the thing changed hands or state."""
    loans = [one.loan.id if one.loan is not None else "" for one in (before, now)]
    return loans[0] != loans[1] or before.thing.state is not now.thing.state
