"""An NTAG 424 DNA for the emulated reader: an address with a rising counter, signed at each tap.

Data sheet NT4H2421Gx rev. 3.0 chapters 8 and 9 and AN12196, as far as a reader without keys sees
the card. It signs with its own code, so that what the kiosk checks was not made by the kiosk.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from drivers.emulators.cards import Card, Ntag213

PREFIX: Final = "gate.example/t?"
_ATS: Final = bytes.fromhex("067777710280")
_FRAMES: Final = {5: 64, 6: 96, 7: 128, 8: 256}  # FSDI to bytes, ISO/IEC 14443-4 table 1
_CRC: Final = 2
_SELECT_APPLICATION: Final = bytes.fromhex("00a4040007d276000085010100")
_SELECT_NDEF: Final = bytes.fromhex("00a4000c02e104")
_OK, _UNKNOWN_FILE, _NOT_SELECTED, _WRONG = (
    bytes.fromhex(it) for it in ("9000", "6a82", "6985", "6d00")
)
_FILE_BYTES: Final = 256
_HTTPS: Final = 4
_RATS, _I_BLOCK, _R_ACK, _S_WAIT = 0xE0, 0x02, 0xA2, 0xF2


@dataclass(frozen=True, slots=True)
class Keys:
    """What was written into the card: the site's reading key and the card's own."""

    reading: bytes
    own: bytes


class IsoDepCard(Card):
    """A card of ISO/IEC 14443-4: activation, blocks, chaining. `obey` is its application.

    `waits` times it asks for more time before it answers.
    """

    def __init__(self, uid: bytes) -> None:
        super().__init__(uid, b"\x03\x44", 0x20)
        self.waits = 0
        self._frame = 0
        self._rest = b""
        self._asked = b""
        self._waited = 0
        self._toggle = 0

    def power_up(self) -> None:
        """Forget the conversation."""
        self._frame, self._rest, self._waited = 0, b"", 0

    def receive(self, frame: bytes) -> bytes | None:
        """Answer RATS, I-blocks, R(ACK) and S(WTX); anything else is met with silence."""
        head = frame[0] if frame else 0
        if head == _RATS:
            self._frame = _FRAMES.get(frame[1] >> 4, 64)
            return _ATS
        if not self._frame:
            return None
        if head & 0xE2 == _I_BLOCK:
            self._asked, self._toggle, self._waited = frame[1:], head & 1, 0
            return self._answer()
        if head == _S_WAIT:
            return self._answer()
        return self._part(head) if head & 0xF6 == _R_ACK and self._rest else None

    def _answer(self) -> bytes:
        if self._waited < self.waits:
            self._waited += 1
            return bytes((_S_WAIT, 1))
        self._rest = self.obey(self._asked)
        return self._part(self._toggle)

    def _part(self, head: int) -> bytes:
        size = self._frame - 1 - _CRC
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes((0x02 | head & 1 | (0x10 if self._rest else 0),)) + part

    def obey(self, apdu: bytes) -> bytes:  # noqa: ARG002 - this card has no application
        """Return the answer to one command, status at its end."""
        return _WRONG


class Ntag424Dna(IsoDepCard):
    """A badge whose address is `https://PREFIX` and the mirror; `counter` is that of the last tap.

    `plain` shows number and counter as they are, else they are encrypted.
    """

    def __init__(
        self, uid: bytes, keys: Keys, *, counter: int = 0, plain: bool = False, prefix: str = PREFIX
    ) -> None:
        super().__init__(uid)
        self.counter, self.plain = counter, plain
        self._keys, self._prefix = keys, prefix
        self._application = self._file = self._read = False
        self._content = b""

    def power_up(self) -> None:
        """Forget what was selected; the counter stays."""
        super().power_up()
        self._application = self._file = self._read = False

    def obey(self, apdu: bytes) -> bytes:
        """Obey ISOSelectFile and ISOReadBinary."""
        if apdu == _SELECT_APPLICATION:
            self._application, self._file = True, False
            return _OK
        if apdu == _SELECT_NDEF:
            self._file = self._application
            return _OK if self._file else _UNKNOWN_FILE
        if apdu[:2] == b"\x00\xb0":
            return self._read_binary(int.from_bytes(apdu[2:4], "big"), apdu[4])
        return _WRONG

    def _read_binary(self, offset: int, length: int) -> bytes:
        if not self._file:
            return _NOT_SELECTED
        if not self._read:  # the counter rises once in a session, at the first reading
            self._read, self.counter = True, self.counter + 1
            self._content = self._message()
        return self._content[offset : offset + length] + _OK

    def _message(self) -> bytes:
        record = _record(self.address())
        return (len(record).to_bytes(2, "big") + record).ljust(_FILE_BYTES, b"\0")

    def address(self) -> str:
        """Return what the card shows at the counter where it stands."""
        counted = self.uid + self.counter.to_bytes(3, "little")
        session = _cmac(self._keys.own, bytes.fromhex("3cc300010080") + counted)
        mac = _cmac(session, b"")[1::2].hex().upper()
        if self.plain:
            return f"https://{self._prefix}m={self.uid.hex().upper()}x{self.counter:06X}x{mac}"
        block = Cipher(AES(self._keys.reading), modes.CBC(bytes(16))).encryptor()
        picc = block.update(b"\xc7" + counted + os.urandom(5)) + block.finalize()
        return f"https://{self._prefix}e={picc.hex().upper()}&c={mac}"


def _record(address: str) -> bytes:
    payload = bytes((_HTTPS,)) + address.removeprefix("https://").encode()
    return bytes((0xD1, 1, len(payload))) + b"U" + payload


def _cmac(key: bytes, text: bytes) -> bytes:
    made = CMAC(AES(key))
    made.update(text)
    return made.finalize()


class CopiedType4(IsoDepCard):
    """A card of the same kind that shows for ever the address that was copied onto it."""

    def __init__(self, uid: bytes, address: str) -> None:
        super().__init__(uid)
        record = _record(address)
        self._content = len(record).to_bytes(2, "big") + record

    def obey(self, apdu: bytes) -> bytes:
        """Answer each reading with the same bytes."""
        if apdu[:2] == b"\x00\xb0":
            offset = int.from_bytes(apdu[2:4], "big")
            return self._content[offset : offset + apdu[4]] + _OK
        return _OK


def copied_ntag213(uid: bytes, address: str) -> Ntag213:
    """Return a cheap card that was given the same number and the address of one tap."""
    card = Ntag213(uid)
    record = _record(address)
    memory = (bytes((0x03, len(record))) + record + b"\xfe").ljust(len(card.pages[4:]) * 4, b"\0")
    card.pages[4:] = [memory[at : at + 4] for at in range(0, len(memory), 4)]
    return card
