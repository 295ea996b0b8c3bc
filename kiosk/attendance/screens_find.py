"""Find a member of staff by number, characters or pinyin; several questions begin so."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from kiosk.desk.names import matches
from kiosk.desk.people import DEPARTMENTS, EVERYONE, Person
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList

_SHOWN = 5


class FindPerson(Dialog[None]):
    """A field and who fits what is typed; Enter takes the person under the cursor.

    ``label`` stands before the field, ``hint`` under it while nothing is typed.
    """

    DEFAULT_CSS = """
    FindPerson #matches { margin: 1 0 0 0; }
    FindPerson #dialog-help { margin: 0 0 1 0; }
    """

    def __init__(self, title: Words, label: Words, hint: Words) -> None:
        super().__init__(title)
        self._label, self._hint = label, hint
        self._people: Sequence[Person] = ()
        self._sections: dict[str, str] = {}

    def parts(self) -> ComposeResult:
        """Yield the field and who fits what is typed."""
        yield LabelledInput(self._label, id="who", hint=lambda: _("staff number, name or pinyin"))
        yield RowList(
            Column("", 10), Column("", 14), Column("", share=1), header=False, id="matches"
        )

    async def on_mount(self) -> None:
        """Start in the field."""
        shown = self.query_one("#matches", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self.query_one("#who", LabelledInput).focus()
        self.begin()
        await self.aside(self._read)
        self._draw("")

    def begin(self) -> None:
        """Say what the question is about, before anybody types."""

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            self._people = book.all(EVERYONE)
            self._sections = {one.id: one.name for one in book.all(DEPARTMENTS)}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who fits; the best fit stands first."""
        event.stop()
        self._draw(event.value)

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self._show(self.query_one("#who", LabelledInput).input.value)

    def _draw(self, typed: str) -> None:
        self._show(typed)
        self.query_one("#matches", RowList).action_move(-_SHOWN)

    def _show(self, typed: str) -> None:
        shown = self.query_one("#matches", RowList)
        shown.empty = _("Nobody fits.") if typed.strip() else self._hint()
        shown.show([self._row(person) for person in self._fitting(typed)])

    def _row(self, person: Person) -> ListRow:
        section = self._sections.get(person.department_id or "", "")
        return ListRow((person.staff_no, person.name, section), key=person, faint=(0, 2))

    def _fitting(self, typed: str) -> list[Person]:
        typed = typed.strip()
        if not typed:
            return []
        by_number = [one for one in self._people if one.staff_no.startswith(typed)]
        numbered = {one.id for one in by_number}
        by_name = [
            one
            for one in self._people
            if one.id not in numbered and matches(typed, one.name, one.pinyin, one.initials)
        ]
        return [*by_number, *by_name][:_SHOWN]

    def on_key(self, event: Key) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1}
        if event.key in moves:
            event.stop()
            self.query_one("#matches", RowList).action_move(moves[event.key])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on with the person under the cursor."""
        event.stop()
        chosen = self.query_one("#matches", RowList).current
        if chosen is None:
            self.wrong(lambda: _("Choose somebody first: type the number or the name."))
            return
        await self.found(chosen.key)

    async def found(self, person: Person) -> None:
        """Go on with ``person``."""
        raise NotImplementedError
