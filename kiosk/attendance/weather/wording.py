"""What signals are said to change."""

from collections.abc import Sequence

from kiosk.attendance.weather import rules
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.settings import Settings
from kiosk.desk.settings_weather import SignalSetting
from kiosk.desk.words import _, pgettext


def changes_words(settings: Settings, signals: Sequence[WeatherSignal]) -> str:
    """Return what the signals that are on change, for everybody to read."""
    parts = []
    if rules.keeping_in(settings, signals):
        parts.append(_("Please stay indoors."))
    if rules.excusing(settings, signals):
        parts.append(_("Nobody is counted late."))
    return " ".join(parts)


def setting_words(setting: SignalSetting) -> str:
    """Return what a signal of the settings would change."""
    parts = []
    if setting.before_work:
        parts.append(_("nobody is late"))
    if setting.indoors:
        parts.append(_("who is out is asked after"))
    return pgettext("list", ", ").join(parts) or _("changes nothing")
