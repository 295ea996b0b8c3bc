"""An emergency on paper: the contact sheet with lines to write on, and the record of an incident.

The contact sheet is read by somebody in a hurry who may have lost the screen: numbers large.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    BlankLines,
    Emphasis,
    Field,
    Heading,
    Line,
    Notice,
    Rule,
    SignatureLine,
    Spread,
    Table,
    Text,
    Title,
)
from kiosk.desk.transaction import Book
from kiosk.desk.words import _, pgettext
from kiosk.incidents.models import REPORTS_OF, STEPS_OF, Incident
from kiosk.incidents.rules import STATE, Contact
from kiosk.incidents.wording import (
    OUTCOMES,
    fields_of,
    said_of,
    sort_word,
    title,
    who,
    whom,
    whom_of,
)

CONTACTS, RECORD = "incident.contacts", "incident.record"
"""The kinds of paper, as the spool calls them."""

_BLANK_LINES = 4
_LOG = (20, 55, 25)


def contact_sheet(desk: Desk, now: datetime, number: str, contacts: Sequence[Contact]) -> Slip:
    """Return whom to call, at ``now`` (aware)."""
    return Slip(CONTACTS, number, tuple(_contacts(desk, now, number, contacts)))


def _contacts(
    desk: Desk, now: datetime, number: str, contacts: Sequence[Contact]
) -> Iterator[Line]:
    head = f"{number}  {desk.local(now):%Y-%m-%d %H:%M:%S}"
    yield Title(pgettext("incident", "Emergency: whom to call"), head)
    for one in contacts:
        if one.role == STATE:
            yield Field(whom(one, named=True), one.phone, Emphasis.STRONG)
    yield Rule(heavy=True)
    yield Text(_("Security and superior at once, side by side; the duty leader if one is silent."))
    for one in contacts:
        if one.role != STATE:
            yield Field(whom(one, named=True), one.phone, Emphasis.STRONG)
            yield Spread(
                pgettext("incident", "called __:__"), pgettext("incident", "answered __:__"),
                pgettext("incident", "not reached __:__"),
            )  # fmt: skip
    if all(one.role == STATE for one in contacts):
        yield Notice(_("No contacts are set up for this gate."))
    yield Heading(_("What, where, who is hurt, what was done"))
    yield BlankLines(_BLANK_LINES)
    yield SignatureLine(_("On duty"), _("Time"))


def record_sheet(desk: Desk, book: Book, incident: Incident, number: str) -> Slip:
    """Return every call and every report of an incident."""
    return Slip(RECORD, number, tuple(_record(desk, book, incident, number)))


def _record(desk: Desk, book: Book, incident: Incident, number: str) -> Iterator[Line]:
    yield Title(title(incident), f"{number}  {_clock(desk, incident.opened_at)}")
    if incident.drill:
        yield Notice(_("This was a drill."))
    yield Heading(_("Calls"))
    steps = book.all(STEPS_OF, incident=incident.id)
    if steps:
        yield Table(
            _LOG,
            tuple(
                (f"{desk.local(one.at):%H:%M:%S}", whom_of(book, one), _(OUTCOMES[one.outcome]))
                for one in steps
            ),
        )
    else:
        yield Text(_("Nobody was called."))
    for one in book.all(REPORTS_OF, incident=incident.id):
        yield Heading(sort_word(one.sort), f"{_clock(desk, one.at)} {who(book, one.by)}".rstrip())
        for label, words in fields_of(said_of(book, one)):
            yield Field(label, words)
    if incident.closed_at is None:
        yield Notice(_("Still open: the final report is missing."))
    else:
        yield Field(pgettext("incident", "Closed"), _clock(desk, incident.closed_at))
    yield SignatureLine(_("On duty"), _("Time"))


def _clock(desk: Desk, moment: datetime) -> str:
    return f"{desk.local(moment):%Y-%m-%d %H:%M}"
