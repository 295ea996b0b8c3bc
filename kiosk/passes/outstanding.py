"""What is open about passes: a manager's yes, goods that may go, and what must come back."""

from datetime import date, datetime, time

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, ngettext
from kiosk.passes.models import OPEN, OUT_BY, WAITING, GoodsPass, State
from kiosk.passes.reading import items_of
from kiosk.passes.rules import is_over, is_told, urgency

KINDS = {
    State.WAITING: "pass.waiting",
    State.VALID: "pass.valid",
    State.OUT: "pass.out",
}
_WHAT = {
    State.WAITING: N_("Pass asked for by {asker}: waits for a manager's yes"),
    State.VALID: N_("Pass of {asker}: may go out until {day}"),
    State.OUT: N_("Out on a pass of {asker}: {n} to come back by {day}"),
}
_NEXT = {
    State.WAITING: N_("A manager taps here and types the PIN"),
    State.VALID: N_("Scan the pass at the gate and compare"),
    State.OUT: N_("Compare what comes back, line by line"),
}
_LAST_MINUTE = time(23, 59)
_CALL = N_("Call {asker}, ext. {extension}: it is overdue")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every pass that waits, may still be used, or has something out.

    Carriers and goods are not named: the list is read by everybody at the desk.
    """
    return [
        _thing(desk, book, one, asker)
        for one, asker in book.all(OPEN)
        if not is_over(one, desk.today())
    ]


def _thing(desk: Desk, book: Book, one: GoodsPass, asker: Person) -> OpenThing:
    grown = urgency(one, desk.today(), desk.rules)
    until = one.back_on if one.state is State.OUT else one.valid_until
    return OpenThing(
        kind=KINDS[one.state], ref=one.id, number=one.number, urgency=grown,
        what=_what(book, one, asker), since=one.used_at or one.approved_at or one.asked_at,
        due=None if until is None else _end_of(until, desk),
        owner=asker.staff_no, next_step=_next_step(one, asker, grown),
        facts={"number": one.number, "asker": asker.name},
    )  # fmt: skip


def _end_of(day: date, desk: Desk) -> datetime:
    return datetime.combine(day, _LAST_MINUTE, desk.zone)


def _what(book: Book, one: GoodsPass, asker: Person) -> Wording:
    facts: dict[str, object] = {"asker": asker.name}
    if one.state is State.OUT:
        facts["n"] = sum(item.went - item.back for item in items_of(book, one))
    day = one.back_on if one.state is State.OUT else one.valid_until
    if day is not None:
        facts["day"] = f"{day:%m-%d}"
    return Wording(_WHAT[one.state], facts)


def _next_step(one: GoodsPass, asker: Person, grown: Urgency) -> Wording:
    late = one.state is State.OUT and grown <= Urgency.WAITING
    if late and asker.extension:
        return Wording(_CALL, {"asker": asker.name, "extension": asker.extension})
    return Wording(_NEXT[one.state])


def note(desk: Desk, book: Book, person: Person) -> str:
    """Return what a manager who taps is told: how many passes wait for a yes; "" for none."""
    del desk
    n = sum(is_told(one, asker, person) for one, asker in book.all(WAITING))
    if not n:
        return ""
    told = ngettext("{n} pass to approve: at the desk", "{n} passes to approve: at the desk", n)
    return told.format(n=n)


def held_for_leaver(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Return everything that must come back from who leaves the house (clause 76).

    Who carried it answers for it; for what an outsider carried, who asked for the pass.
    """
    del desk
    return [
        Holding(
            KINDS[State.OUT], one.id, one.number,
            _what(book, one, person_by_id(book, one.asker_id)), one.used_at or one.asked_at,
            Wording(_NEXT[State.OUT]),
        )
        for one in book.all(OUT_BY, person=person.id)
    ]  # fmt: skip
