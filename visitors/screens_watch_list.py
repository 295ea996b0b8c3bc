"""The office's watch list: opened by a manager's or the office's badge and PIN, and written down.

Keystrokes: ``F2 Ctrl+L``, badge, PIN; a few letters find; ``F5`` lists somebody; ``Enter`` shows
why, and ``1`` there ends the entry. Listing and ending are signed once more.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key as KeyEvent
from textual.widgets import Input, Static

from kiosk.desk.desk import Desk
from kiosk.desk.names import matches, pinyin_of
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, ngettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import plain
from visitors import watch_list
from visitors.screens_watch_acts import how_to_sign
from visitors.screens_watch_form import WatchForm
from visitors.service import REASON_LIMIT
from visitors.watch_list import Listed, last_day
from visitors.watch_words import LEVEL_WORDS

_END = "end"


def open_watch_list(screen: KioskScreen) -> None:
    """Ask a manager or the office for badge and PIN, and open the list."""

    async def act(proof: Proof) -> Verdict:
        await screen.act(watch_list.open_list, screen.kiosk.desk, proof)
        return Verdict(Tone.INFO, _("The list is open; that is written down."), proof.person.name)

    def signed(proof: Proof | None) -> None:
        if proof is not None:
            screen.app.push_screen(WatchListScreen())

    asked = SignedAct(lambda: _("Open the watch list"), act, how_to_sign, may=watch_list.signs)
    screen.app.push_screen(asked, signed)


class WatchListScreen(KioskScreen):
    """Everybody who is listed now, oldest first."""

    own_function_keys: ClassVar[frozenset[int]] = frozenset({5})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f5", "new", show=False),
    ]
    DEFAULT_CSS = """
    WatchListScreen #finding { height: 3; padding: 1 2 0 2; background: $panel-ground; }
    WatchListScreen #find .field-label { width: 9; }
    WatchListScreen #counts { height: 2; padding: 1 2 0 2; background: $panel-ground; }
    WatchListScreen #entries { height: 1fr; margin: 1 0 0 0; padding: 1 1 0 1; }
    WatchListScreen.-low #finding { height: 2; padding: 0 1; }
    WatchListScreen.-low #counts { height: 1; padding: 0 1; }
    WatchListScreen.-low #entries { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Listed] = []

    def body(self) -> ComposeResult:
        """Lay the field, the count and the list."""
        with Vertical(id="finding"):
            yield LabelledInput(lambda: _("Find"), id="find", hint=lambda: _("name, unit or plate"))
        yield Static("", markup=False, id="counts")
        yield RowList(id="entries")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Why, and end it"))
        yield Key("F5", _("List somebody"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Start in the field with the newest state of the list."""
        await super().on_screen_resume()
        shown = self.query_one("#entries", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        self.query_one("#find", LabelledInput).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read the list again."""
        self._entries = await self.aside(watch_list.entries, self.kiosk.desk)
        self._draw()

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed stays."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        if not self.query("#counts"):  # the screen was closed while the book was being read
            return
        n = len(self._entries)
        count = ngettext("{n} entry", "{n} entries", n).format(n=n)
        self.query_one("#counts", Static).update(plain(count, palette.MUTED))
        shown = self.query_one("#entries", RowList)
        typed = self.query_one("#find", LabelledInput).text
        shown.empty = _("Nobody is listed like that.") if typed else _("Nobody is listed.")
        found = [one for one in self._entries if _fits(typed, one)]
        shown.show([_row(self.kiosk.desk, one) for one in found], _columns())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._draw()

    def on_key(self, event: KeyEvent) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if event.key in moves:
            event.stop()
            self.query_one("#entries", RowList).action_move(moves[event.key])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show the entry under the cursor."""
        event.stop()
        current = self.query_one("#entries", RowList).current
        if current is not None:
            self._show(current.key)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show the entry that was clicked."""
        self._show(message.row.key)

    def _show(self, entry_id: str) -> None:
        listed = next((one for one in self._entries if one.entry.id == entry_id), None)
        if listed is None:
            return

        def chosen(key: str | None) -> None:
            if key == _END:
                self._ask_why(listed)

        shown = Choose(
            lambda: f"{listed.entry.number} {listed.called}",
            [(_END, lambda: _("End this entry, signed"))],
            lambda: about(self.kiosk.desk, listed),
        )
        self.app.push_screen(shown, chosen)

    def _ask_why(self, listed: Listed) -> None:
        def title() -> str:
            return _("{number} {name}: why does it end?").format(
                number=listed.entry.number, name=listed.called
            )

        def typed(why: str | None) -> None:
            if why:
                asked = SignedAct(title, _ending(self, listed, why), how_to_sign, watch_list.signs)
                self.app.push_screen(asked)

        self.app.push_screen(AskText(title, lambda: _("Reason"), limit=REASON_LIMIT), typed)

    def action_new(self) -> None:
        """List somebody."""
        self.app.push_screen(WatchForm())

    def action_leave(self) -> None:
        """Empty the field first; then go back."""
        find = self.query_one("#find", LabelledInput)
        if find.input.value:
            find.input.value = ""
        else:
            self.dismiss(None)


def _ending(
    screen: KioskScreen, listed: Listed, why: str
) -> Callable[[Proof], Awaitable[Verdict]]:  # fmt: skip
    async def act(proof: Proof) -> Verdict:
        desk, by = screen.kiosk.desk, screen.kiosk.by
        number = await screen.act(watch_list.end, desk, by, listed.entry.id, why, proof)
        words = _("{number} is ended; it matches nobody any more.").format(number=number)
        return Verdict(Tone.GOOD, words, proof.person.name)

    return act


def _fits(typed: str, listed: Listed) -> bool:
    words = f"{listed.name} {listed.other_names} {listed.unit} {listed.plate}"
    return matches(typed, words, *pinyin_of(words)) if typed else True


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6),
        Column(_("Name"), share=2),
        Column(_("What to do"), 22),
        Column(_("Valid until"), 10, keep=7),
        Column(_("Signed"), 8, keep=5),
    )


def _row(desk: Desk, listed: Listed) -> ListRow:
    entry = listed.entry
    shown = (
        entry.number, listed.called, _(LEVEL_WORDS[entry.level]), last_day(desk, entry),
        entry.signed_by,
    )  # fmt: skip
    over = entry.until_at is not None and entry.until_at <= desk.clock()
    return ListRow(shown, key=entry.id, colour=palette.MUTED if over else palette.TEXT)


def about(desk: Desk, listed: Listed) -> str:
    """Return why somebody is listed and what is known, for who signed to see it."""
    entry = listed.entry
    facts = (
        (_("Why"), listed.reason), (_("Also called"), listed.other_names),
        (_("Unit"), listed.unit), (_("Plate"), listed.plate), (_("Born"), listed.born),
        (_("Phone, last 4"), listed.phone_tail), (_("To say"), listed.say),
        (_("Whom"), entry.whom), (_("Valid until"), last_day(desk, entry)),
        (_("Signed"), f"{entry.signed_by} {desk.local(entry.entered_at):%Y-%m-%d}"),
    )  # fmt: skip
    return "  ".join(f"{label} {value}" for label, value in facts if value)
