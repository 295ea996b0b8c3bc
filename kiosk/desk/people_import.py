"""People from a file: every row is checked first, then all of them are taken or none.

An empty cell, or a column that is not there, leaves a known person's value as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlmodel import col, select

from kiosk.desk import badges, people_before
from kiosk.desk.loans import Thing
from kiosk.desk.names import pinyin_of
from kiosk.desk.people import (
    BADGE,
    BY_STAFF_NO,
    DEPARTMENTS,
    Badge,
    BadgeState,
    Department,
    Person,
    Rank,
    Role,
    sealed_for,
)
from kiosk.desk.people_file import COLUMNS
from kiosk.desk.people_identity import first_section, mistaken, several_sections
from kiosk.desk.people_plan import RANK_WORDS, ROLE_WORDS, Plan, Wanted
from kiosk.desk.refusal import Refused
from kiosk.desk.table_cells import (
    BadRow,
    Faults,
    ToUid,
    Wrong,
    bad_row,
    bad_texts,
    card_number,
    fitting,
    needed,
    word,
)
from kiosk.desk.table_file import FileRow
from kiosk.desk.transaction import Book, Transaction

_STAFF_NO = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_EXTENSION = re.compile(r"[0-9][0-9 -]{0,19}")
_MOBILE = re.compile(r"\+?[0-9][0-9 -]{4,19}")
_NOTIFY = re.compile(r"[a-z][a-z0-9]{0,19}://[^\s]{1,190}")
_LONGEST = {
    "notify_url": 200,
    "name": 40,
    "department": 40,
    "title": 30,
    "address_form": 10,
    "room": 20,
}
_PLAIN = ("name", "title", "address_form", "extension", "room")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the book has already."""

    people: Mapping[str, Person]
    departments: Mapping[str, str]
    badges: Mapping[str, tuple[Badge, Person]]
    tags: Mapping[str, str]


_ALL_PEOPLE = select(Person)
_ALL_BADGES = select(Badge, Person).join(Person, col(Person.id) == col(Badge.person_id))
_ALL_TAGS = select(Thing.tag, Thing.label).where(col(Thing.tag).is_not(None))


def check(book: Book, rows: Iterable[FileRow], to_uid: ToUid) -> Plan:
    """Check every row against its columns, the other rows and the book; nothing is written.

    ``to_uid`` reads a card's number as the file writes it.
    """
    known = _known(book)
    there_are = list(rows)
    wanted, bad = _checked(there_are, known, to_uid)
    bad += list(_twice(wanted))
    bad += list(_nobody_stands_in(wanted, known))
    bad += list(mistaken(wanted, known.people))
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    new = tuple(one for one in wanted if one.staff_no not in known.people)
    there = [one for one in wanted if one.staff_no in known.people]
    changed = tuple(one for one in there if _differs(book, known, one))
    sections = {row.line: row.cells.get("department", "") for row in there_are}
    doubtful = tuple(several_sections(sections, wanted))
    return Plan(new, changed, len(there) - len(changed), doubtful=doubtful)


def _known(book: Book) -> _Known:
    return _Known(
        people={person.staff_no: person for person in book.all(_ALL_PEOPLE)},
        departments={one.name: one.id for one in book.all(DEPARTMENTS)},
        badges={badge.uid: (badge, person) for badge, person in book.all(_ALL_BADGES)},
        tags={str(tag): label for tag, label in book.all(_ALL_TAGS)},
    )


def _checked(
    rows: Iterable[FileRow], known: _Known, to_uid: ToUid
) -> tuple[list[Wanted], list[BadRow]]:
    """Return what every row asks for, the bad ones too, and every fault of every row."""
    wanted: list[Wanted] = []
    bad: list[BadRow] = []
    for row in rows:
        faults = Faults(row.line, COLUMNS)
        one = _wanted(row, to_uid, faults)
        one = replace(one, department=first_section(one.department, known.departments))
        faults.read(_check_badge_free, known, one)
        wanted.append(one)
        bad += faults.rows()
    return wanted, bad


def _wanted(row: FileRow, to_uid: ToUid, faults: Faults) -> Wanted:
    """Return what a row asks for; a cell that cannot be taken is left out, and told in faults."""
    cells = row.cells
    for wrong in bad_texts(row, _LONGEST):
        secret = wrong.column == "notify_url"
        faults.add(Wrong(wrong.column, wrong.code) if secret else wrong)
    faults.read(needed, cells, "name")
    faults.read(fitting, cells, "extension", _EXTENSION, "bad_number")
    return Wanted(
        line=row.line,
        staff_no=faults.read(_staff_no, cells) or "",
        fields={name: cells[name] for name in _PLAIN if cells.get(name)},
        department=cells.get("department", ""),
        rank=faults.read(word, cells, "rank", RANK_WORDS),
        role=faults.read(word, cells, "role", ROLE_WORDS),
        badge=faults.read(card_number, cells, "badge", to_uid) or "",
        mobile=faults.read(fitting, cells, "mobile", _MOBILE, "bad_number") or "",
        deputy=faults.read(_deputy, cells) or "",
        notify_url=faults.read(_notify_url, cells) or "",
    )


def _staff_no(cells: Mapping[str, str]) -> str:
    needed(cells, "staff_no")
    return fitting(cells, "staff_no", _STAFF_NO, "bad_staff_no")


def _deputy(cells: Mapping[str, str]) -> str:
    deputy = fitting(cells, "deputy", _STAFF_NO, "bad_staff_no")
    if deputy and deputy == cells.get("staff_no"):
        raise Wrong("deputy", "own_stand_in", deputy)
    return deputy


def _notify_url(cells: Mapping[str, str]) -> str:
    """Return the address; a bad one is not repeated, because a key is part of it."""
    url = cells.get("notify_url", "")
    if url and not _NOTIFY.fullmatch(url):
        raise Wrong("notify_url", "bad_notify_url")
    return url


def _nobody_stands_in(wanted: Iterable[Wanted], known: _Known) -> Iterator[BadRow]:
    """Name the rows whose stand-in is neither in the file nor at work in the house."""
    rows = list(wanted)
    there = {one.staff_no for one in rows}
    there |= {number for number, person in known.people.items() if person.active}
    for one in rows:
        if one.deputy and one.deputy not in there:
            yield bad_row(one.line, Wrong("deputy", "unknown_person", one.deputy), COLUMNS)


def _check_badge_free(known: _Known, one: Wanted) -> None:
    if one.badge in known.tags:
        raise Wrong("badge", "badge_is_key", one.badge, known.tags[one.badge])
    if one.badge not in known.badges:
        return
    badge, person = known.badges[one.badge]
    if person.staff_no != one.staff_no:
        raise Wrong("badge", "badge_taken", one.badge, person.staff_no)
    if badge.state is BadgeState.BLOCKED:
        raise Wrong("badge", "badge_blocked", one.badge)


def _twice(wanted: Iterable[Wanted]) -> Iterator[BadRow]:
    """Name the later of two rows with the same staff number or the same badge."""
    numbers: dict[str, int] = {}
    cards: dict[str, int] = {}
    for one in wanted:
        first = numbers.setdefault(one.staff_no, one.line) if one.staff_no else one.line
        if first != one.line:
            yield _again(one.line, "staff_no", one.staff_no, first)
            continue
        holder = cards.setdefault(one.badge, one.line) if one.badge else one.line
        if holder != one.line:
            yield _again(one.line, "badge", one.badge, holder)


def _again(line: int, column: str, value: str, first: int) -> BadRow:
    return bad_row(line, Wrong(column, "twice", value, str(first)), COLUMNS)


def _differs(book: Book, known: _Known, one: Wanted) -> bool:
    person = known.people[one.staff_no]
    department = known.departments.get(one.department) if one.department else person.department_id
    return (
        not person.active
        or department is None
        or department != person.department_id
        or any(getattr(person, name) != value for name, value in one.fields.items())
        or one.rank not in {None, person.rank}
        or one.role not in {None, person.role}
        or bool(one.badge and one.badge not in known.badges)
        or one.deputy not in {"", person.deputy_no}
        or bool(one.notify_url and one.notify_url != book.read_sealed(person.notify_url, erased=""))
        or bool(one.mobile and one.mobile != book.read_sealed(person.mobile, erased=""))
    )


def apply(tx: Transaction, plan: Plan) -> None:
    """Take every person of ``plan``; whatever fails leaves nothing of it behind.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``people.changed_meanwhile``
    when the book is not as it was checked, and those of ``badges.enrol``.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    departments = {one.name: one for one in tx.all(DEPARTMENTS)}
    for one in plan.new:
        _take(tx, one, _new_person(tx, one), departments, "person.added")
    for one in plan.changed:
        _move(tx, one, departments)
    if plan.new or plan.changed:
        tx.record("people.imported", new=len(plan.new), changed=len(plan.changed), same=plan.same)


def _new_person(tx: Transaction, one: Wanted) -> Person:
    if tx.one(BY_STAFF_NO, staff_no=one.staff_no) is not None:
        raise Refused("people.changed_meanwhile")
    return Person(
        staff_no=one.staff_no, name="", rank=Rank.ORDINARY, role=Role.STAFF, known_since=tx.now
    )


def _old_person(tx: Transaction, one: Wanted) -> Person:
    person = tx.one(BY_STAFF_NO, staff_no=one.staff_no)
    if person is None:
        raise Refused("people.changed_meanwhile")
    return person


def _move(tx: Transaction, one: Wanted, departments: dict[str, Department]) -> None:
    """Take what the row says of a known person; the days before keep what was until now."""
    person = _old_person(tx, one)
    was = people_before.stands(person)
    _take(tx, one, person, departments, "person.changed")
    people_before.keep(tx, person, was)


def _take(
    tx: Transaction, one: Wanted, person: Person, departments: dict[str, Department], code: str
) -> None:
    for name, value in one.fields.items():
        setattr(person, name, value)
    person.pinyin, person.initials = pinyin_of(person.name)
    person.rank, person.role = one.rank or person.rank, one.role or person.role
    if not person.active:  # back in the house: the days between are nobody's absence
        person.active, person.known_since = True, tx.now
    if one.department:
        person.department_id = _department(tx, one.department, departments).id
    if one.mobile:
        person.mobile = sealed_for(tx, person, one.mobile)
    person.deputy_no = one.deputy or person.deputy_no
    if one.notify_url:
        person.notify_url = sealed_for(tx, person, one.notify_url)
    tx.put(person)
    tx.record(code, person=person.staff_no)
    if one.badge:
        _give_badge(tx, one.badge, person)


def _give_badge(tx: Transaction, uid: str, person: Person) -> None:
    known = tx.one(BADGE, uid=uid)
    if known is None:
        badges.enrol(tx, uid, person)
    elif known.person_id != person.id:
        raise Refused("people.changed_meanwhile")


def _department(tx: Transaction, name: str, departments: dict[str, Department]) -> Department:
    if name not in departments:
        departments[name] = tx.put(Department(name=name))
    return departments[name]
