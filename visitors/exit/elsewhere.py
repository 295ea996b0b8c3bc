"""Out through this gate with another gate's slip: nobody is kept, and that gate is told.

Each gate has its own book, so the visit itself is closed over there; here stands that its slip was
seen going out, until somebody has told the other gate.
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk.columns import day, moment, whole
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Row
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from visitors.rules import listed
from visitors.slip_code import SlipCode

KIND = "visit.left_here"
_WHAT = N_("Slip {number} of gate {gate} went out here, that gate does not know yet")
_STEP = N_("Tell gate {gate} by telephone, then say so here")


class LeftHere(Row, table=True):
    """Another gate's slip that went out here. ``day`` is that gate's, the moments are UTC."""

    __tablename__ = "left_here"

    gate: str
    day: date = day()
    number: int = whole()
    seen_at: datetime = moment()
    seen_by: str
    told_at: datetime | None = moment(optional=True, index=True)
    told_by: str = ""


SEEN = select(LeftHere).where(
    col(LeftHere.gate) == bindparam("gate"), col(LeftHere.day) == bindparam("day"),
    col(LeftHere.number) == bindparam("number"),
)  # fmt: skip
UNTOLD = select(LeftHere).where(col(LeftHere.told_at).is_(None)).order_by(col(LeftHere.seen_at))
ONE = select(LeftHere).where(col(LeftHere.id) == bindparam("id"))


def note(tx: Transaction, code: SlipCode) -> None:
    """Write down that another gate's slip went out here; scanned again it is the same leaving.

    Records ``slip.of_other_gate``.
    """
    seen = tx.one(SEEN, gate=code.gate, day=code.day, number=code.number)
    if seen is None:
        tx.put(
            LeftHere(
                gate=code.gate, day=code.day, number=code.number, seen_at=tx.now, seen_by=tx.by
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


def untold(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield the slips that went out here and whose gate does not know yet."""
    for row in book.all(UNTOLD):
        number = listed(row.day, row.number, desk.today())
        facts = {"number": number, "gate": row.gate}
        yield OpenThing(
            kind=KIND, ref=row.id, number=number, urgency=Urgency.WAITING,
            what=Wording(_WHAT, facts), since=row.seen_at,
            next_step=Wording(_STEP, {"gate": row.gate}), facts=facts,
        )  # fmt: skip
