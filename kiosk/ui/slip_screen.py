"""A slip on the screen, in rows of characters as wide as its paper, or as a picture of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.safe_text import cells
from kiosk.desk.slip_lines import Align
from kiosk.desk.slip_sheet import BarCode, Piece, Row, Square, for_the_screen
from kiosk.desk.slip_text import typeset
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.screen import KioskScreen
from kiosk.ui.slip_preview import preview
from kiosk.ui.words_on_screen import lines, plain

if TYPE_CHECKING:
    from kiosk.desk.slip import Slip

PAPER, INK = "#f4f2ea", "#15171a"
_DOTS_A_COLUMN = 12
_MOST_CELLS = 110
_SIDES = 8


class SlipView(KioskScreen):
    """One slip; arrows and page keys scroll, V changes between characters and picture, Esc back.

    ``said`` is what stands over it: when it was printed, or that it will be. ``width_dots`` is the
    width of the printer's paper. ``anew`` makes a slip that is not printed yet once more, in the
    language chosen now; a printed one keeps its own.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("v,V", "other_form", show=False),
    ]
    DEFAULT_CSS = f"""
    SlipView #slip-said {{ height: auto; padding: 0 2; margin: 0 0 1 0; }}
    SlipView.-low #slip-said {{ margin: 0; }}
    SlipView #slip-roll {{ height: 1fr; align-horizontal: center; }}
    SlipView #slip-paper {{ width: auto; height: auto; background: {PAPER}; padding: 1 2; }}
    """

    def __init__(
        self, slip: Slip, said: Callable[[], str], width_dots: int,
        anew: Callable[[], Slip] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._anew = anew
        self._slip, self._said, self._width = slip, said, width_dots
        self._as_picture = False

    def body(self) -> ComposeResult:
        """Lay what is said of the slip, and its paper."""
        yield Static("", markup=False, id="slip-said")
        with VerticalScroll(id="slip-roll"):
            yield Static("", markup=False, id="slip-paper")

    def keys(self) -> Iterator[Key]:
        """Show the keys."""
        yield Key("↑↓", _("Scroll"))
        yield Key("V", _("Characters") if self._as_picture else _("Picture"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Draw, with the arrows on the paper."""
        await super().on_screen_resume()
        self.query_one("#slip-roll").focus()
        await self._draw()

    async def action_other_form(self) -> None:
        """Show the picture instead of the characters, or the other way round."""
        self._as_picture = not self._as_picture
        self.show_keys()
        await self._draw()
        self.query_one("#slip-roll").scroll_home(animate=False)

    async def on_resize(self) -> None:
        """Draw again for the new size."""
        await self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self._make_anew)

    async def _make_anew(self) -> None:
        async with self.answering():
            if self._anew is not None:
                self._slip = await self.aside(self._anew)
            await self._draw()

    async def _draw(self) -> None:
        room = min(_MOST_CELLS, self.app.size.width - _SIDES)
        drawn = await self.aside(self._picture if self._as_picture else self._characters, room)
        if self.alive:
            self.query_one("#slip-said", Static).update(plain(self._said(), palette.TEXT))
            self.query_one("#slip-paper", Static).update(drawn)

    def _picture(self, room: int) -> Content:
        from kiosk.desk.slip_image import draw  # noqa: PLC0415 - Pillow only when it is asked for

        rows = preview(draw(self._slip, self._width), room, fine=True)
        return lines(*[Content.styled(row, f"{INK} on {PAPER}") for row in rows])

    def _characters(self, room: int) -> Content:
        columns = min(room, self._width // _DOTS_A_COLUMN)
        pieces = typeset(self._slip, for_the_screen(columns))
        return lines(*[_piece(piece, columns) for piece in pieces])


def _piece(piece: Piece, columns: int) -> Content:
    if isinstance(piece, Square | BarCode):
        words = "▣ " + _("QR code") if isinstance(piece, Square) else "║▌ " + _("Bars") + " ▐║"
        return _spaced(plain(words, f"{INK} on {PAPER}"), columns, Align.MIDDLE)
    return _row(piece, columns)


def _row(row: Row, columns: int) -> Content:
    spans = [
        Content.styled(span.text, f"{'bold ' if span.style.bold else ''}{INK} on {PAPER}")
        for span in row.spans
    ]
    text = Content("").join(spans)
    return _spaced(text, columns, row.align)


def _spaced(text: Content, columns: int, align: Align) -> Content:
    """Return the row as wide as the paper, so that its right margin shows."""
    rest = max(0, columns - cells(text.plain))
    left = {Align.LEFT: 0, Align.MIDDLE: rest // 2, Align.RIGHT: rest}[align]
    ground = f"{INK} on {PAPER}"
    return Content("").join(
        [Content.styled(" " * left, ground), text, Content.styled(" " * (rest - left), ground)]
    )
