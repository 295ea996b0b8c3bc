"""Things from a file: every row is checked first, then all of them are taken or none.

A thing is known by its label. An empty cell, or a column that is not there, leaves a known thing's
value as it is. The column ``gate`` names the desk on whose board it hangs; who lends it now goes on
doing so until it is hung there. A holder gets the thing for good (clause 85).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from kiosk.desk.custody import stay
from kiosk.desk.loans import (
    OPEN_LOAN_OF,
    OPEN_LOANS,
    THING_BY_LABEL,
    Loan,
    Reason,
    Thing,
    ThingState,
)
from kiosk.desk.numbers import next_number
from kiosk.desk.people import BY_STAFF_NO, DEPARTMENTS, EVERYONE, Badge, Person
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import SITE_DESKS
from kiosk.desk.table_cells import BadRow, Faults, ToUid, Wrong, bad_row
from kiosk.desk.table_file import FileRow
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import asking, rules
from kiosk.keys.doors import door_named
from kiosk.keys.enrolling import Described, changes_of, enrol, refuse_known_tag, write_changes
from kiosk.keys.service import Given, put_loan
from kiosk.keys.things_file import COLUMNS
from kiosk.keys.things_plan import Names, Plan, Wanted, wanted

_ALL_THINGS = select(Thing)
_ALL_BADGES = select(Badge.uid, Person.staff_no).join(Person, col(Person.id) == Badge.person_id)
_REASONS = {
    "keys.other_section": "other_section", "keys.pair": "pair_in_hand",
    "keys.permanent_for_managers": "only_managers", "keys.one_office_key": "one_office_key",
    "keys.seal_for_good": "seal_for_good",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What the book has already; ``held`` grows with every holder the file names."""

    now: datetime
    things: Mapping[str, Thing]
    labels: Mapping[str, str]
    badges: Mapping[str, str]
    people: Mapping[str, Person]
    names: Names
    out: Mapping[str, tuple[Loan, Person | None]]
    held: defaultdict[str, list[rules.Held]]


def check(book: Book, rows: Iterable[FileRow], to_uid: ToUid, now: datetime) -> Plan:
    """Check every row against its columns, the other rows and the book; nothing is written.

    ``to_uid`` reads a tag's number as the file writes it; ``now`` is aware.
    """
    known = _known(book, now)
    good, bad = _checked(rows, known, to_uid)
    bad += list(_twice(good))
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    new = tuple(one for one in good if one.label not in known.things)
    there = [one for one in good if one.label in known.things]
    changed = tuple(one for one in there if _differs(known, one))
    doubtful = tuple(_doubtful(known, good))
    return Plan(new, changed, len(there) - len(changed), doubtful=doubtful)


def _known(book: Book, now: datetime) -> _Known:
    things = {one.label: one for one in book.all(_ALL_THINGS)}
    held: defaultdict[str, list[rules.Held]] = defaultdict(list)
    out: dict[str, tuple[Loan, Person | None]] = {}
    for loan, thing, holder in book.all(OPEN_LOANS):
        out[thing.id] = (loan, holder)
        held[loan.holder_id or ""].append((loan, thing))
    return _Known(
        now=now,
        things=things,
        labels={one.tag: one.label for one in things.values() if one.tag},
        badges=dict(book.all(_ALL_BADGES)),
        people={person.staff_no: person for person in book.all(EVERYONE)},
        names=Names({one.name: one.id for one in book.all(DEPARTMENTS)}, _gates(book)),
        out=out,
        held=held,
    )


def _gates(book: Book) -> dict[str, str]:
    """Return the gate of every desk of the site, by its name and by itself."""
    desks = book.all(SITE_DESKS)
    return {one.name: one.id for one in desks} | {one.id: one.id for one in desks}


def _checked(
    rows: Iterable[FileRow], known: _Known, to_uid: ToUid
) -> tuple[list[Wanted], list[BadRow]]:
    """Return what every row asks for, the bad ones too, and every fault of every row."""
    asked: list[Wanted] = []
    bad: list[BadRow] = []
    for row in rows:
        faults = Faults(row.line, COLUMNS)
        one = wanted(row, to_uid, known.names, faults)
        for check_one in (_check_label, _check_tag, _check_person):
            faults.read(check_one, known, one)
        faults.read(_check_kind, known, one, row.cells.get("kind", ""))
        if not faults:
            faults.read(_check_holder, known, one)
        asked.append(one)
        bad += faults.rows()
    return asked, bad


def _check_label(known: _Known, one: Wanted) -> None:
    thing = known.things.get(one.label)
    if thing is not None and thing.state is ThingState.RETIRED:
        raise Wrong("label", "retired", one.label)


def _check_kind(known: _Known, one: Wanted, told: str) -> None:
    """Raise ``Wrong`` where a known thing would become another one: its history is told by it."""
    thing = known.things.get(one.label)
    if thing is not None and one.fields.get("kind", thing.kind) is not thing.kind:
        raise Wrong("kind", "other_kind", told)


def _check_tag(known: _Known, one: Wanted) -> None:
    if one.tag in known.badges:
        raise Wrong("tag", "badge_taken", one.tag, known.badges[one.tag])
    if known.labels.get(one.tag, one.label) != one.label:
        raise Wrong("tag", "badge_is_key", one.tag, known.labels[one.tag])


def _check_person(known: _Known, one: Wanted) -> None:
    if one.holder and one.holder not in known.people:
        raise Wrong("holder", "unknown_person", one.holder)


def _check_holder(known: _Known, one: Wanted) -> None:
    """Raise ``Wrong`` when the holder may not have it for good; else count it as held."""
    if not one.holder:
        return
    person = known.people[one.holder]
    thing = known.things.get(one.label)
    if thing is not None and not _is_free(known, one, thing, person):
        return
    wished = Thing(label=one.label, **one.for_new) if thing is None else _as_wished(thing, one)
    try:
        rules.check_borrower(wished, person, known.held[person.id])
        rules.check_permanent(wished, person, known.held[person.id])
    except Refused as refused:
        other = str(refused.facts.get("other", ""))
        raise Wrong("holder", _REASONS[refused.code], one.holder, other) from None
    loan = Loan(number="", thing_id=wished.id, holder_id=person.id, out_at=known.now)
    known.held[person.id].append((loan, wished))


def _is_free(known: _Known, one: Wanted, thing: Thing, person: Person) -> bool:
    """Say whether the thing can be handed to the holder; False when the holder has it already."""
    found = known.out.get(thing.id)
    if found is not None and found[0].holder_id == person.id:
        return False
    if found is not None:
        raise Wrong("holder", "held_by_another", one.holder, asking.holder_name(*found))
    if thing.state is not ThingState.IN_SERVICE:
        raise Wrong("holder", "not_on_board", one.holder)
    return True


def _as_wished(thing: Thing, one: Wanted) -> Thing:
    kept = {name: getattr(thing, name) for name in ("section_id", "pair", "kind")}
    return Thing(id=thing.id, label=thing.label, **(kept | _of(one.fields, kept)))


def _of(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _doubtful(known: _Known, good: Iterable[Wanted]) -> Iterator[BadRow]:
    """Name the labels that tell which door the thing opens."""
    for one in good:
        thing = known.things.get(one.label)
        doors = one.fields.get("doors") or (thing.doors if thing is not None else "")
        room = door_named(one.label, doors)
        if room:
            yield bad_row(one.line, Wrong("label", "names_door", one.label, room), COLUMNS)


def _twice(good: Iterable[Wanted]) -> Iterator[BadRow]:
    """Name the later of two rows with the same label or the same tag."""
    labels: dict[str, int] = {}
    tags: dict[str, int] = {}
    for one in good:
        first = labels.setdefault(one.label, one.line) if one.label else one.line
        if first != one.line:
            yield bad_row(one.line, Wrong("label", "twice", one.label, str(first)), COLUMNS)
            continue
        first = tags.setdefault(one.tag, one.line) if one.tag else one.line
        if first != one.line:
            yield bad_row(one.line, Wrong("tag", "twice", one.tag, str(first)), COLUMNS)


def _differs(known: _Known, one: Wanted) -> bool:
    thing = known.things[one.label]
    return (
        bool(changes_of(thing, one.fields))
        or bool(one.tag and one.tag != thing.tag)
        or bool(one.holder and thing.id not in known.out)
    )


def apply(tx: Transaction, plan: Plan) -> None:
    """Take every thing of ``plan``; whatever fails leaves nothing of it behind.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``keys.changed_meanwhile`` when
    the book is not as it was checked, and those of ``enrolling.enrol``.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    for one in plan.new:
        described = Described(label=one.label, **one.for_new)
        _hold(tx, enrol(tx, described, one.tag), one)
    for one in plan.changed:
        _hold(tx, _changed(tx, one), one)
    if plan.new or plan.changed:
        tx.record("things.imported", new=len(plan.new), changed=len(plan.changed), same=plan.same)


def _changed(tx: Transaction, one: Wanted) -> Thing:
    thing = tx.one(THING_BY_LABEL, label=one.label)
    if thing is None or thing.state is ThingState.RETIRED:
        raise Refused("keys.changed_meanwhile")
    if changes := changes_of(thing, one.fields):
        if "home" in changes:
            stay(tx, thing)
        write_changes(tx, thing, changes)
    if one.tag and one.tag != thing.tag:
        refuse_known_tag(tx, one.tag)
        thing.tag = one.tag
        tx.put(thing)
        tx.record("thing.retagged", thing=thing.label, tag=one.tag, swapped="")
    return thing


def _hold(tx: Transaction, thing: Thing, one: Wanted) -> None:
    """Give the thing to its holder for good, unless the holder has it."""
    if not one.holder:
        return
    holder = tx.one(BY_STAFF_NO, staff_no=one.holder)
    if holder is None or not holder.active or thing.state is not ThingState.IN_SERVICE:
        raise Refused("keys.changed_meanwhile")
    found = tx.one(OPEN_LOAN_OF, thing=thing.id)
    if found is not None and found[0].holder_id == holder.id:
        return
    if found is not None:
        raise Refused("keys.changed_meanwhile")
    loan = put_loan(tx, thing, Loan(
        number=f"K{next_number(tx, 'loan')}", thing_id=thing.id, holder_id=holder.id, clerk=tx.by,
        out_at=tx.now, reason=Reason.POSITION,
    ), Given())  # fmt: skip
    tx.record(
        "loan.out", number=loan.number, thing=thing.label, holder=holder.staff_no, due_at="",
        reason=Reason.POSITION.value, means="file",
    )  # fmt: skip
