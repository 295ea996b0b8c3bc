"""What a row of a file of appointments asks for, cell by cell; the book is not looked at here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from kiosk.desk import table_plan
from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.table_cells import Faults, Wrong, bad_texts, fitting, needed, word
from kiosk.desk.table_file import FileRow
from visitors import rules
from visitors.appointments import hour_of, usual_times
from visitors.appointments_file import FORM_WORDS, LANE_WORDS, STATE_WORDS, Said
from visitors.lanes.rules import checked, rules_of, switched_on
from visitors.lanes.table import Lane
from visitors.rules import MOST_PEOPLE, Details
from visitors.service import Times

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?").fullmatch
_SECONDS = re.compile(r"^(\d{1,2}:\d{2}):\d{2}$")
_GATE = re.compile(r"[a-z][a-z0-9-]{0,19}")
_LONGEST = {**rules.LIMITS, "ref": 40, "companions": 200}
_UNREADABLE = {
    "visit.field_missing": "missing", "visit.papers_number": "no_number",
    "visit.phone_unlikely": "bad_number", "visit.companions_many": "more_names",
    "visit.name_unreadable": "bad_name", "visit.people_count": "bad_people",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for, checked. ``ref`` and ``row`` are keyed hashes, as ``Visit`` has them.

    ``host`` is a staff number, ``gate`` this one's unless the row names another; ``visit_id`` is
    the appointment that it changes or cancels, "" for a new one.
    """

    line: int
    ref: str
    row: str
    details: Details
    host: str
    times: Times
    gate: str
    cancelled: bool = False
    visit_id: str = ""


Plan = table_plan.Plan[Wanted]
"""What taking a file of appointments would do; a cancelled one stands among the changed."""


def wanted(desk: Desk, row: FileRow, faults: Faults) -> Wanted | None:
    """Return what a row asks for; None where it cannot be taken, and ``faults`` tells why."""
    cells = row.cells
    for wrong in bad_texts(row, _LONGEST):
        faults.add(wrong)
    host = faults.read(needed, cells, "host") or ""
    details = faults.read(_details, desk, cells, faults)
    times = _times(desk, cells, faults)
    gate = faults.read(_gate, desk, cells) or desk.gate
    said = faults.read(word, cells, "state", STATE_WORDS)
    if faults or details is None or times is None:
        return None
    return Wanted(
        row.line, _hash(desk, _reference(cells, host, details, times)), _row_hash(desk, cells),
        details, host, times, gate, said is Said.CANCELLED,
    )  # fmt: skip


def _reference(cells: Mapping[str, str], host: str, details: Details, times: Times) -> str:
    """Return by what the row is known: its own reference, else host, visitor and beginning."""
    own = cells.get("ref", "")
    start = times.start.isoformat()
    return f"ref {own}" if own else f"row {host} {details.name} {start}"


def _hash(desk: Desk, text: str) -> str:
    return desk.site_key.blind(f"appointment {text}")


def _row_hash(desk: Desk, cells: Mapping[str, str]) -> str:
    """Return what tells this row from every other; empty cells and their columns do not count."""
    return _hash(desk, repr(sorted(item for item in cells.items() if item[1])))


def _details(desk: Desk, cells: Mapping[str, str], faults: Faults) -> Details:
    form = faults.read(word, cells, "form", FORM_WORDS)
    lane = word(cells, "lane", _lane_words(desk)) or Lane.OFFICIAL
    people = faults.read(_people, cells) or MOST_PEOPLE
    for field in rules_of(desk, lane).required:
        if field in rules.LIMITS:
            needed(cells, field)
    words = {field: cells.get(field, "") for field in rules.LIMITS}
    try:
        said = Details(form=form.value if form else "", people=people, lane=lane.value, **words)
        return checked(desk, said)
    except Refused as refused:
        field = str(refused.facts.get("field", "name"))
        if field == "id_number":  # a kind that the site lets nobody come in without one
            raise Wrong("lane", "id_at_desk", cells.get("lane", "")) from None
        code = _UNREADABLE.get(refused.code, "too_long")
        raise Wrong(field, code, cells.get(field, "")[:20]) from None


def _lane_words(desk: Desk) -> Mapping[str, Lane]:
    """Return the words for the kinds of visit that this site has."""
    here = switched_on(desk)
    return {said: lane for said, lane in LANE_WORDS.items() if lane in here}


def _people(cells: Mapping[str, str]) -> int:
    """Return how many come; not said, the leader and every named companion."""
    text = unicodedata.normalize("NFKC", cells.get("people", ""))
    if not text:
        return 1 + len(rules.companion_names(cells.get("companions", ""), MOST_PEOPLE))
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= MOST_PEOPLE:
        raise Wrong("people", "bad_people", text, str(MOST_PEOPLE))
    return int(text)


def _times(desk: Desk, cells: Mapping[str, str], faults: Faults) -> Times | None:
    day = faults.read(_day, cells)
    start = faults.read(_hour, cells, "from")
    end = faults.read(_hour, cells, "until") if cells.get("until") else None
    if faults or day is None or start is None:
        return None
    begins = datetime.combine(day, start, desk.zone)
    if end is None:
        return usual_times(desk, begins)
    if end <= start:
        faults.add(Wrong("until", "backwards", cells["until"], cells["from"]))
        return None
    return Times(begins, datetime.combine(day, end, desk.zone))


def _day(cells: Mapping[str, str]) -> date:
    text = needed(cells, "day")
    fits = _DAY(unicodedata.normalize("NFKC", text))
    if fits is None:
        raise Wrong("day", "bad_day", text)
    try:
        return date(int(fits[1]), int(fits[2]), int(fits[3]))
    except ValueError:
        raise Wrong("day", "bad_day", text) from None


def _hour(cells: Mapping[str, str], column: str) -> time:
    text = needed(cells, column)
    plain = _SECONDS.sub(r"\1", unicodedata.normalize("NFKC", text))
    try:
        return hour_of(plain, column)
    except Refused:
        raise Wrong(column, "bad_time", text) from None


def _gate(desk: Desk, cells: Mapping[str, str]) -> str:
    try:
        return fitting(cells, "gate", _GATE, "bad_gate")
    except Wrong as wrong:
        raise Wrong("gate", "bad_gate", wrong.value, desk.gate) from None
