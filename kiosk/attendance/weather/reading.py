"""Who is out, as whoever asks after them must know it (clause 96)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance.weather import rules
from kiosk.attendance.weather.models import OUT_NOW, WeatherSignal
from kiosk.desk.absence import Outing
from kiosk.desk.people import Person, department_name
from kiosk.desk.settings import Settings
from kiosk.desk.transaction import Book


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody out, with what is needed to reach them; the reason of the outing is not among it.

    ``phone`` is the one given for this outing, else the extension. ``unheard_since`` and
    ``safe_at`` are UTC; ``safe`` says that they were heard of since the signal.
    """

    id: str
    number: str
    person: Person
    section: str
    place: str
    companions: str
    phone: str
    unheard_since: datetime
    safe: bool
    safe_at: datetime | None
    safe_place: str


def everybody_out(
    book: Book, signals: Sequence[WeatherSignal], settings: Settings
) -> tuple[Out, ...]:
    """Return everybody out under the signals that keep people in; nobody under the others."""
    since = rules.began(rules.keeping_in(settings, signals))
    if since is None:
        return ()
    return tuple(shown(book, outing, person, since) for outing, person in book.all(OUT_NOW))


def shown(book: Book, outing: Outing, person: Person, since: datetime) -> Out:
    """Return one outing as it is asked after; ``since`` is when the signal was given (UTC)."""
    safe = rules.is_safe(outing, since)
    return Out(
        id=outing.id, number=outing.number, person=person, section=department_name(book, person),
        place=book.read_sealed(outing.place), companions=book.read_sealed(outing.companions),
        phone=book.read_sealed(outing.phone) or person.extension,
        unheard_since=max(since, outing.started_at), safe=safe,
        safe_at=outing.safe_at if safe else None,
        safe_place=book.read_sealed(outing.safe_place) if safe else "",
    )  # fmt: skip
