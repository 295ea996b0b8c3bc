"""Numbers of identity cards: their form, their check digit, and what of them may be shown."""

import re
import unicodedata
from datetime import date

from kiosk.desk.refusal import Refused

_LONGEST_ID = 60
_ID = re.compile(r"\d{17}[\dX]").fullmatch
_FOREIGNER_2017 = re.compile(r"[A-Z]{3}\d{12}", re.ASCII).fullmatch
_WEIGHTS = tuple(2**place % 11 for place in range(17, 0, -1))  # GB 11643-1999, 4.1
_CHECK = "10X98765432"


def id_number(text: str) -> str:
    """Return a citizen's identity number in its plain form, "" for none (GB 11643-1999).

    A foreigner's card of 2017 has 15 signs, a country and 12 digits, and no check digit of that
    standard. Raises ``Refused``: ``visit.id_shape`` (another form), ``visit.id_birthday`` (no such
    day), ``visit.id_check`` (the check digit does not fit: one digit is wrong).
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:_LONGEST_ID])).upper()
    if not number or _FOREIGNER_2017(number):
        return number
    if not _ID(number) or not number.isascii():
        raise Refused("visit.id_shape", field="id_number")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Refused("visit.id_birthday", field="id_number") from None
    if _CHECK[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11] != number[17]:
        raise Refused("visit.id_check", field="id_number")
    return number


def has_check_digit(number: str) -> bool:
    """Say whether a number of this form ends with the check digit of GB 11643."""
    return bool(_ID(number))


def masked(number: str) -> str:
    """Return an identity number as paper and screen show it, its middle hidden."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if number else ""
