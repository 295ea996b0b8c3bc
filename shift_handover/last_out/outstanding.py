"""What the last out leaves open for the guard: no list, a list to be checked, a line in dispute."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.outstanding import OpenThing, Urgency, Wording
from kiosk.desk.people import Person
from kiosk.desk.transaction import Book
from kiosk.desk.words import N_, pgettext
from shift_handover.last_out import seen_gone
from shift_handover.last_out.models import LIST, OPEN_DISPUTES, OPEN_LISTS, PEOPLE_OF, ListState
from shift_handover.last_out.presence import missing
from shift_handover.last_out.rules import item_word
from shift_handover.last_out.service import number_of, unchecked_lists

MISSING, UNCHECKED, DISPUTED = "lastout.missed", "lastout.unchecked", "lastout.disputed"


def outstanding(desk: Desk, book: Book) -> list[OpenThing]:
    """Return every open thing of the lock-up lists."""
    lists = [*_missing(desk, book), *_unchecked(desk, book), *_disputed(book)]
    return [*lists, *seen_gone.outstanding(desk, book)]


def _missing(desk: Desk, book: Book) -> list[OpenThing]:
    recorded = [one for one in book.all(OPEN_LISTS) if one.state is ListState.MISSED]
    things = []
    for one in recorded:
        people = [person for _row, person in book.all(PEOPLE_OF, list=one.id)]
        things.append(_left(one.id, one.number, people, one.at))
    gone = missing(desk, book)
    if gone is not None and book.one(LIST, id=gone.ref) is None:
        number = number_of(desk, gone)
        things.append(_left(gone.ref, number, list(gone.unsigned), gone.left_at))
    return things


def _left(ref: str, number: str, people: list[Person], at: datetime) -> OpenThing:
    names = _names(people)
    return OpenThing(
        kind=MISSING, ref=ref, number=number, urgency=Urgency.WAITING, since=at,
        what=Wording(N_("{names} left as the last without the list"), {"names": names}),
        next_step=Wording(N_("Go round now and say what you found")),
    )  # fmt: skip


def _names(people: Iterable[Person]) -> str:
    return pgettext("list", ", ").join(person.name for person in people)


def _unchecked(desk: Desk, book: Book) -> list[OpenThing]:
    late = desk.clock() - timedelta(hours=desk.rules.last_out_check_h)
    return [
        OpenThing(
            kind=UNCHECKED, ref=one.id, number=one.number,
            urgency=Urgency.NOW if one.at <= late else Urgency.WAITING, since=one.at,
            what=Wording(
                N_("Lock-up list of {names}: {n} lines to look at on your round"),
                {"names": _names(one.people), "n": one.unchecked},
            ),
            due=one.at + timedelta(hours=desk.rules.last_out_check_h),
            next_step=Wording(N_("Look at each line and confirm or dispute it")),
        )
        for one in unchecked_lists(book)
    ]  # fmt: skip


def _disputed(book: Book) -> list[OpenThing]:
    return [
        OpenThing(
            kind=DISPUTED, ref=line.id, number=f"{made.number}.{line.place}",
            urgency=Urgency.WAITING, since=line.checked_at or made.at,
            what=Wording(
                N_("Not as signed: {item}. Found: {found}"),
                {"item": item_word(line.item), "found": book.read_sealed(line.found)},
            ),
            next_step=Wording(N_("Put it right and ask who signed it")),
        )
        for line, made in book.all(OPEN_DISPUTES)
    ]  # fmt: skip
