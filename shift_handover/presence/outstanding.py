"""What is open about presence: prompts that nobody answered in time and nobody has explained."""

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from shift_handover.presence import service
from shift_handover.presence.service import Missed

MISSED = "presence.missed"
_LATE = N_("{name} was asked at {time} and answered only at {answered}")
_NEVER = N_("{name} was asked at {time} and did not answer")
_NEXT = N_("{name} says why (F6, Enter)")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the missed prompts without a word of why: red, until the guard has said it."""
    return [_thing(desk, one) for one in service.missed(desk, book)]


def _thing(desk: Desk, one: Missed) -> OpenThing:
    facts = {"name": one.guard.name, "time": f"{desk.local(one.asked_at):%H:%M}"}
    if one.answered_at is not None:
        facts["answered"] = f"{desk.local(one.answered_at):%H:%M}"
    return OpenThing(
        MISSED, one.id, one.number, Urgency.NOW,
        Wording(_LATE if one.answered_at else _NEVER, facts), one.asked_at,
        owner=one.guard.staff_no, next_step=Wording(_NEXT, facts),
    )  # fmt: skip
