"""What is open about cards: only that some are open too long, for the office, without any name."""

from datetime import timedelta

from kiosk.attendance.counters.models import OPEN_SINCE
from kiosk.attendance.counters.reading import late_count
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person, Rank
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext

LATE = "case.late"
_WHAT = N_("Case cards open for more than {days} days: {n}")
_NEXT = N_("The principal leader reads them (F7, 7)")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return one quiet line when cards are open for too long (clause 142); it names nobody."""
    days = desk.rules.case_late_days
    limit = desk.clock() - timedelta(days=days)
    late = [at for at in book.all(OPEN_SINCE) if at < limit]
    if not late:
        return []
    facts = {"n": len(late), "days": days}
    return [
        OpenThing(
            LATE, desk.gate, "", Urgency.QUIET, Wording(_WHAT, facts), min(late),
            next_step=Wording(_NEXT), facts=facts,
        )
    ]  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what the principal leader who taps is told: how many cards are open too long."""
    if person.rank is not Rank.PRINCIPAL_LEADER:
        return ""
    n = late_count(desk, book)
    if not n:
        return ""
    told = ngettext(
        "{n} case card is open for long: at the desk (F7, 7)",
        "{n} case cards are open for long: at the desk (F7, 7)", n,
    )  # fmt: skip
    return told.format(n=n)
