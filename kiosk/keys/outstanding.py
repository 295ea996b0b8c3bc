"""What the ledger has open: things out, words owed, losses undecided, counts that do not agree."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.loans import DUE_LOANS, OWED_LOANS, Loan, Thing
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person, person_by_id
from kiosk.desk.stock import COUNT_DUE, StockTake, last_take, ledger_count_at
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_
from kiosk.keys import rules
from kiosk.keys.asking import holder_name
from kiosk.keys.elsewhere import outstanding_elsewhere
from kiosk.keys.heads import Heads, head_is_due, head_of, heads_of_all
from kiosk.keys.holdings import owing, to_confirm, word_number
from kiosk.keys.models import KEPT_AND_RESERVED, LOSSES_TO_DECIDE, RESERVATIONS, Reservation

Wishes = Mapping[str, Sequence[tuple[Reservation, Person]]]
"""Of every thing that is reserved, by its id, the reservations, the first to begin first."""

_WHAT = {
    Urgency.QUIET: N_("{thing}: {holder}"),
    Urgency.SOON: N_("{thing}: {holder}, due soon"),
    Urgency.WAITING: N_("{thing}: {holder}, due now"),
    Urgency.NOW: N_("{thing}: {holder}, overdue"),
}
_RECALLED = N_("{thing}: {holder}, called back")
_RECALLED_FOR = N_("{thing}: {holder}, called back: {reason}")
_REMIND = N_("Remind {holder}, extension {extension}")
_REMIND_IN_PERSON = N_("Remind {holder}")
_CALL_HEAD = N_("Tell {head} (head of section of {holder}), extension {extension}")
_TELL_HEAD_NAMED = N_("Tell {head}, head of section of {holder}")
_TELL_OFFICE = N_("Tell the office: {holder} still has it")
_WISHED = N_("Call it back: {name} has reserved it from {since}")
_OWED = N_("{thing}: {holder}, tap owed")
_OWED_BY = N_("{name} taps badge and PIN here")
_OWED_BY_TWO = N_("{first} and {second} tap badge and PIN here")
_OWED_BY_ANYBODY = N_("A manager taps badge and PIN here")
_LOST = N_("{thing} is lost: what follows is not decided")
_DECIDE = N_("Ask the office: change the lock, a new copy, or nothing")
_NEVER_COUNTED = N_("Keys were never counted")
_COUNT_DUE = N_("Keys not counted since {since}")
_COUNT = N_("Count them: F4, then I")
_DIFFERS = N_("Last count does not agree: {missing} missing, {other} other differences")
_LOOK = N_("Look for what is missing, then count again")
_UNCONFIRMED = N_("{name} has not confirmed what is held since {since}")
_CONFIRM = N_("{name} confirms it here: F4, then P")


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return everything the ledger has open, as the ladder of the regulations has it.

    What a visitor has is an open thing of the visit: it stands once in the list.
    """
    now = desk.clock()
    wishes, heads = _wishes(book, now), heads_of_all(book)
    return [
        *(
            _loan(desk, book, now, wishes, *found, heads)
            for found in book.all(DUE_LOANS)
            if not found[0].visit_id
        ),
        *_kept(desk, book, now, wishes),
        *_owed(desk, book, now),
        *_losses(book),
        *outstanding_elsewhere(book),
        *_counts(desk, book, now),
        *_unconfirmed(desk, book),
    ]


def _wishes(book: Book, now: datetime) -> Wishes:
    wishes: dict[str, list[tuple[Reservation, Person]]] = {}
    for reservation, thing, person in book.all(RESERVATIONS, now=now):
        wishes.setdefault(thing.id, []).append((reservation, person))
    return wishes


def _kept(desk: Desk, book: Book, now: datetime, wishes: Wishes) -> Iterator[OpenThing]:
    """Yield what is held for good though somebody else has reserved it: it must be called back."""
    for loan, thing, holder in book.all(KEPT_AND_RESERVED, now=now):
        if _wished(desk, wishes, loan) is not None:
            yield _loan(desk, book, now, wishes, loan, thing, holder)


def _loan(
    desk: Desk, book: Book, now: datetime, wishes: Wishes, loan: Loan, thing: Thing,
    holder: Person | None, heads: Heads | None = None,
) -> OpenThing:  # fmt: skip
    urgency = rules.loan_urgency(loan, now, desk.rules)
    name = holder_name(loan, holder)
    template, told = _WHAT[urgency], {"thing": thing.label, "holder": name}
    facts: dict[str, object] = {
        "number": loan.number, "thing": thing.label, "holder": name,
        "out_at": loan.out_at, "due_at": loan.due_at,
    }  # fmt: skip
    if loan.recalled_at is not None:
        reason = book.read_sealed(loan.recall_reason, erased="")
        template = _RECALLED_FOR if reason else _RECALLED
        told |= {"reason": reason} if reason else {}
        facts["recalled"] = reason
    next_step = _next_step(desk, book, urgency, loan, holder, heads)
    if next_step is None and loan.recalled_at is None:
        next_step = _wished(desk, wishes, loan)
        urgency = urgency if next_step is None else Urgency.SOON
    return OpenThing(
        kind="loan.out",
        ref=loan.id,
        number=loan.number,
        urgency=urgency,
        what=Wording(template, told),
        since=loan.out_at if loan.due_at is not None else loan.recalled_at or loan.out_at,
        due=loan.due_at,
        next_step=next_step,
        facts=facts,
    )


def _next_step(
    desk: Desk, book: Book, urgency: Urgency, loan: Loan, holder: Person | None,
    heads: Heads | None,
) -> Wording | None:  # fmt: skip
    if urgency is Urgency.QUIET:
        return None
    name = holder_name(loan, holder)
    if head_is_due(desk, loan):
        return _who_is_told(name, head_of(book, holder, heads))
    if holder is None or not holder.extension:
        return Wording(_REMIND_IN_PERSON, {"holder": name})
    return Wording(_REMIND, {"holder": name, "extension": holder.extension})


def _wished(desk: Desk, wishes: Wishes, loan: Loan) -> Wording | None:
    """Return what to do about a thing that somebody else has reserved from before it is due."""
    booked = wishes.get(loan.thing_id, ())
    another = next((one for one in booked if one[1].id != loan.holder_id), None)
    if another is None:
        return None
    reservation, person = another
    if loan.due_at is not None and reservation.from_at >= loan.due_at:
        return None
    since = desk.local(reservation.from_at).strftime("%m-%d %H:%M")
    return Wording(_WISHED, {"name": person.name, "since": since})


def _who_is_told(name: str, head: Person | None) -> Wording:
    if head is None:
        return Wording(_TELL_OFFICE, {"holder": name})
    facts = {"head": head.name, "holder": name}
    if not head.extension:
        return Wording(_TELL_HEAD_NAMED, facts)
    return Wording(_CALL_HEAD, facts | {"extension": head.extension})


def _owed(desk: Desk, book: Book, now: datetime) -> Iterator[OpenThing]:
    for loan, thing, holder in book.all(OWED_LOANS):
        due = loan.out_at + timedelta(hours=desk.rules.loan_debt_h)
        yield OpenThing(
            kind="loan.word_owed",
            ref=loan.id,
            number=word_number(loan),
            urgency=Urgency.NOW if due <= now else Urgency.WAITING,
            what=Wording(_OWED, {"thing": thing.label, "holder": holder_name(loan, holder)}),
            since=loan.out_at,
            due=due,
            next_step=_who_taps(book, loan),
        )


def _who_taps(book: Book, loan: Loan) -> Wording:
    """Return who gives the word owed: by telephone who said yes, while he is a manager here."""
    said = (person_by_id(book, one) for one in owing(loan))
    match [one.name for one in said if rules.manages(one)]:
        case [first, second]:
            return Wording(_OWED_BY_TWO, {"first": first, "second": second})
        case [name]:
            return Wording(_OWED_BY, {"name": name})
        case _:
            return Wording(_OWED_BY_ANYBODY)


def _losses(book: Book) -> Iterator[OpenThing]:
    for loss, thing in book.all(LOSSES_TO_DECIDE):
        yield OpenThing(
            kind="thing.lost",
            ref=loss.id,
            number=loss.number,
            urgency=Urgency.NOW,
            what=Wording(_LOST, {"thing": thing.label}),
            since=loss.reported_at,
            next_step=Wording(_DECIDE),
            facts={"thing": thing.label},
        )


def _counts(desk: Desk, book: Book, now: datetime) -> Iterator[OpenThing]:
    hours = desk.rules.stock_take_h
    if not hours or not ledger_count_at(book, desk.gate).all:
        return
    take = last_take(book, desk.gate)
    if take is None or take.finished_at is None:
        yield _stock(COUNT_DUE, desk.gate, "", Wording(_NEVER_COUNTED), now, _COUNT)
        return
    if take.missing or take.differing or take.unknown:
        yield _differs(take, take.finished_at)
    if take.finished_at + timedelta(hours=hours) <= now:
        since = desk.local(take.finished_at).strftime("%m-%d %H:%M")
        what = Wording(_COUNT_DUE, {"since": since})
        yield _stock(COUNT_DUE, desk.gate, "", what, take.finished_at, _COUNT)


def _differs(take: StockTake, at: datetime) -> OpenThing:
    facts = {"missing": take.missing, "other": take.differing + take.unknown}
    found = _stock("stock.differs", take.id, take.number, Wording(_DIFFERS, facts), at, _LOOK)
    return OpenThing(
        found.kind, found.ref, found.number, Urgency.WAITING, found.what, found.since,
        next_step=found.next_step,
    )  # fmt: skip


def _stock(
    kind: str, ref: str, number: str, what: Wording, since: datetime, step: str
) -> OpenThing:
    return OpenThing(kind, ref, number, Urgency.QUIET, what, since, next_step=Wording(step))


def _unconfirmed(desk: Desk, book: Book) -> Iterator[OpenThing]:
    for person, since in to_confirm(desk, book):
        day = desk.local(since).strftime("%Y-%m-%d")
        yield OpenThing(
            kind="loan.unconfirmed",
            ref=person.id,
            number=person.staff_no,
            urgency=Urgency.QUIET,
            what=Wording(_UNCONFIRMED, {"name": person.name, "since": day}),
            since=since,
            next_step=Wording(_CONFIRM, {"name": person.name}),
        )
