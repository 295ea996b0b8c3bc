"""What every question of a loan shares: it waits for a tap, counts down, and asks for the word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.safe_text import cells
from kiosk.desk.signing import Proof
from kiosk.desk.words import _
from kiosk.keys.asking import Asked
from kiosk.keys.screens_asks_desk import AsksDesk
from kiosk.keys.screens_word import Wish, asks_something, terms_for
from kiosk.keys.service import Terms
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.dialogs import ROOM
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row

_GAP = 3

Hint = tuple[str, str]
"""A key and what it does."""


class Waiting(AsksDesk):
    """A question that waits for a tap and closes in words when nobody taps.

    Nothing is written before the tap that completes it: a power cut meanwhile leaves nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n,N", "no_badge", show=False)]
    DEFAULT_CSS = """
    Waiting #so-far { height: auto; display: none; }
    Waiting #so-far.-some { display: block; }
    Waiting #waits { height: auto; margin: 1 0 0 0; }
    """

    def __init__(self) -> None:
        super().__init__(self.title_now, self.help_now)
        self._seconds_left = 0
        self._writing = False

    def parts(self) -> ComposeResult:
        """Yield what was tapped so far, and the line that counts down."""
        yield Static("", markup=False, id="so-far")
        yield Static("", markup=False, id="waits")

    def on_mount(self) -> None:
        """Say whose turn it is, and start to wait."""
        self.wait_again()
        self.set_interval(1.0, self.tick)

    def action_leave(self) -> None:
        """Leave with nothing done, but not in the middle of what is being written.

        While another desk is asked, this gives up asking.
        """
        if self.asking or not self._writing:
            super().action_leave()

    def asking_changed(self) -> None:
        """Start to wait anew: the answer was not this person's to give."""
        self.wait_again()

    # What a question says; each one has its own.

    def title_now(self) -> str:
        """Return the title of this moment."""
        return ""

    def help_now(self) -> str:
        """Return what to do next."""
        return ""

    def so_far(self) -> Sequence[str]:
        """Return what was tapped so far, a line each."""
        return ()

    def hints(self) -> Sequence[Hint]:
        """Return the keys of this moment."""
        return ()

    def timed_out(self) -> Verdict:
        """Return what is said when nobody tapped."""
        raise NotImplementedError

    async def proved(self, proof: Proof) -> None:
        """Take who has no badge; the PIN was right."""

    def proof_title(self) -> str:
        """Return the title of the question for staff number and PIN; "" where nobody is asked."""
        return ""

    # The waiting itself.

    def wait_again(self) -> None:
        """Start to wait for the next tap, and say everything anew."""
        self._count_anew()
        if not self.query("#waits"):  # a badge can be faster than the first picture
            return
        self.entitle(self.title_now)
        self.help(self.asking_words if self.asking else self.help_now)
        self._draw()

    def _count_anew(self) -> None:
        self._seconds_left = self.kiosk.desk.rules.loan_tap_s

    def translate(self) -> None:
        """Say it again in the language chosen now; the countdown goes on."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        told = self.so_far()
        shown = self.query_one("#so-far", Static)
        shown.set_class(bool(told), "-some")
        shown.update(lines(*[plain(line, palette.TEXT) for line in told]))
        self._draw_waits()

    def _draw_waits(self) -> None:
        self.query_one("#waits", Static).update(lines(*self._waits()))

    def _waits(self) -> list[Content]:
        operator = self.kiosk.operator
        clerk = _("At the desk: {name}").format(name=operator.name) if operator else ""
        left = _("{n} s").format(n=self._seconds_left)
        below = row(plain(clerk, palette.MUTED), plain(left, palette.MUTED), gap=_GAP)
        gone = [plain(self._reader_gone(), palette.AMBER)] if self.kiosk.reader_lost() else []
        hints = [("Esc", _("Give up asking"))] if self.asking else self.hints()
        return [*gone, *_packed(hints), below]

    def _reader_gone(self) -> str:
        if self.proof_title():
            return _("The reader is gone. N takes staff number and PIN.")
        return _("The reader is gone.")

    def tick(self) -> None:
        """Count one second down; nobody is hurried by a question in front or a disk that works."""
        if self._writing or self.asking or self.app.screen is not self:
            return
        self._seconds_left -= 1
        if self._seconds_left > 0:
            self._draw_waits()
            return
        said = self.timed_out()
        if self.kiosk.reader_lost():
            said = said._replace(lines=(*said.lines, self._reader_gone()))
        self.close(said)

    def close(self, said: Verdict) -> None:
        """Close with an answer."""
        kiosk = self.kiosk
        self.dismiss()
        kiosk.answer(said)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Hold the countdown while the book is written: what is written never timed out."""
        self._writing = True
        try:
            yield
        finally:
            self._writing = False

    def action_no_badge(self) -> None:
        """Take staff number and PIN where there is no badge or no reader."""
        if self.proof_title():
            self.app.push_screen(AskProof(self.proof_title), self._proved)

    async def _proved(self, proof: Proof | None) -> None:
        self.wait_again()
        if proof is not None:
            async with self.answering():
                await self.proved(proof)

    # Whose word it needs.

    async def on_terms(
        self, wish: Wish, asked: Sequence[Asked], use: Callable[[Terms], Awaitable[None]]
    ) -> None:
        """Ask what must be asked - warnings, reason, a manager's word - and go on with ``use``."""
        self._count_anew()  # drawn at the next second: the answer to the tap is painted first
        if asks_something(asked):
            self.run_worker(self._ask_first(wish, asked, use))
            return
        async with self.writing():
            await use(wish.terms())

    async def _ask_first(
        self, wish: Wish, asked: Sequence[Asked], use: Callable[[Terms], Awaitable[None]]
    ) -> None:
        async with self.answering(), self.writing():
            terms = await terms_for(self.app, self.kiosk, wish, asked)
            self.wait_again()
            if terms is not None:
                await use(terms)


def _packed(hints: Sequence[Hint]) -> list[Content]:
    """Return the keys in as few lines as there is room for: no key is parted from its words."""
    packed: list[Content] = []
    for key, does in hints:
        one = row(plain(key, f"bold {palette.INFO}"), plain(does, palette.TEXT), gap=1)
        longer = row(packed[-1], one, gap=_GAP) if packed else one
        if packed and cells(longer.plain) > ROOM:
            packed.append(one)
        else:
            packed[-1:] = [longer]
    return packed
