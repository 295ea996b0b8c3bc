"""What lines between desks have open: here until somebody reads, at the sender when nobody does."""

from datetime import timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.site_desks import SiteDesks, site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.desk_line import service
from kiosk.desk_line.service import Sent

UNREAD, NOT_READ = "desk_line.unread", "desk_line.not_read"

_SAYS = N_("{desk} says something: please read it")
_READ_IT = N_("Read it, answer with one key")
_NOBODY_READ = N_("Nobody at {desk} has read your line")
_NOT_COME = N_("Your line has not come to {desk} yet")
_RING = N_("Ring {desk}: {telephone}")
_RING_THEM = N_("Ring {desk}")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the lines to be read here, and those of this desk that nobody reads elsewhere."""
    if desk.settings.hub.alone:
        return []
    desks = site_desks(desk, book)
    here = [
        OpenThing(
            kind=UNREAD, ref=line.id, number="", urgency=Urgency.NOW,
            what=Wording(_SAYS, {"desk": desks.name(line.from_gate)}), since=line.sent_at,
            next_step=Wording(_READ_IT),
        )
        for line, _came in service.unread_here(desk, book)
    ]  # fmt: skip
    sent = service.sent_from_here(desk, book, desks)
    return [*here, *(_late(desk, desks, one) for one in sent if _is_late(desk, one))]


def _is_late(desk: Desk, one: Sent) -> bool:
    waited = desk.clock() - one.line.sent_at
    is_late = waited >= timedelta(minutes=desk.rules.desk_line_unread_min)
    return is_late and bool(one.open_at(service.open_since(desk)))


def _late(desk: Desk, desks: SiteDesks, one: Sent) -> OpenThing:
    gate, reading = one.open_at(service.open_since(desk))[0]
    telephone = desks.telephone(gate)
    called = {"desk": desks.name(gate), "telephone": telephone}
    return OpenThing(
        kind=NOT_READ, ref=one.line.id, number="", urgency=Urgency.WAITING,
        what=Wording(_NOBODY_READ if reading else _NOT_COME, called), since=one.line.sent_at,
        owner=one.line.sent_by,
        next_step=Wording(_RING if telephone else _RING_THEM, called),
    )  # fmt: skip
