"""Let in at once whoever helps, and write down afterwards what is owed (clauses 98, 103).

Nobody's yes and no slip is waited for. Until somebody responsible is named, who opened the gate
answers for the visit. People are never kept: who leaves, leaves, and the debt stays open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.numbers import next_number
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean, legible
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _
from visitors import plates, rules
from visitors.appointments import usual_times
from visitors.emergency.models import OWED, EmergencyEntry, Kind
from visitors.emergency.words import KIND_WORDS
from visitors.models import Origin, Visit
from visitors.rules import MOST_PEOPLE, Details, Step
from visitors.service import host_by_staff_no, new_visit, save

LONGEST_PLATE, LONGEST_TOLD = 20, 80


@dataclass(frozen=True, slots=True)
class Entered:
    """Who was let in: the visit's id and number, and until when (UTC) the rest is due."""

    visit: str
    number: str
    due: datetime


def admit_at_once(
    desk: Desk, by: str, kind: Kind, people: str = "", plate: str = ""
) -> Entered:  # fmt: skip
    """Let in whoever helps, in one step: a visit with number and hour, and a debt of its fields.

    ``people`` is their number as typed, "" when nobody has counted them; ``plate`` their vehicle's.
    What is owed is due in ``rules.emergency_debt_h`` hours. Records ``visit.emergency_admitted``.
    Raises ``Refused``: ``visit.people_count``, ``visit.field_too_long``.
    """
    count = counted_people(people)
    vehicle = plates.plate(short_words("plate", plate, LONGEST_PLATE))
    with desk.write(by=by) as tx:
        guard = host_by_staff_no(tx, by)
        said = Details(name=_(KIND_WORDS[kind]), matter="", people=count or 1)
        visit = new_visit(tx, desk, said, guard, usual_times(desk, tx.now), Origin.EMERGENCY)
        visit.state = rules.after(visit, Step.ENTER_IN_EMERGENCY)
        visit.number = next_number(tx, f"visit/{desk.gate}/{visit.day.isoformat()}")
        visit.arrived_at = visit.admitted_at = tx.now
        visit.admitted_by = by
        visit.plate = tx.seal(visit.subject, vehicle)
        entry = _debt(tx, desk, visit, kind, counted=bool(count))
        save(
            tx, visit, "visit.emergency_admitted",
            number=rules.spoken(visit.number), kind=kind.value, people=count, owed=entry.owed,
            due=entry.due_at.isoformat(),
        )  # fmt: skip
        return Entered(visit.id, rules.spoken(visit.number), entry.due_at)


def _debt(
    tx: Transaction, desk: Desk, visit: Visit, kind: Kind, *, counted: bool
) -> EmergencyEntry:  # fmt: skip
    owed = " ".join(field for field in OWED if not (counted and field == "people"))
    due = tx.now + timedelta(hours=desk.rules.emergency_debt_h)
    return tx.put(EmergencyEntry(id=visit.id, kind=kind, owed=owed, due_at=due))


def counted_people(typed: str) -> int:
    """Return the number that was typed, 0 for none; raise ``Refused("visit.people_count")``."""
    text = clean(typed, 20).strip()
    if not text:
        return 0
    if not text.isdecimal() or not 1 <= int(text[:4]) <= MOST_PEOPLE:
        raise Refused("visit.people_count", field="people", most=MOST_PEOPLE)
    return int(text)


def short_words(field: str, text: str, most: int) -> str:
    """Return what was typed, cleaned; raise ``Refused("visit.field_too_long")``."""
    shown = legible(text, most + 1)
    if len(shown) > most:
        raise Refused("visit.field_too_long", field=field, most=most)
    return shown
