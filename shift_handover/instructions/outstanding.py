"""What is in force is open: amber until who is on duty knows it, then until its time is over."""

from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Wording
from kiosk.desk.people import Person, Role
from kiosk.desk.posts import on_duty
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext
from shift_handover.instructions.models import NOT_KNOWN_TO, Sort
from shift_handover.instructions.rules import urgency
from shift_handover.instructions.service import InstructionShown, in_force

_UNTIL = N_("{words} ({giver}, until {until})")
_OPEN_END = N_("{words} ({giver})")
_READ = N_("{name} reads it and taps: F3, then 7")
_KEEP_TO = N_("Keep to it until it is over")
_CLOSE = N_("Close it when it is over: F3, then 7")
_READERS = frozenset({Role.GUARD, Role.RECEPTIONIST})


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every instruction and notice in force as an open thing."""
    held = on_duty(book, desk.gate)
    guard = held[1] if held is not None else None
    return [_thing(desk, shown, guard) for shown in in_force(desk, book)]


def _thing(desk: Desk, shown: InstructionShown, guard: Person | None) -> OpenThing:
    known = {person.id for person in shown.known_to}
    names = " ".join(person.name for person in shown.known_to)
    return OpenThing(
        kind=shown.sort.value, ref=shown.id, number=shown.number,
        urgency=urgency(shown.sort, guard.id if guard else "", known), what=_what(desk, shown),
        since=shown.given_at, owner=guard.staff_no if guard else "",
        next_step=_next_step(shown, guard, known),
        facts={
            "number": shown.number, "words": shown.words, "giver": shown.giver.name,
            "valid_until": shown.valid_until, "known_by": names,
        },
    )  # fmt: skip


def _what(desk: Desk, shown: InstructionShown) -> Wording:
    facts = {"words": shown.words, "giver": shown.giver.name}
    if shown.valid_until is None:
        return Wording(_OPEN_END, facts)
    return Wording(_UNTIL, facts | {"until": until_words(desk, shown.valid_until)})


def _next_step(shown: InstructionShown, guard: Person | None, known: set[str]) -> Wording:
    if shown.sort is Sort.NOTICE:
        return Wording(_CLOSE)
    if guard is not None and guard.id not in known:
        return Wording(_READ, {"name": guard.name})
    return Wording(_KEEP_TO)


def until_words(desk: Desk, moment: datetime | None) -> str:
    """Return month, day and hour of an end as the site's clock has it, "" for none."""
    return desk.local(moment).strftime("%m-%d %H:%M") if moment is not None else ""


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a guard who taps is told: how many instructions are not known yet; "" for none.

    It stands where everybody at the gate sees it, so it says nothing of them.
    """
    if person.role not in _READERS:
        return ""
    n = book.one(NOT_KNOWN_TO, person=person.id, now=desk.clock()) or 0
    if not n:
        return ""
    told = ngettext(
        "{n} instruction to read: F3, then 7", "{n} instructions to read: F3, then 7", n
    )
    return told.format(n=n)
