"""What the status bar counts down every second, and when it rings."""

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book
from kiosk.desk.watch import Watch
from kiosk.desk.words import _, pgettext
from shift_handover.away import rules, service
from shift_handover.away.models import RUNNING, Kind
from shift_handover.away.outstanding import uncovered_since
from shift_handover.away.rules import Rung
from shift_handover.away.wording import clock


def watch(desk: Desk, book: Book) -> Watch | None:
    """Return the running absence's countdown, or the alarm of a post nobody holds.

    It stands on the locked screen too: no name is in it.
    """
    found = book.one(RUNNING, post=desk.gate)
    if found is None:
        return _uncovered(desk, book)
    away, now = found[0], desk.clock()
    rung = rules.rung(away, now, desk.rules)
    word = pgettext("away", "Rest") if away.kind is Kind.REST else pgettext("away", "Away")
    if rung > Rung.RUNNING:
        hint = _("The guard's time away is over. Guard: tap your badge when back.")
        return Watch(
            word, pgettext("away", "over"), hint, late=True, rings=rung is not Rung.TOLD,
            record=service.note_overdue,
        )  # fmt: skip
    back = f"{desk.local(away.due_at):%H:%M}"
    hint = _("The guard is away until {time}. Guard: tap your badge when back.").format(time=back)
    return Watch(word, clock(rules.left(away, now)), hint)


def _uncovered(desk: Desk, book: Book) -> Watch | None:
    if uncovered_since(desk, book) is None:
        return None
    hint = _("Nobody is on this post. The next guard opens the desk with F10.")
    return Watch(
        pgettext("away", "Post"), pgettext("away", "uncovered"), hint, late=True, rings=True
    )
