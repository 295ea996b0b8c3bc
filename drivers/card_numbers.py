"""The numbers that readers type for a card, and the card's own number behind them.

The same card has many: from the bytes 02 6f 6c 3a, one reader types 0040856634 and another
00623,27706. A number without its format says nothing, so the format belongs to the reader's
settings, and what does not fit it exactly is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


class BadCardNumber(ValueError):  # noqa: N818 - named for what was typed, as BadAddress is
    """A text that is no card number in the reader's format.

    `code` is "card_number.unknown_format", "card_number.wrong_form" or "card_number.too_big".
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code} {text!r}")
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class _Format:
    form: re.Pattern[str]
    bytes_of: Callable[[re.Match[str]], bytes]
    digits: int = 0
    """How many decimal digits it writes; 0 for hexadecimal."""


def _decimal(widths: tuple[int, ...]) -> Callable[[re.Match[str]], bytes]:
    def bytes_of(found: re.Match[str]) -> bytes:
        parts = zip(found.groups(), widths, strict=True)
        return b"".join(int(digits).to_bytes(width, "big") for digits, width in parts)

    return bytes_of


def _hexadecimal(found: re.Match[str]) -> bytes:
    return bytes.fromhex(found[0])


def _reversed(bytes_of: Callable[[re.Match[str]], bytes]) -> Callable[[re.Match[str]], bytes]:
    return lambda found: bytes_of(found)[::-1]


_TEN_DIGITS: Final = re.compile(r"([0-9]{10})")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{8}|[0-9A-Fa-f]{14}|[0-9A-Fa-f]{20}")
_FORMATS: Final = {
    "hex": _Format(_HEX, _hexadecimal),
    "hex-reversed": _Format(_HEX, _reversed(_hexadecimal)),
    "8h10d": _Format(_TEN_DIGITS, _decimal((4,)), 10),
    "8h10d-reversed": _Format(_TEN_DIGITS, _reversed(_decimal((4,))), 10),
    "6h8d": _Format(re.compile(r"([0-9]{8})"), _decimal((3,)), 8),
    "2h4h": _Format(re.compile(r"([0-9]{3}),?([0-9]{5})"), _decimal((1, 2)), 8),
    "4h4h": _Format(re.compile(r"([0-9]{5}),?([0-9]{5})"), _decimal((2, 2)), 10),
}
FORMATS: Final = tuple(_FORMATS)
"""The formats, by the names that the settings use.

"8h10d" is the last four bytes as ten decimal digits, "6h8d" the last three as eight, "2h4h" and
"4h4h" two numbers with a comma between (or none); "hex" the 4, 7 or 10 bytes themselves;
"-reversed" the last byte first.
"""


def check_format(card_format: str) -> None:
    """Refuse a format that does not exist.

    Raises:
        BadCardNumber: with the code "card_number.unknown_format".

    """
    if card_format not in _FORMATS:
        raise BadCardNumber("card_number.unknown_format", card_format)


def card_bytes(text: str, card_format: str) -> bytes:
    """Return the card's number behind what a reader typed, most significant byte first.

    "6h8d" and "2h4h" leave a byte away: three bytes come back, and two cards may share them.

    Raises:
        BadCardNumber: an unknown format, or a text that is not exactly one number in it.

    """
    check_format(card_format)
    found = _FORMATS[card_format].form.fullmatch(text)
    if found is None:
        raise BadCardNumber("card_number.wrong_form", text)
    try:
        return _FORMATS[card_format].bytes_of(found)
    except OverflowError:
        raise BadCardNumber("card_number.too_big", text) from None


def with_leading_zeros(text: str, card_format: str) -> str:
    """Return a number with the zeros that a spreadsheet drops in front of it.

    Only what is decimal digits and nothing else, in a decimal format, is filled up to the format's
    width; everything else comes back as it is.

    Raises:
        BadCardNumber: an unknown format.

    """
    check_format(card_format)
    plain = text.isascii() and text.isdecimal()
    return text.zfill(_FORMATS[card_format].digits) if plain else text


def looks_like_card(text: str, card_format: str) -> bool:
    """Tell whether `text` is exactly one number in `card_format`."""
    try:
        card_bytes(text, card_format)
    except BadCardNumber:
        return False
    return True
