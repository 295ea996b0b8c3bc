"""The office reads the objections to the month sheets, after badge and PIN, and answers them."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kiosk.attendance.closing import months
from kiosk.attendance.closing.models import OPEN_OBJECTIONS, Objection
from kiosk.attendance.closing.rules import LONGEST_WORDS, check_office, is_office
from kiosk.attendance.closing.screens_proved import Fleeting, ProveThen
from kiosk.attendance.remarks.models import About
from kiosk.attendance.remarks.screens_form import RemarkForm
from kiosk.attendance.remarks.wording import about_word
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import _, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import paragraph

_YES, _NO = "yes", "no"


def ask_to_answer() -> ProveThen:
    """Return the question for the office's badge and PIN that leads to the objections."""
    return ProveThen(
        lambda: _("Who reads the objections?"),
        lambda: _("A clerk or administrator taps the badge and types the PIN."),
        lambda _proof: Objections(), check_office, is_office,
    )  # fmt: skip


class Objections(Fleeting):
    """Every objection without an answer; what it says stands under the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", show=False)]
    DEFAULT_CSS = """
    Objections #objections { height: 1fr; padding: 1; }
    Objections #objection-words { height: 4; padding: 0 2; background: $panel-ground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[Objection, Person, str]] = []

    def body(self) -> ComposeResult:
        """Lay the list and the words of the one under the cursor."""
        yield RowList(id="objections")
        yield Static("", markup=False, id="objection-words")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this screen."""
        yield Key("Enter", _("Answer the objection"), pgettext("books", "Answer"))
        yield Key("Esc", _("Back"))

    async def on_screen_resume(self) -> None:
        """Read again when coming here or back."""
        await super().on_screen_resume()
        self.query_one("#objections", RowList).focus()
        await self.refresh_book()

    async def read_book(self) -> None:
        """Read what waits for an answer."""
        self._found = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[tuple[Objection, Person, str]]:
        with self.kiosk.desk.read() as book:
            return [
                (one, person, book.read_sealed(one.words))
                for one, person in book.all(OPEN_OBJECTIONS)
            ]

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        shown = self.query_one("#objections", RowList)
        shown.empty = _("No objection waits for an answer.")
        shown.show([self._row(*one) for one in self._found], _columns())
        self._say_words()

    def _row(self, one: Objection, person: Person, words: str) -> ListRow:
        at = f"{self.kiosk.desk.local(one.entered_at):%m-%d %H:%M}"
        return ListRow((one.number, person.name, f"{one.day:%m-%d}", words, at), key=one.id)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """Show the words of the objection under the cursor."""
        super().on_row_list_pointed(event)
        self._say_words()

    def _say_words(self) -> None:
        at = self.query_one("#objections", RowList).cursor
        words = self._found[at][2] if at < len(self._found) else ""
        room = max(20, self.app.size.width - 6)
        self.query_one("#objection-words", Static).update(paragraph(words, palette.TEXT, room))

    # Keys.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask whether the office accepts it, then for its words, then for a signature."""
        self.touched()
        question = Choose(
            lambda: _("Is the objection right?"),
            [
                (_YES, lambda: _("Yes: it is mended by a remark or correction")),
                (_NO, lambda: _("No: the day stays as it is")),
            ],
        )
        self.app.push_screen(question, partial(self._decided, message.row.key))

    def _decided(self, objection_id: str, chosen: str | None) -> None:
        if chosen is None:
            return
        accepted = chosen == _YES
        question = AskText(
            lambda: _("The answer to the objection"), lambda: _("Answer"), limit=LONGEST_WORDS
        )
        self.app.push_screen(question, partial(self._worded, objection_id, accepted))

    def _worded(self, objection_id: str, accepted: bool, words: str | None) -> None:  # noqa: FBT001 - bound by partial
        if words is None:
            return
        kiosk = self.kiosk

        async def act(proof: Proof) -> Verdict:
            number = await kiosk.pen.write(
                months.answer_objection, kiosk.desk, proof, objection_id, words, accepted=accepted
            )
            kiosk.changed()
            told = _("{number} is answered.").format(number=number)
            return Verdict(Tone.GOOD, told, name=proof.person.name)

        self.app.push_screen(
            SignedAct(
                lambda: _("Who answers the objection?"), act,
                lambda: _("A clerk or administrator taps the badge and types the PIN."),
                may=is_office,
            ),
            partial(self._answered, objection_id) if accepted else None,
        )  # fmt: skip

    def _answered(self, objection_id: str, proof: Proof | None) -> None:
        """Go on to the remark that mends the day; Esc leaves it for later, at F7, 1."""
        found = next(
            ((one, person) for one, person, _said in self._found if one.id == objection_id), None
        )
        if proof is None or found is None:
            return
        one, person = found
        day = f"{one.day:%m-%d}"
        question = Choose(
            lambda: _("What does the remark mend on {day} of {name}?").format(
                day=day, name=person.name
            ),
            [(about.value, partial(about_word, about)) for about in About],
        )
        self.app.push_screen(question, partial(self._mend, person, one.day))

    def _mend(self, person: Person, day: date, about: str | None) -> None:
        if about is not None:
            self.app.push_screen(RemarkForm(person, About(about), day))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 6), Column(_("Name"), 12), Column(_("Day"), 6),
        Column(pgettext("books", "What is wrong")),
        Column(pgettext("books", "Entered"), 11, keep=4),
    )  # fmt: skip
