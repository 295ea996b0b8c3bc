"""The home screen: the tap area, what is open, who is inside. It can be read from two metres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.words import _, ngettext
from kiosk.ui import palette
from kiosk.ui.ages import age, hour
from kiosk.ui.bars import Key
from kiosk.ui.row_list import Column, ListRow, RowList, number_column
from kiosk.ui.screen import KioskScreen
from kiosk.ui.tap_area import TapArea
from kiosk.ui.words_on_screen import lines, plain, row

INSIDE = "visit.inside"
_TRAY_SIDES = 4
_AGE, _DESK = 10, 6
"""The cells of a thing's age, and those more that stand for the other desk whose it is."""


class Panel(Vertical):
    """A titled part of the screen; its title counts what is in it."""

    def __init__(self, *parts: Static | RowList, id: str) -> None:  # noqa: A002 - Textual's own name
        self._title = Static("", markup=False, classes="panel-title")
        super().__init__(self._title, *parts, id=id, classes="panel")

    def entitle(self, title: str, count: str = "") -> None:
        """Set the title and what it counts."""
        parts = [plain(title, palette.MUTED), plain(count, f"bold {palette.TEXT}")]
        self._title.update(Content("  ").join([part for part in parts if part.plain]))


class HomeScreen(KioskScreen):
    """What the guard sees all day. ``keys_of`` gives the function keys of the features.

    ``tray`` gives what stands above them in so many cells: only the demo has something there.
    """

    def __init__(
        self,
        keys_of: Callable[[], Iterator[Key]],
        tray: Callable[[int], list[list[str]]] | None = None,
    ) -> None:
        super().__init__()
        self._keys_of, self._tray = keys_of, tray
        self._things: list[OpenThing] = []

    def compose(self) -> ComposeResult:
        """Lay tap area and open things side by side, visitors below."""
        from kiosk.ui.bars import KeyBar, StatusBar  # noqa: PLC0415 - see KioskScreen.compose

        yield StatusBar()
        with Horizontal(id="upper"):
            yield TapArea(id="tap")
            yield Panel(
                RowList(*_open_columns(_AGE), header=False, spaced=True, id="open"),
                id="open-panel",
            )
        yield Panel(RowList(id="inside"), id="inside-panel")
        if self._tray is not None:
            yield Static("", markup=False, id="tray")
        yield KeyBar()

    def keys(self) -> Iterator[Key]:
        """Show every feature's function key."""
        yield from self._keys_of()

    async def on_screen_resume(self) -> None:
        """Read the book again when the guard comes back here; the answer is painted before."""
        self.call_after_refresh(self.refresh_book)

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    async def read_book(self) -> None:
        """Read the open things and draw them."""
        if self.ready:
            self._things = await self.aside(self._read)
            self._draw()

    def _read(self) -> list[OpenThing]:
        with self.kiosk.desk.read() as book:
            return self.kiosk.outstanding(self.kiosk.desk, book)

    def _draw(self) -> None:
        if not self.alive:
            return
        inside = [thing for thing in self._things if thing.kind == INSIDE]
        waiting = [thing for thing in self._things if thing.urgency < Urgency.QUIET]
        self._draw_open(waiting)
        self._draw_inside(inside)
        self._draw_tray()

    def on_resize(self) -> None:
        """Break the lines of the tray again."""
        if self.alive:
            self._draw_tray()

    def _draw_tray(self) -> None:
        if self._tray is not None:
            told = self._tray(self.size.width - _TRAY_SIDES)
            shown = [row(*(plain(part, palette.MUTED) for part in line)) for line in told]
            self.query_one("#tray", Static).update(lines(*shown))

    def _draw_open(self, things: list[OpenThing]) -> None:
        self.query_one("#open-panel", Panel).entitle(_("To do"), str(len(things) or ""))
        shown = self.query_one("#open", RowList)
        now = self.kiosk.desk.clock()
        locked = self.kiosk.operator is None
        shown.empty = _shown_unlocked() if locked and things else _("Nothing is open.")
        rows = [] if locked else [self._open_row(thing, now) for thing in things]
        shown.show(rows, _open_columns(_AGE + (_DESK if any(thing.at for thing in things) else 0)))

    def _open_row(self, thing: OpenThing, now: datetime) -> ListRow:
        colour = palette.URGENCY_COLOUR[thing.urgency]
        sign = palette.URGENCY_SIGN[thing.urgency]
        whose_and_age = f"{thing.at} {age(thing, now, self.kiosk.desk.zone)}".strip()
        return ListRow(
            (sign, thing.what.text(), whose_and_age),
            key=thing,
            colour=colour,
            bar=colour,
            faint=(2,),
        )

    def _draw_inside(self, inside: list[OpenThing]) -> None:
        people = sum(_people(thing) for thing in inside)
        groups = ngettext("{n} visit", "{n} visits", len(inside)).format(n=len(inside))
        persons = ngettext("{n} person", "{n} people", people).format(n=people)
        count = f"{groups} {persons}" if inside else ""
        self.query_one("#inside-panel", Panel).entitle(_("Visitors inside"), count)
        shown = self.query_one("#inside", RowList)
        locked = self.kiosk.operator is None
        shown.empty = _shown_unlocked() if locked and inside else _("No visitor is inside.")
        rows = [] if locked else [self._inside_row(thing) for thing in inside]
        shown.show(rows, _columns([row.cells[0] for row in rows]))

    def _inside_row(self, thing: OpenThing) -> ListRow:
        facts = thing.facts
        colour = palette.AMBER if thing.urgency <= Urgency.WAITING else palette.TEXT
        zone = self.kiosk.desk.zone
        people = _people(thing)
        shown = (
            f"{thing.number} {thing.at}".rstrip(),
            str(facts.get("visitor", "")), str(facts.get("unit", "")),
            str(facts.get("host", "")), str(facts.get("matter", "")),
            str(people) if people > 1 else "", str(facts.get("goods", "")),
            hour(facts.get("since"), zone), hour(facts.get("until"), zone),
        )  # fmt: skip
        return ListRow(
            shown, key=thing, colour=colour, bar=colour if colour is palette.AMBER else ""
        )


def _shown_unlocked() -> str:
    """Say why a list shows no names while its title counts some."""
    return _("Shown when the desk is open.")


def _people(thing: OpenThing) -> int:
    people = thing.facts.get("people", 1)
    return people if isinstance(people, int) else 1


def _open_columns(last: int) -> tuple[Column, ...]:
    return Column("", 2), Column("", share=1), Column("", last, right=True)


def _columns(numbers: list[str]) -> tuple[Column, ...]:
    # Who stayed over midnight has the day in front of the number, who came in elsewhere the gate.
    return (
        number_column(_("No."), numbers, least=4),
        Column(_("Visitor"), 12, keep=9),
        Column(_("Unit"), share=2, keep=4, least=10),
        Column(_("Host"), 10, keep=8),
        Column(_("Matter"), share=2, keep=7, least=10),
        Column(_("People"), 6, keep=5),
        Column(_("Carries"), share=1, keep=3, least=10),
        Column(_("In at"), 5, keep=2),
        Column(_("Until"), 5, keep=6),
    )
