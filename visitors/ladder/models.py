"""Each asking for a visitor's sake as a row, and each mobile number that was given out."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Field, col, select

from kiosk.desk.columns import choice, moment
from kiosk.desk.outbox import Delivery
from kiosk.desk.people import Person
from kiosk.desk.presence import Presence
from kiosk.desk.row import Merge, Row
from visitors.ladder.rungs import Rung
from visitors.models import How, State, Visit


class HostAsk(Row, table=True):
    """Somebody was asked about one visit. ``host_id`` is the host's at that time.

    ``gate`` is the desk that asked: it sends the notice. ``asked_at`` is UTC. ``delivery`` is None
    where nothing was sent. ``taken_back`` once the entry was corrected: the question was about
    other words then.
    """

    __tablename__ = "host_ask"
    merged = Merge.NEWEST

    gate: str
    visit_id: str = Field(foreign_key="visit.id", index=True)
    host_id: str = Field(foreign_key="person.id")
    person_id: str = Field(foreign_key="person.id")
    rung: Rung = choice(Rung)
    how: How = choice(How)
    asked_at: datetime = moment()
    delivery: Delivery | None = choice(Delivery, optional=True, index=True)
    taken_back: bool = False


class MobileRelease(Row, table=True):
    """A mobile number was shown at the desk (clause 101). ``shown_at`` is UTC.

    Who wanted it and the business reason are sealed under the visit's subject.
    """

    __tablename__ = "mobile_release"

    visit_id: str = Field(foreign_key="visit.id", index=True)
    person_id: str = Field(foreign_key="person.id")
    shown_at: datetime = moment(index=True)
    shown_by: str
    asked_by: str
    reason: str


ASKS_OF = (
    select(HostAsk, Person)
    .join(Person, col(Person.id) == col(HostAsk.person_id))
    .where(
        col(HostAsk.visit_id) == bindparam("visit"),
        col(HostAsk.host_id) == bindparam("host"),
        col(HostAsk.taken_back).is_(False),
    )
    .order_by(col(HostAsk.asked_at), col(HostAsk.id))
)
ASK = (
    select(HostAsk, Person, Visit)
    .join(Person, col(Person.id) == col(HostAsk.person_id))
    .join(Visit, col(Visit.id) == col(HostAsk.visit_id))
    .where(col(HostAsk.id) == bindparam("id"))
)
TO_SEND = (
    select(HostAsk, Person, Visit)
    .join(Person, col(Person.id) == col(HostAsk.person_id))
    .join(Visit, col(Visit.id) == col(HostAsk.visit_id))
    .where(col(HostAsk.delivery) == Delivery.QUEUED, col(HostAsk.gate) == bindparam("gate"))
    .order_by(col(HostAsk.asked_at), col(HostAsk.id))
)
RELEASES_OF = (
    select(MobileRelease, Person)
    .join(Person, col(Person.id) == col(MobileRelease.person_id))
    .where(col(MobileRelease.visit_id) == bindparam("visit"))
    .order_by(col(MobileRelease.shown_at))
)
RELEASED = (
    select(MobileRelease, Person, Visit)
    .join(Person, col(Person.id) == col(MobileRelease.person_id))
    .join(Visit, col(Visit.id) == col(MobileRelease.visit_id))
    .where(
        col(MobileRelease.shown_at) >= bindparam("first"),
        col(MobileRelease.shown_at) < bindparam("after"),
    )
    .order_by(col(MobileRelease.shown_at))
)
VISITORS_FOR = (
    select(Visit.number, Visit.state, Presence.state, Visit.gate)
    .join(Presence, col(Presence.id) == col(Visit.host_id), isouter=True)
    .where(
        col(Visit.host_id) == bindparam("host"),
        (col(Visit.state) == State.WAITING)
        | (col(Visit.state) == State.HOST_ASKED)
        | (col(Visit.state) == State.ADMITTED),
    )
    .order_by(col(Visit.arrived_at))
)
"""Who waits for a host or is with him, and where the host is by his own last tap."""
OF_SECTION = (
    select(Person)
    .where(col(Person.department_id) == bindparam("section"), col(Person.active))
    .order_by(col(Person.staff_no))
)
OF_RANK = (
    select(Person)
    .where(col(Person.rank) == bindparam("rank"), col(Person.active))
    .order_by(col(Person.staff_no))
)
