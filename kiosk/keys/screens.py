"""F4: the key board. Tap a key, tap a badge: out. Tap the key: back."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, ThingTag, UnknownCard
from kiosk.desk.outstanding import Urgency
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _, pgettext
from kiosk.keys import rules, service
from kiosk.keys.board import KIND_NAMES, OnBoard, board
from kiosk.keys.screens_add import AddKey
from kiosk.keys.screens_lend import LendKey, TakeBack, returned, take_back
from kiosk.ui import palette
from kiosk.ui.ages import hour, span
from kiosk.ui.bars import Key
from kiosk.ui.context import Context
from kiosk.ui.feature_screens import FeatureScreens
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.words_on_screen import plain, row


class KeyBoard(KioskScreen):
    """Every key with who has it; what is out and late stands on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n", "add", show=False),
    ]
    DEFAULT_CSS = """
    KeyBoard #counts { height: 3; padding: 1 2; background: $panel-ground; }
    KeyBoard #board { padding: 0 1 1 1; }
    KeyBoard.-low #counts { height: 2; padding: 0 1 1 1; }
    KeyBoard.-low #board { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._board: list[OnBoard] = []

    def body(self) -> ComposeResult:
        """Lay the counts and the list."""
        yield Static("", markup=False, id="counts")
        yield RowList(spaced=True, id="board")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Hand out / take back"))
        yield Key("N", _("New key"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Look at the board again when coming here or back."""
        self.query_one("#board", RowList).focus()
        await self.refresh_book()

    async def refresh_book(self) -> None:
        """Read what hangs and what is out."""
        self._board = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[OnBoard]:
        with self.kiosk.desk.read() as book:
            return board(book)

    def translate(self) -> None:
        """Say everything again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        now = self.kiosk.desk.clock()
        self.query_one("#counts", Static).update(self._counts(now))
        shown = self.query_one("#board", RowList)
        shown.empty = _("No key is on the board yet. N adds one: tap its tag.")
        shown.show([self._row(one, now) for one in self._board], _columns())

    def _counts(self, now: datetime) -> Content:
        out = [one.loan for one in self._board if one.loan is not None]
        late = sum(loan.due_at <= now for loan in out)
        return row(
            plain(_("Keys"), f"bold {palette.TEXT}"),
            plain(_("{n} on the board").format(n=len(self._board) - len(out)), palette.MUTED),
            plain(_("{n} out").format(n=len(out)) if out else "", palette.TEXT),
            plain(_("{n} overdue").format(n=late) if late else "", palette.AMBER),
            gap=3,
        )

    def _row(self, one: OnBoard, now: datetime) -> ListRow:
        kind, place = _(KIND_NAMES[one.thing.kind]), one.thing.place
        if one.loan is None or one.holder is None:
            cells = (one.thing.label, _("on the board"), "", "", kind, place)
            return ListRow(cells, key=_Same(one), colour=palette.TEXT, faint=(1, 4, 5))
        zone = self.kiosk.desk.zone
        urgency = rules.urgency(one.loan.due_at, now, self.kiosk.desk.rules)
        colour = palette.URGENCY_COLOUR[min(urgency, Urgency.SOON)]
        cells = (
            one.thing.label, one.holder.name, hour(one.loan.out_at, zone),
            self._due(one.loan.due_at, now), kind, place,
        )  # fmt: skip
        return ListRow(cells, key=_Same(one), colour=colour, bar=_bar(urgency), faint=(4, 5))

    def _due(self, due_at: datetime, now: datetime) -> str:
        if due_at <= now:
            return _("late {span}").format(span=span(now - due_at))
        return hour(due_at, self.kiosk.desk.zone)

    # Keys and tags.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Hand out what hangs, take back what is out."""
        one: OnBoard = message.row.key.one
        if one.loan is None:
            self.app.push_screen(LendKey(one.thing))
        else:
            self.app.push_screen(TakeBack(one.loan.id))

    def action_add(self) -> None:
        """Put a new key on the board; its tag is tapped next."""
        self.app.push_screen(AddKey())

    def accepts(self, bearer: Bearer) -> bool:
        """Before the key board an unknown tag is a new key's."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Ask what the new key is called."""
        self.app.push_screen(AddKey(bearer.uid))


class _Same:
    """A key as the key of its row: the same one, read again, is the same row."""

    def __init__(self, one: OnBoard) -> None:
        self.one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.one.thing.id == other.one.thing.id

    def __hash__(self) -> int:
        return hash(self.one.thing.id)


def _bar(urgency: Urgency) -> str:
    return palette.INFO if urgency >= Urgency.SOON else palette.URGENCY_COLOUR[urgency]


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("key", "Key"), 26, keep=9),
        Column(_("Who has it"), 14, keep=9),
        Column(pgettext("key", "Since"), 5, keep=6),
        Column(pgettext("key", "Due"), 12, keep=8),
        Column(pgettext("key", "Kind"), 18, keep=2),
        Column(pgettext("key", "Place"), share=1, keep=3),
    )


async def takes_tag(kiosk: Context, tag: ThingTag) -> None:
    """Answer a key's tag: what is out is back at once, what hangs asks for the borrower's badge.

    A key comes back at a locked desk too, in the name of who is on duty; it goes out at an open
    desk only (``Refused("keys.desk_locked")``).
    """
    with kiosk.desk.read() as book:
        out = service.is_out(book, tag.thing.id)
    if out:
        await take_back(kiosk, tag.thing.id, "tag")
    elif kiosk.operator is None:
        raise Refused("keys.desk_locked")
    else:
        kiosk.show(LendKey(tag.thing))


SCREENS = FeatureScreens(
    key="f4",
    label=N_("Keys"),
    short="",
    home=KeyBoard,
    goes_to={"loan.out": lambda thing: TakeBack(thing.ref)},
    takes_tag=takes_tag,
)

__all__ = ["SCREENS", "AddKey", "KeyBoard", "LendKey", "TakeBack", "returned", "takes_tag"]
