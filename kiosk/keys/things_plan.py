"""What a row of a file of things asks for, cell by cell; the book is not looked at here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.desk import table_plan
from kiosk.desk.loans import ThingKind
from kiosk.desk.table_cells import (
    Faults,
    ToUid,
    Wrong,
    bad_texts,
    card_number,
    fitting,
    needed,
    word,
)
from kiosk.desk.table_file import FileRow
from kiosk.keys.enrolling import LONGEST_DOORS, LONGEST_LABEL, usual_approval
from kiosk.keys.things_file import APPROVAL_WORDS, KIND_WORDS

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(:00)?")
_MINUTES = re.compile(r"[1-9][0-9]{0,4}")
_PLAIN = ("place", "lock", "doors", "pair")
_LONGEST = {
    "label": LONGEST_LABEL, "place": LONGEST_LABEL, "lock": LONGEST_LABEL, "pair": LONGEST_LABEL,
    "doors": LONGEST_DOORS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for, checked: only the fields it gives, by the names ``Thing`` has.

    ``tag`` is in upper-case hex, ``holder`` the staff number of who holds it for good.
    """

    line: int
    label: str
    fields: Mapping[str, Any]
    tag: str = ""
    holder: str = ""

    @property
    def for_new(self) -> Mapping[str, Any]:
        """The fields of a new thing: it asks for the word that is usual for its kind."""
        return {"approval": usual_approval(self.fields["kind"]), **self.fields}


Plan = table_plan.Plan[Wanted]
"""What taking a file of things would do."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a file calls by name: the id of every section, and the gate of every desk."""

    sections: Mapping[str, str]
    gates: Mapping[str, str]


def wanted(row: FileRow, to_uid: ToUid, names: Names, faults: Faults) -> Wanted:
    """Return what a row asks for; what cannot be taken is left out, and told in ``faults``."""
    cells = row.cells
    for wrong in bad_texts(row, _LONGEST):
        faults.add(wrong)
    fields: dict[str, Any] = {name: cells[name] for name in _PLAIN if cells.get(name)}
    read: Mapping[str, Any] = {
        "kind": faults.read(_kind, cells),
        "approval": faults.read(word, cells, "approval", APPROVAL_WORDS),
        "section_id": faults.read(_named, cells, "section", names.sections),
        "home": faults.read(_named, cells, "gate", names.gates),
        "due_hour": faults.read(_hour, cells),
        "longest_min": faults.read(_minutes, cells),
    }
    fields |= {name: value for name, value in read.items() if value is not None}
    label = faults.read(needed, cells, "label") or ""
    tag = faults.read(card_number, cells, "tag", to_uid) or ""
    return Wanted(row.line, label, fields, tag, cells.get("holder", ""))


def _kind(cells: Mapping[str, str]) -> ThingKind | None:
    needed(cells, "kind")
    return word(cells, "kind", KIND_WORDS)


def _named(cells: Mapping[str, str], column: str, known: Mapping[str, str]) -> str | None:
    name = cells.get(column, "")
    if not name:
        return None
    if name not in known:
        raise Wrong(column, f"unknown_{column}", name)
    return known[name]


def _hour(cells: Mapping[str, str]) -> int | None:
    hour = fitting(cells, "due_hour", _HOUR, "bad_hour").partition(":")[0]
    return int(hour) if hour else None


def _minutes(cells: Mapping[str, str]) -> int | None:
    minutes = fitting(cells, "longest_min", _MINUTES, "bad_minutes")
    return int(minutes) if minutes else None
