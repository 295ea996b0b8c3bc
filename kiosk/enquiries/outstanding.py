"""What enquiries have open: until received, or the enquirer leaves; no word of their own."""

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext
from kiosk.enquiries.models import OPEN, OPEN_FOR, Enquiry
from kiosk.enquiries.rules import urgency

KIND = "enquiry"

_OWN = N_("First asked {first}")
_LED = N_("First asked {first}, led to {receiver}")
_DEAL = N_("Handle it, print the notice, or lead on")
_TAP = N_("{receiver} taps here: received")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open enquiry; lists and handovers name the members of the house only."""
    return [_thing(desk, book, enquiry, first) for enquiry, first in book.all(OPEN)]


def _thing(desk: Desk, book: Book, enquiry: Enquiry, first: Person) -> OpenThing:
    led_to = person_by_id(book, enquiry.led_to_id) if enquiry.led_to_id else None
    called = {"first": first.name, "receiver": led_to.name if led_to else ""}
    return OpenThing(
        kind=KIND, ref=enquiry.id, number=enquiry.number,
        urgency=urgency(enquiry.led_at, desk.clock(), desk.rules),
        what=Wording(_LED if led_to else _OWN, called), since=enquiry.opened_at,
        owner=(led_to or first).staff_no, next_step=Wording(_TAP if led_to else _DEAL, called),
        facts={"number": enquiry.number, **called},
    )  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a person who taps is told: that somebody was led to them, and nothing of it."""
    del desk
    n = len(book.all(OPEN_FOR, person=person.id))
    if not n:
        return ""
    told = ngettext(
        "{n} enquirer was led to you: to the window, please",
        "{n} enquirers were led to you: to the window, please",
        n,
    )
    return told.format(n=n)


def led_to_leaver(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return each enquiry that waits for who leaves the house: it is led to somebody else first."""
    del desk
    found = []
    for enquiry in book.all(OPEN_FOR, person=person.id):
        called = {"first": person_by_id(book, enquiry.first_id).name, "receiver": person.name}
        found.append(
            Holding(
                KIND, enquiry.id, enquiry.number, Wording(_LED, called),
                enquiry.led_at or enquiry.opened_at, Wording(_DEAL, called),
            )
        )  # fmt: skip
    return found
