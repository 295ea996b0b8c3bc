"""How an emergency stands: the incident in front with its calls and reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.incidents.calls import Elsewhere, calls_of
from kiosk.incidents.models import (
    INCIDENT,
    OPEN,
    REPORTS_OF,
    Incident,
    IncidentStep,
    Kind,
    Sort,
)
from kiosk.incidents.rules import (
    Contact,
    Course,
    Said,
    in_first_hour,
    report_due,
    to_call,
)
from kiosk.incidents.wording import said_of


@dataclass(frozen=True, slots=True)
class Reported:
    """One report, opened. ``at`` is UTC."""

    sort: Sort
    at: datetime
    said: Said


@dataclass(frozen=True, slots=True)
class Standing:
    """What F9 shows: ``incident`` is None where none runs; ``others`` are open besides it.

    ``last`` is the last step of each contact by its key, ``elsewhere`` those of them that another
    desk made, ``strangers`` whom only another desk's list has; ``due`` when the next report is
    (UTC).
    """

    incident: Incident | None = None
    last: Mapping[str, IncidentStep] | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    strangers: tuple[Contact, ...] = ()
    reports: tuple[Reported, ...] = ()
    due: datetime | None = None
    others: tuple[str, ...] = ()

    @property
    def running(self) -> Incident | None:
        """The incident in front while it is not closed."""
        incident = self.incident
        return incident if incident is not None and incident.closed_at is None else None

    def next_calls(self, contacts: tuple[Contact, ...], late: frozenset[str]) -> tuple[str, ...]:
        """Return the keys of whom to call now; ``late`` are calls that ring too long."""
        kind = Kind.OTHER if self.incident is None else self.incident.kind
        outcomes = {key: step.outcome for key, step in (self.last or {}).items()}
        return to_call(kind, contacts, outcomes, late, self.strangers)


def standing(desk: Desk, incident_id: str, *, anew: bool = False) -> Standing:
    """Return the incident with this id, with "" the last one that is still in its first hour.

    ``anew`` shows none, to open another one beside those that run.
    """
    with desk.read() as book:
        still = book.all(OPEN)
        incident = None if anew else _in_front(desk, book, incident_id, still)
        if incident is None:
            return Standing(others=tuple(one.number for one in still))
        return _standing(desk, book, incident, still)


def _in_front(desk: Desk, book: Book, incident_id: str, still: list[Incident]) -> Incident | None:
    if incident_id:
        return book.one(INCIDENT, id=incident_id)
    now = desk.clock()
    young = (
        one for one in still if in_first_hour(Course(one.opened_at, one.drill), now, desk.rules)
    )
    return next(young, None)


def _standing(desk: Desk, book: Book, incident: Incident, still: list[Incident]) -> Standing:
    reports = book.all(REPORTS_OF, incident=incident.id)
    course = Course(incident.opened_at, incident.drill, reports[-1].at if reports else None)
    calls = calls_of(desk, book, incident.id)
    return Standing(
        incident=incident,
        last=calls.last,
        elsewhere=calls.elsewhere,
        strangers=calls.strangers,
        reports=tuple(Reported(one.sort, one.at, said_of(book, one)) for one in reports),
        due=None if incident.drill else report_due(course, desk.rules),
        others=tuple(one.number for one in still if one.id != incident.id),
    )
