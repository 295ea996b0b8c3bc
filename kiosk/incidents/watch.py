"""An emergency that another desk opened stands in the status bar here, and rings when it is real.

A fire seen at the reception must not wait in the gatehouse's list until somebody looks.
"""

from datetime import timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import _
from kiosk.incidents.models import OPEN
from kiosk.incidents.outstanding import course_of
from kiosk.incidents.rules import in_first_hour
from kiosk.incidents.wording import kind_word


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the newest emergency in its first hour that another desk opened, a real one first."""
    if desk.settings.hub.alone:
        return None
    now = desk.clock()
    elsewhere = (one for one in book.all(OPEN) if one.post != desk.gate)
    fresh = [one for one in elsewhere if in_first_hour(course_of(book, one), now, desk.rules)]
    if not fresh:
        return None
    incident = min(fresh, key=lambda one: one.drill)
    told = _("DRILL, {kind} at {desk}: F9 shows it.")
    if not incident.drill:
        told = _("DANGER, {kind} at {desk}: F9 shows who is called.")
    facts = {
        "kind": kind_word(incident.kind), "desk": site_desks(desk, book).name(incident.post),
    }  # fmt: skip
    ran = now - incident.opened_at
    return Watch(
        _("{kind} at {desk}").format(**facts), f"{desk.local(incident.opened_at):%H:%M}",
        told.format(**facts), late=not incident.drill,
        rings=not incident.drill and ran < timedelta(minutes=desk.rules.roll_ring_min),
    )  # fmt: skip
