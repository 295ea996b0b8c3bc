"""What messages have open: each until its addressee has it, told without a word of its own."""

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext
from kiosk.messages.models import OPEN, OPEN_FOR, URGENT_FOR, Message
from kiosk.messages.rules import urgency

KIND = "message"

_FOR = N_("Message for {receiver}")
_URGENT_FOR = N_("Urgent message for {receiver}")
_CALL = N_("Call {receiver}, ext. {extension}: a message")
_TELL = N_("Tell {receiver} there is a message")
_RECEIVES = N_("{receiver} taps here and receives it")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open message; lists and handovers name its addressee, never what it says."""
    return [_thing(desk, message, person) for message, person in book.all(OPEN)]


def _thing(desk: Desk, message: Message, person: Person) -> OpenThing:
    called = {"receiver": person.name, "extension": person.extension}
    return OpenThing(
        kind=KIND, ref=message.id, number=message.number,
        urgency=urgency(message.taken_at, desk.clock(), desk.rules, urgent=message.urgent),
        what=Wording(_URGENT_FOR if message.urgent else _FOR, called),
        since=message.taken_at, owner=person.staff_no,
        next_step=Wording(_CALL if person.extension else _TELL, called),
        facts={"number": message.number, "receiver": person.name},
    )  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a person who taps is told: how many messages wait, and nothing of them.

    The tap's answer stands on a screen that everybody at the gate sees. The words themselves are
    given at the window only, after the addressee's own tap and a key (``DeliverMessages``).
    """
    del desk
    urgent = book.all(URGENT_FOR, person=person.id)
    if not urgent:
        return ""
    n = len(urgent)
    if any(urgent):
        told = ngettext(
            "{n} message, urgent: to the window, please",
            "{n} messages, urgent: to the window, please",
            n,
        )
    else:
        told = ngettext(
            "{n} message: to the window, please", "{n} messages: to the window, please", n
        )
    return told.format(n=n)


def held_for_leaver(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return each message that still lies here for who leaves the house (clause 76)."""
    del desk
    called = {"receiver": person.name}
    return [
        Holding(
            KIND, message.id, message.number, Wording(_FOR, called), message.taken_at,
            Wording(_RECEIVES, called),
        )
        for message in book.all(OPEN_FOR, person=person.id)
    ]  # fmt: skip
