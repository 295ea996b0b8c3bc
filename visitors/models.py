"""A visit as a row, from appointment to return slip, and the plain words by which it is found.

Everything typed by hand may name somebody (事由 "看望李娜", 携带 "给王小明的药"): name, form of
address, unit, phone, matter, goods, area, masked ID number and every reason are sealed under the
visit's own subject, and so are the names of who comes along and the desk's own note. The ID number
itself is never kept (clauses 101-104).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Field, and_, col, or_, select

from kiosk.desk.columns import choice, day, moment, whole
from kiosk.desk.people import Person
from kiosk.desk.row import Row, Stored
from visitors.ladder.rungs import Rung
from visitors.visit_words import VisitWords


class State(StrEnum):
    """Where a visit stands. Nobody is ``ADMITTED`` without the host's yes (clause 103)."""

    EXPECTED = "expected"  # 已预约
    WAITING = "waiting"  # 等候
    HOST_ASKED = "host_asked"  # 已联系被访人
    ADMITTED = "admitted"  # 已放行
    LEFT = "left"  # 已离开
    ASSUMED_LEFT = "assumed_left"  # 推定离开(待核)
    UNKNOWN = "unknown"  # 去向不明: asked after, and nobody knows
    REFUSED = "refused"  # 未放行
    NO_SHOW = "no_show"  # 未到
    VOIDED = "voided"  # 作废


class Origin(StrEnum):
    """How a visit began."""

    APPOINTMENT = "appointment"
    WALK_IN = "walk_in"
    EMERGENCY = "emergency"  # its own record: nobody's yes is waited for


class Answer(StrEnum):
    """What the host said; only ``YES`` is a yes (clause 104)."""

    YES = "yes"
    WAIT = "wait"
    NO = "no"
    NOT_REACHED = "not_reached"


class How(StrEnum):
    """How the host was asked and how the answer came."""

    BADGE = "badge"
    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"
    STANDING = "standing"  # the section receives the public in its opening hours


class LeftHow(StrEnum):
    """Who or what says that the visitor left."""

    SCANNED = "left_scanned"
    CARD = "left_card"
    GUARD_SAW = "left_guard_saw"
    OTHER_GATE = "left_other_gate"
    HOST_SAYS = "left_host_says"
    ASSUMED = "assumed_left"
    AT_GATE = "left_at_gate"  # handed over at the gate and never inside


UNPROVED = frozenset({LeftHow.OTHER_GATE, LeftHow.HOST_SAYS, LeftHow.ASSUMED})
"""Nobody at this gate saw these: the hour of leaving is the one at which it was assumed."""


class ReturnSlip(StrEnum):
    """The return slip (回执) with the host's signature."""

    NONE = "none"
    DUE = "due"
    SIGNED = "signed"
    MISSING = "missing"
    SETTLED = "settled"


DENIED = frozenset({State.REFUSED, State.VOIDED})
"""Nobody may be inside under such a visit, whatever another desk's book says of it."""
_WENT = frozenset({State.ADMITTED, State.ASSUMED_LEFT, State.UNKNOWN, State.LEFT})
_HOW_IT_WENT = (
    "stamp", "state", "left_at", "left_how", "left_gate", "return_slip", "gone", "helmet_back_at",
    "copy_no", "reason",
)  # fmt: skip
"""What tells of the leaving: two desks that say it differently do not contradict each other."""
_HOW_ASKED = ("stamp", "state", "asked_at", "asked_how", "asked_extension")
_WEIGHT = {
    State.VOIDED: 60, State.REFUSED: 60, State.LEFT: 40, State.UNKNOWN: 20, State.ASSUMED_LEFT: 20,
    State.ADMITTED: 10, State.HOST_ASKED: 2, State.WAITING: 2,
}  # fmt: skip


class Visit(Row, table=True):
    """One visit of one party. Moments are UTC, ``day`` the site's; ``number`` 0 until arrival.

    ``gate`` is where the visitor is expected, and from arrival on where he came; ``left_gate``
    where somebody saw him leave. ``series`` is the
    same for all appointments of one series, ``instead_of`` the appointment of another day for which
    the visitor came on this one. ``changed`` names the fields changed at ``changed_at``, before
    arrival. ``file_ref`` and ``file_row`` are keyed hashes of the reference and of the whole row
    that an imported file last had for it. ``plate`` is sealed, ``lane`` the code of the
    kind of visit, ``besides`` (sealed) what that kind asks besides. ``helmet`` has the numbers that
    went out, "own" or "stays_out" (clause 145), ``helmet_back_at`` is when those of the house came
    back; ``leader_told_at`` is when he heard of officers. Of ``people``, ``gone`` left before the
    others. ``notice`` is the version of the notice that the slip had.
    """

    __tablename__ = "visit"

    gate: str
    day: date = day(index=True)
    number: int = whole()
    state: State = choice(State, index=True)
    origin: Origin = choice(Origin)
    subject: str
    name: str
    form: str = ""
    unit: str = ""
    phone: str = ""
    id_masked: str = ""
    id_hash: str = Field(default="", index=True)
    matter: str
    goods: str = ""
    area: str = ""
    people: int = whole()
    gone: int = whole(default=0)
    host_id: str = Field(foreign_key="person.id", index=True)
    from_at: datetime = moment()
    until_at: datetime = moment()
    made_at: datetime = moment()
    arrived_at: datetime | None = moment(optional=True)
    asked_at: datetime | None = moment(optional=True)
    asked_how: How | None = choice(How, optional=True)
    asked_extension: str = ""
    answer: Answer | None = choice(Answer, optional=True)
    answer_how: How | None = choice(How, optional=True)
    answer_by: str = ""
    answer_rung: Rung | None = choice(Rung, optional=True)
    answered_at: datetime | None = moment(optional=True)
    admitted_at: datetime | None = moment(optional=True)
    admitted_by: str = ""
    copy_no: int = whole()
    left_at: datetime | None = moment(optional=True)
    left_how: LeftHow | None = choice(LeftHow, optional=True)
    left_gate: str = ""
    return_slip: ReturnSlip = choice(ReturnSlip, index=True)
    reason_code: str = ""
    reason: str = ""
    companions: str = ""
    note: str = ""
    notice: str = ""
    plate: str = ""
    lane: str = Field(default="", index=True)
    helmet: str = Field(default="", index=True)
    helmet_back_at: datetime | None = moment(optional=True)
    besides: str = ""
    leader_told_at: datetime | None = moment(optional=True)
    series: str = Field(default="", index=True)
    instead_of: str = ""
    changed_at: datetime | None = moment(optional=True)
    changed: str = ""
    file_ref: str = Field(default="", index=True)
    file_row: str = ""

    @classmethod
    def weight(cls, stored: Mapping[str, Stored]) -> int:
        """Return how strong a version is: a denial before all, then a leaving that was seen.

        Who is inside by one desk's book is not lost behind another's waiting or missed visit.
        """
        if stored["state"] == State.LEFT and stored["left_how"] in UNPROVED:
            return _WEIGHT[State.ASSUMED_LEFT] + 1
        return _WEIGHT.get(State(str(stored["state"])), 0)

    @classmethod
    def agree(cls, versions: Sequence[Mapping[str, Stored] | None]) -> bool:
        """Say whether differing versions need nobody's decision.

        Checked out at two gates, assumed to have left at one and seen to leave at the other, asked
        for at both: the stronger version stands. Of a party of which a part left at each gate
        nobody can say who is inside, and two denials let nobody in.
        """
        rows = [stored for stored in versions if stored is not None]
        states = {State(str(stored["state"])) for stored in rows}
        if len(rows) < len(versions) or states <= DENIED:
            return len(rows) == len(versions)
        if states <= _WENT:
            return states != {State.ADMITTED} and _same_but(_HOW_IT_WENT, rows)
        return states <= {State.WAITING, State.HOST_ASKED} and _same_but(_HOW_ASKED, rows)

    @property
    def remaining(self) -> int:
        """How many of the party have not left yet, while the visit is not closed."""
        return self.people - self.gone

    @property
    def slip_of_who_is_inside(self) -> ReturnSlip:
        """What is expected of who is inside (again): nothing of those who were given no slip."""
        return ReturnSlip.DUE if self.copy_no else ReturnSlip.NONE


def _same_but(fields: Sequence[str], rows: Sequence[Mapping[str, Stored]]) -> bool:
    first, *others = ({k: v for k, v in row.items() if k not in fields} for row in rows)
    return all(other == first for other in others)


HERE_STATES = (State.WAITING, State.HOST_ASKED, State.ADMITTED)
IS_HERE = or_(*(col(Visit.state) == state for state in HERE_STATES))
IS_TO_COME_OR_HERE = or_(col(Visit.state) == State.EXPECTED, IS_HERE)

VISIT = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.id) == bindparam("id"))
)
BY_NUMBER = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.gate) == bindparam("gate"),
        col(Visit.day) == bindparam("day"),
        col(Visit.number) == bindparam("number"),
    )
)
OF_NUMBER = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.day) == bindparam("day"), col(Visit.number) == bindparam("number"))
    .order_by(col(Visit.id))
)
"""A number is given out once in the whole site: whichever gate the visitor came to."""
INSIDE_BY_NUMBER = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.number) == bindparam("number"), col(Visit.state) == State.ADMITTED)
    .order_by(col(Visit.day))
)
HERE = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(IS_HERE)
    .order_by(col(Visit.arrived_at))
)
SLIPS_MISSING = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.return_slip) == ReturnSlip.MISSING, col(Visit.state) != State.ASSUMED_LEFT)
    .order_by(col(Visit.left_at))
)
"""An assumed departure asks for more than its slip: it stands among ``ASSUMED``."""
ASSUMED = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(col(Visit.state) == State.ASSUMED_LEFT)
    .order_by(col(Visit.day), col(Visit.number))
)
ASSUMED_BY_NUMBER = ASSUMED.where(col(Visit.number) == bindparam("number"))
TODAY = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        or_(
            col(Visit.day) == bindparam("day"),
            IS_HERE,
            and_(
                col(Visit.state) == State.EXPECTED,
                col(Visit.from_at) <= bindparam("now"),
                col(Visit.until_at) >= bindparam("now"),
            ),
            col(Visit.return_slip) == ReturnSlip.MISSING,
            col(Visit.state) == State.ASSUMED_LEFT,
        )
    )
    .order_by(col(Visit.from_at), col(Visit.id))
)
ALL_VISITS = select(Visit).order_by(col(Visit.id))
WORDS = select(VisitWords).where(col(VisitWords.id) == bindparam("id"))
WORDS_OF_DAY = select(VisitWords).where(col(VisitWords.day) == bindparam("day"))
ALL_WORDS = select(VisitWords)
