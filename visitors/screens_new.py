"""A new visit of somebody who stands at the gate without an appointment (walk-in)."""

from typing import ClassVar

from kiosk.desk.words import N_, _
from visitors import reception
from visitors.screens_fields import (
    AREA,
    BESIDES,
    FORM,
    GOODS,
    HOST,
    ID_NUMBER,
    MATTER,
    NAME,
    PEOPLE,
    PHONE,
    PLATE,
    UNIT,
)
from visitors.screens_returning import ReturningForm
from visitors.screens_visit import VisitScreen


class WalkInScreen(ReturningForm):
    """Somebody without an appointment: name, unit, matter, host first; F5 asks the host.

    Keystrokes: name, Enter, ``1`` or ``2`` (moves on by itself), unit, Enter, matter, Enter, two
    letters of the host, Enter, ``F5``. Everything below the host may stay empty. A card on the ID
    reader fills name, form and number: then it begins at the unit. Who was here before is filled
    in from last time: then ``F5`` is all.
    Another kind of visit is one digit in the empty name: ``5`` for a courier, whose form is the
    company, Enter, two letters of whom it is for, Enter; Enter again asks.
    """

    SHORT: ClassVar = N_("Walk-in")

    FIELDS: ClassVar = (
        NAME, FORM, UNIT, MATTER, BESIDES, HOST, PEOPLE, GOODS, PLATE, AREA, PHONE, ID_NUMBER,
    )  # fmt: skip

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
