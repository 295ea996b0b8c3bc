"""The words for kinds, outcomes and reports of an incident, in the language of this moment."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from kiosk.desk.journal import SYSTEM
from kiosk.desk.people import owner_names
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _, pgettext
from kiosk.incidents.models import Incident, IncidentReport, IncidentStep, Kind, Outcome, Sort
from kiosk.incidents.rules import STATE, STATE_NUMBERS, Contact, Said

KINDS: Mapping[Kind, str] = {
    Kind.FIRE: N_("fire"),
    Kind.MEDICAL: N_("medical emergency"),
    Kind.INTRUDER: N_("intruder or disturbance"),
    Kind.FLOOD: N_("flooding"),
    Kind.POWER: N_("power failure"),
    Kind.OTHER: N_("other incident"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.CALLED: N_("calling"),
    Outcome.ANSWERED: N_("answered"),
    Outcome.NOT_REACHED: N_("not reached"),
}
_ROLES: Mapping[str, str] = {
    "security": N_("security staff"),
    "superior": N_("the superior"),
    "leader": N_("duty leader"),
}
SORTS: Mapping[Sort, str] = {
    Sort.FIRST: N_("first report"),
    Sort.FOLLOW_UP: N_("follow-up report"),
    Sort.FINAL: N_("final report"),
}
MODES: Mapping[str, str] = {"drill": N_("drill"), "real": N_("real danger")}
CONTACT_WORDS: Mapping[str, str] = {**dict(STATE_NUMBERS), **_ROLES}
"""Who was called, by the key of a contact or, for those the site names, by its role."""


def kind_word(kind: Kind) -> str:
    """Return what kind of incident it is."""
    return _(KINDS[kind])


def title(incident: Incident) -> str:
    """Return number and kind; a drill says so before anything else."""
    facts = {"number": incident.number, "kind": kind_word(incident.kind)}
    if incident.drill:
        return _("DRILL {number}: {kind}").format(**facts)
    return _("Incident {number}: {kind}").format(**facts)


def role_word(contact: Contact) -> str:
    """Return who a contact is, without anybody's name: it may be shown at a locked desk."""
    return _(contact.name) if contact.role == STATE else _(_ROLES[contact.role])


def whom(contact: Contact, *, named: bool) -> str:
    """Return who a contact is, with the name where it may be seen (``named``)."""
    if contact.role == STATE or not named:
        return role_word(contact)
    facts = {"role": role_word(contact), "name": contact.name}
    return pgettext("incident", "{role}: {name}").format(**facts)


def sort_word(sort: Sort) -> str:
    """Return which report it is."""
    return _(SORTS[sort])


def fields_of(said: Said) -> list[tuple[str, str]]:
    """Return label and text of everything a report says, without what stayed empty."""
    labels = (
        ("what", pgettext("incident", "What")), ("when", pgettext("incident", "When")),
        ("place", pgettext("incident", "Where")), ("hurt", pgettext("incident", "Hurt")),
        ("loss", pgettext("incident", "Loss")), ("spread", pgettext("incident", "Spread")),
        ("measures", pgettext("incident", "Measures")),
        ("present", pgettext("incident", "On the spot")),
    )  # fmt: skip
    return [(label, getattr(said, name)) for name, label in labels if getattr(said, name)]


def said_as_text(said: Said) -> str:
    """Return a report as text to be sealed."""
    return json.dumps(asdict(said), ensure_ascii=False)


def said_of(book: Book, report: IncidentReport) -> Said:
    """Open a report; where it was erased or is damaged, ``what`` says so."""
    text = book.read_sealed(report.words)
    try:
        return Said(**json.loads(text))
    except (ValueError, TypeError):
        return Said(text)


def whom_of(book: Book, step: IncidentStep) -> str:
    """Return who was called under which number, as it was then."""
    return book.read_sealed(step.whom)


def who(book: Book, staff_no: str) -> str:
    """Return the name of who opened or reported; "" where nobody was on duty."""
    return "" if staff_no == SYSTEM else owner_names(book, [staff_no]).get(staff_no, staff_no)
