"""The lock-up list on the screen: line by line done or not, then who leaves taps."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.widgets import Static

from kiosk.desk.bearer import Bearer, StaffCard
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means, Proof
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.ask_proof import AskProof
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Dialog
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import KioskScreen
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row
from shift_handover.last_out import service
from shift_handover.last_out.rules import WORDS, Answer, checked_answers, item_word
from shift_handover.last_out.service import Signer

_FEW = 4
"""So many names of who is still in fit on one line."""


class SignList(KioskScreen):
    """Every line is answered with one digit; ``still_in`` names who is in by the taps as well.

    Their being in refuses nothing: who forgot to sign out must not keep the last one here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
    ]
    DEFAULT_CSS = "#lock-head { height: auto; margin: 0 0 1 0; } #lock-list { margin: 0 0 1 0; }"

    def __init__(self, still_in: Sequence[str] = ()) -> None:
        super().__init__()
        self._still_in, self._warned = still_in, False
        self._answers: dict[str, Answer] = {}

    def body(self) -> ComposeResult:
        """Lay the head over the lines."""
        yield Static("", markup=False, id="lock-head")
        yield RowList(
            Column("", 1), Column("", share=3), Column("", share=2), header=False, id="lock-list"
        )

    def keys(self) -> Iterator[Key]:
        """Show the two answers and the signature."""
        yield Key("1", pgettext("last out", "Done"))
        yield Key("2", _("Not done, and why"), pgettext("last out", "Not done"))
        yield Key("Enter", _("Sign: who leaves taps"), pgettext("last out", "Sign"))
        yield Key("Esc", _("Back"))

    def on_mount(self) -> None:
        """Start at the first line."""
        super().on_mount()
        self.query_one("#lock-list", RowList).focus()
        self._draw()

    def translate(self) -> None:
        """Say it again in the language chosen now; the answers stay."""
        super().translate()
        self._draw()

    def _items(self) -> tuple[str, ...]:
        return service.items(self.kiosk.desk)

    def _draw(self) -> None:
        items = self._items()
        done = f"{len(self._answers)} / {len(items)}"
        title = row(plain(_("Lock-up list"), f"bold {palette.TEXT}"), plain(done, palette.MUTED))
        self.query_one("#lock-head", Static).update(lines(title, *self._warning()))
        self.query_one("#lock-list", RowList).show([self._row(one) for one in items])

    def _warning(self) -> Iterator[Content]:
        n = len(self._still_in)
        if not n:
            return
        told = ngettext("{n} colleague is still in", "{n} colleagues are still in", n)
        names = pgettext("list", ", ").join(self._still_in[:_FEW])
        yield row(plain(told.format(n=n), palette.AMBER), plain(names, palette.MUTED))

    def _row(self, item: str) -> ListRow:
        answer = self._answers.get(item)
        if answer is None:
            return ListRow(("", item_word(item), ""), item)
        sign, colour = ("✓", palette.GOOD) if answer.done else ("!", palette.AMBER)
        bar = "" if answer.done else colour
        return ListRow((sign, item_word(item), answer.reason), item, colour, bar)

    async def on_key(self, event: KeyPressed) -> None:
        """Take a digit as the answer to the line under the cursor."""
        if event.character not in {"1", "2"}:
            return
        event.stop()
        rows = self.query_one("#lock-list", RowList)
        item = rows.rows[rows.cursor].key
        if event.character == "1":
            self._answer(Answer(item, done=True))
            return

        def reason(text: str | None) -> None:
            if text is not None:
                self._answer(Answer(item, done=False, reason=text))

        question = AskText(partial(item_word, item), lambda: _("Why not done"), limit=WORDS)
        self.app.push_screen(question, reason)

    def _answer(self, answer: Answer) -> None:
        self._warned = False
        self._answers[answer.item] = answer
        self._draw()
        rows = self.query_one("#lock-list", RowList)
        if rows.cursor + 1 < len(rows.rows):
            rows.action_move(1)

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask for the taps once every line has its answer."""
        message.stop()
        async with self.answering():
            answers = checked_answers(list(self._answers.values()), self._items())
            self.app.push_screen(LeaversSign(answers), self._signed)

    def _signed(self, number: str | None) -> None:
        if number is None:
            return
        self.dismiss()
        out = _("Thank you. Who has not signed out yet taps once more.")
        told = _("{number} is signed.").format(number=number)
        self.kiosk.answer(Verdict(Tone.GOOD, told, lines=(out,)))

    def action_leave(self) -> None:
        """Go back; a list with answers asks for a second Esc."""
        if self._answers and not self._warned:
            self._warned = True
            words = _("Not signed yet. Esc once more leaves the list.")
            self.kiosk.answer(Verdict(Tone.AMBER, words))
        else:
            self.dismiss()


class LeaversSign(Dialog[str | None]):
    """Who leaves taps; two who leave together both tap. Enter closes it with the taps so far.

    Returns the number of the signed list, None for Esc.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", show=False),
        Binding("n,N", "no_badge", show=False),
    ]

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        super().__init__(
            lambda: _("Who leaves signs with a tap"),
            lambda: _("Two who leave together both tap. N: no badge. Enter: all have tapped."),
        )
        self._answers = answers
        self._signers: dict[str, Signer] = {}

    def parts(self) -> ComposeResult:
        """Yield who has tapped."""
        yield Static(self._names(), markup=False, id="signers")

    def translate(self) -> None:
        """Say it again in the language chosen now."""
        super().translate()
        self.query_one("#signers", Static).update(self._names())

    def _names(self) -> Content:
        if not self._signers:
            return plain(_("Nobody has tapped yet."), palette.MUTED)
        return lines(
            *[plain(f"✓ {one.name}", f"bold {palette.GOOD}") for one, _m in self._signers.values()]
        )

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of any member of staff."""
        return isinstance(bearer, StaffCard)

    async def take_card(self, bearer: Bearer) -> None:
        """Count the tap as a signature; it signs nobody in or out."""
        if isinstance(bearer, StaffCard):
            self._add(bearer.person, Means.BADGE)

    def _add(self, person: Person, means: Means) -> None:
        self._signers.setdefault(person.id, (person, means))
        self.wrong()
        self.query_one("#signers", Static).update(self._names())

    def action_no_badge(self) -> None:
        """Ask for staff number and PIN of who has no badge."""

        def proved(proof: Proof | None) -> None:
            if proof is not None:
                self._add(proof.person, proof.means)

        self.app.push_screen(AskProof(lambda: _("Who leaves, without a badge")), proved)

    async def action_finish(self) -> None:
        """Write the list down in the name of who tapped."""
        kiosk, signers = self.kiosk, list(self._signers.values())
        try:
            number = await self.act(service.sign, kiosk.desk, kiosk.by, self._answers, signers)
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss(number)
