"""The question of who is there: badge and PIN, or staff number and PIN."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.bearer import Bearer, StaffCard, ThingTag
from kiosk.desk.loans import OPEN_LOAN_OF, Thing
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof, prove_by_badge, prove_by_staff_no
from kiosk.desk.words import Words, _
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput


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
