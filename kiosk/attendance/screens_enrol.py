"""An unknown card at the open desk becomes somebody's badge."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from kiosk.attendance import service
from kiosk.desk import badges
from kiosk.desk.bearer import Bearer, UnknownCard
from kiosk.desk.names import matches
from kiosk.desk.people import DEPARTMENTS, EVERYONE, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.verdict import Verdict

_SHOWN = 5
_TAIL = 4


class EnrolCard(Dialog[None]):
    """Choose a person by staff number, characters or pinyin; Enter makes the card their badge."""

    DEFAULT_CSS = """
    EnrolCard #matches { margin: 1 0 0 0; }
    EnrolCard #dialog-help { margin: 0 0 1 0; }
    """

    def __init__(self, uid: str) -> None:
        super().__init__(lambda: _("A new card"), self._card_words)
        self._uid = uid
        self._people: Sequence[Person] = ()
        self._sections: dict[str, str] = {}

    def parts(self) -> ComposeResult:
        """Yield the field and who fits what is typed."""
        yield LabelledInput(
            lambda: _("Whose badge?"), id="who", hint=lambda: _("staff number, name or pinyin")
        )
        yield RowList(
            Column("", 10), Column("", 14), Column("", share=1), header=False, id="matches"
        )

    async def on_mount(self) -> None:
        """Start in the field; say at once when the card cannot be a badge."""
        shown = self.query_one("#matches", RowList)
        shown.can_focus, shown.show_cursor_always = False, True
        shown.styles.height = _SHOWN
        self.query_one("#who", LabelledInput).focus()
        self._show_card()
        await self.aside(self._read)
        self._draw("")

    def _read(self) -> None:
        with self.kiosk.desk.read() as book:
            self._people = book.all(EVERYONE)
            self._sections = {one.id: one.name for one in book.all(DEPARTMENTS)}

    def _card_words(self) -> str:
        words = _("Card ending in {tail}. Enter gives it to the person. A key's tag: Esc, F4, N.")
        return words.format(tail=self._uid[-_TAIL:])

    def _show_card(self) -> None:
        self.help(self._card_words)
        try:
            badges.check_number(self._uid)
        except Refused as refused:
            self.refused(refused)

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed stays."""
        super().translate()
        self._show(self.query_one("#who", LabelledInput).input.value)

    def accepts(self, bearer: Bearer) -> bool:
        """Another unknown card takes the place of this one."""
        return isinstance(bearer, UnknownCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Ask about the card that was tapped last."""
        self._uid = bearer.uid
        self.wrong()
        self._show_card()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who fits; the best fit stands first."""
        event.stop()
        self._draw(event.value)

    def _draw(self, typed: str) -> None:
        self._show(typed)
        self.query_one("#matches", RowList).action_move(-_SHOWN)

    def _show(self, typed: str) -> None:
        shown = self.query_one("#matches", RowList)
        shown.empty = _("Nobody fits.") if typed.strip() else _("Type who it is for.")
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
        """Give the card to the person under the cursor."""
        event.stop()
        chosen = self.query_one("#matches", RowList).current
        if chosen is None:
            self.wrong(lambda: _("Choose somebody first: type the number or the name."))
            return
        await self._give(chosen.key)

    async def _give(self, person: Person) -> None:
        kiosk = self.kiosk
        try:
            await self.act(service.enrol, kiosk.desk, kiosk.by, self._uid, person.staff_no)
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss()
        words = _("The card is now the badge. Tap it to sign in.")
        kiosk.answer(Verdict(Tone.GOOD, words, name=person.name))
