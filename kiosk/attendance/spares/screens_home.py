"""F7, T: the pool of temporary badges, who has which, and which are not back.

Keystrokes: tap a card of the pool at the open desk, staff number, PIN: lent. ``F7 T`` and tap it,
or ``Enter`` on it: back. ``A``, tap a new card, its number: in the pool.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.spares.bringing import bring_back
from kiosk.attendance.spares.models import LENT, SPARES, SpareBadge, SpareLending
from kiosk.attendance.spares.screens_lend import AddSpare, lend_signed
from kiosk.desk.bearer import Bearer, ThingTag
from kiosk.desk.people import Person
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.words_on_screen import plain, row

_Line = tuple[SpareBadge, SpareLending | None, Person | None]


class SparesHome(ListScreen):
    """The pool: what is out first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("a,A", "add", show=False),
    ]
    DEFAULT_CSS = """
    SparesHome #spares-head { height: 3; padding: 1 2; background: $panel-ground; }
    SparesHome #spares { padding: 0 1 1 1; }
    SparesHome.-low #spares-head { height: 2; padding: 0 1; }
    SparesHome.-low #spares { padding: 0; }
    """

    def __init__(self, spare_id: str = "") -> None:
        super().__init__()
        self._lines: Sequence[_Line] = ()
        self._begin_at = spare_id

    def body(self) -> ComposeResult:
        """Lay the counts and the pool."""
        yield Static("", markup=False, id="spares-head")
        yield RowList(id="spares")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Lend it, or it is back"), _("Lend / back"))
        yield Key("A", _("A card for the pool"), pgettext("spare", "Add"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read the pool."""
        self._lines = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[_Line]:
        with self.kiosk.desk.read() as book:
            out = {spare.id: (lending, person) for lending, spare, person in book.all(LENT)}
            nobody: tuple[None, None] = (None, None)
            lines = [(spare, *out.get(spare.id, nobody)) for spare in book.all(SPARES)]
        return sorted(lines, key=lambda one: one[1] is None)

    def _draw(self) -> None:
        self.query_one("#spares-head", Static).update(self._head())
        shown = self.query_one("#spares", RowList)
        shown.empty = _("No temporary badge is in the pool. A takes a card into it.")
        shown.show([self._row(*one) for one in self._lines], _columns())
        at = next((i for i, one in enumerate(self._lines) if one[0].id == self._begin_at), 0)
        if self._begin_at:
            self._begin_at = ""
            shown.action_move(at)

    def _head(self) -> Content:
        out = sum(one[1] is not None for one in self._lines)
        return row(
            plain(_("Temporary badges"), f"bold {palette.TEXT}"),
            plain(_("{n} here").format(n=len(self._lines) - out), palette.GOOD),
            plain(
                pgettext("spare", "{n} out").format(n=out), palette.INFO if out else palette.MUTED
            ),
            gap=3,
        )

    def _row(
        self, spare: SpareBadge, lending: SpareLending | None, person: Person | None
    ) -> ListRow:
        desk = self.kiosk.desk
        if lending is None or person is None:
            cells = (spare.label, "", "", "", pgettext("spare", "here"))
            return ListRow(cells, key=spare.id, colour=palette.MUTED)
        late = lending.day < desk.work_day(desk.clock())
        state = _("not back, opens nothing") if late else pgettext("spare", "lent")
        since = f"{desk.local(lending.lent_at):%m-%d %H:%M}"
        cells = (spare.label, person.staff_no, person.name, since, state)
        colour = palette.AMBER if late else palette.TEXT
        return ListRow(
            cells, key=spare.id, colour=colour, bar=palette.AMBER if late else palette.INFO
        )

    # Lent and brought back.

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take back what is out; lend what is here."""
        spare, lending, _person = next(one for one in self._lines if one[0].id == message.row.key)
        await self._take(spare, out=lending is not None)

    async def _take(self, spare: SpareBadge, *, out: bool) -> None:
        if not out:
            self.app.push_screen(lend_signed(self.kiosk, spare))
            return
        async with self.answering():
            await bring_back(self.kiosk, spare)

    def accepts(self, bearer: Bearer) -> bool:
        """Take a card of the pool, lent or not; every other badge signs in or out as always."""
        return not isinstance(bearer, ThingTag) and self._line_of(bearer.uid) is not None

    async def take_card(self, bearer: Bearer) -> None:
        """Take back what was tapped, or lend it."""
        line = self._line_of(bearer.uid)
        if line is not None:
            await self._take(line[0], out=line[1] is not None)

    def _line_of(self, uid: str) -> _Line | None:
        return next((one for one in self._lines if one[0].uid == uid), None)

    def action_add(self) -> None:
        """Ask for a new card of the pool."""
        self.app.push_screen(AddSpare())


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("spare", "Badge"), 8, keep=9),
        Column(_("Staff number"), 12, keep=4),
        Column(_("Name"), 14, keep=9),
        Column(pgettext("spare", "Lent"), 11, keep=6),
        Column(pgettext("spare", "State"), share=1, keep=8, least=10),
    )
