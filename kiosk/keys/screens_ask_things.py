"""Which things are meant: found by the letters of their names, one after another, or tapped."""

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, ThingTag
from kiosk.desk.loans import Thing
from kiosk.desk.words import Words, _, pgettext
from kiosk.keys.board_pages import Show, Sought, things_called
from kiosk.ui import palette
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList

_SHOWN = 5


class AskThings(Dialog[tuple[str, ...] | None]):
    """Return the ids of the things chosen, none for an empty Enter at once; None for Esc.

    Letters and Enter choose one, or its tag; once more takes it off again.
    """

    DEFAULT_CSS = """
    AskThings #fitting { margin: 1 0 0 0; }
    """

    def __init__(self, title: Words) -> None:
        super().__init__(title, self._say)
        self._chosen: dict[str, str] = {}

    def _say(self) -> str:
        if not self._chosen:
            return _("For which keys? Letters and Enter choose one. Enter alone: no key.")
        labels = pgettext("list", ", ").join(self._chosen.values())
        return _("Chosen: {things}. Enter alone ends it.").format(things=labels)

    def parts(self) -> ComposeResult:
        """Yield the field and what fits."""
        yield LabelledInput(
            lambda: _("Keys"), id="which", hint=lambda: _("name or its first letters")
        )
        yield RowList(Column("", share=2), Column("", share=1), header=False, id="fitting")

    def on_mount(self) -> None:
        """Start in the field."""
        shown = self.query_one("#fitting", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self.query_one("#which", LabelledInput).focus()

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed and chosen stays."""
        super().translate()
        self.call_later(self._list)

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits; the first stands under the cursor."""
        event.stop()
        self.query_one("#fitting", RowList).show(())
        await self._list()

    async def _list(self) -> None:
        typed = self.query_one("#which", LabelledInput).text
        fitting = await self.aside(self._fitting, typed) if typed else []
        if self.alive and typed == self.query_one("#which", LabelledInput).text:
            self._show(fitting, typed)

    def _fitting(self, typed: str) -> list[Thing]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return things_called(book, Sought(Show.ALL, typed, desk.clock()), _SHOWN)

    def _show(self, fitting: list[Thing], typed: str) -> None:
        shown = self.query_one("#fitting", RowList)
        shown.empty = _("No key fits.") if typed else ""
        shown.show([
            ListRow((one.label, one.place), key=one, faint=(1,),
                    bar=palette.INFO if one.id in self._chosen else "")
            for one in fitting
        ])  # fmt: skip

    def on_key(self, event: Key) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1}
        if event.key in moves:
            event.stop()
            self.query_one("#fitting", RowList).action_move(moves[event.key])

    def accepts(self, bearer: Bearer) -> bool:
        """Take the tag of a thing."""
        return isinstance(bearer, ThingTag)

    async def take_card(self, bearer: Bearer) -> None:
        """Choose the thing whose tag it is."""
        if isinstance(bearer, ThingTag):
            self._choose(bearer.thing)

    def _choose(self, thing: Thing) -> None:
        if self._chosen.pop(thing.id, None) is None:
            self._chosen[thing.id] = thing.label
        self.wrong()
        self.query_one("#which", LabelledInput).input.value = ""
        self.help(self._say)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what is under the cursor; with nothing typed, end it."""
        event.stop()
        if not self.query_one("#which", LabelledInput).text:
            self.dismiss(tuple(self._chosen))
            return
        current = self.query_one("#fitting", RowList).current
        if current is None:
            self.wrong(lambda: _("No key fits."))
        else:
            self._choose(current.key)
