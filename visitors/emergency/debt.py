"""What an emergency admission owes is written down: who, how many, for what, who answers.

Nothing of it is needed at once; the debt closes by itself when nothing is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import REPLACEMENT
from kiosk.desk.transaction import Book, Transaction
from visitors import plates, rules, watch_screening
from visitors.cards import HostCard, host_card
from visitors.emergency.models import ENTRY, OWED, EmergencyEntry
from visitors.emergency.service import LONGEST_PLATE, LONGEST_TOLD, counted_people, short_words
from visitors.models import State, Visit
from visitors.service import (
    host_by_staff_no,
    refuse_erased,
    refuse_too_few,
    save,
    visit_of,
)


@dataclass(frozen=True, slots=True)
class Payment:
    """What became known of an emergency visit; an empty field stays owed.

    ``people`` is the number as typed, ``host`` the staff number of who is responsible for it.
    """

    name: str = ""
    unit: str = ""
    people: str = ""
    matter: str = ""
    told: str = ""
    host: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class Owes:
    """What the form shows: what is known by now, ``host`` None while nobody is named.

    ``called`` is what the visit is called, ``due_at`` (UTC) until when the rest is due.
    """

    number: str
    called: str
    due_at: datetime
    known: Mapping[str, str]
    host: HostCard | None


def owes(desk: Desk, visit_id: str) -> Owes:
    """Return what is known and owed of an emergency visit; raise ``Refused("visit.no_debt")``."""
    with desk.read() as book:
        visit, host = visit_of(book, visit_id)
        entry = entry_of(book, visit_id)
        known = {
            "name": visit.name, "unit": visit.unit, "matter": visit.matter, "told": entry.told,
            "plate": visit.plate,
        }  # fmt: skip
        words = {
            field: book.read_sealed(sealed, erased="")
            for field, sealed in known.items()
            if field not in entry.missing
        }
        if "people" not in entry.missing:
            words["people"] = str(visit.people)
        return Owes(
            rules.listed(visit.day, visit.number, desk.today()), book.read_sealed(visit.name),
            entry.due_at, words,
            None if "host" in entry.missing else host_card(desk, book, host),
        )  # fmt: skip


def entry_of(book: Book, visit_id: str) -> EmergencyEntry:
    """Return what an emergency visit owes; ``Refused("visit.no_debt")`` for any other visit."""
    entry = book.one(ENTRY, visit=visit_id)
    if entry is None:
        raise Refused("visit.no_debt")
    return entry


def pay(desk: Desk, by: str, visit_id: str, given: Payment) -> tuple[str, ...]:
    """Write down what became known; return the fields that are still owed, none when all is paid.

    Who is responsible takes the visit over as its host. Records ``visit.debt_paid`` with the names
    of the fields, never their words. Raises ``Refused``: ``visit.no_debt``, ``visit.erased``,
    ``visit.nothing_given``, ``visit.people_count``, ``visit.field_too_long``,
    ``visit.name_unreadable``, ``visit.host_unknown``, ``visit.not_possible`` (a void entry),
    ``visit.people_gone`` for fewer people than have left.
    """
    count, words = counted_people(given.people), _checked(given)
    with desk.write(by=by) as tx:
        visit, host = visit_of(tx, visit_id)
        entry = entry_of(tx, visit_id)
        if entry.paid_at is not None:
            raise Refused("visit.no_debt")
        refuse_erased(tx, visit)
        rules.refuse_unless(visit, _WITH_A_DEBT, "pay")
        refuse_too_few(visit, count or visit.people)
        new_host = host_by_staff_no(tx, given.host) if given.host else None
        known = _known(words, count, new_host)
        said_anew = _differs(tx, visit, entry, words) or (
            count not in {0, visit.people} or (new_host is not None and new_host.id != host.id)
        )
        if not known & set(entry.missing) and not said_anew:
            raise Refused("visit.nothing_given")
        _write(tx, visit, entry, words, count, new_host)
        return _paid(tx, visit, entry, known)


_WITH_A_DEBT = frozenset({State.ADMITTED, State.LEFT, State.ASSUMED_LEFT, State.UNKNOWN})


def _checked(given: Payment) -> dict[str, str]:
    words = {
        field: rules.one_text(field, getattr(given, field)) for field in ("name", "unit", "matter")
    }
    name = words["name"]
    if name and (REPLACEMENT in name or not any(map(str.isalpha, name))):
        raise Refused("visit.name_unreadable", field="name")
    words["told"] = short_words("told", given.told, LONGEST_TOLD)
    words["plate"] = plates.plate(short_words("plate", given.plate, LONGEST_PLATE))
    return words


def _known(words: Mapping[str, str], count: int, host: Person | None) -> set[str]:
    known = {field for field in OWED if words.get(field)}
    return known | ({"people"} if count else set()) | ({"host"} if host is not None else set())


def _differs(
    tx: Transaction, visit: Visit, entry: EmergencyEntry, words: Mapping[str, str]
) -> bool:  # fmt: skip
    """Say whether something that was written down before is said in other words now."""
    sealed = {
        "name": visit.name, "unit": visit.unit, "matter": visit.matter, "plate": visit.plate,
        "told": entry.told,
    }  # fmt: skip
    return any(words[field] not in {"", tx.read_sealed(was)} for field, was in sealed.items())


def _write(
    tx: Transaction, visit: Visit, entry: EmergencyEntry, words: Mapping[str, str], count: int,
    host: Person | None,
) -> None:  # fmt: skip
    for field in ("name", "unit", "matter", "plate"):
        if words[field]:
            setattr(visit, field, tx.seal(visit.subject, words[field]))
    if words["told"]:
        entry.told = tx.seal(visit.subject, words["told"])
    visit.people = count or visit.people
    if host is not None:
        visit.host_id = host.id


def _paid(
    tx: Transaction, visit: Visit, entry: EmergencyEntry, known: set[str]
) -> tuple[str, ...]:  # fmt: skip
    was = entry.missing
    left = tuple(field for field in was if field not in known)
    entry.owed = " ".join(left)
    if not left:
        entry.paid_at, entry.paid_by = tx.now, tx.by
    tx.put(entry)
    save(
        tx, visit, "visit.debt_paid",
        number=rules.spoken(visit.number), fields=[one for one in was if one in known],
        left=list(left),
    )  # fmt: skip
    watch_screening.screen_late(tx, visit)  # only now is it known who was let in
    return left
