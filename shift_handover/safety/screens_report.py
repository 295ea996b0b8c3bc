"""The report of a round on the screen: which superior was told, how, and what he answered."""

from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.desk.refusal import Refused
from kiosk.desk.words import Words, _, pgettext
from kiosk.ui.dialogs import AskText, Dialog
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.rules import Report, checked_report
from shift_handover.safety import reporting
from shift_handover.safety.reporting import ReportShown


def _by_telephone() -> str:
    return pgettext("safety report", "by telephone")


class SayReport(Dialog[Report | None]):
    """To whom, how, and the answer; no answer yet is an answer too. None for Esc."""

    DEFAULT_CSS = "SayReport .field { margin: 0 0 1 0; }"

    def __init__(self, title: Words) -> None:
        super().__init__(
            title,
            lambda: _("Also when all is normal. Esc: nobody reached yet. No answer yet: leave it."),
        )
        self._means = ""
        self._warned = False

    def parts(self) -> ComposeResult:
        """Yield the three fields; most reports go by telephone."""
        self._means = _by_telephone()
        yield LabelledInput(lambda: _("Reported to"), id="whom", limit=80)
        yield LabelledInput(
            lambda: pgettext("safety report", "How"), id="how", value=self._means, limit=80
        )
        yield LabelledInput(lambda: pgettext("safety report", "Answer"), id="answer", limit=80)

    def translate(self) -> None:
        """Say it again in the language chosen now; a means that nobody changed is ours to say."""
        super().translate()
        how = self.query_one("#how", LabelledInput)
        before, self._means = self._means, _by_telephone()
        if how.text == before:
            how.input.value = self._means

    def on_mount(self) -> None:
        """Start with who was told."""
        self.query_one("#whom", LabelledInput).focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Ask again before what is typed now is lost."""
        del event
        if self._warned:
            self._warned = False
            self.wrong()

    def action_leave(self) -> None:
        """Leave with nobody reached; who or what was typed already asks for a second Esc."""
        if self._is_typed() and not self._warned:
            self._warned = True
            self.wrong(lambda: _("Not saved yet. Enter goes on. Esc once more: nobody reached."))
        else:
            super().action_leave()

    def _is_typed(self) -> bool:
        """Say whether anything would be lost; the means that stood there is ours."""
        fields = {one.id: one.text for one in self.query(LabelledInput)}
        return bool(fields["whom"] or fields["answer"] or fields["how"] != self._means)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; the last Enter gives the report."""
        event.stop()
        fields = list(self.query(LabelledInput))
        here = next(i for i, one in enumerate(fields) if one.input is event.input)
        if here + 1 < len(fields):
            fields[here + 1].focus()
            return
        words = {one.id or "": one.text for one in fields}
        try:
            report = checked_report(Report(**words))
        except Refused as refused:
            self.refused(refused)
            self.query_one(f"#{refused.facts['field']}", LabelledInput).focus()
            return
        await self.given(report)

    async def given(self, report: Report) -> None:
        """Give the report back; a question that writes it does so here."""
        self.dismiss(report)


class ReportRound(SayReport):
    """A finished round that nobody was told of yet: write its report down."""

    def __init__(self, round_id: str) -> None:
        super().__init__(lambda: _("Which superior was told, and how?"))
        self._round_id = round_id

    async def given(self, report: Report) -> None:
        """Write it down."""
        kiosk = self.kiosk
        async with self.answering():
            await self.act(
                reporting.report_round, kiosk.desk, kiosk.by, self._round_id, report
            )  # fmt: skip
            self.dismiss(report)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))


class AnswerReport(AskText):
    """A round that was reported: what the superior answered."""

    def __init__(self, round_id: str) -> None:
        super().__init__(
            lambda: _("What did the superior answer?"), lambda: pgettext("safety report", "Answer")
        )
        self._round_id = round_id

    async def on_screen_resume(self) -> None:
        """Say which round it is, and who was told how."""
        await super().on_screen_resume()
        shown = await self.aside(self._read)
        self.help(
            lambda: _("Safety check {number}, told {name}, {how}. Esc: no answer yet.").format(
                number=shown.number, name=shown.report.whom, how=shown.report.how
            )
        )

    def _read(self) -> ReportShown:
        with self.kiosk.desk.read() as book:
            return reporting.shown_report(book, self._round_id)

    async def on_input_submitted(self, event: Input.Submitted) -> None:  # type: ignore[override] # Textual awaits either kind
        """Write it down; an empty line is refused."""
        event.stop()
        event.prevent_default()  # Textual calls the base class's handler as well
        kiosk, said = self.kiosk, self.query_one("#text", LabelledInput).text
        try:
            await self.act(reporting.answer_report, kiosk.desk, kiosk.by, self._round_id, said)
        except Refused as refused:
            self.refused(refused)
            return
        self.dismiss(said)
        kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))
