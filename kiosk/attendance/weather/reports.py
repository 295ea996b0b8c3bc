"""The register of weather signals: what was on, who was excused, who was never reached."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from kiosk.attendance.remarks.models import REMARKS_BETWEEN
from kiosk.attendance.weather.models import OUTING_BY_NUMBER, SIGNALS_BETWEEN, WeatherSignal
from kiosk.desk.desk import Desk
from kiosk.desk.people import person_by_id
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext


def weather(desk: Desk, book: Book, period: Period) -> Table:
    """Build the register of the signals that were on during the days."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    rows = tuple(
        (
            one.number, one.signal, one.source, _moment(desk, one.on_at), one.on_by,
            _moment(desk, one.off_at), one.off_by, _moment(desk, one.told_at),
            _excused(desk, book, one), _never_reached(book, one),
        )
        for one in book.all(SIGNALS_BETWEEN, first=first, after=after)
    )  # fmt: skip
    columns = (
        _("No."), pgettext("weather", "Signal"), pgettext("weather", "Source"),
        pgettext("weather", "On"), pgettext("weather", "On by"), pgettext("weather", "Lifted"),
        pgettext("weather", "Lifted by"), pgettext("weather", "Visitors told"),
        pgettext("weather", "Telephoned"), pgettext("weather", "Never reached"),
    )  # fmt: skip
    title = _("Weather signals {first} to {last}").format(first=period.first, last=period.last)
    return Table(title, columns, rows, _("No signal was on in these days."))


def _excused(desk: Desk, book: Book, signal: WeatherSignal) -> str:
    last = desk.work_day(signal.off_at or desk.clock())
    found = book.all(REMARKS_BETWEEN, first=desk.work_day(signal.on_at), last=last)
    mine = (one for one in found if one.weather_id == signal.id and one.stands)
    return _named(person_by_id(book, one.person_id).name for one in mine)


def _never_reached(book: Book, signal: WeatherSignal) -> str:
    found = (book.one(OUTING_BY_NUMBER, number=one) for one in signal.never_reached.split())
    return _named(one[1].name for one in found if one is not None)


def _named(names: Iterable[str]) -> str:
    return pgettext("list", ", ").join(names)


def _moment(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
