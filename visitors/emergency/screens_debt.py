"""What is owed after an emergency admission is written down, at once or bit by bit."""

from dataclasses import replace
from typing import ClassVar

from textual.widgets import Input

from kiosk.desk.words import N_, _, ngettext
from kiosk.ui.form import LabelledInput
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors.emergency import debt
from visitors.emergency.debt import Owes, Payment
from visitors.screens_fields import HOST, MATTER, NAME, UNIT, FormField
from visitors.screens_form import VisitForm

RESPONSIBLE = replace(HOST, label=N_("Responsible"))


class DebtScreen(VisitForm):
    """Every field may stay empty: what is known is written down, the rest stays owed.

    Keystrokes: F6, Enter on the line, what is known with Enter between, ``F5``. What was written
    down before stands there and can be said better.
    """

    FIELDS: ClassVar = (
        NAME, UNIT, FormField("people"), MATTER,
        FormField("told", N_("whom, and who told them")), RESPONSIBLE, FormField("plate"),
    )  # fmt: skip

    def __init__(self, visit_id: str) -> None:
        super().__init__()
        self._visit_id = visit_id
        self._owes: Owes | None = None

    def heading(self) -> str:
        """Return whose debt it is, and until when."""
        owes = self._owes
        if owes is None:
            return _("Emergency admission: what is owed")
        told = _("{number} {visitor}: write down what is known, by {due}")
        due = self.kiosk.desk.local(owes.due_at)
        return told.format(number=owes.number, visitor=owes.called, due=f"{due:%m-%d %H:%M}")

    def done_word(self) -> str:
        """Return what F5 does."""
        return _("Write it down")

    async def on_screen_resume(self) -> None:
        """Fill in, once, what was written down before."""
        if self._owes is None:
            self._owes = await self.aside(debt.owes, self.kiosk.desk, self._visit_id)
            if self.alive:
                self._fill(self._owes)
        await super().on_screen_resume()

    def _fill(self, owes: Owes) -> None:
        self._values = dict(owes.known)
        self._host = owes.host
        for field in self.FIELDS:
            self._show(field.id, self._start_value(field))

    def _show(self, field: str, value: str) -> None:
        self.query_one(f"#{field}", LabelledInput).input.value = value

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move on; who is responsible may be found out later."""
        field = self._field_of(event.input)
        if field.id == HOST.id and not field.text:
            event.stop()
            self._move(1)
        else:
            await super().on_input_submitted(event)

    async def save(self) -> None:
        """Write down what is known; the debt closes when nothing is missing."""
        kiosk = self.kiosk
        host = self.chosen_host().staff_no if self.text(HOST.id) else ""
        words = {field.id: self.text(field.id) for field in self.FIELDS if field.id != HOST.id}
        given = Payment(host=host, **words)
        left = await self.act(debt.pay, kiosk.desk, kiosk.by, self._visit_id, given)
        self.dismiss(None)
        kiosk.answer(_paid_words(len(left)))


def _paid_words(left: int) -> Verdict:
    if not left:
        return Verdict(Tone.GOOD, _("All is written down."))
    told = ngettext(
        "Written down. {n} thing is still owed.", "Written down. {n} things are still owed.", left
    )
    return Verdict(Tone.AMBER, told.format(n=left))
