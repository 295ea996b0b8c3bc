"""A mobile number, asked for with a business reason and shown for some seconds (clause 101)."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from kiosk.ui import palette
from kiosk.ui.dialogs import Dialog
from kiosk.ui.form import LabelledInput
from visitors.ladder import mobile
from visitors.ladder.steps import LadderStep
from visitors.service import REASON_LIMIT

_FIELDS = ("asked-by", "reason")


class AskMobile(Dialog[None]):
    """Ask who wants the number and why; then the number stands here until its time is over."""

    def __init__(self, visit_id: str, step: LadderStep) -> None:
        super().__init__(
            lambda: _("Mobile number of {name}").format(name=step.name),
            lambda: _("Shown for a business reason only; each time is logged."),
        )
        self._visit_id, self._step = visit_id, step

    def parts(self) -> ComposeResult:
        """Yield the two fields."""
        yield LabelledInput(lambda: _("Who asks for it"), id="asked-by", limit=REASON_LIMIT)
        yield LabelledInput(lambda: _("For what"), id="reason", limit=REASON_LIMIT)

    def on_mount(self) -> None:
        """Start in the first field."""
        self.query_one("#asked-by", LabelledInput).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on to what is still empty; with both, show the number."""
        event.stop()
        fields = [self.query_one(f"#{one}", LabelledInput) for one in _FIELDS]
        empty = next((one for one in fields if not one.text), None)
        if empty is not None:
            empty.focus()
            return
        await self._reveal(*(one.text for one in fields))

    async def _reveal(self, asked_by: str, reason: str) -> None:
        kiosk = self.kiosk
        try:
            number = await self.act(
                mobile.reveal, kiosk.desk, kiosk.by, self._visit_id, self._step.staff_no,
                asked_by, reason,
            )  # fmt: skip
        except Refused as refused:
            self.refused(refused)
            return
        for one in _FIELDS:
            self.query_one(f"#{one}", LabelledInput).display = False
        self.wrong()
        self.entitle(lambda: f"{self._step.name}  {number}")
        seconds = kiosk.desk.rules.mobile_shown_s
        self.help(
            lambda: _("It goes away after {n} seconds, or with Esc.").format(n=seconds),
            palette.INFO,
        )
        self.focus()
        self.set_timer(seconds, self.action_leave)
