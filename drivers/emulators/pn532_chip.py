"""What a PN532 does with a command (NXP UM0701-02, chapter 7), as far as nfcpy asks for it.

No wire here. The chip knows its registers, its field, the cards in it, and which it has selected.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from drivers.emulators.cards import Card

_FIFO: Final = 0x6339
_RX_MODE: Final = 0x6303
_FIRMWARE: Final = bytes.fromhex("32010607")
_NOBODY_ANSWERED: Final = 0x26
_SOMEBODY_ANSWERED: Final = 0x44
_TIME_OUT: Final = 0x01
_WRONG_CONTEXT: Final = 0x27
_CHECKS_CRC: Final = 0x80
_MOST_TARGETS: Final = 2
_CASCADE_TAG: Final = 0x88
_RF_FIELD: Final = 0x01
_TIMINGS: Final = 0x02
_DEFAULT_TIME_OUT: Final = 0x0A


def crc_a(data: bytes) -> bytes:
    """Return the checksum of a type A frame, ISO/IEC 14443-3 annex B."""
    value = 0x6363
    for byte in data:
        mixed = (byte ^ value) & 0xFF
        mixed ^= mixed << 4 & 0xFF
        value = value >> 8 ^ mixed << 8 ^ mixed << 3 ^ mixed >> 4
    return (value & 0xFFFF).to_bytes(2, "little")


class Pn532Chip:
    """The chip. `cards` are the ones in the field; put and take them from any thread.

    `wait` is how long the chip thinks, in seconds: it waits for cards that do not answer.
    """

    def __init__(self, wait: Callable[[float], object]) -> None:
        self.counted: dict[int, int] = {}
        self._cards: tuple[Card, ...] = ()
        self._lock = threading.Lock()
        self._wait = wait
        self._registers: dict[int, int] = {_RX_MODE: _CHECKS_CRC}
        self._selected: dict[int, Card] = {}
        self._active = 1
        self._field_on = False
        self._time_out = _DEFAULT_TIME_OUT
        self._commands: dict[int, Callable[[bytes], bytes | None]] = {
            0x00: self._diagnose,
            0x02: lambda _: _FIRMWARE,
            0x04: lambda _: bytes((0, self._field_on, len(self._selected), 0x80)),
            0x06: self._read_registers,
            0x08: self._write_registers,
            0x10: lambda _: b"",
            0x12: lambda _: b"",
            0x14: lambda _: b"",
            0x16: lambda _: b"\x00",
            0x32: self._configure_field,
            0x40: self._exchange,
            0x42: self._communicate_through,
            0x44: self._release,
            0x4A: self._list_targets,
            0x52: self._release,
            0x54: self._select,
        }

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return the cards in the field."""
        return self._cards

    @cards.setter
    def cards(self, cards: tuple[Card, ...]) -> None:
        with self._lock:
            for card in set(cards) - set(self._cards):
                card.power_up()
            self._cards = cards

    def obey(self, command: bytes) -> bytes | None:
        """Return the answer without D5; None is a command the chip does not know."""
        code = command[0]
        self.counted[code] = self.counted.get(code, 0) + 1
        act = self._commands.get(code)
        try:
            answer = None if act is None else act(command[1:])
        except IndexError:
            return None
        return None if answer is None else bytes((code + 1,)) + answer

    def _diagnose(self, rest: bytes) -> bytes | None:
        return rest if rest[0] == 0 else b"\x00"

    def _read_registers(self, rest: bytes) -> bytes:
        addresses = (int.from_bytes(rest[at : at + 2], "big") for at in range(0, len(rest), 2))
        return bytes(self._registers.get(address, 0) for address in addresses)

    def _write_registers(self, rest: bytes) -> bytes:
        for at in range(0, len(rest) - 2, 3):
            self._registers[int.from_bytes(rest[at : at + 2], "big")] = rest[at + 2]
        return b""

    def _configure_field(self, rest: bytes) -> bytes:
        if rest[0] == _RF_FIELD:
            self._switch_field(on=bool(rest[1] & 1))
        elif rest[0] == _TIMINGS:
            self._time_out = rest[3]
        return b""

    def _switch_field(self, *, on: bool) -> None:
        if on and not self._field_on:
            for card in self._cards:
                card.power_up()
        if not on:
            self._selected = {}
        self._field_on = on

    def _list_targets(self, rest: bytes) -> bytes:
        most, kind, wanted = min(rest[0], _MOST_TARGETS), rest[1], _without_cascade_tag(rest[2:])
        with self._lock:
            self._switch_field(on=True)
            there = [card for card in self._cards if not wanted or card.uid == wanted]
            found = [card for card in there if card.selectable][:most] if kind == 0 else []
            answered = bool(there) and kind == 0
        self._registers[_FIFO] = _SOMEBODY_ANSWERED if answered else _NOBODY_ANSWERED
        self._registers[_RX_MODE] = _CHECKS_CRC
        self._selected, self._active = dict(enumerate(found, start=1)), 1
        return bytes((len(found),)) + b"".join(
            bytes((number,)) + _target(card) for number, card in self._selected.items()
        )

    def _select(self, rest: bytes) -> bytes:
        if rest[0] not in self._selected:
            return bytes((_WRONG_CONTEXT,))
        self._active = rest[0]
        return b"\x00"

    def _release(self, rest: bytes) -> bytes:
        gone = set(self._selected) if rest[0] == 0 else {rest[0]}
        self._selected = {at: card for at, card in self._selected.items() if at not in gone}
        return b"\x00"

    def _exchange(self, rest: bytes) -> bytes:
        self._active = rest[0] & 0x07
        answer = self._ask_card(rest[1:])
        return bytes((_TIME_OUT,)) if answer is None else b"\x00" + answer

    def _communicate_through(self, rest: bytes) -> bytes:
        answer = self._ask_card(rest)
        if answer is None:
            return bytes((_TIME_OUT,))
        is_bare = self._registers.get(_RX_MODE, 0) & _CHECKS_CRC or len(answer) == 1
        return b"\x00" + answer + (b"" if is_bare else crc_a(answer))

    def _ask_card(self, frame: bytes) -> bytes | None:
        card = self._selected.get(self._active)
        with self._lock:
            is_there = card is not None and card in self._cards
            answer = card.receive(frame) if card is not None and is_there else None
        if answer is None and self._time_out:
            self._wait(100e-6 * 2 ** (min(self._time_out, 16) - 1))
        return answer


def _target(card: Card) -> bytes:
    return card.sens_res + bytes((card.sel_res, len(card.uid))) + card.uid


def _without_cascade_tag(uid: bytes) -> bytes:
    return uid[1:] if uid[:1] == bytes((_CASCADE_TAG,)) and len(uid) == 8 else uid  # noqa: PLR2004 - 88 and 7 bytes
