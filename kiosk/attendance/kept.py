"""What is written with every raw tap: where the person is, and what the journal says."""

from datetime import date
from typing import Any

from kiosk.attendance.models import Tap
from kiosk.attendance.rules import Marks
from kiosk.desk.people import Person
from kiosk.desk.presence import Presence, Whereabouts
from kiosk.desk.transaction import Transaction


def move(
    tx: Transaction, person: Person, here: Presence | None, kind: Whereabouts, today: date
) -> None:
    """Note where the person is from now on; ``today`` is the day the tap counts for."""
    if here is None:
        here = Presence(
            id=person.id, person_id=person.id, state=kind, since=tx.now, day=today, tapped_at=tx.now
        )
    here.state, here.since, here.day, here.tapped_at = kind, tx.now, today, tx.now
    tx.put(here)


def facts_of(made: Tap, person: Person, marks: Marks) -> dict[str, Any]:
    """Return what the journal's entry of a tap says, apart from what is odd about it."""
    facts = {
        "person": person.staff_no, "device": made.device, "means": made.means.value,
        "late_min": marks.late_min, "early_min": marks.early_min,
        "out_of_window": marks.out_of_window,
    }  # fmt: skip
    return facts | ({"confirmed_by": made.confirmed_by} if made.confirmed_by else {})
