"""Temporary badges that are out: open until they are back, and before anybody leaves for good."""

from kiosk.attendance.spares.models import LENT, LENT_TO, SpareBadge, SpareLending
from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

LENT_OUT = "badge.lent"
"""The kind of open thing."""

_HAS = N_("{name} has temporary badge {label}")
_NOT_BACK = N_("{name} has not brought temporary badge {label} back")
_STEP = N_("Taken back: F7, T, tap it")
_WHAT = N_("Temporary badge {label}")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the temporary badges that are out: quiet on their day, to be asked for after it."""
    today = desk.work_day(desk.clock())
    return [_thing(*found, late=found[0].day < today) for found in book.all(LENT)]


def _thing(lending: SpareLending, spare: SpareBadge, person: Person, *, late: bool) -> OpenThing:
    facts = {"name": person.name, "label": spare.label}
    return OpenThing(
        LENT_OUT, spare.id, lending.number, Urgency.WAITING if late else Urgency.QUIET,
        Wording(_NOT_BACK if late else _HAS, facts), lending.lent_at, owner=person.staff_no,
        next_step=Wording(_STEP, facts), facts=facts,
    )  # fmt: skip


def holdings(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return the temporary badge that who leaves still has (clause 76)."""
    del desk
    found = book.one(LENT_TO, person=person.id)
    if found is None:
        return []
    lending, spare = found
    facts = {"name": person.name, "label": spare.label}
    return [
        Holding(
            LENT_OUT, spare.id, lending.number, Wording(_WHAT, facts), lending.lent_at,
            Wording(_STEP, facts),
        )
    ]  # fmt: skip
