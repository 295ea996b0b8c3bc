"""What outings have open: who is not back in time, and a tap owed for a word by telephone."""

from kiosk.attendance.outing import rules
from kiosk.attendance.outing.reading import owed, running
from kiosk.desk.absence import Outing
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext

OVERDUE, WORD_OWED = "outing.overdue", "outing.word_owed"

_WHAT = N_("{name} is not back from {place}: expected {hour}")
_CALL = N_("Ask the section, ext. {extension}")
_ASK = N_("Ask the section")
_OWED = N_("{approver} let {name} go out by telephone: the tap is owed")
_TAP = N_("{approver} taps and types the PIN (F7, 3)")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return who is not back in time, and whose tap is owed; nobody is told why anybody is out."""
    late = [
        _late(desk, book, outing, person, urgency)
        for outing, person, _approver in running(book)
        for urgency in (rules.overdue(outing, desk.clock(), desk.rules),)
        if urgency is not None
    ]
    words = [
        _owed(outing, person, approver)
        for outing, person, approver in owed(book)
        if approver is not None
    ]
    return late + words


def _late(
    desk: Desk, book: Book, outing: Outing, person: Person, urgency: Urgency
) -> OpenThing:  # fmt: skip
    hour = f"{desk.local(outing.back_by):%H:%M}" if outing.back_by else ""
    facts = {
        "name": person.name, "place": book.read_sealed(outing.place), "hour": hour,
        "extension": person.extension,
    }  # fmt: skip
    return OpenThing(
        kind=OVERDUE, ref=outing.id, number=outing.number, urgency=urgency,
        what=Wording(_WHAT, facts), since=outing.started_at, due=outing.back_by,
        owner=person.staff_no, next_step=Wording(_CALL if person.extension else _ASK, facts),
        facts={"number": outing.number, "name": person.name},
    )  # fmt: skip


def _owed(outing: Outing, person: Person, approver: Person) -> OpenThing:
    facts = {"name": person.name, "approver": approver.name}
    return OpenThing(
        kind=WORD_OWED, ref=outing.id, number=outing.number, urgency=Urgency.QUIET,
        what=Wording(_OWED, facts), since=outing.written_at, owner=approver.staff_no,
        next_step=Wording(_TAP, facts), facts={"number": outing.number, **facts},
    )  # fmt: skip


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what an approver who taps is told: for how many words a tap is owed; "" for none."""
    del desk
    n = sum(outing.approver_id == person.id for outing, _who, _approver in owed(book))
    if not n:
        return ""
    told = ngettext(
        "{n} outing on your word by telephone: sign at the desk",
        "{n} outings on your word by telephone: sign at the desk",
        n,
    )
    return told.format(n=n)
