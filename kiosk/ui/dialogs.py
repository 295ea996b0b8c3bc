"""Small questions in the middle of the screen: choose one, give a reason, prove who you are."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, ScreenResume, ScreenSuspend
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import OPEN_LOAN_OF, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof, prove_by_badge, prove_by_staff_no
from kiosk.desk.words import Words, _, sentence
from kiosk.ui import palette
from kiosk.ui.form import LabelledInput
from kiosk.ui.row_list import Column, ListRow, RowList
from kiosk.ui.screen import UseCases
from kiosk.ui.tap_area import TapStrip
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import paragraph, plain

Answer = TypeVar("Answer")
ROOM = 58
"""The cells of a line inside a dialog, as the stylesheet has it."""


class Dialog(UseCases, ModalScreen[Answer]):
    """A question with a title, one line of help, and Esc to leave it with nothing done.

    Everything it says is given as ``Words``, so that the language can change while it is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: Words, help_line: Words = str) -> None:
        super().__init__()
        self._title, self._help, self._help_colour = title, help_line, palette.MUTED
        self._reason: Words = str

    def compose(self) -> ComposeResult:
        """Lay title, the question's parts, and the line for the reason."""
        yield TapStrip(id="tap")
        with Vertical(id="dialog"):
            yield Static(
                plain(self._title(), f"bold {palette.TEXT}"), markup=False, id="dialog-title"
            )
            yield Static(
                paragraph(self._help(), palette.MUTED, ROOM), markup=False, id="dialog-help"
            )
            yield from self.parts()
            yield Static("", markup=False, id="dialog-wrong")

    @property
    def alive(self) -> bool:
        """Say whether the question still stands: when it is taken away, its parts go first."""
        return bool(self.is_attached and self.query("#dialog-wrong"))

    def translate(self) -> None:
        """Say it again in the language chosen now; what was typed or chosen stays."""
        super().translate()
        self.entitle(self._title)
        self.help(self._help, self._help_colour)
        self.wrong(self._reason)

    def parts(self) -> ComposeResult:
        """Yield what is asked."""
        yield from ()

    def answer(self, verdict: Verdict, seconds: float) -> None:
        """Show the answer to a card that has nothing to do with the question."""
        self.query_one("#tap", TapStrip).answer(verdict, seconds)

    def on_unmount(self) -> None:
        """Say that a question has just gone: a badge meant for it may still be on its way."""
        self.kiosk.dialog_closed()

    def wrong(self, reason: Words = str) -> None:
        """Say what is wrong, or nothing any more; everything typed stays."""
        self._reason = reason
        self.query_one("#dialog-wrong", Static).update(plain(reason(), palette.AMBER))

    def refused(self, refused: Refused) -> None:
        """Say why it is refused; everything typed stays."""
        self.wrong(partial(sentence, refused.code, refused.facts))

    def help(self, help_line: Words, colour: str = palette.MUTED) -> None:
        """Say what to do next."""
        self._help, self._help_colour = help_line, colour
        self.query_one("#dialog-help", Static).update(paragraph(help_line(), colour, ROOM))

    def entitle(self, title: Words) -> None:
        """Say what the question is about."""
        self._title = title
        self.query_one("#dialog-title", Static).update(plain(title(), f"bold {palette.TEXT}"))

    @on(ScreenSuspend)
    def step_behind(self) -> None:
        """Go out of sight behind the next question: one question is seen at a time."""
        self.query_one("#dialog").visible = not isinstance(self.app.screen, Dialog)

    @on(ScreenResume)
    def step_forward(self) -> None:
        """Be seen again."""
        self.query_one("#dialog").visible = True

    def action_leave(self) -> None:
        """Leave with nothing done."""
        self.dismiss(None)

    def accepts(self, bearer: Bearer) -> bool:
        """Say whether this card could answer the question."""
        del bearer
        return False

    async def take_card(self, bearer: Bearer) -> None:
        """Take a card that was accepted."""

    async def take_code(self, text: str) -> bool:
        """Take a scanned code; False when it is not for this dialog."""
        del text
        return False


def _how_to_choose() -> str:
    return _("Press the number, or the arrows and Enter.")


class Choose(Dialog[str | None]):
    """Choose one of a few: a digit, or arrows and Enter. Returns the chosen key, None for Esc."""

    def __init__(
        self,
        title: Words,
        choices: Sequence[tuple[str, Words]],
        help_line: Words = _how_to_choose,
    ) -> None:
        super().__init__(title, help_line)
        self._choices = choices

    def parts(self) -> ComposeResult:
        """Yield the numbered list."""
        yield RowList(Column("", 2), Column(""), header=False, id="choices")

    def on_mount(self) -> None:
        """Fill the list."""
        self.offer(self._choices)
        self.query_one("#choices", RowList).focus()

    def offer(self, choices: Sequence[tuple[str, Words]]) -> None:
        """Offer these: what can be chosen may depend on what the book says."""
        self._choices = choices
        shown = self.query_one("#choices", RowList)
        shown.styles.height = len(choices)
        shown.show(self._rows())

    def _rows(self) -> list[ListRow]:
        return [
            ListRow((str(i), words()), key=key) for i, (key, words) in enumerate(self._choices, 1)
        ]

    def translate(self) -> None:
        """Say it again in the language chosen now; the cursor stays on its choice."""
        super().translate()
        self.query_one("#choices", RowList).show(self._rows())

    async def on_key(self, event: Key) -> None:
        """Take a digit as the choice."""
        key = event.character or ""
        if key.isdecimal() and 1 <= int(key) <= len(self._choices):
            event.stop()
            await self.answered(self._choices[int(key) - 1][0])

    async def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the row under the cursor."""
        await self.answered(message.row.key)

    async def answered(self, key: str) -> None:
        """Return the chosen key; a dialog that acts by itself does so here."""
        self.dismiss(key)


def _how_to_answer() -> str:
    return _("Enter confirms, Esc goes back.")


class AskText(Dialog[str | None]):
    """Ask for one line, such as a reason. Returns the text, None for Esc."""

    def __init__(
        self,
        title: Words,
        label: Words,
        help_line: Words = _how_to_answer,
        value: str = "",
        limit: int = 80,
    ) -> None:
        super().__init__(title, help_line)
        self._label, self._value, self._limit = label, value, limit

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(self._label, id="text", value=self._value, limit=self._limit)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#text", LabelledInput).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the text; an empty one is not an answer."""
        event.stop()
        text = self.query_one("#text", LabelledInput).text
        if text:
            self.dismiss(text)
        else:
            self.wrong(lambda: _("Please type something first."))


def _how_to_prove() -> str:
    return _("Tap your badge, then type your PIN. No badge: staff number and PIN.")


class AskProof(Dialog[Proof | None]):
    """Ask somebody to prove who they are: tap the badge, then the PIN; or staff number and PIN.

    ``uid`` is a badge that was tapped already; ``may`` says whose badge could be the answer. Every
    other badge gets its usual answer: nobody's sign-in is lost in a question.
    """

    def __init__(
        self, title: Words, help_line: Words = _how_to_prove, uid: str = "",
        may: Callable[[Person], bool] = lambda _person: True,
    ) -> None:  # fmt: skip
        super().__init__(title, help_line)
        self._uid, self._may = uid, may

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(
            lambda: _("Staff number"),
            id="staff-no",
            hint=lambda: _("only without a badge"),
            limit=20,
        )
        yield LabelledInput(lambda: _("PIN"), id="pin", secret=True, limit=12)

    def on_mount(self) -> None:
        """Start with the PIN when the badge is known already."""
        if self._uid:
            self._know_badge()
        else:
            self.query_one("#staff-no", LabelledInput).focus()

    def accepts(self, bearer: Bearer) -> bool:
        """Take the badge of who could be the answer; a tag of what hangs here needs a word."""
        if isinstance(bearer, ThingTag):
            return not self._is_out(bearer.thing)
        return isinstance(bearer, StaffCard) and self._may(bearer.person)

    def _is_out(self, thing: Thing) -> bool:
        """Say whether the tag brings something back: that is never held up by a question."""
        with self.kiosk.desk.read() as book:
            return book.one(OPEN_LOAN_OF, thing=thing.id) is not None

    async def take_card(self, bearer: Bearer) -> None:
        """Take the badge; the PIN comes next."""
        if isinstance(bearer, ThingTag):
            raise Refused("badge.is_a_key", thing=bearer.thing.label)
        self._uid = bearer.uid
        self._know_badge()

    def _know_badge(self) -> None:
        self.help(lambda: _("Badge read. Now type the PIN and press Enter."))
        self.query_one("#staff-no", LabelledInput).display = False
        self.wrong()
        self.query_one("#pin", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move from the number to the PIN, then check both."""
        event.stop()
        pin = self.query_one("#pin", LabelledInput)
        if event.input is not pin.input:
            pin.focus()
        elif pin.input.value:
            await self._check(pin.input)

    async def _check(self, pin: Input) -> None:
        typed, pin.value = pin.value, ""
        staff_no = self.query_one("#staff-no", LabelledInput)
        try:
            self.dismiss(await self._prove(staff_no.text, typed))
        except Refused as refused:
            self.refused(refused)

    async def _prove(self, staff_no: str, pin: str) -> Proof:
        desk = self.kiosk.desk
        if self._uid:
            return await self.aside(prove_by_badge, desk, self._uid, pin)
        if not staff_no:
            raise Refused("sign.who")
        return await self.aside(prove_by_staff_no, desk, staff_no, pin)
