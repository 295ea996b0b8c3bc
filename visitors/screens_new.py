"""A new visit: somebody stands at the gate (walk-in), or somebody is announced (appointment)."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors import appointments, reception
from visitors.models import How
from visitors.screens_fields import (
    AREA,
    FORM,
    GOODS,
    HOST,
    ID_NUMBER,
    MATTER,
    NAME,
    PEOPLE,
    PHONE,
    UNIT,
    FormField,
)
from visitors.screens_form_card import IdCardForm
from visitors.screens_visit import VisitScreen
from visitors.service import Times
from visitors.wording import HOW_WORDS

FROM = FormField("from", N_("now; or an hour like 14:30"))
UNTIL = FormField("until", N_("an hour like 16:00"))
_CONFIRMED_WORDS = {how.value: HOW_WORDS[how] for how in (How.PHONE, How.MESSAGE, How.IN_PERSON)}
CONFIRMED = FormField(
    "confirmed",
    N_("1 telephone   2 message   3 in person   empty: not yet"),
    {"1": How.PHONE.value, "2": How.MESSAGE.value, "3": How.IN_PERSON.value},
    _CONFIRMED_WORDS,
)


class WalkInScreen(IdCardForm):
    """Somebody without an appointment: name, unit, matter, host first; F5 asks the host.

    Keystrokes: name, Enter, ``1`` or ``2`` (moves on by itself), unit, Enter, matter, Enter, two
    letters of the host, Enter, ``F5``. Everything below the host may stay empty. A card on the ID
    reader fills name, form and number: then it begins at the unit.
    """

    SHORT: ClassVar = N_("Walk-in")

    FIELDS: ClassVar = (NAME, FORM, UNIT, MATTER, HOST, PEOPLE, GOODS, AREA, PHONE, ID_NUMBER)

    def heading(self) -> str:
        """Return what the form is for."""
        return _("Walk-in: a visitor without an appointment")

    def done_word(self) -> str:
        """Return what F5 does."""
        return _("Ask the host")

    async def save(self) -> None:
        """Write the visitor down as waiting and go on to asking the host."""
        details, host = self.details(), self.chosen_host()
        visit = await self.act(
            reception.walk_in, self.kiosk.desk, self.kiosk.by, details, host.staff_no
        )
        self.app.switch_screen(VisitScreen(visit))


class AppointmentScreen(IdCardForm):
    """Somebody is announced for today; with the host's yes if he has given it."""

    SHORT: ClassVar = N_("Appointment for today")
    FIELDS: ClassVar = (
        NAME, FORM, UNIT, MATTER, HOST, FROM, UNTIL, CONFIRMED, PEOPLE, PHONE, ID_NUMBER,
    )  # fmt: skip

    def heading(self) -> str:
        """Return what the form is for."""
        return _("Appointment for today")

    def done_word(self) -> str:
        """Return what F5 does."""
        return _("Save")

    async def save(self) -> None:
        """Save the appointment and go back to the list."""
        details, host, times = self.details(), self.chosen_host(), self._times()
        code = self.code("confirmed")
        confirmed = How(code) if code else None
        desk, by = self.kiosk.desk, self.kiosk.by
        await self.act(appointments.expect, desk, by, details, host.staff_no, times, confirmed)
        self.dismiss(None)
        said = _("Appointment saved.") if confirmed else _("Saved. The host has not confirmed yet.")
        self.kiosk.answer(Verdict(Tone.GOOD, said, name=details.name))

    def _times(self) -> Times:
        """Return from when until when, today; an empty end means the usual length."""
        desk = self.kiosk.desk
        start = self._hour("from", desk.clock)
        times = Times(start, self._hour("until", lambda: appointments.usual_times(desk, start).end))
        if times.end <= desk.clock() and not self.text("until"):
            raise Refused("visit.day_over", field="from")
        return times

    def _hour(self, field: str, otherwise: Callable[[], datetime]) -> datetime:
        typed = self.text(field)
        if not typed:
            return otherwise()
        return appointments.moment_on(self.kiosk.desk, self.kiosk.desk.today(), typed, field)
