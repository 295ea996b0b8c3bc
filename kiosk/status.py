"""The status bar's words: where this is, who is on duty, what works, and the time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.desk.words import _, pgettext
from kiosk.ui.bars import Light, Status

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from kiosk.desk.desk import Desk
    from kiosk.desk.people import Person
    from kiosk.desk.posts import Duty
    from kiosk.desk.settings import Settings


def first_status(settings: Settings, now: datetime) -> Status:
    """Return what can be said before the book is open; ``now`` is local."""
    return Status(settings.site.gate_name, "", "", (), "", "", f"{now:%H:%M}")


def status(desk: Desk, duty: tuple[Duty, Person] | None, lights: tuple[Light, ...]) -> Status:
    """Return the status of this moment."""
    now = desk.local(desk.clock())
    day_name = desk.calendar.day_name(now.date())
    weekday = _weekday(now)
    date = _("{month}/{day}").format(month=now.month, day=now.day)
    return Status(
        gate=desk.settings.site.gate_name,
        duty=_duty(desk, duty),
        duty_short=_("On duty {name}").format(name=duty[1].name) if duty else _("Nobody on duty"),
        lights=lights,
        day=f"{date} {weekday} {day_name}",
        day_short=f"{date} {weekday}",
        time=f"{now:%H:%M}",
    )


def _duty(desk: Desk, duty: tuple[Duty, Person] | None) -> str:
    if duty is None:
        return _("Nobody on duty")
    since = desk.local(duty[0].since)
    return _("On duty {name} since {time}").format(name=duty[1].name, time=f"{since:%H:%M}")


def _weekday(now: datetime) -> str:
    return (
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"), pgettext("weekday", "Fri"), pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )[now.weekday()]  # fmt: skip
