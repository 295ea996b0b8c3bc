"""W at F6: a new pass, or one that is found by its number when the scanner cannot read it."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _, pgettext
from kiosk.passes.pass_code import pass_of_number
from kiosk.passes.screens_new import NewPass
from kiosk.passes.screens_pass import PassScreen
from kiosk.ui.dialogs import Choose, Dialog
from kiosk.ui.form import LabelledInput

_NEW, _NUMBER = "new", "number"


class StartPass(Choose):
    """Choose: write a new pass, or look one up."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Property-out pass"),
            [
                (_NEW, lambda: _("A new pass is asked for")),
                (_NUMBER, lambda: _("Somebody brings a pass: by its number")),
            ],
        )

    async def answered(self, key: str) -> None:
        """Go where was chosen; this question does not come back."""
        app = self.app
        self.dismiss(key)
        app.push_screen(NewPass() if key == _NEW else PassByNumber())


class PassByNumber(Dialog[None]):
    """Ask for a pass's number and open it, whatever became of it."""

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Which pass?"),
            lambda: _("The number on the paper, such as W12. Enter opens it."),
        )

    def parts(self) -> ComposeResult:
        """Yield the field."""
        yield LabelledInput(lambda: pgettext("pass", "Number"), id="number", limit=12)

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one("#number", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the pass of the number; a wrong one stays to be corrected."""
        event.stop()
        try:
            pass_id = await self.aside(self._find, event.value)
        except Refused as refused:
            self.refused(refused)
            return
        app = self.app
        self.dismiss(None)
        app.push_screen(PassScreen(pass_id))

    def _find(self, typed: str) -> str:
        with self.kiosk.desk.read() as book:
            return pass_of_number(book, typed).id
