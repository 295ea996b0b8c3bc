"""What becomes of a fault: somebody was told, or it is put right."""

from kiosk.desk.words import _
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from shift_handover.safety import faults
from shift_handover.safety.faults import FaultShown


class CloseFault(Choose):
    """An open fault: say who was told meanwhile, or that it is put right."""

    def __init__(self, fault_id: str) -> None:
        super().__init__(lambda: _("Fault"), [
            ("told", lambda: _("Somebody was told")),
            ("closed", lambda: _("It is put right")),
            ("wait", lambda: _("Not yet")),
        ])  # fmt: skip
        self._fault_id = fault_id

    async def on_screen_resume(self) -> None:
        """Show which fault it is."""
        fault = await self.aside(self._read)
        self.entitle(lambda: f"{fault.number}  {fault.place}  {fault.what}")
        self.help(
            lambda: _("Done: {measure}. Told: {told}.").format(
                measure=fault.measure, told=fault.told or _("nobody told yet")
            )
        )

    def _read(self) -> FaultShown:
        with self.kiosk.desk.read() as book:
            return faults.fault_by_id(book, self._fault_id)

    async def answered(self, key: str) -> None:
        """Ask what belongs to the choice."""
        if key == "told":
            question = AskText(lambda: _("Who was told?"), lambda: _("Who was told"))
            self.app.push_screen(question, self._told)
        elif key == "closed":
            question = AskText(lambda: _("What was done?"), lambda: _("What was done"))
            self.app.push_screen(question, self._done)
        else:
            self.dismiss(None)

    async def _told(self, name: str | None) -> None:
        if name is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            await self.act(faults.report_fault, kiosk.desk, kiosk.by, self._fault_id, name)
            self.dismiss("told")
            kiosk.answer(Verdict(Tone.GOOD, _("Noted.")))

    def _done(self, closing: str | None) -> None:
        if closing is None:
            return

        async def closed(name: str | None) -> None:
            if name is not None:
                await self._close(closing, name)

        question = AskText(lambda: _("Who was told of it?"), lambda: _("Who was told"))
        self.app.push_screen(question, closed)

    async def _close(self, closing: str, told: str) -> None:
        kiosk = self.kiosk
        async with self.answering():
            await self.act(faults.close_fault, kiosk.desk, kiosk.by, self._fault_id, closing, told)
            self.dismiss("closed")
            kiosk.answer(Verdict(Tone.GOOD, _("The fault is closed.")))
