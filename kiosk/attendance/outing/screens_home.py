"""F7 3: who is out, where and until when; going out, a tap that is owed, taking one back.

Keystrokes: ``N`` asks who goes and opens the form. On a line ``W`` takes the approver's tap for a
word by telephone, ``C`` takes the outing back before leaving, ``R`` shows why to who may read it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.outing import service
from kiosk.attendance.outing.reading import OutingShown, Why, last_places, open_outings, why
from kiosk.attendance.outing.screens_form import OutingForm
from kiosk.attendance.outing.wording import back_words, leaves_words, state_words
from kiosk.desk.people import Person
from kiosk.desk.signing import Proof
from kiosk.desk.words import Words, _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_person import AskPerson
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import ROOM, Dialog
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.signed_act import SignedAct
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, paragraph, plain, row


class OutingHome(ListScreen):
    """Who is out or will be, by the time of leaving; what a tap is owed for stands at the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "new", show=False),
        Binding("w,W", "word", show=False),
        Binding("c,C", "cancel", show=False),
        Binding("r,R", "read", show=False),
    ]
    DEFAULT_CSS = """
    #outing-counts { height: 3; padding: 1 2; background: $panel-ground; }
    #outings { height: 1fr; padding: 0 1 1 1; }
    OutingHome.-low #outing-counts { height: 2; padding: 0 1 1 1; }
    OutingHome.-low #outings { padding: 0; }
    """

    def __init__(self, ref: str = "") -> None:
        super().__init__()
        self._ref = ref
        self._shown: list[OutingShown] = []

    def body(self) -> ComposeResult:
        """Lay the counts over the list."""
        yield Static("", markup=False, id="outing-counts")
        yield RowList(id="outings")

    def keys(self) -> Iterator[Key]:
        """Show what can be done."""
        yield Key("N", _("Somebody goes out"), pgettext("outing", "Go out"))
        one = self._current()
        if one is not None and one.owed:
            yield Key("W", _("Tap for the word by telephone"), pgettext("outing", "Owed tap"))
        if one is not None and one.ended_at is None:
            yield Key("C", _("Does not go after all"), pgettext("outing", "Not going"))
        if one is not None:
            yield Key("R", _("Why: only for head and leaders"), pgettext("outing", "Why?"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read who is out."""
        self._shown = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> list[OutingShown]:
        desk = self.kiosk.desk
        with desk.read() as book:
            return open_outings(desk, book)

    def _draw(self) -> None:
        self.query_one("#outing-counts", Static).update(self._counts())
        shown = self.query_one("#outings", RowList)
        shown.empty = _("Nobody is out, and nobody has said so for later.")
        shown.show([self._row(one) for one in self._shown], _columns())
        self._point_at(shown)
        self.show_keys()

    def _point_at(self, shown: RowList) -> None:
        place = next((i for i, one in enumerate(self._shown) if one.id == self._ref), None)
        if place is not None:
            shown.action_move(place - shown.cursor)
        self._ref = ""

    def _counts(self) -> Content:
        out = sum(not one.planned and one.ended_at is None for one in self._shown)
        late = sum(one.late for one in self._shown)
        owed = sum(one.owed for one in self._shown)
        return row(
            plain(_("Outings"), f"bold {palette.TEXT}"),
            plain(_("{n} out now").format(n=out), palette.TEXT),
            plain(_("{n} not back in time").format(n=late) if late else "", palette.AMBER),
            plain(_owed_words(owed) if owed else "", palette.AMBER),
            gap=3,
        )

    def _row(self, one: OutingShown) -> ListRow:
        desk = self.kiosk.desk
        word = one.approver.name if one.approver is not None else ""
        if one.owed:
            word = _("{name}, tap owed").format(name=word)
        words = (
            one.person.name, one.place, leaves_words(desk, one), back_words(desk, one),
            state_words(one), word, one.number,
        )  # fmt: skip
        colour = palette.AMBER if one.late else palette.TEXT
        bar = palette.AMBER if one.late else ""
        return ListRow(words, key=one, colour=colour, bar=bar, faint=(5, 6))

    def on_row_list_pointed(self) -> None:
        """Show the keys of the line under the cursor."""
        self.show_keys()

    def _current(self) -> OutingShown | None:
        found = self.query("#outings")
        current = found.first(RowList).current if found else None
        return current.key if current is not None else None

    # Going out.

    def action_new(self) -> None:
        """Ask who goes."""
        asked = AskPerson(
            lambda: _("Who goes out?"), lambda: _("Tap the badge, or type number, name or pinyin.")
        )
        self.app.push_screen(asked, self._goes)

    async def _goes(self, person: Person | None) -> None:
        if person is not None:
            places = await self.aside(self._places, person)
            self.app.push_screen(OutingForm(person, places))

    def _places(self, person: Person) -> list[str]:
        with self.kiosk.desk.read() as book:
            return last_places(book, person)

    # What is signed about a line.

    def action_word(self) -> None:
        """Take the approver's own tap for what he said on the telephone."""
        one = self._current()
        if one is not None and one.owed and one.approver is not None:
            giver = one.approver
            told = _("Signed: {number} went out on this word.").format(number=one.number)
            self._signed(
                partial(_word_title, one.number, giver.name), service.give_word, one,
                Verdict(Tone.GOOD, told, name=giver.name), lambda person: person.id == giver.id,
            )  # fmt: skip

    def action_cancel(self) -> None:
        """Take an outing back before its person leaves."""
        one = self._current()
        if one is not None and one.ended_at is None:
            told = _("{number} is taken back.").format(number=one.number)
            self._signed(
                partial(_cancel_title, one.person.name), service.cancel, one,
                Verdict(Tone.AMBER, told, name=one.person.name),
            )  # fmt: skip

    def _signed(
        self, title: Words, use_case: Callable[..., str], one: OutingShown, told: Verdict,
        may: Callable[[Person], bool] = lambda _person: True,
    ) -> None:  # fmt: skip
        async def act(proof: Proof) -> Verdict:
            await self.act(use_case, self.kiosk.desk, proof, one.id)
            return told

        self.app.push_screen(SignedAct(title, act, may=may))

    def action_read(self) -> None:
        """Show why to who may read it, after his badge and PIN."""
        one = self._current()
        if one is not None:
            self.app.push_screen(
                AskProof(partial(_read_title, one.number)), partial(self._read_why, one)
            )

    async def _read_why(self, one: OutingShown, proof: Proof | None) -> None:
        if proof is None:
            return
        async with self.answering():
            told = await self.aside(why, self.kiosk.desk, proof, one.id)
            self.app.push_screen(WhyDialog(one.person.name, told))


class WhyDialog(Dialog[None]):
    """Why somebody is out, with whom and the number; Enter or Esc takes it off the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", show=False)]

    def __init__(self, name: str, told: Why) -> None:
        super().__init__(partial(_why_title, name, told.number), lambda: _("Enter closes it."))
        self._told = told

    def parts(self) -> ComposeResult:
        """Yield the words."""
        yield Static("", markup=False, id="why")

    def on_mount(self) -> None:
        """Draw the words."""
        self._draw()

    def translate(self) -> None:
        """Say the labels in the language chosen now."""
        super().translate()
        self._draw()

    def _draw(self) -> None:
        told = self._told
        parts = [paragraph(told.why, palette.TEXT, ROOM)]
        for label, text in (
            (pgettext("outing", "With"), told.companions),
            (pgettext("outing", "Phone"), told.phone),
        ):
            if text:
                parts.append(row(plain(label, palette.MUTED), plain(text, palette.TEXT)))
        self.query_one("#why", Static).update(lines(*parts))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), 10, keep=9),
        Column(pgettext("outing", "Where"), keep=8, share=1, least=12),
        Column(pgettext("outing", "Left"), 11, keep=6),
        Column(pgettext("outing", "Back by"), 14, keep=9),
        Column(pgettext("pass", "State"), 19, keep=7),
        Column(pgettext("outing", "On the word of"), keep=4, share=1, least=12),
        Column(_("No."), 6, keep=3),
    )


def _owed_words(n: int) -> str:
    return ngettext("{n} tap owed", "{n} taps owed", n).format(n=n)


def _word_title(number: str, name: str) -> str:
    return _("{name} signs for {number}: the word by telephone").format(name=name, number=number)


def _cancel_title(name: str) -> str:
    return _("{name} does not go: {name} or the approver signs").format(name=name)


def _read_title(number: str) -> str:
    return _("Why {number}? The person, the head or a leader signs").format(number=number)


def _why_title(name: str, number: str) -> str:
    return _("{name} is out ({number})").format(name=name, number=number)
