"""What a roll call shows: the large count and what it says, then everybody by area and host."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key as KeyEvent
from textual.timer import Timer
from textual.widgets import Input, Static

from kiosk.desk.words import _, pgettext
from kiosk.roll_call.marks import Marked
from kiosk.roll_call.models import Mark
from kiosk.roll_call.screens_rows import columns, finder, head, large_count, preview_rows, rows
from kiosk.roll_call.standing import Preview, Standing, standing
from kiosk.roll_call.words import MARK_NAMES
from kiosk.ui import palette
from kiosk.ui.ages import hour
from kiosk.ui.big_name import big_name
from kiosk.ui.desk_ages import fresh_line
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import SHOWN_S, Verdict
from kiosk.ui.words_on_screen import lines, plain

_LONGEST_SEARCH = 24
_TICK_S = 1.0
_TONES = {Mark.FOUND: Tone.GOOD, Mark.NEEDS_HELP: Tone.RED, Mark.NOT_INSIDE: Tone.INFO}


class RollView(KioskScreen):
    """The picture of a roll call, read again after every mark; its clock runs."""

    AUTO_FOCUS: ClassVar[str | None] = "#roll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("space", "find", show=False),
    ]
    DEFAULT_CSS = """
    RollView #roll-top { height: 10; padding: 1 2; background: $panel-ground; }
    RollView #roll-big { width: 42%; height: 100%; }
    RollView #roll-head { width: 1fr; height: 100%; padding: 1 0 0 2; }
    RollView #finding { height: 2; padding: 0 2; background: $panel-ground; }
    RollView #find .field-label { width: 9; }
    RollView #roll { height: 1fr; padding: 0 1 1 1; }
    RollView.-low #roll-top { height: 7; padding: 0 1; }
    RollView.-low #roll-big { width: 30%; }
    RollView.-low #roll-head { padding: 0 0 0 1; }
    RollView.-low #finding { height: 1; padding: 0 1; }
    RollView.-low #roll { padding: 0; }
    """

    def __init__(self, roll_id: str = "") -> None:
        super().__init__()
        self.roll_id = roll_id
        self.now: Standing | Preview | None = None
        self._large: tuple[str, Tone] | None = None
        self._until: Timer | None = None
        self.stay = False

    def body(self) -> ComposeResult:
        """Lay the large count, what it says, the field to find by, and the list."""
        with Horizontal(id="roll-top"):
            yield Static("", markup=False, id="roll-big")
            yield Static("", markup=False, id="roll-head")
        with Vertical(id="finding"):
            yield LabelledInput(
                lambda: _("Find"), id="find", limit=_LONGEST_SEARCH,
                hint=lambda: _("space bar, then name, area, host or number"),
            )  # fmt: skip
        yield RowList(id="roll")

    def on_mount(self) -> None:
        """Let the clock run."""
        super().on_mount()
        self.set_interval(_TICK_S, self._draw_head)

    def on_resize(self) -> None:
        """Fit the head to the new width, once it is laid out."""
        self.call_after_refresh(self._draw_head)

    async def on_screen_resume(self) -> None:
        """Show the roll call that runs, or who is inside."""
        if self._to_close is not None:
            await super().on_screen_resume()
            return
        shown = self.query_one("#roll", RowList)
        shown.show_cursor_always = True
        if not isinstance(self.focused, Input):
            shown.focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read who is found, or who is inside."""
        asked = self.roll_id
        found = await self.aside(standing, self.kiosk.desk, asked, self.kiosk.inside)
        if asked != self.roll_id:  # another one was begun while this one was being read
            return
        self.now = found
        if isinstance(self.now, Standing):
            self.roll_id = self.now.roll.id
        if self.alive:
            self._draw()
            self.show_keys()

    def translate(self) -> None:
        """Say everything again in the language chosen now; what was typed stays."""
        super().translate()
        self._draw()

    def action_leave(self) -> None:
        """Leave the field to find by; then go back. The roll call goes on running."""
        find = self.query_one("#find", LabelledInput)
        if isinstance(self.focused, Input) or find.input.value:
            find.input.value = ""
            self.query_one("#roll", RowList).focus()
        else:
            self.dismiss(None)

    @property
    def runs(self) -> Standing | None:
        """The roll call in front while it is not ended."""
        now = self.now
        return now if isinstance(now, Standing) and not now.ended else None

    # Drawing.

    def _draw(self) -> None:
        now = self.now
        if now is None or not self.query("#roll"):
            return
        self._draw_head()
        shown, fits = self.query_one("#roll", RowList), finder(self._typed)
        shown.empty = _("Nobody fits what was typed.") if self._typed else _("Nobody is inside.")
        place = shown.cursor
        found = rows(now, fits) if isinstance(now, Standing) else preview_rows(now.inside, fits)
        if self.stay:  # whoever was marked moves down; the next one is under the cursor
            self.stay = False
            shown.show(())
            shown.cursor = place
        shown.show(found, columns(found))

    @property
    def _typed(self) -> str:
        return self.query_one("#find", LabelledInput).text

    def _draw_head(self) -> None:
        now = self.now
        if now is None or not self.query("#roll-head"):
            return
        desk = self.kiosk.desk
        beside, big = self.query_one("#roll-head", Static), self.query_one("#roll-big", Static)
        printed = hour(now.roll.printed_at, desk.zone) if isinstance(now, Standing) else ""
        fresh, width = fresh_line(desk, now.parts), max(20, beside.content_size.width)
        beside.update(head(now, desk.clock(), printed, width, fresh))
        width, height = big.content_size
        if self._large is None:
            big.update(large_count(now, width, height))
        else:
            name, tone = self._large
            drawn = big_name(name, max(1, width), max(1, height))
            big.update(lines(*[plain(line, f"bold {palette.COLOUR[tone]}") for line in drawn]))

    def tell(self, state: Mark, done: Marked) -> None:
        """Say whom it was, large, and what became of them."""
        words = _(MARK_NAMES[state])
        more = [_("marked before already")] if done.again else []
        more += [_("was not on the list")] if done.added and not done.again else []
        many = pgettext("roll", "{n} people").format(n=done.people) if done.people > 1 else ""
        tone = _TONES[state]
        self.kiosk.answer(Verdict(tone, words, name=done.name, place=many, notes=tuple(more)))
        self._large = done.name, tone
        if self._until is not None:
            self._until.stop()
        self._until = self.set_timer(SHOWN_S, self.forget_name)
        self._draw_head()

    def forget_name(self) -> None:
        """Show the count again."""
        self._large = None
        self._draw_head()

    # Finding.

    def action_find(self) -> None:
        """Go to the field to find by."""
        self.query_one("#find", LabelledInput).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing; the first that fits stands under the cursor."""
        event.stop()
        if event.value:
            self.query_one("#roll", RowList).show(())
            self.query_one("#roll", RowList).cursor = 0
        self._draw()

    def on_key(self, event: KeyEvent) -> None:
        """Move in the list while the field keeps what is typed."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if isinstance(self.focused, Input) and event.key in moves:
            event.stop()
            self.query_one("#roll", RowList).action_move(moves[event.key])
