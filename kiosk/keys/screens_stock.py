"""The stock-take (清点): tap every tag; what is missing, unknown or double is told at once.

Keystrokes: ``F4 I``, then only taps; ``Enter Enter`` finishes. ``Esc`` pauses, ``I`` goes on. What
hangs here although it is out or lost: ``B`` takes it back. Where no reader reads: arrows, space.
No tap here lends anything or takes it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, ThingTag, UnknownCard
from kiosk.desk.loans import Condition, Ended, Thing
from kiosk.desk.stock import TAKE, Seen, StockTake
from kiosk.desk.words import _
from kiosk.keys import losing, papers, returning, stock_take
from kiosk.keys.board import KIND_NAMES
from kiosk.keys.screens_stock_words import (
    counts,
    difference_row,
    differing_columns,
    large_count,
    last_line,
    missing_columns,
    tapped_verdict,
)
from kiosk.keys.stock_standing import Difference, Standing, missing_page, standing
from kiosk.ui.bars import Key
from kiosk.ui.home import Panel
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.window import Window


class Missing(RowList):
    """What is still to be tapped; Enter finishes, with something missing or with nothing."""

    @dataclass
    class Finish(Message):
        """Somebody pressed Enter: the counting is over."""

    def action_choose(self) -> None:
        """Say that the counting is over."""
        self.post_message(self.Finish())


class StockTakeScreen(KioskScreen):
    """Counting the board: missing at the left, what differs at the right, the last tap large."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("space", "by_hand", show=False),
        Binding("u,U", "unsee", show=False),
        Binding("b,B", "take_back", show=False),
        Binding("left", "side('missing')", show=False),
        Binding("right", "side('differing')", show=False),
    ]
    DEFAULT_CSS = """
    StockTakeScreen #take-top { height: 10; padding: 1 2; background: $panel-ground; }
    StockTakeScreen #take-big { width: 45%; height: 100%; }
    StockTakeScreen #take-head { width: 1fr; height: 100%; padding: 1 0 0 2; }
    StockTakeScreen #columns { height: 1fr; margin: 1 0 0 0; }
    StockTakeScreen #missing-panel { width: 1fr; height: 100%; padding: 1 1 0 1; }
    StockTakeScreen #differing-panel { width: 1fr; height: 100%; padding: 1 1 0 1; }
    StockTakeScreen #differing-panel { margin: 0 0 0 1; }
    StockTakeScreen.-low #take-top { height: 6; padding: 0 1; }
    StockTakeScreen.-low #take-big { width: 36%; }
    StockTakeScreen.-low #take-head { padding: 0 0 0 1; }
    StockTakeScreen.-low #missing-panel { padding: 0; }
    StockTakeScreen.-low #differing-panel { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._take_id = ""
        self._standing: Standing | None = None
        self._last: tuple[Seen, str, str] | None = None
        self._asked = False

    def body(self) -> ComposeResult:
        """Lay the counts and the last tap, and both lists."""
        with Horizontal(id="take-top"):
            yield Static("", markup=False, id="take-big")
            yield Static("", markup=False, id="take-head")
        with Horizontal(id="columns"):
            yield Panel(Missing(id="missing"), id="missing-panel")
            yield Panel(RowList(id="differing"), id="differing-panel")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        if self._finished:
            yield Key("Esc", _("Back"))
            return
        yield Key("Enter", _("Finish"))
        yield Key("Space", _("Seen by hand"), _("By hand"))
        yield Key("U", _("Undo by hand"), _("Undo"))
        yield Key("B", _("Take it back"), _("Back in"))
        yield Key("Esc", _("Pause"))

    @property
    def _finished(self) -> bool:
        return self._standing is not None and self._standing.take.finished_at is not None

    async def on_screen_resume(self) -> None:
        """Begin, or go on with what was begun."""
        self.query_one("#missing", Missing).focus()
        if not self._take_id:
            async with self.answering():
                begun = await self.act(stock_take.begin, self.kiosk.desk, self.kiosk.by)
                self._take_id = begun.take_id
                self._tell_abandoned(begun.abandoned)
        await self.refresh_book()

    def _tell_abandoned(self, number: str) -> None:
        if number:
            words = _("was not finished in its shift. This is a new count.")
            self.kiosk.answer(Verdict(Tone.AMBER, words, name=number))

    async def read_book(self) -> None:
        """Count again what is missing and what differs."""
        if not self._take_id:
            return
        now, rows = await self.aside(self._read)
        self._standing = now
        if self.alive:
            self._draw(now, rows)

    def _read(self) -> tuple[Standing, Window]:
        with self.kiosk.desk.read() as book:
            take = book.one(TAKE, id=self._take_id)
            if take is None:
                raise LookupError(f"no stock-take {self._take_id}")
            now = standing(book, take)
        rows = Window(now.missing, lambda skip, most: self._missing(take, skip, most))
        if rows:
            rows[0]  # the first page is read here, beside the screen
        return now, rows

    def _missing(self, take: StockTake, skip: int, most: int) -> list[ListRow]:
        with self.kiosk.desk.read() as book:
            things = missing_page(book, take, skip, most)
        return [
            ListRow((one.label, one.place, _(KIND_NAMES[one.kind])), key=one.id, faint=(1, 2))
            for one in things
        ]

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)

    def _draw(self, now: Standing, rows: Window) -> None:
        head = self.query_one("#take-head", Static)
        head.update(counts(self.kiosk.desk, now) + last_line(now, self._last, asked=self._asked))
        big = self.query_one("#take-big", Static)
        big.update(large_count(now, big.content_size.width, big.content_size.height))
        missing = self.query_one("#missing", Missing)
        self.query_one("#missing-panel", Panel).entitle(_("Missing"), str(now.missing))
        missing.empty = _("Nothing is missing.")
        missing.show(rows, missing_columns())
        differing = self.query_one("#differing", RowList)
        self.query_one("#differing-panel", Panel).entitle(_("Differs"), str(len(now.differing)))
        differing.empty = _("Nothing differs.")
        differing.show([difference_row(one) for one in now.differing], differing_columns())
        self.show_keys()

    # Taps. None of them lends a thing or takes it back.

    def accepts(self, bearer: Bearer) -> bool:
        """Take every tag while the counting runs; badges get their usual answer."""
        return not self._finished and isinstance(bearer, ThingTag | UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Count the tag. At a desk that locked meanwhile the next one would be taken back."""
        kiosk = self.kiosk
        kiosk.worked()
        tapped = await self.act(stock_take.tap, kiosk.desk, self._take_id, kiosk.by, bearer.uid)
        self._tell(tapped.seen, tapped.label or bearer.uid[-4:], tapped.holder)
        await self.refresh_book()

    def _tell(self, seen: Seen, label: str, holder: str) -> None:
        self._asked = False
        self._last = (seen, label, holder)
        self.kiosk.answer(tapped_verdict(seen, label, holder))

    # Keys.

    def action_side(self, which: str) -> None:
        """Go to the left or the right list."""
        self.query_one(f"#{which}", RowList).focus()

    async def action_by_hand(self) -> None:
        """Tick the thing under the cursor: seen, without its tag."""
        missing = self.query_one("#missing", Missing)
        if self._finished or missing.current is None or not missing.has_focus:
            return
        kiosk, thing_id = self.kiosk, missing.current.key
        async with self.answering():
            tapped = await self.act(
                stock_take.by_hand, kiosk.desk, self._take_id, kiosk.by, thing_id
            )
            self._tell(tapped.seen, tapped.label, tapped.holder)
            await self.refresh_book()

    async def action_unsee(self) -> None:
        """Take the newest tick by hand back."""
        if self._finished:
            return
        kiosk = self.kiosk
        async with self.answering():
            label = await self.act(stock_take.unsee, kiosk.desk, self._take_id, kiosk.by)
            self._last, self._asked = None, False
            kiosk.answer(Verdict(Tone.INFO, _("not seen after all"), name=label))
            await self.refresh_book()

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take back what the cursor is on at the right."""
        if message.list.id == "differing":
            await self._take_back(message.row.key)

    async def action_take_back(self) -> None:
        """Take back what the cursor is on at the right: the newest difference at first."""
        current = self.query_one("#differing", RowList).current
        if current is not None:
            await self._take_back(current.key)

    async def _take_back(self, one: Difference) -> None:
        if self._finished or one.thing is None:
            return
        async with self.answering():
            await self._right(one.seen, one.thing)
            await self.refresh_book()

    async def _right(self, seen: Seen, thing: Thing) -> None:
        """Put the ledger right by the guard's word: the thing is here."""
        kiosk = self.kiosk
        self._last, self._asked = None, False
        if seen is Seen.YET_OUT:
            handed = await self.act(
                returning.give_back, kiosk.desk, thing.id, kiosk.by, Ended.BY_HAND
            )
            words = _("{thing} is back").format(thing=handed.label)
            kiosk.answer(Verdict(Tone.GOOD, words, name=handed.holder))
            return
        await self.act(losing.found_again, kiosk.desk, thing.id, kiosk.by, Condition.GOOD)
        kiosk.answer(Verdict(Tone.GOOD, _("found again"), name=thing.label))

    async def on_missing_finish(self) -> None:
        """Finish at the second Enter; the first says what is still missing."""
        now = self._standing
        if now is None or self._finished:
            return
        if not self._asked:
            self._asked = True
            await self.refresh_book()
            return
        kiosk = self.kiosk
        async with self.answering():
            done = await self.act(stock_take.finish, kiosk.desk, self._take_id, kiosk.by)
            self._last, self._asked = None, False
            await self.act(papers.print_count, kiosk.desk, kiosk.by, self._take_id)
            tone = Tone.GOOD if done.agrees else Tone.AMBER
            words = _("The count agrees.") if done.agrees else _("The count does not agree.")
            kiosk.answer(Verdict(tone, words, name=done.take.number))
            await self.refresh_book()

    def action_leave(self) -> None:
        """Pause: what was counted stays, and I at the board goes on."""
        kiosk, paused = self.kiosk, not self._finished
        self.dismiss(None)
        if paused:
            kiosk.answer(Verdict(Tone.INFO, _("The count is paused. I goes on with it.")))
