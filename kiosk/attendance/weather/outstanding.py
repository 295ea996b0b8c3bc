"""What is open while a signal is on: the signal itself, and everybody out who was not heard of."""

from collections.abc import Sequence

from kiosk.attendance.weather import rules
from kiosk.attendance.weather.models import SIGNAL_ON, WeatherSignal
from kiosk.attendance.weather.reading import Out, everybody_out
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import N_, pgettext

ON, UNSAFE = "weather.on", "weather.unsafe"
"""The kinds of open things."""

_ON = N_("{signal} is on")
_ON_STEP = N_("F7, 6: ask after who is out, write down who cannot come; lifted: L")
_UNSAFE = N_("{name} is out: safe?")
_UNHEARD = N_("{name} is out and was not reached: tell the leader")
_UNSAFE_STEP = N_("F7, 6: call, then Enter and the place")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the signals that are on and who is not known to be safe; red after the limit."""
    signals = book.all(SIGNAL_ON)
    if not signals:
        return []
    out = everybody_out(book, signals, desk.settings)
    return [
        *(_signal(one) for one in signals),
        *(_unsafe(desk, signals, one) for one in out if not one.safe),
    ]


def _signal(one: WeatherSignal) -> OpenThing:
    facts = {"signal": one.signal}
    return OpenThing(
        ON, one.id, one.number, Urgency.WAITING, Wording(_ON, facts), one.on_at, owner=one.on_by,
        next_step=Wording(_ON_STEP), facts=facts,
    )  # fmt: skip


def _unsafe(desk: Desk, signals: Sequence[WeatherSignal], one: Out) -> OpenThing:
    due = one.unheard_since + rules.limit(desk.rules)
    late = desk.clock() >= due
    facts = {"name": one.person.name, "signal": signals[0].signal}
    return OpenThing(
        UNSAFE, one.id, one.number, Urgency.NOW if late else Urgency.WAITING,
        Wording(_UNHEARD if late else _UNSAFE, facts), one.unheard_since, due=due,
        owner=one.person.staff_no, next_step=Wording(_UNSAFE_STEP), facts=facts,
    )  # fmt: skip


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the signals that are on, for the status bar and under the hour; they name nobody."""
    signals = book.all(SIGNAL_ON)
    if not signals:
        return None
    from kiosk.attendance.weather.wording import changes_words  # noqa: PLC0415 - only while one is on

    names = pgettext("list", ", ").join(one.signal for one in signals)
    return Watch(pgettext("weather", "Signal"), names, changes_words(desk.settings, signals))
