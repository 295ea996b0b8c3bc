"""What stand-ins have open: an answer that is missing, and a stand-in who has left the house."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.attendance.stand_ins import rules
from kiosk.attendance.stand_ins.service import open_entries
from kiosk.desk.absence import StandIn
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.presence import PRESENCE, Whereabouts
from kiosk.desk.stand_in import stand_in_of
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, _

UNANSWERED, GONE = "standin.unanswered", "standin.gone"

_ASKED = N_("{absent} asks {name} to stand in: no answer yet")
_ANSWER = N_("{name} taps and types the PIN (F7, 4)")
_GONE = N_("Nobody stands in for {absent}: {name} is out too")
_TELL = N_("Tell the head of {absent}'s section; another one: F7, 4")
_OF = (
    select(StandIn, Person)
    .join(Person, col(Person.id) == col(StandIn.absent_id))
    .where(col(StandIn.stand_in_id) == bindparam("person"), col(StandIn.ended_at).is_(None))
    .order_by(col(StandIn.from_at))
)


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return who has not answered yet, and who has gone out while standing in for somebody."""
    return [
        thing
        for one, absent, person in open_entries(book)
        for thing in (_thing(desk, book, one, absent, person),)
        if thing is not None
    ]


def _thing(
    desk: Desk, book: Book, one: StandIn, absent: Person, person: Person
) -> OpenThing | None:  # fmt: skip
    asked = one.accepted_at is None
    if not asked and not _is_gone(desk, book, one, absent):
        return None
    facts = {"absent": absent.name, "name": person.name}
    return OpenThing(
        kind=UNANSWERED if asked else GONE, ref=one.id, number=one.number,
        urgency=Urgency.QUIET if asked else Urgency.SOON,
        what=Wording(_ASKED if asked else _GONE, facts), since=one.asked_at,
        owner=person.staff_no, next_step=Wording(_ANSWER if asked else _TELL, facts),
        facts={"number": one.number, **facts},
    )  # fmt: skip


def _is_gone(desk: Desk, book: Book, one: StandIn, absent: Person) -> bool:
    """Say whether the last of the chain, to whom everything goes, has signed out today."""
    now = desk.clock()
    last = stand_in_of(book, absent, now) if one.from_at <= now else None
    if last is None or last.id != one.stand_in_id:
        return False
    here = book.one(PRESENCE, person=last.id)
    return (
        here is not None
        and here.day == desk.work_day(now)
        and here.state is Whereabouts.OUT
        and not rules.is_in(desk, book, absent)
    )


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what who taps is told: that he is asked to stand in, or goes while he stands in."""
    mine = book.all(_OF, person=person.id)
    asked = [absent.name for one, absent in mine if one.accepted_at is None]
    if asked:
        return _("{name} asks you to stand in: answer at the desk").format(name=asked[0])
    now = desk.clock()
    running = [absent.name for one, absent in mine if one.from_at <= now]
    if running and not rules.is_in(desk, book, person):
        return _("You stand in for {name}: tell your head before you go").format(name=running[0])
    return ""
