"""Cards for the emulated reader, as they behave in the air (without the checksum of the frames).

NTAG213: data sheet rev. 3.2, chapters 8 and 10. Answers a reader that selected the card; None is
a card that says nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

ACK: Final = b"\x0a"
NAK: Final = b"\x00"
_PAGE: Final = 4
_READ_PAGES: Final = 4
_NTAG213_PAGES: Final = 45
_FIRST_WRITABLE: Final = 2
_VERSION: Final = bytes.fromhex("0004040201000f03")
_CAPABILITY: Final = bytes.fromhex("e1101200")
_EMPTY_NDEF: Final = bytes.fromhex("0300fe00")
_CASCADE_TAG: Final = 0x88


@dataclass(eq=False)
class Card:
    """Any type A card that has a number and says nothing more.

    `sens_res` is sent as it stands in the chip's answer (high byte first); `sel_res` is the SAK.
    """

    uid: bytes
    sens_res: bytes = b"\x00\x44"
    sel_res: int = 0x00

    @property
    def selectable(self) -> bool:
        """Whether a reader gets a number out of it."""
        return True

    def power_up(self) -> None:
        """Start anew, because the field went on."""

    def receive(self, frame: bytes) -> bytes | None:  # noqa: ARG002 - this card says nothing
        """Return the answer to `frame`; one byte is a four-bit ACK or NAK, None is silence."""
        return None


def classic_1k(uid: bytes) -> Card:
    """Return a MIFARE Classic, of which only the number can be read without a key."""
    return Card(uid, b"\x00\x04", 0x08)


def desfire(uid: bytes) -> Card:
    """Return a DESFire as far as its number; it takes no commands here."""
    return Card(uid, b"\x03\x44", 0x20)


@dataclass(eq=False)
class Unreadable(Card):
    """A torn card: it answers the first call, and no number comes."""

    uid: bytes = b""

    @property
    def selectable(self) -> bool:
        """Never."""
        return False


@dataclass(eq=False)
class Phone(Card):
    """A phone: a new random number at every power-up (ISO/IEC 14443-3, uid0 = 08h)."""

    uid: bytes = bytes.fromhex("08000000")
    sens_res: bytes = b"\x00\x04"
    sel_res: int = 0x20
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(0x1234, 0x2F35))

    def power_up(self) -> None:
        """Choose another number."""
        self.uid = b"\x08" + (next(self._numbers) & 0xFFFFFF).to_bytes(3, "big")


class Ntag213(Card):
    """An NTAG213 with an empty NDEF message; `pages` is its memory, four bytes each.

    Raises:
        ValueError: `uid` has not seven bytes.

    """

    def __init__(self, uid: bytes) -> None:
        if len(uid) != 7:  # noqa: PLR2004 - the one length NXP gives these cards
            msg = f"an NTAG213 has a number of 7 bytes, not {len(uid)}"
            raise ValueError(msg)
        super().__init__(uid)
        self.pages = [*_manufacturer_pages(uid), _CAPABILITY, _EMPTY_NDEF]
        self.pages += [bytes(_PAGE)] * (_NTAG213_PAGES - len(self.pages))
        self._mute = False

    def power_up(self) -> None:
        """Wake from the silence that follows an unknown command."""
        self._mute = False

    def receive(self, frame: bytes) -> bytes | None:
        """Obey GET_VERSION, READ, FAST_READ, WRITE, READ_CNT, READ_SIG and HLTA."""
        if self._mute or not frame:
            return None
        answer = self._obey(frame[0], frame[1:])
        self._mute = answer in (None, NAK)
        return answer

    def _obey(self, command: int, rest: bytes) -> bytes | None:
        answer: bytes | None = NAK
        match command, len(rest):
            case 0x60, 0:
                answer = _VERSION
            case 0x30, 1 if rest[0] < len(self.pages):
                answer = self._read(rest[0])
            case 0x3A, 2 if rest[0] <= rest[1] < len(self.pages):
                answer = b"".join(self.pages[rest[0] : rest[1] + 1])
            case 0xA2, 5 if _FIRST_WRITABLE <= rest[0] < len(self.pages):
                self.pages[rest[0]] = rest[1:]
                answer = ACK
            case 0x39, 1:
                answer = bytes(3)
            case 0x3C, 1:
                answer = bytes(32)
            case 0x50, _:
                answer = None
        return answer

    def _read(self, first: int) -> bytes:
        pages = itertools.islice(itertools.cycle(self.pages), first, first + _READ_PAGES)
        return b"".join(pages)


def _manufacturer_pages(uid: bytes) -> list[bytes]:
    """Return pages 0 to 2: the number with its two check bytes."""
    first, second = uid[:3], uid[3:]
    check = bytes((_CASCADE_TAG ^ first[0] ^ first[1] ^ first[2],))
    check2 = bytes((second[0] ^ second[1] ^ second[2] ^ second[3],))
    return [first + check, second, check2 + b"\x48\x00\x00"]


def card(what: Card | bytes | str) -> Card:
    """Return `what` as a card: a number of 7 bytes is an NTAG213, one of 4 a MIFARE Classic.

    The text "phone" is a phone, "torn" is an unreadable card, any other text is hexadecimal.

    Raises:
        ValueError: no such number.

    """
    if isinstance(what, Card):
        return what
    if what == "phone":
        return Phone()
    if what == "torn":
        return Unreadable()
    uid = bytes.fromhex(what) if isinstance(what, str) else what
    if len(uid) == 4:  # noqa: PLR2004 - single-size numbers, ISO/IEC 14443-3
        return classic_1k(uid)
    return Ntag213(uid)
