"""The register of incidents and drills: when, what, how fast it was reported; never the words."""

from datetime import datetime, time, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.report import Period, Table
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from kiosk.incidents.models import BETWEEN, REPORTS_OF, STEPS_OF, Incident, Outcome
from kiosk.incidents.wording import kind_word, who


def incidents(desk: Desk, book: Book, period: Period) -> Table:
    """Return the incidents opened at this gate in the period, oldest first; drills are marked."""
    midnight = time(tzinfo=desk.zone)
    first = datetime.combine(period.first, midnight)
    after = datetime.combine(period.last + timedelta(days=1), midnight)
    columns = (
        _("No."), _("Kind"), pgettext("incident", "Drill"), pgettext("incident", "Opened at"),
        pgettext("incident", "Opened by"), pgettext("incident", "Calls"), _("answered"),
        pgettext("incident", "First report after"), pgettext("incident", "Reports"),
        pgettext("incident", "Closed"),
    )  # fmt: skip
    title = _("Incidents and drills {first} to {last}").format(first=period.first, last=period.last)
    found = book.all(BETWEEN, post=desk.gate, first=first, after=after)
    rows = tuple(_row(desk, book, one) for one in found)
    return Table(title, columns, rows, empty=_("No incident and no drill in these days."))


def _row(desk: Desk, book: Book, incident: Incident) -> tuple[str, ...]:
    steps = book.all(STEPS_OF, incident=incident.id)
    reports = book.all(REPORTS_OF, incident=incident.id)
    calls = [step.outcome for step in steps]
    soon = int((reports[0].at - incident.opened_at).total_seconds() // 60) if reports else None
    return (
        incident.number, kind_word(incident.kind),
        pgettext("incident", "drill") if incident.drill else "",
        _moment(desk, incident.opened_at), who(book, incident.opened_by),
        str(calls.count(Outcome.CALLED)), str(calls.count(Outcome.ANSWERED)),
        "" if soon is None else _("{n} min").format(n=soon), str(len(reports)),
        _moment(desk, incident.closed_at) if incident.closed_at else pgettext("incident", "open"),
    )  # fmt: skip


def _moment(desk: Desk, at: datetime) -> str:
    return desk.local(at).strftime("%Y-%m-%d %H:%M")
