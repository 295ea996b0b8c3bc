"""An incident is opened, called about, reported and closed: each function is one act.

Whoever opens one and logs a call needs no proof of who he is: in a danger nobody types a PIN. What
a report says is typed at the open desk.
"""

from datetime import timedelta

from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from kiosk.incidents import slips
from kiosk.incidents.calls import calls_of, plain_key
from kiosk.incidents.models import (
    INCIDENT,
    LAST_SHEET,
    REPORTS_OF,
    Incident,
    IncidentReport,
    IncidentStep,
    Kind,
    Outcome,
    Sort,
)
from kiosk.incidents.rules import Contact, Said, checked, contacts_of
from kiosk.incidents.wording import said_as_text, whom


def print_contacts(desk: Desk, by: str) -> str:
    """Print whom to call, with lines to write on; return the paper's number.

    "" when one was printed here within ``rules.incident_sheet_s``: a key pressed in fear is pressed
    more than once.
    """
    with desk.read() as book:
        last = book.one(LAST_SHEET, slip=slips.CONTACTS, gate=desk.gate)
    fresh = timedelta(seconds=desk.rules.incident_sheet_s)
    if last is not None and timedelta(0) <= desk.clock() - last.queued_at < fresh:
        return ""
    with desk.write(by=by) as tx:
        number = f"J{next_number(tx, 'incident_sheet')}"
        sheet = slips.contact_sheet(desk, tx.now, number, contacts_of(desk.settings.contacts))
        job = list_papers.put_on_paper(tx, sheet)
        tx.record("sheet.printed", sheet=sheet.kind, number=number, copy=job.copy_no)
    return number


def open_incident(desk: Desk, by: str, kind: Kind, *, drill: bool = False) -> str:
    """Open an incident of this kind, or a drill of one; return its id (clause 153)."""
    with desk.write(by=by) as tx:
        incident = tx.put(
            Incident(
                number=f"I{next_number(tx, 'incident')}", post=desk.gate, kind=kind, drill=drill,
                subject=tx.new_subject(), opened_at=tx.now, opened_by=by,
            )
        )  # fmt: skip
        tx.record("incident.opened", number=incident.number, kind=kind.value, mode=_mode(incident))
    return incident.id


def _mode(incident: Incident) -> str:
    return "drill" if incident.drill else "real"


def correct(desk: Desk, by: str, incident_id: str, kind: Kind, *, drill: bool) -> None:
    """Say what it is after all; a drill may turn out real, never the other way round.

    Raises ``Refused``: ``incident.closed``, ``incident.is_real``.
    """
    with desk.write(by=by) as tx:
        incident = _open(tx, incident_id)
        if drill and not incident.drill:
            raise Refused("incident.is_real", number=incident.number)
        if (incident.kind, incident.drill) == (kind, drill):
            return
        was, incident.kind, incident.drill = incident.kind, kind, drill
        tx.put(incident)
        tx.record(
            "incident.corrected", number=incident.number, was=was.value, kind=kind.value,
            mode=_mode(incident),
        )  # fmt: skip


def log_call(desk: Desk, by: str, incident_id: str, contact: Contact, outcome: Outcome) -> None:
    """Write down one step of calling, with its time (clause 153).

    What another desk tried last does not stand for a try of this one. Raises ``Refused``:
    ``incident.closed``, ``incident.said_already`` for the same outcome again.
    """
    with desk.write(by=by) as tx:
        incident = _open(tx, incident_id)
        if outcome is not Outcome.CALLED and _said_here(desk, tx, incident, contact) is outcome:
            raise Refused("incident.said_already", phone=contact.phone)
        words = f"{whom(contact, named=True)} {contact.phone}"
        tx.put(
            IncidentStep(
                incident_id=incident.id, contact=plain_key(contact), outcome=outcome,
                whom=tx.seal(incident.subject, words), at=tx.now, by=by,
            )
        )  # fmt: skip
        tx.record(
            "incident.step", number=incident.number, contact=plain_key(contact),
            outcome=outcome.value,
        )  # fmt: skip


def _said_here(
    desk: Desk, tx: Transaction, incident: Incident, contact: Contact
) -> Outcome | None:  # fmt: skip
    """Return what became of the last call to a contact; None where another desk made it."""
    calls = calls_of(desk, tx, incident.id)
    last = None if contact.key in calls.elsewhere else calls.last.get(contact.key)
    return None if last is None else last.outcome


def report(desk: Desk, by: str, incident_id: str, said: Said, *, final: bool = False) -> Sort:
    """Write down a report; the first one is the first report, a ``final`` one closes (clause 154).

    Returns which one it is. Raises ``Refused``: ``incident.closed``, ``incident.no_what``,
    ``incident.no_first`` for a final report before the first.
    """
    fine = checked(said)
    with desk.write(by=by) as tx:
        incident = _open(tx, incident_id)
        earlier = tx.all(REPORTS_OF, incident=incident.id)
        if final and not earlier:
            raise Refused("incident.no_first", number=incident.number)
        sort = Sort.FINAL if final else Sort.FOLLOW_UP if earlier else Sort.FIRST
        made = tx.put(
            IncidentReport(
                incident_id=incident.id, sort=sort, place=len(earlier) + 1, at=tx.now, by=by,
                words=tx.seal(incident.subject, said_as_text(fine)),
            )
        )  # fmt: skip
        tx.record(
            "incident.reported", number=incident.number, sort=sort.value, place=made.place,
            mode=_mode(incident),
        )  # fmt: skip
        if final:
            _close(tx, incident)
    return sort


def end_drill(desk: Desk, by: str, incident_id: str) -> None:
    """End a drill without a report. Raises ``Refused``: ``incident.closed``, ``incident.is_real``.

    A real incident is closed by its final report only (clause 154).
    """
    with desk.write(by=by) as tx:
        incident = _open(tx, incident_id)
        if not incident.drill:
            raise Refused("incident.is_real", number=incident.number)
        _close(tx, incident)


def _close(tx: Transaction, incident: Incident) -> None:
    incident.closed_at, incident.closed_by = tx.now, tx.by
    tx.put(incident)
    minutes = int((tx.now - incident.opened_at).total_seconds() // 60)
    tx.record("incident.closed", number=incident.number, mode=_mode(incident), minutes=minutes)


def print_record(desk: Desk, by: str, incident_id: str) -> str:
    """Print every call and report of an incident, open or closed; return the paper's number."""
    with desk.write(by=by) as tx:
        incident = _found(tx, incident_id)
        incident.papers += 1
        tx.put(incident)
        number = incident.number if incident.papers == 1 else f"{incident.number}.{incident.papers}"
        sheet = slips.record_sheet(desk, tx, incident, number)
        job = tx.print(sheet, incident.subject)
        tx.record("sheet.printed", sheet=sheet.kind, number=number, copy=job.copy_no)
    return number


def _open(tx: Transaction, incident_id: str) -> Incident:
    incident = _found(tx, incident_id)
    if incident.closed_at is not None:
        raise Refused("incident.closed", number=incident.number)
    return incident


def _found(tx: Transaction, incident_id: str) -> Incident:
    incident = tx.one(INCIDENT, id=incident_id)
    if incident is None:
        raise LookupError(f"no incident {incident_id}")
    return incident
