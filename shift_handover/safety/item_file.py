"""The list of the safety check from a file: .csv, .xlsx or .toml, in the order it is to be asked.

The file is the whole list: what it does not name is retired, never deleted. Every row is checked
first, then all of them are taken or none.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desk import table_plan
from kiosk.desk.refusal import Refused
from kiosk.desk.safe_text import clean
from kiosk.desk.table_cells import BadRow, Faults, Wrong, bad_row, bad_texts, needed, word
from kiosk.desk.table_file import Columns, FileRow, Table, read_table
from kiosk.desk.transaction import Book, Transaction
from shift_handover.models import Group
from shift_handover.rules import CheckItem
from shift_handover.safety.editing import LONGEST_NAME, new_place, new_point
from shift_handover.safety.models import SafetyPlace, SafetyPoint
from shift_handover.safety.points import House, begun, house
from shift_handover.safety.wording import item_names, place_names, safety_title

COLUMNS = Columns(
    titles={
        "group": ("组别", "group"),
        "item": ("检查项目", "item", "项目"),
        "place": ("地点", "place"),
        "clause": ("依据", "clause"),
    },
    needed=("group", "item", "place"),
)
GROUP_WORDS: Mapping[str, Group] = {group.value: group for group in Group} | {
    "清场": Group.CLEARING, "消防": Group.FIRE, "用电": Group.ELECTRICITY, "防盗": Group.THEFT,
}  # fmt: skip
_LONGEST = {"item": LONGEST_NAME, "place": LONGEST_NAME, "clause": 20}
_TABLE = "[[item]]"
MOST_ITEMS = 300
"""More cannot be answered one by one at the end of a day, and no post is handed over before."""
_CELL = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for, checked; ``code`` is that of the item it names, "" for a new one."""

    line: int
    group: Group
    item: str
    place: str
    clause: str
    code: str = ""


Plan = table_plan.Plan[Wanted]
"""What taking a file of items would do."""


def read_items(name: str, content: bytes) -> Table:
    """Return the table in the file called ``name``. Raises what ``read_table`` raises."""
    if name.lower().endswith(".toml"):
        return _toml(name, content)
    return read_table(name, content, COLUMNS)


def _toml(name: str, content: bytes) -> Table:
    """Return the tables ``[[item]]`` of a .toml file, each on the line where it begins."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("file.letters", file=name) from None
    try:
        found = tomllib.loads(text).get("item", [])
    except tomllib.TOMLDecodeError as fault:
        raise Refused("file.damaged", file=name, why=str(fault)) from fault
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found) or not found:
        raise Refused("file.empty", file=name)
    lines = [nth for nth, line in enumerate(text.splitlines(), start=1) if _begins(line)]
    lines += [len(lines) + 1] * (len(found) - len(lines))
    rows = [
        FileRow(line, {key: clean(str(one.get(key, "")), _CELL) for key in COLUMNS.titles})
        for line, one in zip(lines, found, strict=False)
    ]
    unread = dict.fromkeys(key for one in found for key in one if key not in COLUMNS.titles)
    return Table(rows, tuple(unread))


def _begins(line: str) -> bool:
    return "".join(line.split()).startswith(_TABLE)


def check(book: Book, rows: Iterable[FileRow]) -> Plan:
    """Check every row against its columns, the other rows and the list; nothing is written.

    Raises ``Refused`` when all rows are good: ``safety.group_empty`` for a group without an item,
    ``safety.too_many`` for more than ``MOST_ITEMS``.
    """
    wanted: list[Wanted] = []
    bad: list[BadRow] = []
    for row in rows:
        faults = Faults(row.line, COLUMNS)
        one = _wanted(row, faults)
        bad += faults.rows()
        if one is not None:
            wanted.append(one)
    bad += list(_twice(wanted))
    if bad:
        return Plan(bad=tuple(sorted(bad, key=lambda one: one.line)))
    _check_groups(wanted)
    if len(wanted) > MOST_ITEMS:
        raise Refused("safety.too_many", n=len(wanted), most=MOST_ITEMS)
    return _compared(house(book), wanted)


def _wanted(row: FileRow, faults: Faults) -> Wanted | None:
    """Return what a row asks for, None for one with a fault; ``faults`` tells every one."""
    cells = row.cells
    for wrong in bad_texts(row, _LONGEST):
        faults.add(wrong)
    for column in COLUMNS.needed:
        faults.read(needed, cells, column)
    group = faults.read(word, cells, "group", GROUP_WORDS)
    if group is None or faults:
        return None
    return Wanted(row.line, group, cells["item"], cells["place"], cells.get("clause", ""))


def _twice(wanted: Sequence[Wanted]) -> Iterator[BadRow]:
    """Name the later of two rows that ask the same at the same place."""
    seen: dict[tuple[Group, str, str], int] = {}
    for one in wanted:
        first = seen.setdefault((one.group, one.place, one.item), one.line)
        if first != one.line:
            yield bad_row(one.line, Wrong("item", "twice", one.item, str(first)), COLUMNS)


def _check_groups(wanted: Sequence[Wanted]) -> None:
    there = {one.group for one in wanted}
    for group in Group:
        if group not in there:
            raise Refused("safety.group_empty", group=safety_title(group))


def _compared(asked: House, wanted: Sequence[Wanted]) -> Plan:
    known = _known(asked)
    named = [
        replace(one, code=known.get((one.group, one.place, one.item), ""))
        for one in _in_order(wanted)
    ]
    now = asked.items()
    rank = {item.code: nth for nth, item in enumerate(now)}
    clauses = {item.code: item.clause for item in now}
    there = [(nth, one) for nth, one in enumerate(named) if one.code]
    changed = tuple(
        one for nth, one in there if rank.get(one.code) != nth or clauses[one.code] != one.clause
    )
    new = tuple(one for one in named if not one.code)
    return Plan(new, changed, len(there) - len(changed))


def _in_order(wanted: Sequence[Wanted]) -> list[Wanted]:
    order = list(Group)
    return sorted(wanted, key=lambda one: (order.index(one.group), one.line))


def _known(asked: House) -> dict[tuple[Group, str, str], str]:
    """Return the codes of all items by group, place and name; those asked now come first."""
    places = asked.place_of
    found: dict[tuple[Group, str, str], str] = {}
    for point in sorted(asked.points, key=lambda one: one.retired_at is not None):
        place = places.get(point.place)
        for where in place_names(point.place, place.name if place else ""):
            for name in item_names(point.code, point.name):
                found.setdefault((point.in_group, where, name), point.code)
    return found


def retired_by(book: Book, rows: Iterable[FileRow]) -> list[CheckItem]:
    """Return the items that are asked now and that the file does not name."""
    asked = house(book)
    known = _known(asked)
    named = {
        known.get((one.group, one.place, one.item))
        for one in (_wanted(row, Faults(row.line, COLUMNS)) for row in rows)
        if one is not None
    }
    return [item for item in asked.items() if item.code not in named]


def apply(tx: Transaction, rows: Sequence[FileRow], plan: Plan) -> None:
    """Take the whole list, with ``safety.list_imported``; whatever fails leaves nothing behind.

    Raises ``Refused``: ``file.bad_rows`` for a plan with bad rows, ``safety.changed_meanwhile``
    when the list is not as it was checked.
    """
    if plan.bad:
        raise Refused("file.bad_rows", n=plan.bad_rows)
    asked = begun(tx)
    if check(tx, rows) != plan:
        raise Refused("safety.changed_meanwhile")
    gone = {item.code for item in retired_by(tx, rows)}
    if not (plan.new or plan.changed or gone):
        return
    places = _places(tx, asked, rows)
    known = _known(asked)
    points = {point.code: point for point in asked.points}
    checked = (_wanted(row, Faults(row.line, COLUMNS)) for row in rows)
    wanted = _in_order([one for one in checked if one is not None])
    for nth, one in enumerate(wanted, start=1):
        code = known.get((one.group, one.place, one.item))
        point = points[code] if code else _new(tx, asked, one, places[one.place])
        point.clause, point.position, point.retired_at = one.clause, nth, None
        tx.put(point)
    _retire(tx, points, gone, tx.now)
    tx.record(
        "safety.list_imported", new=len(plan.new), changed=len(plan.changed), same=plan.same,
        retired=len(gone),
    )  # fmt: skip


def _new(tx: Transaction, asked: House, one: Wanted, place: SafetyPlace) -> SafetyPoint:
    return new_point(tx, asked, one.group, place.code, one.item, one.clause)


def _places(tx: Transaction, asked: House, rows: Iterable[FileRow]) -> dict[str, SafetyPlace]:
    """Return the places by name; new ones are put, retired ones come back."""
    places = {name: one for one in asked.places for name in place_names(one.code, one.name)}
    for name in dict.fromkeys(row.cells["place"] for row in rows):
        if name not in places:
            places[name] = new_place(tx, House((*places.values(),), asked.points), name)
        elif places[name].retired_at is not None:
            places[name].retired_at = None
            tx.put(places[name])
    return places


def _retire(
    tx: Transaction, points: Mapping[str, SafetyPoint], gone: Iterable[str], now: datetime
) -> None:
    last = len(points) + 1
    for nth, code in enumerate(sorted(gone, key=lambda one: points[one].position), start=last):
        points[code].retired_at, points[code].position = now, nth
        tx.put(points[code])
