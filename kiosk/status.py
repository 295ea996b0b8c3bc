"""The status bar's words: where this is, who is on duty, what works, and the time."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.desk.words import _, pgettext
from kiosk.ui.bars import Light, Status
from kiosk.ui.palette import Tone

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from kiosk.desk.desk import Desk
    from kiosk.desk.people import Person
    from kiosk.desk.posts import Duty
    from kiosk.desk.settings import Settings
    from kiosk.desk.watch import Watch


log = logging.getLogger("kiosk.status")


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


class StatusOfBook:
    """The status as the book has it. A book that cannot be read stops no frame: the bar says so."""

    def __init__(self) -> None:
        self._readable = True
        self.watches: list[Watch] = []

    @property
    def watch(self) -> Watch | None:
        """What is shown of all that runs against the clock, None for nothing."""
        return self.watches[0] if self.watches else None

    def now(self, desk: Desk, lights: tuple[Light, ...]) -> Status:
        """Return the status of this moment; a trouble is logged once, until it is over."""
        from kiosk import features  # noqa: PLC0415 - after the home screen is painted
        from kiosk.desk.posts import on_duty  # noqa: PLC0415 - the same

        try:
            with desk.read() as book:
                duty = on_duty(book, desk.gate)
                self.watches = features.watches(desk, book)
        except Exception:  # whatever it is: clock, lock and devices go on beside it
            if self._readable:
                log.exception("the status cannot be read from the book")
            self._readable, self.watches = False, []
            trouble = Light(_("The book cannot be read"), Tone.RED)
            return status(desk, None, (trouble, *lights))._replace(duty="", duty_short="")
        self._readable = True
        return status(desk, duty, (*_running(self.watch), *lights))


def _running(watch: Watch | None) -> tuple[Light, ...]:
    if watch is None:
        return ()
    return (Light(watch.word, Tone.RED if watch.late else Tone.AMBER, watch.left),)


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
