"""The address in an NDEF message (NFC Forum NDEF 1.0 and RTD URI 1.0), as a badge mirrors it."""

from __future__ import annotations

from typing import Final

_PREFIXES: Final = ("", "http://www.", "https://www.", "http://", "https://")
_SHORT, _HAS_ID, _FORMAT = 0x10, 0x08, 0x07
_WELL_KNOWN: Final = 1
_URI: Final = b"U"


def address_in(message: bytes) -> str:
    """Return the address that the first record holds; "" when it is no record of that kind.

    Never raises: the bytes come from a card that anybody can have written.
    """
    try:
        head, type_length = message[0], message[1]
        at = 3 if head & _SHORT else 6
        length = int.from_bytes(message[2:at], "big")
        id_length = 0
        if head & _HAS_ID:
            id_length, at = message[at], at + 1
        kind = message[at : at + type_length]
        start = at + type_length + id_length
        payload = message[start : start + length]
        if head & _FORMAT != _WELL_KNOWN or kind != _URI or len(payload) != length:
            return ""
        return _PREFIXES[payload[0]] + payload[1:].decode("ascii")
    except (IndexError, UnicodeDecodeError):
        return ""
