"""What the hours and the standing of a day are called. Reasons are never among these words."""

from collections.abc import Mapping

from kiosk.attendance.days.derived import PersonDay, Standing
from kiosk.desk.desk import Desk
from kiosk.desk.words import N_, _

STANDINGS: Mapping[Standing, str] = {
    Standing.OFF: N_("not due"),
    Standing.PRESENT: N_("at work"),
    Standing.LEAVE: N_("on leave"),
    Standing.OUTING: N_("out on an errand"),
    Standing.EXCUSED: N_("excused"),
    Standing.NOT_SIGNED: N_("not signed in"),
    Standing.ABSENT: N_("absent"),
}


def standing_words(day: PersonDay) -> str:
    """Return what became of the day, both halves where they differ."""
    morning, afternoon = _(STANDINGS[day.morning]), _(STANDINGS[day.afternoon])
    return morning if morning == afternoon else f"{morning} / {afternoon}"


def hours_words(desk: Desk, day: PersonDay) -> str:
    """Return the hours that were due, as 08:30-17:30; "" where none are known."""
    start, end = day.times.start, day.times.end
    if start is None or end is None:
        return _("day off") if day.times.known else ""
    shown = f"{desk.local(start):%H:%M}-{desk.local(end):%H:%M}"
    return f"{shown} {day.times.basis}".strip()
