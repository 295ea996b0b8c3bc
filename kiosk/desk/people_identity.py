"""Who a row of a staff file is: taps belong to a number, so nobody gets another's by a file."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kiosk.desk.people import Person
from kiosk.desk.people_file import COLUMNS
from kiosk.desk.people_plan import Wanted
from kiosk.desk.table_cells import BadRow, Wrong, bad_row

_BETWEEN_SECTIONS = re.compile(r"\s*[、；;]\s*")


def first_section(cell: str, known: Mapping[str, str]) -> str:
    """Return the section that counts of a cell that may name several: the first.

    ``known`` are the sections' ids by name: a section may be called 科教、文卫 as a whole.
    """
    return cell if cell in known else _BETWEEN_SECTIONS.split(cell)[0]


def mistaken(wanted: Sequence[Wanted], people: Mapping[str, Person]) -> Iterator[BadRow]:
    """Name the rows that would hand one person's taps to another, or begin a person anew.

    ``people`` are those of the book by staff number. A number that is to bear the name of somebody
    else, or whose person stands under another number, was swapped. A new number for somebody whose
    old one is missing was changed: the taps stay with the old one.
    """
    here = {one.name: number for number, one in people.items() if one.active}
    listed = {one.fields.get("name", ""): one.staff_no for one in wanted}
    numbers = {one.staff_no for one in wanted}
    for one in wanted:
        name, known = one.fields.get("name", ""), people.get(one.staff_no)
        if known is None:
            old = here.get(name)
            if old is not None and old not in numbers:
                yield _bad(one, "staff_no", "has_number", one.staff_no, old)
        elif known.active and name and name != known.name:
            other = here.get(name) or listed.get(known.name)
            if other is not None:
                yield _bad(one, "name", "is_another", name, other)


def several_sections(cells: Mapping[int, str], wanted: Sequence[Wanted]) -> Iterator[BadRow]:
    """Name the rows whose cell names several sections, and which counts; they are taken.

    ``cells`` are the sections as the file has them, by line.
    """
    for one in wanted:
        if cells.get(one.line, "") != one.department:
            yield _bad(one, "department", "several_sections", cells[one.line], one.department)


def _bad(one: Wanted, column: str, code: str, value: str, other: str) -> BadRow:
    return bad_row(one.line, Wrong(column, code, value, other), COLUMNS)
