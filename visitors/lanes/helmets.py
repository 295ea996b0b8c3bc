"""Helmets (clause 145): without a helmet's number, or an own one, no slip for that zone.

What went out stands in ``Visit.helmet``; it is out until ``Visit.helmet_back_at`` says when it came
back. Somebody who sees the visitor leave compares it and takes it back with the same key or scan.
"""

import re
import unicodedata
from datetime import datetime

from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import _
from visitors import rules
from visitors.exit.ending import helmet_brought
from visitors.lanes.rules import rules_of_visit
from visitors.lanes.table import LaneRules
from visitors.models import State, Visit
from visitors.service import save, visit_of

OWN = "own"
"""The visitor wears a helmet of his own."""
STAYS_OUT = "stays_out"
"""The visitor does not enter the zone, and the slip says so."""
OWN_KEY, STAYS_OUT_KEY = "o", "n"
"""What is typed for them."""
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}", re.ASCII).fullmatch
_WITH_HELMET = (
    select(Visit, Person)
    .join(Person, col(Person.id) == col(Visit.host_id))
    .where(
        col(Visit.helmet) > "",
        col(Visit.helmet) != OWN,
        col(Visit.helmet) != STAYS_OUT,
        col(Visit.helmet_back_at).is_(None),
        # Who was let in, said so that SQLite goes by the few helmets and not by all who have left.
        col(Visit.admitted_at).is_not(None),
    )
    .order_by(col(Visit.admitted_at))
)


def needed(desk: Desk, asks: LaneRules, area: str) -> bool:
    """Say whether a visit of this kind to this area leads where a helmet is worn."""
    return asks.helmet or any(
        _plain(one) in _plain(area) for one in desk.settings.site.helmet_areas
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def word(helmet: str) -> str:
    """Return what a visit says of helmets as people read it: numbers, an own one, or not there."""
    if helmet == STAYS_OUT:
        return _("does not enter there")
    return helmet.replace(OWN, _("own helmet"))


def numbers(helmet: str) -> tuple[str, ...]:
    """Return the numbers of the house's helmets in what a visit says; none of an own one."""
    return tuple(one for one in helmet.split() if one not in {OWN, STAYS_OUT})


def all_have_one(helmet: str, people: int) -> bool:
    """Say whether each of so many has a helmet by what the visit says: not who stays out."""
    if helmet in {"", STAYS_OUT}:
        return False
    return helmet == OWN or len(helmet.split()) >= people


def read(typed: str, people: int) -> str:
    """Return what ``Visit.helmet`` keeps of what was typed: numbers, O for an own one, N.

    One O or N is for the whole party; else each of the ``people`` has a number or an O. Raises
    ``Refused``: ``visit.helmet_unclear``, ``visit.helmet_count``, ``visit.helmet_twice``.
    """
    given = _words(typed)
    if given == [STAYS_OUT_KEY.upper()]:
        return STAYS_OUT
    if given == [OWN_KEY.upper()]:
        return OWN
    words = [OWN if one == OWN_KEY.upper() else one for one in given]
    if not words or not all(one == OWN or _NUMBER(one) for one in words):
        raise Refused("visit.helmet_unclear")
    if len(words) != people:
        raise Refused("visit.helmet_count", n=len(words), people=people)
    if len(set(numbers(" ".join(words)))) < len(numbers(" ".join(words))):
        raise Refused("visit.helmet_twice")
    return " ".join(words)


def checked(desk: Desk, visit_id: str, typed: str) -> str:
    """Return what was typed if it can be taken now: for the question, before anything is written.

    Raises ``Refused``: those of ``read``, and ``visit.helmet_out``.
    """
    with desk.read() as book:
        visit, _host = visit_of(book, visit_id)
        refuse_taken(desk, book, visit, read(typed, visit.remaining))
    return typed


def refuse_taken(desk: Desk, book: Book, visit: Visit, helmet: str) -> None:
    """Raise ``Refused("visit.helmet_out")`` for a number that somebody else has in the book."""
    wanted = set(numbers(helmet))
    for other, _host in with_helmets(book) if wanted else ():
        taken = wanted.intersection(numbers(other.helmet))
        if taken and other.id != visit.id:
            number = rules.listed(other.day, other.number, desk.today())
            raise Refused("visit.helmet_out", helmet=min(taken), number=number)


def put_on(tx: Transaction, desk: Desk, visit: Visit, typed: str) -> None:
    """Write the helmets into the row of who goes in; the caller puts and records it.

    Raises ``Refused``: those of ``checked``, and ``visit.helmet_missing`` where one is needed.
    """
    if typed.strip():
        helmet = read(typed, visit.remaining)
        refuse_taken(desk, tx, visit, helmet)
        visit.helmet, visit.helmet_back_at = helmet, None
    refuse_without(tx, desk, visit)


def refuse_without(tx: Transaction, desk: Desk, visit: Visit) -> None:
    """Raise ``Refused("visit.helmet_missing")``: no slip for a zone where a helmet is worn."""
    area = tx.read_sealed(visit.area, erased="")
    worn = visit.helmet if visit.helmet_back_at is None else ""
    if not worn and needed(desk, rules_of_visit(desk, visit), area):
        raise Refused("visit.helmet_missing", number=rules.spoken(visit.number))


def with_helmets(book: Book) -> list[tuple[Visit, Person]]:
    """Return who is inside, or has left, with helmets of the house that are not yet back.

    A void entry is among them: its helmets are somewhere all the same.
    """
    return [pair for pair in book.all(_WITH_HELMET) if numbers(pair[0].helmet)]


def give(desk: Desk, by: str, visit_id: str, typed: str) -> None:
    """Give a helmet to who is inside already and goes on into the zone; print the slip next.

    Of a party that has some, ``typed`` says those too. Records ``visit.helmet_given``. Raises
    ``Refused``: those of ``put_on``, ``visit.helmet_out`` for one of theirs that was not said, and
    ``visit.not_possible`` for a visitor who is not inside.
    """
    with desk.write(by=by) as tx:
        visit, _host = visit_of(tx, visit_id)
        rules.refuse_unless(visit, frozenset({State.ADMITTED}), "helmet")
        number = rules.spoken(visit.number)
        worn = numbers(visit.helmet) if visit.helmet_back_at is None else ()
        put_on(tx, desk, visit, typed)
        for one in worn:
            if one not in numbers(visit.helmet):
                raise Refused("visit.helmet_out", helmet=one, number=number)
        save(tx, visit, "visit.helmet_given", number=number, helmet=visit.helmet)


def take_back(visit: Visit, at: datetime) -> None:
    """Write into the row that the visit's helmets are back; the caller puts and records it."""
    if numbers(visit.helmet) and visit.helmet_back_at is None:
        visit.helmet_back_at = at


def out_again(book: Book, visit: Visit, back_at: datetime | None) -> None:
    """Undo in the row that the helmets came back at ``back_at``: they did not after all.

    Where somebody else wears one of them since, they did.
    """
    others = {
        one for other, _host in with_helmets(book) if other.id != visit.id
        for one in numbers(other.helmet)
    }  # fmt: skip
    if visit.helmet_back_at == back_at and not others.intersection(numbers(visit.helmet)):
        visit.helmet_back_at = None


def back(desk: Desk, by: str, visit_id: str, some: str = "") -> None:
    """Say that the helmets of a visit hang in the rack again; records ``visit.helmet_back``.

    ``some`` are the numbers of those that are back where others of the party still wear theirs.
    Raises ``Refused``: ``visit.no_helmet_out``, ``visit.helmet_not_out``.
    """
    with desk.write(by=by) as tx:
        visit, _host = visit_of(tx, visit_id)
        number, out = rules.spoken(visit.number), numbers(visit.helmet)
        if not out or visit.helmet_back_at is not None:
            raise Refused("visit.no_helmet_out", number=number)
        given = _some_of(out, some)
        if set(given) == set(out):
            take_back(visit, tx.now)
            helmet_brought(tx, visit)
        else:
            still = [one for one in visit.helmet.split() if one not in given]
            visit.helmet = " ".join(still)
        save(tx, visit, "visit.helmet_back", number=number, helmets=list(given))


def _some_of(out: tuple[str, ...], typed: str) -> tuple[str, ...]:
    given = _words(typed)
    for one in given:
        if one not in out:
            raise Refused("visit.helmet_not_out", field="text", helmet=one, out=" ".join(out))
    return tuple(given) or out


def _words(typed: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", typed).upper()
    return [one for one in re.split(r"[\s,，、;]+", plain) if one]
