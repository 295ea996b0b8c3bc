"""The form of an appointment: entered, once or again and again, and changed before arrival."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.words import N_, _, ngettext
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict
from visitors import appointments, appointments_change, series
from visitors.appointments_change import Changed, Wish
from visitors.appointments_conflicts import Conflict, conflicts
from visitors.cards import HostCard, VisitCard
from visitors.models import How
from visitors.rules import MOST_PEOPLE, Details, companion_names
from visitors.screens_conflicts import SAVE, ConflictsDialog
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
    FormField,
)
from visitors.screens_lane_form import LaneForm
from visitors.screens_returning import ReturningForm
from visitors.series import Repeat
from visitors.service import Times
from visitors.wording import HOW_WORDS

DAY = FormField("day", N_("today; or 11-25, or +1 for tomorrow"))
FROM = FormField("from", N_("now; or an hour like 14:30"))
UNTIL = FormField("until", N_("an hour like 16:00"))
_CONFIRMED_WORDS = {how.value: HOW_WORDS[how] for how in (How.PHONE, How.MESSAGE, How.IN_PERSON)}
CONFIRMED = FormField(
    "confirmed",
    N_("1 telephone   2 message   3 in person   empty: not yet"),
    {"1": How.PHONE.value, "2": How.MESSAGE.value, "3": How.IN_PERSON.value},
    _CONFIRMED_WORDS,
)
COMPANIONS = FormField("companions", N_("names with a comma; or at arrival"))
NOTE = FormField("note", N_("for the desk only, never printed"))
_WORKDAYS, _WEEKLY = "workdays", "weekly"
REPEAT = FormField(
    "repeat",
    N_("1 every workday   2 every week   empty: once"),
    {"1": _WORKDAYS, "2": _WEEKLY},
    {_WORKDAYS: N_("every workday"), _WEEKLY: N_("every week")},
)
WEEKDAYS = FormField("weekdays", N_("135 for Mon, Wed, Fri; empty: the same day"))
LAST_DAY = FormField("last_day", N_("until which day, like 12-31"))
WISH = FormField(
    "wish",
    N_("1 host   2 visitor   3 was written wrong"),
    {"1": Wish.HOST.value, "2": Wish.VISITOR.value, "3": Wish.MISTAKE.value},
    {
        Wish.HOST.value: N_("the host"), Wish.VISITOR.value: N_("the visitor"),
        Wish.MISTAKE.value: N_("was written wrong"),
    },
)  # fmt: skip


class PlannedForm(LaneForm):
    """What both forms share: day and hours, who comes along, and a look at what speaks against."""

    _despite: tuple[str, ...] | None = None

    def done_word(self) -> str:
        """Return what F5 does."""
        return _("Save")

    def details(self) -> Details:
        """Return what the visitor said; named companions are counted where no number is typed."""
        companions = self.text("companions")
        said = replace(super().details(), companions=companions, note=self.text("note"))
        if self.text("people"):
            return said
        return replace(said, people=1 + len(companion_names(companions, MOST_PEOPLE)))

    def day(self) -> date:
        """Return the day that stands in the form, today when it is empty."""
        return appointments.day_of(self.text("day"), self.kiosk.desk.today(), "day")

    def hours(self, day: date) -> Times:
        """Return from when until when on ``day``; an empty end means the usual length.

        An empty beginning means now, so it must be typed for another day.
        """
        desk = self.kiosk.desk
        if not self.text("from") and day != desk.today():
            raise Refused("visit.field_missing", field="from")
        start = self._moment(day, "from") or desk.clock()
        end = self._moment(day, "until") or appointments.usual_times(desk, start).end
        if end <= start:
            raise Refused("visit.times_backwards", field="until")
        if end <= desk.clock():
            raise Refused("visit.day_over", field="until" if self.text("until") else "from")
        return Times(start, end)

    def _moment(self, day: date, field: str) -> datetime | None:
        typed = self.text(field)
        return appointments.moment_on(self.kiosk.desk, day, typed, field) if typed else None

    def confirmed(self) -> How | None:
        """Return how the host has confirmed, None that he has not yet."""
        code = self.code("confirmed")
        return How(code) if code else None

    async def despite(
        self, name: str, host: str, times: Sequence[Times], besides: str = ""
    ) -> tuple[str, ...] | None:  # fmt: skip
        """Return the codes of what is saved over; None while the question stands open.

        The answer to the question calls ``action_done`` again.
        """
        known, self._despite = self._despite, None
        if known is not None:
            return known
        room = self.text("area")
        found = await self.aside(_all, self.kiosk.desk, name, host, times, besides, room)
        if not found:
            return ()
        codes = tuple(dict.fromkeys(one.against.value for one in found))
        self.app.push_screen(
            ConflictsDialog(self.kiosk.desk, found), partial(self._answered, codes)
        )
        return None

    async def _answered(self, codes: tuple[str, ...], answer: str | None) -> None:
        if answer == SAVE:
            self._despite = codes
            await self.action_done()

    def say_saved(self, words: str, name: str, times: Times) -> None:
        """Close the form and say that it is saved, for when, and under which name."""
        self.dismiss(None)
        local = self.kiosk.desk.local(times.start)
        self.kiosk.answer(Verdict(Tone.GOOD, words, name=name, lines=(f"{local:%m-%d %H:%M}",)))


def _all(
    desk: Desk, name: str, host: str, times: Sequence[Times], besides: str, room: str
) -> list[Conflict]:  # fmt: skip
    return [one for each in times for one in conflicts(desk, name, host, each, besides, room)]


class AppointmentScreen(PlannedForm, ReturningForm):
    """Somebody is announced, for one day or for many; with the host's yes if he has given it.

    Keystrokes: name, Enter, ``1`` or ``2``, unit, Enter, matter, Enter, two letters of the host,
    Enter, day (Enter alone: today), Enter, hour, ``F5``. Everything below may stay empty.
    """

    SHORT: ClassVar = N_("Appointment")
    FIELDS: ClassVar = (
        NAME, FORM, UNIT, MATTER, BESIDES, HOST, DAY, FROM, UNTIL, CONFIRMED, PEOPLE, COMPANIONS,
        PHONE, ID_NUMBER, PLATE, GOODS, AREA, REPEAT, WEEKDAYS, LAST_DAY, NOTE,
    )  # fmt: skip

    def heading(self) -> str:
        """Return what the form is for."""
        return _("Appointment")

    async def save(self) -> None:
        """Save the appointment or the series, after a look at what speaks against it."""
        details, host, times = self.details(), self.chosen_host(), self.hours(self.day())
        repeat = self._repeat(times)
        desk = self.kiosk.desk
        first = desk.local(times.start).date()
        days = series.days_of(desk, first, repeat) if repeat else [first]
        each = [series.moved(desk, times, day) for day in days] if repeat else [times]
        despite = await self.despite(details.name, host.staff_no, each)
        if despite is None:
            return
        if repeat is None:
            await self._save_one(details, host, times, despite)
        else:
            await self._save_series(details, host, times, repeat, despite)

    async def _save_one(
        self, details: Details, host: HostCard, times: Times, despite: tuple[str, ...]
    ) -> None:
        desk, by, confirmed = self.kiosk.desk, self.kiosk.by, self.confirmed()
        await self.act(
            appointments.expect, desk, by, details, host.staff_no, times, confirmed, despite
        )
        said = _("Appointment saved.") if confirmed else _("Saved. The host has not confirmed yet.")
        self.say_saved(said, details.name, times)

    async def _save_series(
        self, details: Details, host: HostCard, times: Times, repeat: Repeat,
        despite: tuple[str, ...],
    ) -> None:  # fmt: skip
        desk, by, confirmed = self.kiosk.desk, self.kiosk.by, self.confirmed()
        made = await self.act(
            series.expect_series, desk, by, details, host.staff_no, times, repeat, confirmed,
            despite,
        )  # fmt: skip
        words = ngettext("{n} appointment saved.", "{n} appointments saved.", len(made))
        self.say_saved(words.format(n=len(made)), details.name, times)

    def _repeat(self, times: Times) -> Repeat | None:
        """Return on which days it comes again, None for once."""
        asked = self.code("repeat")
        if not asked:
            if self.text("weekdays") or self.text("last_day"):
                raise Refused("visit.repeat_missing", field="repeat")
            return None
        desk = self.kiosk.desk
        first = desk.local(times.start).date()
        if not self.text("last_day"):
            last = series.furthest(desk, first).isoformat()
            raise Refused("visit.series_until", field="last_day", last=last)
        last_day = appointments.day_of(self.text("last_day"), first, "last_day")
        return Repeat(last_day, frozenset() if asked == _WORKDAYS else self._weekdays(first))

    def _weekdays(self, first: date) -> frozenset[int]:
        typed = self.text("weekdays")
        if not re.fullmatch("[1-7]*", typed):
            raise Refused("visit.weekdays_unclear", field="weekdays")
        return frozenset(int(digit) - 1 for digit in typed) or frozenset({first.weekday()})


class ChangeScreen(PlannedForm):
    """An appointment as it stands, to be changed: who wants it by digit, then what is new, F5."""

    FIELDS: ClassVar = (
        WISH, DAY, FROM, UNTIL, HOST, NAME, FORM, UNIT, MATTER, BESIDES, CONFIRMED, PEOPLE,
        COMPANIONS, PHONE, PLATE, GOODS, AREA, NOTE,
    )  # fmt: skip

    def __init__(self, visit: VisitCard) -> None:
        super().__init__(host=visit.host)
        self._visit = visit
        self._values = {
            "name": visit.name, "form": visit.form, "unit": visit.unit, "matter": visit.matter,
            "people": str(visit.people), "companions": visit.companions, "phone": visit.phone,
            "plate": visit.plate, "goods": visit.goods, "area": visit.area, "note": visit.note,
            "besides": visit.besides,
        }  # fmt: skip
        self.lane = visit.lane
        self._codes["form"] = visit.form

    def heading(self) -> str:
        """Return what the form is for."""
        return _("Change the appointment of {visitor}").format(visitor=self._visit.name)

    async def on_screen_resume(self) -> None:
        """Show day and hours on the site's clock; start with who wants the change."""
        for field, shown in self._shown_times().items():
            if field not in self._values:
                self._values[field] = shown
                self.query_one(f"#{field} Input").value = shown  # type: ignore[attr-defined] # the query is for an Input
        await super().on_screen_resume()

    def _shown_times(self) -> dict[str, str]:
        local, visit = self.kiosk.desk.local, self._visit
        start, end = local(visit.from_at), local(visit.until_at)
        return {"day": f"{start:%m-%d}", "from": f"{start:%H:%M}", "until": f"{end:%H:%M}"}

    def _times(self) -> Times:
        """Return the times in the form; untouched they are the appointment's, to the second."""
        visit, shown = self._visit, self._shown_times()
        if all(self.text(field) == text for field, text in shown.items()):
            return Times(visit.from_at, visit.until_at)
        return self.hours(self.day())

    async def save(self) -> None:
        """Write the change; say whether the host must be asked again."""
        wish = self.code("wish")
        if not wish:
            raise Refused("visit.wish_missing", field="wish")
        details, host, times = self.details(), self.chosen_host().staff_no, self._times()
        despite = await self.despite(details.name, host, [times], self._visit.id)
        if despite is None:
            return
        desk, by = self.kiosk.desk, self.kiosk.by
        wanted = Changed(details, host, times, self.confirmed())
        stands = await self.act(
            appointments_change.change, desk, by, self._visit.id, wanted, Wish(wish), despite
        )
        said = _("Changed.") if stands else _("Changed. Please ask the host: no yes for this yet.")
        self.say_saved(said, details.name, times)
