"""Out through this gate with another gate's slip: nobody is kept, and that gate is told.

A gate that stands alone closes the visit in its own book; here stands that its slip was seen going
out, until somebody has told that gate. Where the desks have a hub the visit is closed here as soon
as that gate's work has come (``visitors.gates.settling``).
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.columns import day, moment, utc_text, whole
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from visitors.models import State
from visitors.rules import Step, listed, may
from visitors.slip_code import SlipCode, is_of_unheard_work, visit_on

KIND = "visit.left_here"
_WHAT = N_("Slip {number} of {gate} went out here, that gate does not know yet")
_STEP = N_("Tell {gate} by telephone, then say so here")
_CONTRADICTS = N_("Slip {number} of {gate} went out here, but that gate has nobody inside by it")
_ASK = N_("Ask {gate} whose slip it was, then say so here")
_NEWEST = "SELECT at FROM journal WHERE gate = ? ORDER BY seq DESC LIMIT 1"


class LeftHere(Row, table=True):
    """Another gate's slip that went out here. ``day`` is that gate's, the moments are UTC.

    ``signed`` says that somebody at the desk looked at the host's signature on it.
    """

    __tablename__ = "left_here"

    gate: str
    day: date = day()
    number: int = whole()
    seen_at: datetime = moment()
    seen_by: str
    signed: bool = False
    told_at: datetime | None = moment(optional=True, index=True)
    told_by: str = ""


SEEN = select(LeftHere).where(
    col(LeftHere.gate) == bindparam("gate"), col(LeftHere.day) == bindparam("day"),
    col(LeftHere.number) == bindparam("number"),
)  # fmt: skip
UNTOLD = select(LeftHere).where(col(LeftHere.told_at).is_(None)).order_by(col(LeftHere.seen_at))
ONE = select(LeftHere).where(col(LeftHere.id) == bindparam("id"))


def note(tx: Transaction, code: SlipCode, *, signed: bool) -> None:
    """Write down that another gate's slip went out here; scanned again it is the same leaving.

    Records ``slip.of_other_gate``.
    """
    seen = tx.one(SEEN, gate=code.gate, day=code.day, number=code.number)
    if seen is None:
        tx.put(
            LeftHere(
                gate=code.gate, day=code.day, number=code.number, seen_at=tx.now, seen_by=tx.by,
                signed=signed,
            )
        )  # fmt: skip
    tx.record(
        "slip.of_other_gate", gate=code.gate, day=code.day.isoformat(), number=code.number,
        again=seen is not None,
    )  # fmt: skip


def told(desk: Desk, by: str, row_id: str) -> None:
    """Say that the other gate knows; records ``slip.gate_told``.

    Raises ``Refused("visit.gate_told_already")`` when somebody has said so meanwhile.
    """
    with desk.write(by=by) as tx:
        row = tx.one(ONE, id=row_id)
        if row is None or row.told_at is not None:
            raise Refused("visit.gate_told_already")
        row.told_at, row.told_by = tx.now, by
        tx.put(row)
        tx.record("slip.gate_told", gate=row.gate, number=row.number)


def code_of(row: LeftHere) -> SlipCode:
    """Return what the slip said, as far as it was noted; any copy of it is as good."""
    return SlipCode(row.gate, row.day, row.number, copy=0)


def untold(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield the slips that went out here and whose gate does not know yet.

    Where the hub carries it nobody has to be told: open stays only what the other gate's work,
    once it is here, contradicts.
    """
    for row in book.all(UNTOLD):
        if not desk.wrote(row):
            continue
        what, step = _WHAT, _STEP
        if not desk.settings.hub.alone:
            if not _contradicts(desk, book, row):
                continue
            what, step = _CONTRADICTS, _ASK
        number = listed(row.day, row.number, desk.today())
        facts = {"number": number, "gate": gate_name(desk, book, row.gate)}
        yield OpenThing(
            kind=KIND, ref=row.id, number=number, urgency=Urgency.WAITING,
            what=Wording(what, facts), since=row.seen_at,
            next_step=Wording(step, {"gate": facts["gate"]}), facts=facts,
        )  # fmt: skip


def _contradicts(desk: Desk, book: Book, row: LeftHere) -> bool:
    """Say whether that gate's work up to the leaving is here, and knows nobody inside by it."""
    code = code_of(row)
    found = None if is_of_unheard_work(desk, book, code) else visit_on(book, code)
    if found is not None:
        return not may(found[0].state, Step.LEAVE) and found[0].state is not State.LEFT
    newest = book.connection.execute(_NEWEST, (row.gate,)).fetchone()
    return newest is not None and newest[0] > utc_text(row.seen_at)
