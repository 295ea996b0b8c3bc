"""What a row of a file of things asks for, cell by cell; the book is not looked at here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.desk import table_plan
from kiosk.desk.loans import Approval, ThingKind
from kiosk.desk.table_cells import ToUid, Wrong, card_number, check_texts, fitting, word
from kiosk.desk.table_file import FileRow
from kiosk.keys.enrolling import LONGEST_DOORS, LONGEST_LABEL
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
        """The fields of a new thing: an office key asks for a manager's word (clause 86)."""
        if self.fields["kind"] is ThingKind.OFFICE_KEY:
            return {"approval": Approval.MANAGER, **self.fields}
        return self.fields


Plan = table_plan.Plan[Wanted]
"""What taking a file of things would do."""


def wanted(row: FileRow, to_uid: ToUid, sections: Mapping[str, str]) -> Wanted:
    """Return what a row asks for; raise ``Wrong`` for the first cell that cannot be taken.

    ``sections`` has the id of every section by its name.
    """
    cells = row.cells
    check_texts(row, _LONGEST)
    for column in ("label", "kind"):
        if not cells.get(column):
            raise Wrong(column, "missing")
    fields: dict[str, Any] = {name: cells[name] for name in _PLAIN if cells.get(name)}
    fields["kind"] = word(cells, "kind", KIND_WORDS)
    approval = word(cells, "approval", APPROVAL_WORDS)
    if approval is not None:
        fields["approval"] = approval
    fields |= _section(cells, sections) | _times(cells)
    return Wanted(
        row.line, cells["label"], fields, card_number(cells, "tag", to_uid), cells.get("holder", "")
    )


def _section(cells: Mapping[str, str], sections: Mapping[str, str]) -> dict[str, str]:
    name = cells.get("section", "")
    if not name:
        return {}
    if name not in sections:
        raise Wrong("section", "unknown_section", name)
    return {"section_id": sections[name]}


def _times(cells: Mapping[str, str]) -> dict[str, int]:
    hour = fitting(cells, "due_hour", _HOUR, "bad_hour").partition(":")[0]
    minutes = fitting(cells, "longest_min", _MINUTES, "bad_minutes")
    given = {"due_hour": hour, "longest_min": minutes}
    return {name: int(value) for name, value in given.items() if value}
