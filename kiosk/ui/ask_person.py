"""Who is meant: tap the badge, or find somebody by staff number, characters or pinyin."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.names import matches
from kiosk.desk.people import DEPARTMENTS, EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList

_SHOWN = 5


def _how_to_tell() -> str:
    return _("Tap the badge, or type number, name or pinyin.")


def _anybody(person: Person) -> None:
    """Take everybody."""
    del person


class AskPerson(Dialog[Person | None]):
    """Return the person who tapped or was found; None for Esc.

    With ``badges=False`` nobody taps: the person asked for is somebody who is not here, and who
    comes by meanwhile signs in as always. ``check`` raises ``Refused`` for who cannot be meant: the
    question stays and says why, with all that is typed.
    """

    DEFAULT_CSS = """
    AskPerson #matches { margin: 1 0 0 0; }
    """

    def __init__(
        self,
        title: Words,
        help_line: Words = _how_to_tell,
        *,
        badges: bool = True,
        check: Callable[[Person], None] = _anybody,
    ) -> None:
        super().__init__(title, help_line)
        self._badges, self._check = badges, check
        self._people: Sequence[Person] = ()
        self._sections: dict[str, str] = {}

    def parts(self) -> ComposeResult:
        """Yield the field and who fits what is typed."""
        yield LabelledInput(
            lambda: _("Who?"), id="who", hint=lambda: _("staff number, name or pinyin")
        )
        yield RowList(
            Column("", 10), Column("", 14), Column("", share=1), header=False, id="matches"
        )

    async def on_mount(self) -> None:
        """Start in the field."""
        shown = self.query_one("#matches", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self.query_one("#who", LabelledInput).focus()
        await self.aside(self._read)
        if self.is_attached:
            self._draw(self.query_one("#who", LabelledInput).text)

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            self._people = book.all(EVERYONE)
            self._sections = {one.id: one.name for one in book.all(DEPARTMENTS)}

    def accepts(self, bearer: Bearer) -> bool:
        """Take anybody's badge, unless who is meant is not here."""
        return self._badges and isinstance(bearer, StaffCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Take who tapped."""
        if isinstance(bearer, StaffCard):
            self._take(bearer.person)

    def _take(self, person: Person) -> None:
        try:
            self._check(person)
        except Refused as refused:
            self.refused(refused)
        else:
            self.dismiss(person)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who fits; the best fit stands first, and what was wrong before is over."""
        event.stop()
        self.wrong()
        self._draw(event.value)

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays, and who is chosen."""
        super().translate()
        self._show(self.query_one("#who", LabelledInput).text)

    def _draw(self, typed: str) -> None:
        self._show(typed)
        self.query_one("#matches", RowList).action_move(-_SHOWN)

    def _show(self, typed: str) -> None:
        shown = self.query_one("#matches", RowList)
        shown.empty = _("Nobody fits.") if typed.strip() else ""
        shown.show([self._row(person) for person in self._fitting(typed.strip())])

    def _row(self, person: Person) -> ListRow:
        section = self._sections.get(person.department_id or "", "")
        return ListRow((person.staff_no, person.name, section), key=person, faint=(0, 2))

    def _fitting(self, typed: str) -> list[Person]:
        if not typed:
            return []
        found = [
            one
            for one in self._people
            if one.staff_no.startswith(typed) or matches(typed, one.name, one.pinyin, one.initials)
        ]
        found.sort(key=lambda one: not one.staff_no.startswith(typed))
        return found[:_SHOWN]

    def on_key(self, event: Key) -> None:
        """Move the cursor with the arrows while the field keeps what is typed."""
        moves = {"up": -1, "down": 1}
        if event.key in moves:
            event.stop()
            self.query_one("#matches", RowList).action_move(moves[event.key])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the person under the cursor."""
        event.stop()
        chosen = self.query_one("#matches", RowList).current
        if chosen is None:
            self.wrong(lambda: _("Nobody is chosen yet: tap the badge, or type number or name."))
        else:
            self._take(chosen.key)
