"""A lock-up record stays open, in red, until the first on the post again has signed it as read."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from shift_handover.lockup.models import UNREAD

KIND = "handover.locked_up"


def unread(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the lock-up records that the first on the post has not signed as read."""
    return [
        OpenThing(
            kind=KIND, ref=row.id, number=row.number, urgency=Urgency.NOW, since=lock.locked_at,
            what=Wording(N_("The post was locked up: read the record")),
            next_step=Wording(N_("Read what is open, then sign that you have read it")),
        )
        for lock, row in book.all(UNREAD, post=desk.gate)
    ]  # fmt: skip
