"""Which weather signals change the rules of the day (``[[weather_signals]]``, clauses 95-96)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused

COLOURS = ("blue", "yellow", "orange", "red", "black")
MOST = 9
"""At the gate each has a digit."""


@dataclass(frozen=True, slots=True)
class SignalSetting:
    """One signal. Its ``name`` is what the book keeps, so it is never changed, only added.

    ``before_work``: who cannot come while it is on is excused by one word on the telephone, and
    nobody is late. ``indoors``: everybody who is out goes to safety and is asked after.
    """

    name: str = value.key(value.text(20, empty=False))
    colour: str = value.key(value.one_of(*COLOURS), "red")
    before_work: bool = value.key(value.yes_no, default=True)
    indoors: bool = value.key(value.yes_no, default=True)


USUAL: tuple[SignalSetting, ...] = (
    SignalSetting("黑色暴雨", "black"),
    SignalSetting("红色台风", "red"),
    SignalSetting("黑色台风", "black"),
)
"""The signals of the regulations, where a site names none of its own."""


def check_signals(signals: Iterable[SignalSetting], file: Path) -> None:
    """Raise ``Refused``: ``settings.too_many``, and ``settings.signal_twice`` for a name again."""
    known: set[str] = set()
    for at, one in enumerate(signals, start=1):
        if at > MOST:
            raise Refused("settings.too_many", file=str(file), key="weather_signals", most=MOST)
        if one.name in known:
            key = f"weather_signals.{at}.name"
            raise Refused("settings.signal_twice", file=str(file), key=key, name=one.name)
        known.add(one.name)


LISTED: tuple[str, str, str, Mapping[str, object]] = (
    "weather_signals",
    """改变考勤规定的气象信号；不写则为黑色暴雨、红色台风、黑色台风，写了就以所写的为准
# before_work：上班前来不了的，电话经一人同意即可，不算迟到；indoors：在外人员逐一报平安""",
    """Weather signals that change the rules; without any: the three of the regulations.
# before_work: one word by telephone excuses, nobody is late; indoors: who is out is asked after""",
    {"name": "红色暴雨", "colour": "red", "before_work": True, "indoors": True},
)
"""The list as ``kiosk init`` writes it."""
