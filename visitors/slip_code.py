"""The codes on a visitor's slip: ``V1:<gate>:<YYYYMMDD>-<number>:<copy>:<mark>`` as a QR code.

As bars (Code 128), which hold less, it is ``V:`` and 18 digits: year and day of the year (YYDDD),
number (4), copy (2), mark (7). One symbol of the bars holds two digits, so
that they fit 58 mm paper; the gate has no room, but the mark is made with its name.

The mark is a short HMAC, so that no other code closes a visit; the copy number makes older copies
invalid at the exit. A scanned code is text from outside: nothing in it is trusted.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from visitors.models import BY_NUMBER, State, Visit
from visitors.rules import listed, readable
from visitors.wording import day_and_hour

PREFIX = "V1:"
SHORT_PREFIX = "V:"
MARK_LENGTH = 8
SHORT_MARK_LENGTH = 7
"""Digits: who invents a mark has one chance in ten million, and each try is a scan at the gate."""
_MOST_NUMBER, _MOST_COPIES = 9999, 99
_LONGEST = 80
_SHAPE = re.compile(
    r"V1:([A-Z0-9_-]{1,20}):(\d{8})-(\d{3,6}):(\d{1,3}):([0-9A-Z]{8})", re.ASCII | re.IGNORECASE
)
_SHORT = re.compile(r"V:(\d{5})(\d{4})(\d{2})(\d{7})", re.ASCII | re.IGNORECASE)


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
    """Return the code of one copy as it stands in bars; "" past number 9999 or copy 99."""
    if visit.number > _MOST_NUMBER or copy > _MOST_COPIES:
        return ""
    plain = f"{visit.day:%y%j}{visit.number:04}{copy:02}"
    return f"{SHORT_PREFIX}{plain}{_short_mark(desk, visit.gate, plain)}"


def _short_mark(desk: Desk, gate: str, plain: str) -> str:
    return desk.site_key.sign_digits(f"{SHORT_PREFIX}{gate}:{plain}", SHORT_MARK_LENGTH)


def is_slip_code(text: str) -> bool:
    """Say whether a scanned code claims to be a visitor's slip."""
    return text.strip().upper().startswith((PREFIX, SHORT_PREFIX))


def read(desk: Desk, text: str) -> SlipCode:
    """Return what a scanned code says, be it the QR code's or the bars'.

    Raises ``Refused``: ``visit.code_unreadable`` (torn or not ours), ``visit.code_forged``
    (the mark does not fit), ``visit.code_not_here`` (bars that this gate did not make).
    """
    if bars := _SHORT.fullmatch(text.strip()[:_LONGEST]):
        return _read_bars(desk, bars)
    fits = _SHAPE.fullmatch(text.strip()[:_LONGEST])
    if fits is None:
        raise Refused("visit.code_unreadable")
    # A scanner that types is at the mercy of Caps Lock: only our own spelling is signed.
    gate = desk.gate if fits[1].lower() == desk.gate.lower() else fits[1]
    plain, mark = f"{PREFIX}{gate}:{fits[2]}-{fits[3]}:{fits[4]}", fits[5].upper()
    if not hmac.compare_digest(mark, desk.site_key.sign(plain, MARK_LENGTH)):
        raise Refused("visit.code_forged")
    try:
        day = datetime.strptime(fits[2], "%Y%m%d").date()  # noqa: DTZ007 - a day of the site has no zone
    except ValueError:
        raise Refused("visit.code_unreadable") from None
    return SlipCode(gate, day, int(fits[3]), int(fits[4]))


def _read_bars(desk: Desk, bars: re.Match[str]) -> SlipCode:
    day, number, copy, mark = bars.groups()
    if not hmac.compare_digest(mark, _short_mark(desk, desk.gate, day + number + copy)):
        raise Refused("visit.code_not_here")
    try:
        on = datetime.strptime(day, "%y%j").date()  # noqa: DTZ007 - a day of the site has no zone
    except ValueError:
        raise Refused("visit.code_unreadable") from None
    return SlipCode(desk.gate, on, int(number), int(copy))


def visit_of_code(desk: Desk, book: Book, text: str) -> tuple[Visit, Person]:
    """Return the visit whose valid slip was scanned, or whose slip is void with the visit.

    Raises ``Refused``: those of ``read``, ``visit.code_other_gate``, ``visit.code_unknown``,
    ``visit.code_old_copy`` (a newer copy was printed), ``visit.left_already``.
    """
    code = read(desk, text)
    if code.gate != desk.gate:
        raise Refused("visit.code_other_gate", gate=code.gate)
    found = book.one(BY_NUMBER, gate=code.gate, day=code.day, number=code.number)
    if found is None:
        number = listed(code.day, code.number, desk.today())
        raise Refused("visit.code_unknown", number=number)
    _refuse_spent(desk, found[0], code)
    return found


def _refuse_spent(desk: Desk, visit: Visit, code: SlipCode) -> None:
    number = listed(visit.day, visit.number, desk.today())
    if visit.state is State.VOIDED:
        return  # whoever carries it leaves all the same
    if visit.state is State.LEFT and visit.left_at is not None:
        raise Refused(
            "visit.left_already", number=number, at=day_and_hour(desk, visit.left_at)
        )  # fmt: skip
    if code.copy != visit.copy_no:
        raise Refused("visit.code_old_copy", number=number, copy=code.copy, newest=visit.copy_no)
