"""The codes on a visitor's slip: ``V1:<gate>:<YYYYMMDD>-<number>:<copy>:<mark>`` as a QR code.

As bars (Code 128), which hold less, it is ``V:`` and 18 digits: year and day of the year (YYDDD),
number (5), copy (1), mark (7). One symbol of the bars holds two digits, so
that they fit 58 mm paper; the gate has no room, but the mark is made with its name.

The mark is a short HMAC, so that no other code closes a visit; the copy number makes older copies
invalid at the exit. A scanned code is text from outside: nothing in it is trusted.
"""

import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from visitors.gates.gave_way import standing_for
from visitors.models import BY_NUMBER, DENIED, OF_NUMBER, VISIT, State, Visit
from visitors.rules import awaits_slip, listed, readable, spoken
from visitors.wording import day_and_hour

PREFIX = "V1:"
SHORT_PREFIX = "V:"
MARK_LENGTH = 8
SHORT_MARK_LENGTH = 7
"""Digits: who invents a mark has one chance in ten million, and each try is a scan at the gate."""
_MOST_NUMBER, _MOST_COPIES = 99999, 9
_LONGEST = 80
_ARRIVED = """
SELECT facts FROM journal
WHERE gate = ? AND at >= ? AND at < ? AND code = 'visit.arrived'
"""
_SHAPE = re.compile(
    r"V1:([A-Z0-9_-]{1,20}):(\d{8})-(\d{3,6}):(\d{1,3}):([0-9A-Z]{8})", re.ASCII | re.IGNORECASE
)
_SHORT = re.compile(r"V:(\d{5})(\d{5})(\d)(\d{7})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What a genuine code says."""

    gate: str
    day: date
    number: int
    copy: int


def made(desk: Desk, visit: Visit, copy: int) -> str:
    """Return the code of one copy of the visit's slip."""
    plain = f"{PREFIX}{visit.gate}:{readable(visit.day, visit.number)}:{copy}"
    return f"{plain}:{desk.site_key.sign(plain, MARK_LENGTH)}"


def made_short(desk: Desk, visit: Visit, copy: int) -> str:
    """Return the code of one copy as it stands in bars; "" past number 99999 or copy 9."""
    if visit.number > _MOST_NUMBER or copy > _MOST_COPIES:
        return ""
    plain = f"{visit.day:%y%j}{visit.number:05}{copy}"
    return f"{SHORT_PREFIX}{plain}{_short_mark(desk, visit.gate, plain)}"


def _short_mark(desk: Desk, gate: str, plain: str) -> str:
    return desk.site_key.sign_digits(f"{SHORT_PREFIX}{gate}:{plain}", SHORT_MARK_LENGTH)


def is_slip_code(text: str) -> bool:
    """Say whether a scanned code claims to be a visitor's slip."""
    return text.strip().upper().startswith((PREFIX, SHORT_PREFIX))


def read(desk: Desk, text: str) -> SlipCode:
    """Return what a scanned code says, be it the QR code's or the bars'.

    Raises ``Refused``: ``visit.code_unreadable`` (torn or not ours), ``visit.code_forged``
    (the mark does not fit), ``visit.code_not_here`` (bars of a gate whose visit is not known here).
    """
    if bars := _SHORT.fullmatch(text.strip()[:_LONGEST]):
        return _read_bars(desk, bars)
    fits = _SHAPE.fullmatch(text.strip()[:_LONGEST])
    if fits is None:
        raise Refused("visit.code_unreadable")
    try:
        day = datetime.strptime(fits[2], "%Y%m%d").date()  # noqa: DTZ007 - a day of the site has no zone
    except ValueError:
        raise Refused("visit.code_unreadable") from None
    number, mark = int(fits[3]), fits[5].upper()
    for gate in _spelt(desk, fits[1], day, number):
        plain = f"{PREFIX}{gate}:{fits[2]}-{fits[3]}:{fits[4]}"
        if hmac.compare_digest(mark, desk.site_key.sign(plain, MARK_LENGTH)):
            return SlipCode(gate, day, number, int(fits[4]))
    raise Refused("visit.code_forged")


def _spelt(desk: Desk, gate: str, day: date, number: int) -> Iterator[str]:
    """Yield how the gate may be spelt: a scanner that types is at the mercy of Caps Lock.

    Only the spelling that was signed fits the mark; of another gate the book knows it.
    """
    if gate.lower() == desk.gate.lower():
        yield desk.gate
        return
    yield gate
    for other in _gates_of(desk, day, number):
        if gate.lower() == other.lower():
            yield other


def _gates_of(desk: Desk, day: date, number: int) -> list[str]:
    """Return the other gates at which somebody came with this number on that day."""
    with desk.read() as book:
        found = book.all(OF_NUMBER, day=day, number=number)
    return [visit.gate for visit, _ in found if visit.gate != desk.gate]


def _read_bars(desk: Desk, bars: re.Match[str]) -> SlipCode:
    """Return what bars say: they name no gate, so it is this one or one whose visit is known."""
    day, number, copy, mark = bars.groups()
    try:
        on = datetime.strptime(day, "%y%j").date()  # noqa: DTZ007 - a day of the site has no zone
    except ValueError:
        on = None
    for gate in (desk.gate, *(_gates_of(desk, on, int(number)) if on else ())):
        if hmac.compare_digest(mark, _short_mark(desk, gate, day + number + copy)):
            break
    else:
        raise Refused("visit.code_not_here")
    if on is None:
        raise Refused("visit.code_unreadable")
    return SlipCode(gate, on, int(number), int(copy))


def visit_on(book: Book, code: SlipCode) -> tuple[Visit, Person] | None:
    """Return the visit that a genuine code of whichever gate names; None where it is not known.

    Where it gave way to another of the same person who is inside, that one.
    """
    found = book.one(BY_NUMBER, gate=code.gate, day=code.day, number=code.number)
    found = found or _by_its_arrival(book, code)
    return None if found is None else standing_for(book, found)


def _by_its_arrival(book: Book, code: SlipCode) -> tuple[Visit, Person] | None:
    """Return the visit that had this number once: let in at two gates, a visit keeps only one."""
    after = (code.day + timedelta(days=2)).isoformat()
    before = (code.day - timedelta(days=1)).isoformat()
    for (facts,) in book.connection.execute(_ARRIVED, (code.gate, before, after)):
        told = json.loads(facts)
        if told["number"] == spoken(code.number):
            found = book.one(VISIT, id=told["visit"])
            return found if found is not None and found[0].day == code.day else None
    return None


def is_of_unheard_work(desk: Desk, book: Book, code: SlipCode) -> bool:
    """Say whether another gate printed this slip in work that has not come here yet."""
    if code.gate == desk.gate:
        return False
    found = visit_on(book, code)
    if found is None:
        return True
    same = (found[0].gate, found[0].number) == (code.gate, code.number)
    return same and code.copy > found[0].copy_no


def visit_of_code(desk: Desk, book: Book, text: str) -> tuple[Visit, Person]:
    """Return the visit whose valid slip was scanned, or whose slip is void with the visit.

    Raises ``Refused``: those of ``read``, ``visit.code_other_gate`` for another gate's that is not
    known here yet, ``visit.code_unknown``, ``visit.code_old_copy`` (a newer copy was printed),
    ``visit.left_already``.
    """
    code = read(desk, text)
    if is_of_unheard_work(desk, book, code):
        raise Refused("visit.code_other_gate", gate=gate_name(desk, book, code.gate))
    found = visit_on(book, code)
    if found is None:
        number = listed(code.day, code.number, desk.today())
        raise Refused("visit.code_unknown", number=number)
    _refuse_spent(desk, found[0], code)
    return found


def _refuse_spent(desk: Desk, visit: Visit, code: SlipCode) -> None:
    number = listed(visit.day, visit.number, desk.today())
    if visit.state in DENIED:
        return  # whoever carries it leaves all the same
    if visit.state is State.LEFT and visit.left_at is not None and not awaits_slip(visit):
        raise Refused(
            "visit.left_already", number=number, at=day_and_hour(desk, visit.left_at)
        )  # fmt: skip
    other = (code.gate, code.number) != (visit.gate, visit.number)
    if not other and code.copy != visit.copy_no:
        raise Refused("visit.code_old_copy", number=number, copy=code.copy, newest=visit.copy_no)
