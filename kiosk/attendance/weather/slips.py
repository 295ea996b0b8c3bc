"""Everybody who is out on one paper, to be telephoned one after the other (clause 96)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.attendance.weather.models import WeatherSignal
from kiosk.attendance.weather.reading import Out
from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import CheckBoxes, Item, Line, Notice, Rule, SignatureLine, Text, Title
from kiosk.desk.words import _, ngettext, pgettext

SHEET = "weather.out"
"""The kind of paper, as the spool calls it."""


def out_sheet(
    desk: Desk, now: datetime, signal: WeatherSignal, out: Sequence[Out], visitors: int
) -> Slip:
    """Return the paper of everybody out at ``now`` (aware), in the language spoken now."""
    return Slip(SHEET, signal.number, tuple(_lines(desk, now, signal, out, visitors)))


def _lines(
    desk: Desk, now: datetime, signal: WeatherSignal, out: Sequence[Out], visitors: int
) -> Iterator[Line]:
    local = desk.local(now)
    yield Title(_("Is everybody out safe?"), f"{signal.number}  {local:%Y-%m-%d %H:%M}")
    since = f"{desk.local(signal.on_at):%H:%M}"
    yield Notice(_("{signal} since {time}").format(signal=signal.signal, time=since))
    yield Text(_("Call each of them: to safety at once, and where they are."))
    yield Rule(heavy=True)
    for one in out:
        yield Item(one.number, f"{one.person.name} {one.section}", _reach(one))
        yield _answer(desk, one)
    yield Rule()
    told = ngettext("{n} visitor is inside", "{n} visitors are inside", visitors)
    yield Text(told.format(n=visitors), bold=True)
    yield CheckBoxes(_("Visitors told: they may stay"), (pgettext("weather", "told"),))
    yield SignatureLine(pgettext("weather", "Called by"), _("Time"))


def _reach(one: Out) -> str:
    return "  ".join(part for part in (one.phone, one.place, one.companions) if part)


def _answer(desk: Desk, one: Out) -> Line:
    if one.safe and one.safe_at is not None:
        at = f"{desk.local(one.safe_at):%H:%M}"
        return Text(_("Safe at {place}, {time}").format(place=one.safe_place, time=at), bold=True)
    return CheckBoxes(_("Reached"), (pgettext("weather", "safe at"),), write_in=True)
