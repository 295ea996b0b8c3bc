"""What a weather signal changes, and who may excuse whom while it is on (clauses 95-96)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.absence import Outing
from kiosk.desk.clauses import Rules
from kiosk.desk.people import MANAGERS, Person, Rank, Role
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.settings import Settings
from kiosk.desk.settings_weather import SignalSetting

LONGEST_WORDS = 60
_LEADERS = frozenset({Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER, Rank.DUTY_LEADER})
_OFFICE = frozenset({Role.CLERK, Role.ADMINISTRATOR})


def setting_of(settings: Settings, name: str) -> SignalSetting:
    """Return what a signal changes; one that the settings no longer name changes everything.

    It was given out under rules that were in force then: nobody becomes late by a deleted line.
    """
    known = (one for one in settings.weather_signals if one.name == name)
    return next(known, SignalSetting(name))


def excusing(settings: Settings, signals: Iterable[WeatherSignal]) -> list[WeatherSignal]:
    """Return the signals under which nobody is late (clause 95)."""
    return [one for one in signals if setting_of(settings, one.signal).before_work]


def keeping_in(settings: Settings, signals: Iterable[WeatherSignal]) -> list[WeatherSignal]:
    """Return the signals under which who is out goes to safety (clause 96)."""
    return [one for one in signals if setting_of(settings, one.signal).indoors]


def said(words: str, code: str) -> str:
    """Return typed words, cleaned; raises ``Refused(code)`` for none."""
    typed = clean(words, LONGEST_WORDS).strip()
    if not typed:
        raise Refused(code, field="text")
    return typed


def check_clock(now: datetime, moments: Iterable[datetime | None]) -> None:
    """Refuse to write a signal while the clock is behind what stands in the book.

    ``Refused("weather.clock")``: a signal that ends before it began would excuse nobody.
    """
    if any(one is not None and one > now for one in moments):
        raise Refused("weather.clock")


def check_approver(absent: Person, approver: Person) -> None:
    """Refuse a word that does not excuse: it is the head's, a leader's or the office's (clause 95).

    ``Refused``: ``weather.excuses_self``, ``weather.not_approver``.
    """
    if absent.id == approver.id:
        raise Refused("weather.excuses_self", name=absent.name)
    heads = approver.rank in MANAGERS and approver.department_id == absent.department_id
    if not (heads or approver.rank in _LEADERS or approver.role in _OFFICE):
        raise Refused("weather.not_approver", name=approver.name, absent=absent.name)


def began(signals: Sequence[WeatherSignal]) -> datetime | None:
    """Return since when people are to be safe: the first of the signals that are on; UTC."""
    return min((one.on_at for one in signals), default=None)


def is_safe(outing: Outing, since: datetime) -> bool:
    """Say whether somebody out has been heard of since the signal was given."""
    return outing.safe_at is not None and outing.safe_at >= since


def limit(numbers: Rules) -> timedelta:
    """Return for how long nobody may know of somebody out before it is told on (clause 96)."""
    return timedelta(minutes=numbers.weather_safe_min)
