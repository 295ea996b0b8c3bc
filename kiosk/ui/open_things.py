"""The open-things list on a whole screen: most urgent first, with age and next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.outstanding import OpenThing
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ages import age
from kiosk.ui.bars import Key
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.row_list import Column, ListRow, RowList, number_column
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain

_LEAST_WHAT, _LEAST_STEP = 36, 30
"""Cells below which the next step stands under the list alone, and is not cut in its row."""


class OpenThingsScreen(KioskScreen):
    """Everything somebody still has to do. ``go_to`` opens what deals with one.

    ``features`` say what can be begun here by its letter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    OpenThingsScreen #open-next { height: 2; padding: 0 2; background: $panel-ground; }
    OpenThingsScreen #all-open { height: 1fr; }
    """

    def __init__(
        self, go_to: Callable[[OpenThing], None], features: Sequence[FeatureScreens] = ()
    ) -> None:
        super().__init__()
        self._go_to = go_to
        self._begins = [one for feature in features for one in feature.begins]

    def body(self) -> ComposeResult:
        """Lay title and list, and below them in full what the cursor is on."""
        yield Static("", markup=False, id="open-title")
        yield RowList(spaced=True, id="all-open")
        yield Static("", markup=False, id="open-next")

    def keys(self) -> Iterator[Key]:
        """Show how to go to a thing, and what can be begun here."""
        yield Key("Enter", _("Go there"), pgettext("open", "Go"))
        for one in self._begins:
            yield Key(one.key.upper(), _(one.label), _(one.short))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the list; it is filled on resuming."""
        super().on_mount()
        self.query_one(RowList).focus()

    async def on_screen_resume(self) -> None:
        """Look again when coming back from a thing."""
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the open things."""
        things = await self.aside(self._read)
        if not self.alive:
            return
        title = ngettext("{n} thing to do", "{n} things to do", len(things)).format(n=len(things))
        self.query_one("#open-title", Static).update(plain(title, f"bold {palette.TEXT}"))
        shown = self.query_one(RowList)
        shown.empty = _("Nothing is open.")
        shown.show([self._row(thing) for thing in things], _columns(things))
        self._draw_next()

    def on_row_list_pointed(self) -> None:
        """Say in full what the cursor is on now."""
        self._draw_next()

    def _draw_next(self) -> None:
        """Say what is to be done next, whole: in the row of a narrow screen there is no room."""
        current = self.query_one(RowList).current
        thing = current.key.thing if current is not None else None
        step = thing.next_step.text() if thing is not None and thing.next_step else ""
        what = _beside_its_number(thing) if thing is not None else ""
        told = plain(what, palette.TEXT), plain(step, f"bold {palette.INFO}")
        self.query_one("#open-next", Static).update(lines(*told))

    def _read(self) -> list[OpenThing]:
        with self.kiosk.desk.read() as book:
            return self.kiosk.outstanding(self.kiosk.desk, book)

    def _row(self, thing: OpenThing) -> ListRow:
        colour = palette.URGENCY_COLOUR[thing.urgency]
        desk = self.kiosk.desk
        next_step = thing.next_step.text() if thing.next_step else ""
        sign, what = palette.URGENCY_SIGN[thing.urgency], _beside_its_number(thing)
        cells = (thing.number, sign, what, age(thing, desk.clock(), desk.zone), next_step)
        return ListRow(cells, key=_Same(thing), colour=colour, bar=colour, faint=(3, 4))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to the thing."""
        self._go_to(message.row.key.thing)

    def on_key(self, event: KeyPressed) -> None:
        """Begin something new by its letter."""
        typed = (event.character or "").lower()
        for one in self._begins:
            if one.key == typed:
                event.stop()
                self.kiosk.begin(typed)

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)


def _beside_its_number(thing: OpenThing) -> str:
    """Return what a thing is; a number that begins it stands in its own column already."""
    return thing.what.text().removeprefix(f"{thing.number} ") if thing.number else thing.what.text()


class _Same:
    """A thing as the key of its row: the same thing, read again, is the same row."""

    def __init__(self, thing: OpenThing) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._name == other._name

    def __hash__(self) -> int:
        return hash(self._name)

    @property
    def _name(self) -> tuple[str, str]:
        return self.thing.kind, self.thing.ref


def _columns(things: list[OpenThing]) -> tuple[Column, ...]:
    return (
        number_column(_("No."), (thing.number for thing in things), least=6),
        Column("", 2, keep=9),
        Column(_("What"), share=4, keep=9, least=_LEAST_WHAT),
        Column(_("Age"), 10, keep=8),
        Column(_("Next step"), share=3, keep=5, least=_LEAST_STEP),
    )
