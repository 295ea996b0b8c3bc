"""A roll call that another desk began stands in the status bar here, and rings when it is real."""

from datetime import timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.site_desks import site_desks
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import _, pgettext
from kiosk.roll_call.models import OPEN_ROLLS, RollKind
from kiosk.roll_call.rules import clock_text


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the roll call that runs, where another desk began it; it names nobody."""
    if desk.settings.hub.alone:
        return None
    roll = next((one for one in book.all(OPEN_ROLLS) if one.gate != desk.gate), None)
    if roll is None:
        return None
    ran, real = desk.clock() - roll.began_at, roll.kind is RollKind.REAL
    name = site_desks(desk, book).name(roll.gate)
    told = _("DANGER, roll call of {desk}: F8 marks who is found.")
    calm = _("{desk} holds a roll call: F8 marks who is found.")
    return Watch(
        pgettext("roll", "Roll call"), clock_text(ran), (told if real else calm).format(desk=name),
        late=real, rings=real and ran < timedelta(minutes=desk.rules.roll_ring_min),
    )  # fmt: skip
