"""Tonight's overtime, for the guard to know, and who is inside on nobody's word (clause 90)."""

from collections.abc import Iterator, Sequence

from kiosk.attendance.overtime import service
from kiosk.attendance.overtime.service import Unlisted
from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.overtime import Overtime, Spell
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_

TONIGHT, UNLISTED = "overtime.tonight", "overtime.unlisted"
"""The kinds of open things."""

_TONIGHT = N_("{name} works {since} - {until}, {rooms}")
_WAITS = N_("{name} has asked for overtime {since} - {until}: not approved")
_UNLISTED = N_("{name} is in after hours and on no overtime list")
_SEVERAL = N_("{name} and others ({n}) are in after hours and on no overtime list")
_UNLISTED_STEP = N_("Ask the leader on duty by telephone: F7, 5")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return the spells of today and tonight; who is in without one is one thing, however many."""
    return [
        *(_spell(desk, *found) for found in service.listed(desk, book)),
        *_unlisted(desk, service.unlisted(desk, book)),
    ]


def _spell(desk: Desk, spell: Overtime, person: Person) -> OpenThing:
    facts = {
        "name": person.name, "since": f"{desk.local(spell.from_at):%H:%M}",
        "until": f"{desk.local(spell.until_at):%H:%M}", "rooms": spell.rooms or "-",
    }  # fmt: skip
    what = _WAITS if spell.state is Spell.ASKED else _TONIGHT
    return OpenThing(
        TONIGHT, spell.id, spell.number, Urgency.QUIET, Wording(what, facts), spell.from_at,
        due=spell.until_at, owner=person.staff_no, facts=facts,
    )  # fmt: skip


def _unlisted(desk: Desk, found: Sequence[Unlisted]) -> Iterator[OpenThing]:
    if not found:
        return
    first = min(found, key=lambda one: one.since)
    facts = {"name": first.person.name, "n": len(found)}
    yield OpenThing(
        UNLISTED, f"unlisted-{desk.work_day(desk.clock())}", "", Urgency.WAITING,
        Wording(_UNLISTED if len(found) == 1 else _SEVERAL, facts), first.since,
        next_step=Wording(_UNLISTED_STEP), facts=facts,
    )  # fmt: skip
