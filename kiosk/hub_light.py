"""What the status bar says of the other desks: how old this desk's copy of their work is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.desk.words import _, ngettext
from kiosk.ui.ages import hour, span
from kiosk.ui.bars import Light
from kiosk.ui.palette import Tone

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from kiosk.desk.desk import Desk
    from kiosk.desk.hub_state import HubState

_MINUTE = timedelta(minutes=1)


def hub_lights(desk: Desk, state: HubState) -> tuple[Light, ...]:
    """Return the lights of the line to the other desks; none for a desk that stands alone."""
    if desk.settings.hub.alone:
        return ()
    return (_light(desk, state), *_clock(desk, state))


def _light(desk: Desk, state: HubState) -> Light:
    now = desk.clock()
    stale = Tone.RED if state.is_stale(now, desk.rules) else Tone.AMBER
    office = _for_the_office().get(state.why)
    match state.standing.value:
        case "quarantined":
            return Light(_name(state), Tone.RED, _("take nothing from here: tell the office"))
        case "cut" if office is None:
            return Light(_name(state), stale, _cut(now - (state.since or now)))
        case "cut" | "refused":
            return Light(_name(state), Tone.RED, office or _("refuse this desk: tell the office"))
        case "held":
            newer = _("newer program: update here")
            wrong = _("cannot be true: tell the office")
            tone, word = (stale, newer) if state.why == "newer" else (Tone.RED, wrong)
            return Light(_names(state, *sorted(state.held)), tone, word)
        case _:
            return _oldest(desk, state, now, stale)


def _cut(length: timedelta) -> str:
    if length < _MINUTE:
        return _("cut off")
    return _("cut off for {age}").format(age=span(length))


def _for_the_office() -> dict[str, str]:
    return {
        "hub.full": _("the hub's disk is full: tell the office"),
        "hub.broken": _("the program has a fault: tell the office"),
        "hub.password": _("do not take the password"),
        "hub.another_site": _("belong to another site"),
        "hub.gone": _("have given this desk up"),
        "hub.twice": _("a copy of this desk is at work"),
        "hub.book_apart": _("have another book of this desk"),
        "hub.certificate": _("do not show the right certificate"),
    }


def _oldest(desk: Desk, state: HubState, now: datetime, stale: Tone) -> Light:
    """Return the light of a line that works: good while every desk's work is fresh."""
    old = timedelta(minutes=desk.rules.hub_fresh_min)
    late = {gate: known for gate, known in state.fresh.items() if now - known > old}
    if not late:
        return Light(_name(state), Tone.GOOD)
    when = _when(desk, min(late.values()), now)
    return Light(_names(state, *late), stale, _("up to {when}").format(when=when))


def _name(state: HubState) -> str:
    return _names(state, *sorted(set(state.names) | set(state.fresh)))


def _names(state: HubState, *gates: str) -> str:
    """Return what a guard calls the desks: the name of one, the count of several."""
    if len(gates) == 1:
        return state.names.get(gates[0]) or gates[0]
    if not gates:
        return _("Other desks")
    return ngettext("{n} desk", "{n} desks", len(gates)).format(n=len(gates))


def _when(desk: Desk, moment: datetime, now: datetime) -> str:
    local = desk.local(moment)
    if local.date() == desk.local(now).date():
        return hour(moment, desk.zone)
    day = _("{month}/{day}").format(month=local.month, day=local.day)
    return f"{day} {hour(moment, desk.zone)}"


def _clock(desk: Desk, state: HubState) -> tuple[Light, ...]:
    """Return a light of its own for a clock that is wrong by more than ``rules.hub_clock_s``."""
    if abs(state.clock_off_s) <= desk.rules.hub_clock_s:
        return ()
    word = _("{length} fast") if state.clock_off_s > 0 else _("{length} slow")
    off = timedelta(seconds=round(abs(state.clock_off_s)))
    return (Light(_("This clock"), Tone.AMBER, word.format(length=span(off))),)
