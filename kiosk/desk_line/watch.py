"""A line that waits to be read stands in the status bar, and rings at first."""

from datetime import timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import _
from kiosk.desk_line import service


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the newest line nobody of this desk has read; None for none. It names a desk only.

    An older one that nobody read must not keep the new one from ringing. That it has come is
    written down, so that who sent it sees that it is here.
    """
    if desk.settings.hub.alone:
        return None
    unread = service.unread_here(desk, book)
    if not unread:
        return None
    line, came = max(unread, key=lambda one: (one[1], one[0].sent_at))
    new = bool(service.new_here(desk, book))
    rings = desk.clock() - came < timedelta(minutes=desk.rules.desk_line_ring_min)
    name = site_desks(desk, book).name(line.from_gate)
    return Watch(
        _("Line from {desk}").format(desk=name), f"{desk.local(line.sent_at):%H:%M}",
        _("Guard: {desk} says something. F6 shows it.").format(desk=name),
        rings=rings, record=service.note_arrivals if new else None,
    )  # fmt: skip
