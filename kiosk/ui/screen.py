"""The base of every screen: status bar, tap strip, key bar, and one way to run a use case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, Protocol, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, sentence
from kiosk.ui.bars import Key, KeyBar, StatusBar
from kiosk.ui.form import LabelledInput
from kiosk.ui.tap_area import TapArea, TapStrip
from kiosk.ui.verdict import Verdict, broken, refusal
from kiosk.ui.words_on_screen import plain

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from kiosk.desk.bearer import Bearer
    from kiosk.desk.id_card import IdCard
    from kiosk.ui.context import Context

Args = ParamSpec("Args")
Result = TypeVar("Result")
log = logging.getLogger("kiosk.ui")
LOW_ROWS = 30
"""A screen with fewer rows than these is drawn low: smaller, and without empty lines."""


class UnreadLine(Static):
    """The red line of a screen whose list could not be read: it stays until a look succeeds."""

    DEFAULT_CSS = """
    UnreadLine { dock: bottom; height: 1; margin: 0 0 1 0; padding: 0 2; background: $red-ground; }
    """


class HasContext(Protocol):
    """The application, as far as screens know it."""

    context: Context | None


class UseCases:
    """What screens and dialogs share: the context, the language, a use case run on the pen.

    ``own_function_keys`` are the numbers of those function keys that mean something of its own
    while it is in front, though elsewhere they lead to a feature.
    """

    own_function_keys: ClassVar[frozenset[int]] = frozenset()
    app: Any
    _to_close: tuple[Any] | None = None

    @property
    def kiosk(self) -> Context:
        """The kiosk's working parts."""
        context = cast("HasContext", self.app).context
        if context is None:
            raise LookupError("the book is not open yet")
        return context

    @property
    def ready(self) -> bool:
        """False while the book is being opened: the first picture is painted before that."""
        return cast("HasContext", self.app).context is not None

    @property
    def alive(self) -> bool:
        """Say whether the screen still stands: when one is taken away, its parts go first."""
        raise NotImplementedError

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed or chosen stays."""
        screen = cast("Screen[Any]", self)
        screen.query_one("#tap", TapArea).translate()
        for field in screen.query(LabelledInput):
            field.translate()

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401 - each screen has its own
        """Close this screen with ``result``; behind another one it closes once it is seen again.

        Textual closes whatever is in front: a question answered while the desk locked itself would
        take the lock's picture away and leave the names behind it open to everybody.
        """
        screen = cast("Screen[Any]", self)
        if screen.is_active:
            return Screen.dismiss(screen, result)
        self._to_close = (result,)
        return AwaitComplete()

    async def on_screen_resume(self) -> None:
        """Close now what was to be closed while another screen was in front."""
        if self._to_close is not None:
            (result,), self._to_close = self._to_close, None
            self.dismiss(result)

    async def act(
        self, use_case: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run a use case on the pen; the open lists refresh afterwards."""
        done = await self.kiosk.pen.write(use_case, *args, **kwargs)
        self.kiosk.changed()
        return done

    async def aside(
        self, work: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Run slow work (a PIN's hash takes 0.1 s) beside the pen: no tap waits for it."""
        return await asyncio.to_thread(work, *args, **kwargs)

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Turn a refusal into an amber answer, and a bug into "nothing was saved" with its trace.

        Use it round every use case a key or a tap starts; what was typed stays where it is.
        """
        try:
            yield
        except Refused as refused:
            self.kiosk.answer(refusal(refused))
        except Exception:  # the screen must outlive any bug of ours; the log has all of it
            log.exception("a use case failed")
            self.kiosk.answer(broken())


class KioskScreen(UseCases, Screen[None]):
    """A screen with the kiosk's frame. Subclasses yield their parts in ``body``.

    Nothing that can wait covers an ``undisturbed`` one.
    """

    undisturbed: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """Lay the frame round the body."""
        yield StatusBar()
        yield self.tap_area()
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()

    @property
    def is_work(self) -> bool:
        """True while being in front says that somebody is at the post: nobody is asked then."""
        return self.undisturbed

    def at_lock(self) -> KioskScreen | None:
        """Return what stays in front when the desk locks (without names) and when it opens."""
        return None

    def tap_area(self) -> TapArea:
        """Return the tap area of this screen: one strip, unless it is the home screen."""
        return TapStrip(id="tap")

    def body(self) -> ComposeResult:
        """Yield the screen's own parts."""
        yield from ()

    def keys(self) -> Iterator[Key]:
        """Yield the keys that the key bar shows."""
        yield from ()

    def on_mount(self) -> None:
        """Show the keys and the status."""
        self.show_keys()
        if self.ready:
            self.kiosk.tell_status()

    @property
    def alive(self) -> bool:
        """Say whether the screen still stands: when one is taken away, its parts go first."""
        return bool(self.is_attached and self.query(KeyBar) and self.query("#tap"))

    def show_keys(self) -> None:
        """Show the keys of this moment."""
        self.query_one(KeyBar).tell(list(self.keys()))

    def answer(self, verdict: Verdict, seconds: float) -> None:
        """Show a verdict in this screen's tap area."""
        self.query_one("#tap", TapArea).answer(verdict, seconds)

    async def refresh_book(self) -> None:
        """Read again what this screen shows; called after every change of the book.

        A list that cannot be read says so in red until it can be, and stops nothing: taps go on.
        """
        try:
            await self.read_book()
        except Refused as refused:
            self._say_unread(sentence(refused.code, refused.facts))
        except Exception:  # the screen must outlive any bug of ours; the log has all of it
            log.exception("%s cannot be read", type(self).__name__)
            self._say_unread(_("This list cannot be read; what stands here may be old."))
        else:
            self._say_unread("")

    def _say_unread(self, words: str) -> None:
        if not self.alive:
            return
        shown = self.query(UnreadLine)
        if not words:
            shown.remove()
        elif shown:
            shown.first().update(plain(words))
        else:
            self.mount(UnreadLine(plain(words)), before=self.query_one(KeyBar))

    async def read_book(self) -> None:
        """Read and draw; subclasses do it. Whatever it raises is said and logged for them."""

    def translate(self) -> None:
        """Say everything again in the language chosen now; screens made anew need nothing."""
        super().translate()
        self.show_keys()

    def accepts(self, bearer: Bearer) -> bool:
        """Say whether this screen waits for such a card; every other tap gets its usual answer."""
        del bearer
        return False

    async def take_card(self, bearer: Bearer) -> None:
        """Take a card that was accepted."""

    async def take_id_card(self, card: IdCard) -> bool:
        """Take an ID card laid on its reader; False when it is not for this screen."""
        del card
        return False

    async def take_code(self, text: str) -> bool:
        """Take a scanned code; False when it is not for this screen."""
        del text
        return False
