"""Correct (更正) a visit: the same form with what was written, and a reason."""

from dataclasses import replace
from typing import ClassVar

from kiosk.desk.words import _
from kiosk.ui.ages import hour
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors import appointments, corrections
from visitors.cards import VisitCard
from visitors.corrections import Corrected
from visitors.models import State
from visitors.rules import Details
from visitors.screens_fields import (
    AREA,
    BESIDES,
    FORM,
    GOODS,
    HOST,
    MATTER,
    NAME,
    PEOPLE,
    PHONE,
    PLATE,
    UNIT,
    FormField,
)
from visitors.screens_lane_form import LaneForm


class CorrectScreen(LaneForm):
    """A visit's fields, to be written right; the journal keeps what stood there before."""

    FIELDS: ClassVar = (
        NAME, FORM, UNIT, MATTER, BESIDES, HOST, PEOPLE, GOODS, PLATE, AREA, PHONE,
        FormField("until"), FormField("reason"),
    )  # fmt: skip

    def __init__(self, visit: VisitCard) -> None:
        self._visit = visit
        super().__init__(host=visit.host)
        self._values = {
            "name": visit.name, "form": visit.form, "unit": visit.unit, "matter": visit.matter,
            "people": str(visit.people), "goods": visit.goods, "plate": visit.plate,
            "area": visit.area, "phone": visit.phone, "besides": visit.besides,
        }  # fmt: skip
        self.lane = visit.lane
        self._codes["form"] = visit.form

    def heading(self) -> str:
        """Return what the form is for."""
        return _("Correct the entry of {visitor}").format(visitor=self._visit.name)

    def done_word(self) -> str:
        """Return what F5 does."""
        return _("Save")

    async def on_screen_resume(self) -> None:
        """Show until when the visit is, in the site's time."""
        self._values.setdefault("until", hour(self._visit.until_at, self.kiosk.desk.zone))
        until = self.query_one("#until Input")
        if not until.value:  # type: ignore[attr-defined] # the query is for an Input
            until.value = self._values["until"]  # type: ignore[attr-defined] # the same
        await super().on_screen_resume()

    def details(self) -> Details:
        """Return what the form says; companions and the desk's note have keys of their own."""
        kept = self._visit
        return replace(super().details(), companions=kept.companions, note=kept.note)

    async def save(self) -> None:
        """Write the corrected fields."""
        desk, visit = self.kiosk.desk, self._visit
        until = visit.until_at
        if self.text("until") != self._values["until"]:
            day = desk.local(visit.from_at).date()
            until = appointments.moment_on(desk, day, self.text("until"), "until")
        wanted = Corrected(self.details(), self.chosen_host().staff_no, until)
        reason = self.text("reason")
        await self.act(corrections.correct, desk, self.kiosk.by, visit.id, wanted, reason)
        self.dismiss(None)
        printed = visit.state is State.ADMITTED
        again = (_("The slip still says the old words: print it again."),) if printed else ()
        self.kiosk.answer(Verdict(Tone.GOOD, _("Corrected."), lines=again))
