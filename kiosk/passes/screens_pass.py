"""One pass: a manager's yes, the comparison at the gate line by line, and what comes back."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, ngettext, pgettext, sentence
from kiosk.passes import gate, pass_code
from kiosk.passes.models import State
from kiosk.passes.reading import ItemShown, PassShown, pass_by_id, shown
from kiosk.passes.screens_acts import PassActs
from kiosk.passes.screens_facts import columns, facts_of
from kiosk.passes.screens_pieces import GO, AskPieces, ask_part
from kiosk.passes.screens_sign import approve_signed
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import ListRow, RowList
from kiosk.ui.verdict import Verdict, refusal
from kiosk.ui.words_on_screen import plain

_COMPARED = frozenset({State.VALID, State.OUT})


class PassScreen(PassActs):
    """A pass in any state. What may move now is ticked with the digits of its lines.

    Nothing is ticked at first: the guard looks at every thing. ``-`` and ``+`` change how many of
    the line under the cursor, never to more than may move.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("h,H", "how_many", show=False),
    ]
    DEFAULT_CSS = """
    #pass-facts { height: auto; margin: 0 0 1 0; padding: 0 2; }
    #pass-items { height: 1fr; margin: 0 2; }
    #pass-next { height: 1; padding: 0 2; }
    """

    def __init__(self, pass_id: str) -> None:
        super().__init__(pass_id)
        self._ticked: dict[int, int] = {}

    def body(self) -> ComposeResult:
        """Lay the facts, the lines, and what to do next."""
        yield Static("", markup=False, id="pass-facts")
        yield RowList(*columns(None), id="pass-items")
        yield Static("", markup=False, id="pass-next")

    def keys(self) -> Iterator[Key]:
        """Show what can be done with a pass in this state."""
        state = self._one.state if self._one is not None else None
        if state is State.WAITING:
            yield Key("Enter", _("A manager approves"), pgettext("pass", "Approve"))
            yield Key("N", _("A manager says no"), pgettext("pass", "No"))
        if state in _COMPARED:
            yield Key("1-9", _("Tick a line"), pgettext("pass", "Tick"))
            yield Key("- + H", pgettext("pass", "How many"), pgettext("pass", "Pcs."))
        if state is State.VALID:
            yield Key("Enter", _("Let it out"), pgettext("pass", "Out"))
            yield Key("S", _("Goods stay"), _("Stay"))
            yield Key("P", pgettext("pass", "Print again"), pgettext("pass", "Print"))
        if state is State.OUT:
            yield Key("Enter", _("It is back"), pgettext("pass", "Back in"))
            yield Key("L", _("Stays away for good"), pgettext("pass", "For good"))
        if state in {State.WAITING, State.VALID}:
            yield Key("C", _("Cancel the pass"), pgettext("pass", "Cancel"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start in the lines."""
        super().on_mount()
        self.query_one("#pass-items", RowList).focus()

    async def on_screen_resume(self) -> None:
        """Read the pass; coming back from a question it may have moved on."""
        await super().on_screen_resume()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read and draw; ticks of a pass that moved on meanwhile are gone."""
        before = self._one
        self._one = await self.aside(self._read)
        if before is not None and before.state is not self._one.state:
            self._ticked.clear()
        if self.alive:
            self._draw()

    def _read(self) -> PassShown:
        desk = self.kiosk.desk
        with desk.read() as book:
            return shown(desk, book, pass_by_id(book, self._pass_id))

    def translate(self) -> None:
        """Say it again in the language chosen now; what is ticked stays."""
        super().translate()
        if self._one is not None:
            self._draw()

    def _draw(self) -> None:
        one = self._one
        if one is None:
            return
        self.query_one("#pass-facts", Static).update(facts_of(self.kiosk.desk, one))
        rows = [self._row(one, item) for item in one.items]
        self.query_one("#pass-items", RowList).show(rows, columns(one.state))
        self._say(self._next_step(one), palette.MUTED)
        self.show_keys()

    def _row(self, one: PassShown, item: ItemShown) -> ListRow:
        moved = self._ticked.get(item.place, 0)
        sign = "✓" if moved and moved == item.still else "-" if moved else ""
        now = str(moved) if one.state in _COMPARED else str(item.went)
        limit = item.still if one.state is State.OUT else item.quantity
        cells = (str(item.place), sign, item.what, item.serial, str(limit), now)
        colour = palette.GOOD if sign == "✓" else palette.AMBER if sign else palette.TEXT
        return ListRow(cells, key=item, colour=colour, faint=(0, 3))

    def _next_step(self, one: PassShown) -> str:
        if one.state not in _COMPARED:
            return ""
        n = sum(self._ticked.values())
        of = sum(item.still for item in one.items)
        if one.state is State.OUT:
            told = ngettext(
                "{n} piece of {of} comes back now", "{n} pieces of {of} come back now", n
            )
        else:
            told = ngettext("{n} piece of {of} goes out now", "{n} pieces of {of} go out now", n)
        return told.format(n=n, of=of)

    def _say(self, words: str, colour: str) -> None:
        self.query_one("#pass-next", Static).update(plain(words, colour))

    # Comparing.

    def on_key(self, event: KeyPressed) -> None:
        """Tick the line of a digit, or change how many of the line under the cursor."""
        one, typed = self._one, event.character or ""
        if one is None or one.state not in _COMPARED:
            return
        item = self.query_one("#pass-items", RowList).current
        if typed.isdecimal() and 1 <= int(typed) <= len(one.items):
            event.stop()
            self._tick(one.items[int(typed) - 1])
        elif item is not None and typed in {"-", "+", "=", " "}:
            event.stop()
            self._count(item.key, typed)

    def _tick(self, item: ItemShown) -> None:
        lines = self.query_one("#pass-items", RowList)
        lines.action_move(item.place - 1 - lines.cursor)
        self._ticked[item.place] = 0 if self._ticked.get(item.place) else item.still
        self._draw()

    def _count(self, item: ItemShown, typed: str) -> None:
        if typed == " ":
            self._tick(item)
            return
        now = self._ticked.get(item.place, 0) + (-1 if typed == "-" else 1)
        if now > item.still:
            words = sentence("pass.too_many", {"place": item.place, "most": item.still})
            self._say(words, palette.AMBER)
            return
        self._ticked[item.place] = max(0, now)
        self._draw()

    def action_how_many(self) -> None:
        """Ask how many of the line under the cursor: nobody presses a key three hundred times."""
        row = self.query_one("#pass-items", RowList).current
        if row is not None and self._is(*_COMPARED):
            self.app.push_screen(AskPieces(row.key), partial(self._counted, row.key))

    def _counted(self, item: ItemShown, count: int | None) -> None:
        if count is not None:
            self._ticked[item.place] = count
            self._draw()

    async def on_row_list_chosen(self) -> None:
        """Enter: approve, let out or take back, whatever this pass waits for."""
        one = self._one
        if one is None:
            return
        if one.state is State.WAITING:
            self.app.push_screen(approve_signed(self.kiosk, one.id))
        elif one.state in _COMPARED and self._is_part(one):
            self.app.push_screen(ask_part(one, sum(self._ticked.values())), self._part_chosen)
        elif one.state in _COMPARED:
            await self._move(one)

    def _is_part(self, one: PassShown) -> bool:
        moved = sum(self._ticked.values())
        return 0 < moved < sum(item.still for item in one.items) and one.state is State.VALID

    async def _part_chosen(self, chosen: str | None) -> None:
        if chosen == GO and self._one is not None:
            await self._move(self._one)

    async def _move(self, one: PassShown) -> None:
        kiosk, out = self.kiosk, one.state is State.VALID
        use_case = gate.release if out else gate.take_back
        try:
            moved = await self.act(use_case, kiosk.desk, kiosk.by, one.id, dict(self._ticked))
        except Refused as refused:
            kiosk.answer(refusal(refused))
            await self.refresh_book()
            return
        if out:
            told = ngettext("{n} piece let out", "{n} pieces let out", moved.pieces)
            rest = ngettext("{n} piece stays here", "{n} pieces stay here", moved.left)
        else:
            told = ngettext("{n} piece is back", "{n} pieces are back", moved.pieces)
            rest = ngettext("{n} piece is still out", "{n} pieces are still out", moved.left)
        left = (rest.format(n=moved.left),) if moved.left else ()
        self.dismiss()
        headline = told.format(n=moved.pieces)
        kiosk.answer(Verdict(Tone.GOOD, headline, name=one.carrier, place=one.number, lines=left))

    async def take_code(self, text: str) -> bool:
        """Take the same pass scanned once more: it is open here already."""
        one = self._one
        if (
            one is None
            or text.strip().upper() != pass_code.made(self.kiosk.desk, one.number).upper()
        ):
            return False
        told = _("{number} is open here. Compare line by line.").format(number=one.number)
        self.kiosk.answer(Verdict(Tone.INFO, told))
        return True
