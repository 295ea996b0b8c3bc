"""An incident is an open thing until its final report, a drill until it ends; at relief too."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.incidents.models import OPEN, REPORTS_OF, Incident
from kiosk.incidents.rules import Course, in_first_hour, report_due, urgency
from kiosk.incidents.wording import KINDS

KIND = "incident.open"
"""The kind of open thing."""

_RUNS = N_("Emergency {number} ({kind}) RUNS: who takes over takes it over in its first hour")
_OPEN = N_("Incident {number} ({kind}) is open until its final report")
_DRILL = N_("DRILL {number} ({kind}) runs")
_FIRST = N_("F9: call on, then R: the first report")
_FURTHER = N_("Follow-up report (R), or the final one (E)")
_END = N_("E ends the drill")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every incident and drill that is not over."""
    return [_thing(desk, book, one) for one in book.all(OPEN)]


def course_of(book: Book, incident: Incident) -> Course:
    """Return when an incident was opened and last reported."""
    reports = book.all(REPORTS_OF, incident=incident.id)
    return Course(incident.opened_at, incident.drill, reports[-1].at if reports else None)


def _thing(desk: Desk, book: Book, incident: Incident) -> OpenThing:
    course, now = course_of(book, incident), desk.clock()
    runs = in_first_hour(course, now, desk.rules)
    # The template stays English here, so the kind inside it is said in the language of the making.
    facts = {"number": incident.number, "kind": Wording(KINDS[incident.kind]).text()}
    what = _DRILL if incident.drill else _RUNS if runs else _OPEN
    grown = urgency(course, now, desk.rules)
    step = _END if incident.drill else _FIRST if course.reported_at is None else _FURTHER
    due = None if incident.drill else report_due(course, desk.rules)
    return OpenThing(
        kind=KIND, ref=incident.id, number=incident.number, urgency=Urgency(grown),
        what=Wording(what, facts), since=incident.opened_at, due=due, owner=incident.opened_by,
        next_step=Wording(step), facts=facts,
    )  # fmt: skip
