"""The watch list as a file: every row is checked first, then all of them are taken or none.

An identity number is hashed as it is read and named in no message. Who is on the list already in
just these words is passed over; in other words the row is refused: an entry is ended, not changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.desk.desk import Desk
from kiosk.desk.people import EVERYONE
from kiosk.desk.refusal import Refused
from kiosk.desk.report import Table
from kiosk.desk.secrets import SiteKey
from kiosk.desk.signing import Proof
from kiosk.desk.table_cells import BadRow, Faults, Wrong, bad_texts, needed, word
from kiosk.desk.table_file import Columns, FileRow, read_table
from kiosk.desk.table_file import Table as FileTable
from kiosk.desk.table_plan import Plan as AnyPlan
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.words import _, current
from visitors.watch_keys import TAIL, folded, plain_phone, plain_plate, plain_unit
from visitors.watch_list import (
    LIMITS,
    Listed,
    Listing,
    checked,
    entries,
    id_hash,
    last_day,
    put,
    refuse_other,
)
from visitors.watch_models import Level

COLUMNS = Columns(
    titles={
        "name": ("姓名", "name"),
        "other_names": ("别名", "other_names"),
        "level": ("处置", "level"),
        "whom": ("通知", "whom"),
        "say": ("话术", "say"),
        "reason": ("原因", "reason"),
        "until": ("有效至", "until"),
        "unit": ("单位", "unit"),
        "phone": ("电话", "phone"),
        "id_number": ("身份证号", "id_number"),
        "born": ("出生年", "born"),
        "plate": ("车牌", "plate"),
    },
    needed=("level", "reason"),
)
_LEVELS: Mapping[str, Level] = {level.value: level for level in Level} | {
    "放行并告知": Level.TELL, "告知": Level.TELL, "陪同": Level.ESCORT, "须陪同": Level.ESCORT,
    "先打电话": Level.CALL, "联系": Level.CALL, "婉言谢绝": Level.REFUSE, "婉拒": Level.REFUSE,
}  # fmt: skip
_LEVELS_SAID: Mapping[bool, Mapping[Level, str]] = {
    True: dict(zip(Level, ("告知", "陪同", "先打电话", "婉拒"), strict=True)),
    False: {level: level.value for level in Level},
}
"""What a file says of a level, in Chinese or not: what the import reads."""
_CODES = {
    "watch.nobody": "nobody_known", "watch.reason_missing": "missing",
    "watch.whom_missing": "missing", "watch.year": "bad_year", "watch.phone": "bad_number",
    "visit.id_shape": "bad_id", "visit.id_birthday": "bad_id", "visit.id_check": "bad_id",
    "visit.field_too_long": "too_long", "visit.name_unreadable": "unreadable",
}  # fmt: skip
_MIDNIGHT = " 00:00:00"  # a day in a spreadsheet is a moment
Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for, checked, and by what it is known again."""

    line: int
    listing: Listing
    identity: Identity


Plan = AnyPlan[Wanted]


def read_listings(name: str, content: bytes) -> FileTable:
    """Return the table in the file called ``name``. Raises what ``read_table`` raises."""
    return read_table(name, content, COLUMNS)


def check(desk: Desk, book: Book, rows: Iterable[FileRow]) -> Plan:
    """Check every row against its columns, the other rows and the list; nothing is written."""
    staff = frozenset(person.staff_no for person in book.all(EVERYONE))
    there = _there(entries(desk))
    wanted: list[Wanted] = []
    bad: list[BadRow] = []
    same, lines = 0, dict[Identity, int]()
    for row in rows:
        faults = Faults(row.line, COLUMNS)
        one = _wanted(desk, row, staff, faults)
        if one is not None:
            faults.read(_once, lines, one)
            if not faults and faults.read(_is_there, desk, there, one):
                same += 1
            elif not faults:
                wanted.append(one)
        bad += faults.rows()
    return Plan(bad=tuple(bad)) if bad else Plan(new=tuple(wanted), same=same)


def _wanted(desk: Desk, row: FileRow, staff: frozenset[str], faults: Faults) -> Wanted | None:
    """Return what a row asks for; None, with its ``faults``, when it cannot be taken."""
    for wrong in bad_texts(row, LIMITS):
        faults.add(Wrong(wrong.column, wrong.code))
    level = faults.read(_level, row.cells)
    until = faults.read(_until, row.cells, desk.today())
    faults.read(_whom, row.cells, staff)
    if level is None:
        return None
    words = {field: row.cells.get(field, "") for field in COLUMNS.titles}
    said = {**words, "level": level, "until": until}
    listing = faults.read(_checked, Listing(**said))  # type: ignore[arg-type] # level and until are above
    if listing is None or faults:
        return None
    return Wanted(row.line, listing, _identity(desk.site_key, listing))


def _level(cells: Mapping[str, str]) -> Level | None:
    needed(cells, "level")
    return word(cells, "level", _LEVELS)


def _until(cells: Mapping[str, str], today: date) -> date | None:
    typed = cells.get("until", "").removesuffix(_MIDNIGHT)
    if not typed:
        return None
    try:
        until = date.fromisoformat(typed)
    except ValueError:
        raise Wrong("until", "bad_day", typed) from None
    if until < today:
        raise Wrong("until", "day_over", typed)
    return until


def _whom(cells: Mapping[str, str], staff: frozenset[str]) -> None:
    whom = cells.get("whom", "")
    if whom and whom not in staff:
        raise Wrong("whom", "unknown_person", whom)


def _checked(listing: Listing) -> Listing:
    try:
        return checked(listing)
    except Refused as refused:
        raise Wrong(str(refused.facts["field"]), _CODES[refused.code]) from None


def _once(lines: dict[Identity, int], one: Wanted) -> None:
    first = lines.setdefault(one.identity, one.line)
    if first != one.line:
        raise Wrong("name", "twice", one.listing.name, str(first))


def _is_there(desk: Desk, there: Mapping[Identity, Listed], one: Wanted) -> bool:
    """Say whether the row is on the list in just these words; refuse other words for the same."""
    known = there.get(one.identity)
    if known is None:
        return False
    said, entry = one.listing, known.entry
    until = said.until.isoformat() if said.until else ""
    wanted = (said.level, said.whom, said.say, said.reason, until)
    if wanted != (entry.level, entry.whom, known.say, known.reason, last_day(desk, entry)):
        raise Wrong("name", "listed_already", said.name, entry.number)
    return True


def _identity(key: SiteKey, said: Listing) -> Identity:
    return (
        folded(said.name), plain_plate(said.plate), plain_unit(said.unit),
        plain_phone(said.phone)[-TAIL:], id_hash(key, said.id_number),
    )  # fmt: skip


def _there(listed: Iterable[Listed]) -> Mapping[Identity, Listed]:
    """Return who is listed, with and without the identity number: an exported file has none."""
    found: dict[Identity, Listed] = {}
    for one in listed:
        known = (folded(one.name), plain_plate(one.plate), plain_unit(one.unit), one.phone_tail)
        found[(*known, one.entry.id_hash)] = one
        found.setdefault((*known, ""), one)
    return found


def apply(tx: Transaction, plan: Plan, desk: Desk, proof: Proof) -> None:
    """List everybody of ``plan``, signed by ``proof``; whatever fails leaves nothing of it behind.

    Raises ``Refused``: ``file.bad_rows``, ``watch.not_yours`` and those of ``watch_list.put``.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    refuse_other(proof.person)
    for one in plan.new:
        put(tx, desk, one.listing, proof)


def as_table(desk: Desk, *, reasons: bool) -> Table:
    """Return the list for a file that can be imported again; why only if asked for.

    There is no identity number in it: the book has none.
    """
    columns = [name for name in COLUMNS.titles if name != "id_number"]
    if not reasons:
        columns.remove("reason")
    rows = tuple(tuple(_cells(desk, one, columns)) for one in entries(desk))
    place = 0 if current() == "zh_CN" else -1
    titles = tuple(COLUMNS.titles[name][place] for name in columns)
    return Table(_("Watch list"), titles, rows, empty=_("Nobody is listed."))


def _cells(desk: Desk, one: Listed, columns: Iterable[str]) -> Iterator[str]:
    entry, said = one.entry, _LEVELS_SAID[current() == "zh_CN"]
    other = {
        "level": said[entry.level], "whom": entry.whom, "phone": one.phone_tail,
        "until": last_day(desk, entry),
    }  # fmt: skip
    for name in columns:
        yield other[name] if name in other else getattr(one, name)


def exported(tx: Transaction, rows: int, proof: Proof | None) -> None:
    """Record that the list went into a file, and by whose signature with the reasons."""
    tx.record(
        "watch.exported", rows=rows, reasons=proof is not None,
        signed_by=proof.person.staff_no if proof else "",
    )  # fmt: skip
