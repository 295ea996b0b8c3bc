"""Reading the NDEF file of a card that speaks ISO-DEP. No wire, no library, no clock.

ISO/IEC 14443-4 for the blocks, ISO/IEC 7816-4 for the commands, NFC Forum Type 4 Tag 2.0 for the
file. nfcpy can do it too, with 3 MB of modules that nothing else here needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Exchange = Callable[[bytes, float], bytes]
"""Sends a frame to the card and returns its answer within seconds; raises when there is none."""

_RATS: Final = bytes.fromhex("e080")  # frames of up to 256 bytes, card number 0
_SELECT_APPLICATION: Final = bytes.fromhex("00a4040007d276000085010100")
_SELECT_NDEF_FILE: Final = bytes.fromhex("00a4000c02e104")
_READ: Final = bytes.fromhex("00b0")
_OK: Final = b"\x90\x00"
_ACTIVATION_S: Final = 0.04
_ANSWER_S: Final = 0.08
_FIRST_READ: Final = 128
_LONGEST_FILE: Final = 1024
_MOST_BLOCKS: Final = 32

_I_BLOCK, _R_ACK, _S_WAIT = 0x02, 0xA2, 0xF2
_KIND, _CHAINED, _TOGGLE = 0xE2, 0x10, 0x01


class NotRead(Exception):  # noqa: N818 - says what happened
    """The card answered, but there is no such file, or it talks nonsense."""


def ndef_file(exchange: Exchange) -> bytes:
    """Return the NDEF message of the card that `exchange` has selected, without its length.

    Raises:
        NotRead: the card has no NDEF file, or breaks the rules of its own protocol.
        Exception: what `exchange` raises when the card does not answer.

    """
    card = _Card(exchange)
    card.command(_SELECT_APPLICATION)
    card.command(_SELECT_NDEF_FILE)
    content = card.command(_reading(0, _FIRST_READ))
    wanted = 2 + int.from_bytes(content[:2], "big")
    if len(content) < 2 or wanted > _LONGEST_FILE:  # noqa: PLR2004 - two bytes of length
        raise NotRead("no message of a likely length")
    while len(content) < wanted:
        more = card.command(_reading(len(content), min(_FIRST_READ, wanted - len(content))))
        if not more:
            raise NotRead("the file ends before its message")
        content += more
    return content[2:wanted]


def _reading(offset: int, length: int) -> bytes:
    return _READ + offset.to_bytes(2, "big") + bytes((length,))


class _Card:
    """One conversation with a card, from its activation on."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._number = 0
        ats = exchange(_RATS, _ACTIVATION_S)
        if not ats or ats[0] != len(ats):
            raise NotRead("no answer to select")

    def command(self, apdu: bytes) -> bytes:
        """Send one command; return its answer without the status, which must be 9000."""
        answer, block = b"", bytes((_I_BLOCK | self._number,)) + apdu
        for _ in range(_MOST_BLOCKS):
            said = self._exchange(block, _ANSWER_S)
            if not said:
                raise NotRead("an empty block")
            if said[0] == _S_WAIT:  # the card asks for more time: grant it what it asks
                block = said[:2]
                continue
            if said[0] & _KIND != _I_BLOCK or said[0] & _TOGGLE != self._number:
                raise NotRead("a block out of turn")
            answer += said[1:]
            self._number ^= _TOGGLE
            if not said[0] & _CHAINED:
                return _of_status(answer)
            block = bytes((_R_ACK | self._number,))
        raise NotRead("blocks without end")


def _of_status(answer: bytes) -> bytes:
    if answer[-2:] != _OK:
        raise NotRead(f"status {answer[-2:].hex()}")
    return answer[:-2]
