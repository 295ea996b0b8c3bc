"""The open-things list on a whole screen: most urgent first, with owner, age and next step.

F leaves one area of the gate's work, R the most serious ones: two hundred things are found by two
keys, and the arrows do the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.open_kinds import AREAS, area_of, area_word, kind_word
from kiosk.desk.outstanding import OpenThing, Urgency
from kiosk.desk.people import owner_names
from kiosk.desk.words import N_, _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ages import age
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import Choose
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.row_list import Column, ListRow, RowList, number_column
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import lines, plain, row

_LEAST_WHAT, _LEAST_STEP = 36, 30
"""Cells below which the next step stands under the list alone, and is not cut in its row."""
_EVERYTHING = "*"
_SERIOUS = (
    (Urgency.QUIET, N_("everything")),
    (Urgency.WAITING, N_("red and amber")),
    (Urgency.NOW, N_("red only")),
)
"""What R leaves in the list, in the order of its presses."""


class OpenThingsScreen(KioskScreen):
    """Everything somebody still has to do. ``go_to`` opens what deals with one.

    ``features`` say what can be begun here by its letter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    OpenThingsScreen #open-next { height: 3; padding: 0 2; background: $panel-ground; }
    OpenThingsScreen #all-open { height: 1fr; }
    """

    def __init__(
        self, go_to: Callable[[OpenThing], None], features: Sequence[FeatureScreens] = ()
    ) -> None:
        super().__init__()
        self._go_to = go_to
        self._begins = [one for feature in features for one in feature.begins]
        self._area, self._least = _EVERYTHING, 0
        self._things: list[OpenThing] = []
        self._owners: Mapping[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay title and list, and below them in full what the cursor is on."""
        yield Static("", markup=False, id="open-title")
        yield RowList(spaced=True, id="all-open")
        yield Static("", markup=False, id="open-next")

    def keys(self) -> Iterator[Key]:
        """Show how to go to a thing, and what can be begun here."""
        yield Key("Enter", _("Go there"), pgettext("open", "Go"))
        for one in self._begins:
            if not one.offered(self.kiosk.desk):
                continue
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
        await self.aside(self._read)
        if self.alive:
            self._draw()

    def _draw(self) -> None:
        things = [thing for thing in self._things if self._is_asked(thing)]
        self.query_one("#open-title", Static).update(self._title(len(things)))
        shown = self.query_one(RowList)
        shown.empty = _("Nothing of this is open. F or R shows more.") if self._things else ""
        shown.empty = shown.empty or _("Nothing is open.")
        shown.show([self._row(thing) for thing in things], _columns(things))
        self._draw_next()

    def _is_asked(self, thing: OpenThing) -> bool:
        here = self._area in {_EVERYTHING, area_of(thing.kind)}
        return here and thing.urgency <= _SERIOUS[self._least][0]

    def _title(self, n: int) -> Content:
        all_of_them = len(self._things)
        told = ngettext("{n} thing to do", "{n} things to do", all_of_them).format(n=all_of_them)
        title = plain(told, f"bold {palette.TEXT}")
        keys = plain(_("F area, R seriousness"), palette.MUTED)
        if self._area == _EVERYTHING and not self._least:
            return row(title, keys)
        some = plain(_("{n} shown").format(n=n), palette.INFO)
        area = "" if self._area == _EVERYTHING else area_word(self._area)
        serious = _(_SERIOUS[self._least][1]) if self._least else ""
        chosen = plain(area, palette.INFO), plain(serious, palette.INFO)
        return row(title, keys, some, *(one for one in chosen if one.plain))

    def on_row_list_pointed(self) -> None:
        """Say in full what the cursor is on now."""
        self._draw_next()

    def _draw_next(self) -> None:
        """Say what is to be done next, whole: in the row of a narrow screen there is no room."""
        current = self.query_one(RowList).current
        thing = current.key.thing if current is not None else None
        step = thing.next_step.text() if thing is not None and thing.next_step else ""
        what = _beside_its_number(thing) if thing is not None else ""
        kind = kind_word(thing.kind) if thing is not None else ""
        owner = self._owner(thing) if thing is not None else ""
        at = thing.at if thing is not None else ""
        about = row(*(plain(one, palette.MUTED) for one in (kind, owner, at)))
        told = plain(what, palette.TEXT), plain(step, f"bold {palette.INFO}"), about
        self.query_one("#open-next", Static).update(lines(*told))

    def _owner(self, thing: OpenThing) -> str:
        return self._owners.get(thing.owner, thing.owner)

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            self._things = self.kiosk.outstanding(self.kiosk.desk, book)
            self._owners = owner_names(book, {thing.owner for thing in self._things})

    def _row(self, thing: OpenThing) -> ListRow:
        colour = palette.URGENCY_COLOUR[thing.urgency]
        desk = self.kiosk.desk
        next_step = thing.next_step.text() if thing.next_step else ""
        sign, what = palette.URGENCY_SIGN[thing.urgency], _beside_its_number(thing)
        when = age(thing, desk.clock(), desk.zone)
        cells = (_numbered(thing), sign, what, self._owner(thing), when, next_step)
        return ListRow(cells, key=_Same(thing), colour=colour, bar=colour, faint=(3, 4, 5))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to the thing."""
        self._go_to(message.row.key.thing)

    def on_key(self, event: KeyPressed) -> None:
        """Begin something new by its letter."""
        typed = (event.character or "").lower()
        if typed in {"f", "r"}:
            event.stop()
            self._ask_area() if typed == "f" else self._more_serious()
        for one in self._begins:
            if one.key == typed:
                event.stop()
                self.kiosk.begin(typed)

    def _more_serious(self) -> None:
        self._least = (self._least + 1) % len(_SERIOUS)
        self._draw()

    def _ask_area(self) -> None:
        """Offer the areas that have something open, each with how much it is."""
        counts = Counter(area_of(thing.kind) for thing in self._things)
        choices = [(_EVERYTHING, partial(_counted, _EVERYTHING, len(self._things)))]
        choices += [(area, partial(_counted, area, counts[area])) for area in AREAS if counts[area]]
        self.app.push_screen(Choose(lambda: _("What is to be seen?"), choices), self._chosen)

    def _chosen(self, area: str | None) -> None:
        if area is not None:
            self._area = area
            self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.call_later(self.refresh_book)


def _numbered(thing: OpenThing) -> str:
    """Return its number, followed by the other desk whose thing it is."""
    return f"{thing.number} {thing.at}".strip()


def _counted(area: str, n: int) -> str:
    word = _("Everything") if area == _EVERYTHING else area_word(area)
    return f"{word} {n}"


def _beside_its_number(thing: OpenThing) -> str:
    """Return what a thing is; a number that begins it stands in its own column already.

    In Chinese 号 follows the number: without it no word would begin there.
    """
    what = thing.what.text()
    if not thing.number or not what.startswith(f"{thing.number} "):
        return what
    return what.removeprefix(f"{thing.number} ").removeprefix("号")


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
        number_column(_("No."), map(_numbered, things), least=6),
        Column("", 2, keep=9),
        Column(_("What"), share=4, keep=9, least=_LEAST_WHAT),
        Column(_("Owner"), 8, keep=4),
        Column(_("Age"), 10, keep=8),
        Column(_("Next step"), share=3, keep=5, least=_LEAST_STEP),
    )
