"""One person let in at two gates as two visits: both stay, until somebody signs which is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import bindparam
from sqlmodel import col, select

from kiosk.desk import names
from kiosk.desk.columns import moment
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import DESK_ROLES, MANAGERS, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.row import Merge, Row
from kiosk.desk.signing import Proof
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import N_
from visitors import rules
from visitors.gates.gave_way import GAVE_WAY, GaveWay
from visitors.models import ReturnSlip, State, Visit
from visitors.rules import Step, listed
from visitors.service import save, visit_of
from visitors.wording import day_and_hour

KIND = "visit.twice"
_WHAT = N_("{visitor} is inside twice: {first} by {first_gate}, {second} by {second_gate}")
_STEP = N_("Ask {host} which is right, then sign it with badge and PIN")
_PAIRS = """
SELECT a.id, b.id FROM visit a JOIN visit b ON b.id_hash = a.id_hash
WHERE a.state = 'admitted' AND b.state = 'admitted' AND a.id_hash <> ''
  AND b.id > a.id AND b.gate <> a.gate
UNION
SELECT a.id, b.id FROM visit a
JOIN visit_words v ON v.id = a.id AND v.same_phone <> ''
JOIN visit_words w ON w.same_phone = v.same_phone AND w.id > v.id
JOIN visit b ON b.id = w.id
WHERE a.state = 'admitted' AND b.state = 'admitted' AND b.gate <> a.gate
"""


class Right(StrEnum):
    """What somebody signs of two visits that look like one person."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"  # two people


class TwoPeople(Row, table=True):
    """Two visits of two people, though number or telephone say one; its id is both visits'."""

    __tablename__ = "visit_two_people"
    merged: ClassVar[Merge] = Merge.NEWEST

    decided_at: datetime = moment()
    decided_by: str


_DECIDED = select(TwoPeople).where(col(TwoPeople.id) == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Twice:
    """Two visits of one person who is inside by both; ``ref`` names the pair."""

    first: Visit
    second: Visit
    host: Person

    @property
    def ref(self) -> str:
        """The ids of both."""
        return f"{self.first.id}+{self.second.id}"


def may_decide(person: Person) -> bool:
    """Say whether the person may sign which visit is right: who serves a desk, or a manager."""
    return person.role in DESK_ROLES or person.rank in MANAGERS


def twice_inside(book: Book) -> Iterator[Twice]:
    """Yield whom two gates let in: by the same identity number, or the same name and telephone."""
    for first_id, second_id in book.connection.execute(_PAIRS).fetchall():
        if not are_two_people(book, first_id, second_id):
            first, host = visit_of(book, first_id)
            yield Twice(first, visit_of(book, second_id)[0], host)


def are_two_people(book: Book, one_id: str, other_id: str) -> bool:
    """Say whether somebody signed that two visits are of two people."""
    return book.one(_DECIDED, id="+".join(sorted((one_id, other_id)))) is not None


def things(desk: Desk, book: Book) -> Iterator[OpenThing]:
    """Yield one open thing for each of them; a desk that stands alone has none."""
    if desk.settings.hub.alone:
        return
    for one in twice_inside(book):
        facts = facts_of(desk, book, one)
        yield OpenThing(
            kind=KIND, ref=one.ref, number=str(facts["second"]), urgency=Urgency.NOW,
            what=Wording(_WHAT, facts), since=one.second.admitted_at or one.second.made_at,
            owner=one.host.staff_no, next_step=Wording(_STEP, {"host": names.address(one.host)}),
            facts=facts,
        )  # fmt: skip


def facts_of(desk: Desk, book: Book, one: Twice) -> dict[str, object]:
    """Return what the sentence and the question need: who, both numbers and both gates."""
    today = desk.today()
    return {
        "number": listed(one.second.day, one.second.number, today),
        "visitor": names.visitor_address(
            book.read_sealed(one.first.name), book.read_sealed(one.first.form, erased="")
        ),
        "first": listed(one.first.day, one.first.number, today),
        "first_gate": gate_name(desk, book, one.first.gate),
        "first_at": day_and_hour(desk, one.first.admitted_at),
        "second_at": day_and_hour(desk, one.second.admitted_at),
        "second": listed(one.second.day, one.second.number, today),
        "second_gate": gate_name(desk, book, one.second.gate),
    }  # fmt: skip


def decide(desk: Desk, by: str, ref: str, right: Right, proof: Proof) -> None:
    """Write which visit is right, signed by ``proof``: the other is void, and stays readable.

    One person stays inside by the one that is right, whatever another desk decides meanwhile
    (``reinstating``). Records ``visit.twice_decided``. Raises
    ``Refused``: ``visit.twice_not_yours``, ``visit.twice_decided`` once one of them is not inside
    any more or somebody has signed.
    """
    if not may_decide(proof.person):
        raise Refused("visit.twice_not_yours", name=proof.person.name)
    with desk.write(by=by) as tx:
        first, second = _both(tx, ref)
        if right is Right.BOTH:
            tx.put(TwoPeople(id=ref, decided_at=tx.now, decided_by=proof.person.staff_no))
        else:
            stands, wrong = (first, second) if right is Right.FIRST else (second, first)
            _void(tx, wrong, stands, proof)
        tx.record(
            "visit.twice_decided",
            visits=[first.id, second.id], right=right.value, signed_by=proof.person.staff_no,
            means=proof.means.value,
        )  # fmt: skip


def _both(tx: Transaction, ref: str) -> tuple[Visit, Visit]:
    first, second = (visit_of(tx, visit_id)[0] for visit_id in ref.split("+"))
    inside = first.state is State.ADMITTED and second.state is State.ADMITTED
    if not inside or are_two_people(tx, first.id, second.id):
        raise Refused("visit.twice_decided")
    return first, second


def _void(tx: Transaction, wrong: Visit, stands: Visit, proof: Proof) -> None:
    """Make the wrong one void, and keep for which: another desk may say the opposite meanwhile."""
    wrong.state = rules.after(wrong, Step.VOID)
    wrong.return_slip, wrong.reason_code, wrong.reason = ReturnSlip.NONE, "", ""
    gave_way = tx.one(GAVE_WAY, id=wrong.id) or GaveWay(
        id=wrong.id, right_id=stands.id, decided_at=tx.now, decided_by=proof.person.staff_no
    )
    gave_way.right_id, gave_way.decided_at = stands.id, tx.now
    gave_way.decided_by = proof.person.staff_no
    tx.put(gave_way)
    if (stale := tx.one(GAVE_WAY, id=stands.id)) is not None:
        tx.drop(stale)  # it was void once, and stands since
    number = rules.spoken(wrong.number)
    save(tx, wrong, "visit.voided", number=number, was=State.ADMITTED.value, twice=True)
