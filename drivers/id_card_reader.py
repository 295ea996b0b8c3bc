"""A reader of second-generation ID cards: find, select, read; say name, sex and number, no more.

The module sends the card's photo and all its text whether one wants them or not. Everything but
name, sex and number ends in this file: no event, no log line and no other thread ever sees it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Final

import serial

from drivers import id_card_frames as frames
from drivers.addresses import Address
from drivers.events import IdCardRead, IdCardUnread, Listener
from drivers.id_card_frames import Answer, Frames
from drivers.id_card_text import TEXT_BYTES, CardText, OddText, read_text
from drivers.supervisor import Opener
from drivers.trouble import DeviceTrouble

BAUD: Final = 115200
"""Factory setting of the module, 8N1."""
LOOK_EVERY_S: Final = 0.25
"""The makers ask for a pause of about 300 ms between two looks for a card."""
ANSWER_S: Final = 0.5
READ_S: Final = 2.0
"""Module and card prove each other before the first byte comes."""
TRIES: Final = 3
"""So often a card that lies there is read before somebody is asked to lay it on again."""

_SLICE_S: Final = 0.05
_AT_MOST: Final = 4096
_BITS_A_BYTE: Final = 10
_READ_BYTES: Final = 1295
_MISSES: Final = 2
_GONE_AFTER: Final = 2
_HEADER: Final = 4
_PHOTO_BYTES: Final = 1024
_SELECTED_BYTES: Final = 16
_ANY_TIME: Final = frozenset({0x10, 0x11, 0x21, 0x24, 0x31, 0x32, 0x33, 0x40, 0x47, 0x60, 0x66})
_BROKEN: Final = frozenset({0x60, 0x66})

Fits = Callable[[Answer], bool]
"""Whether an answer can be the one to the question asked: a late one to the last is passed over."""


class IdCardSession:
    """An open ID-card reader, as the supervisor works it."""

    detail = "SAM"

    def __init__(self, name: str, path: str, baud: int = BAUD) -> None:
        self._name = name
        self._read_s = READ_S + _READ_BYTES * _BITS_A_BYTE / baud
        self._frames = Frames()
        self._missed = self._absent = self._tried = 0
        self._said = False
        self._why = ""
        self._port = serial.Serial(path, baud, timeout=_SLICE_S, write_timeout=1, exclusive=True)
        try:
            self._open()
        except Exception:
            self.close()
            raise

    def _open(self) -> None:
        """Ask the module how it is; a line that is still talking is let finish first."""
        self._listen(_SLICE_S, lambda _: False)
        state = self._ask(frames.STATE, ANSWER_S, _is_state)
        if state is None:
            raise DeviceTrouble("silent")
        if state.status != frames.DONE:
            raise DeviceTrouble(state.name)

    def poll(self, emit: Listener) -> None:
        """Pause, look for a card, and read one that was not read since it came.

        Raises:
            DeviceTrouble: the reader is gone ("lost"), does not answer ("silent"), or its module
                is out of order ("self_test_failed", "not_licensed").

        """
        self._listen(LOOK_EVERY_S, lambda _: False)
        found = self._ask(frames.FIND, ANSWER_S, _is_found)
        if found is None:
            self._miss()
            return
        self._missed = 0
        if found.status in _BROKEN:
            raise DeviceTrouble(found.name)
        if found.status == frames.FOUND:
            self._lies(emit)
        elif found.status == frames.NO_CARD:
            self._lies_no_more(emit)

    def close(self) -> None:
        """Let go of the port."""
        with contextlib.suppress(Exception):
            self._port.close()

    def _miss(self) -> None:
        self._missed += 1
        if self._missed >= _MISSES:
            raise DeviceTrouble("silent")

    def _lies(self, emit: Listener) -> None:
        self._absent = 0
        if self._said:
            return
        card = self._read_card()
        if card is not None:
            self._said = True
            now = time.monotonic()
            emit(IdCardRead(self._name, card.kind, card.name, card.sex, card.number, now))
            return
        self._tried += 1
        if self._tried >= TRIES:
            self._complain(emit)

    def _lies_no_more(self, emit: Listener) -> None:
        """Forget the card once it is away; say so when it went before it could be read.

        Some modules find a card only once, however long it lies: it looks as if it had gone.
        """
        self._absent += 1
        if self._absent < _GONE_AFTER:
            return
        if self._tried and not self._said:
            self._complain(emit)
        self._said, self._tried = False, 0

    def _complain(self, emit: Listener) -> None:
        self._said = True
        emit(IdCardUnread(self._name, self._why, time.monotonic()))

    def _read_card(self) -> CardText | None:
        """Select and read; None, and why not in `_why`, when it did not work."""
        selected = self._ask(frames.SELECT, ANSWER_S, _is_selected)
        if selected is None or selected.status != frames.DONE:
            self._why = "torn" if selected is None else selected.name
            return None
        read = self._ask(frames.READ, self._read_s, _is_read)
        if read is None or read.status != frames.DONE:
            self._why = "torn" if read is None else read.name
            return None
        try:
            return read_text(read.data[_HEADER : _HEADER + TEXT_BYTES])
        except OddText:
            self._why = "odd_text"
            return None

    # The line.

    def _ask(self, order: bytes, within_s: float, fits: Fits) -> Answer | None:
        """Send `order` and return its answer; None when none came, or only a torn one."""
        self._frames.clear()
        try:
            self._port.write(frames.request(order))
        except Exception as trouble:
            # pyserial throws SerialException, OSError, TypeError and termios.error for one thing.
            raise DeviceTrouble("lost", repr(trouble)) from trouble
        return self._listen(within_s, fits)

    def _listen(self, within_s: float, fits: Fits) -> Answer | None:
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            for payload in self._frames.feed(self._received()):
                answer = frames.answer_in(payload)
                if answer is not None and fits(answer):
                    return answer
        hidden = map(frames.answer_in, self._frames.pause())
        return next((one for one in hidden if one is not None and fits(one)), None)

    def _received(self) -> bytes:
        try:
            first = self._port.read(1)
            waiting = min(self._port.in_waiting, _AT_MOST) if first else 0
            return bytes(first) + bytes(self._port.read(waiting) if waiting else b"")
        except Exception as trouble:
            raise DeviceTrouble("lost", repr(trouble)) from trouble


def _is_state(answer: Answer) -> bool:
    return answer.status in _ANY_TIME or answer.status == frames.DONE


def _is_found(answer: Answer) -> bool:
    return answer.status in _ANY_TIME or answer.status in {frames.FOUND, frames.NO_CARD}


def _is_selected(answer: Answer) -> bool:
    short = len(answer.data) <= _SELECTED_BYTES
    done = answer.status == frames.DONE and short
    return answer.status in _ANY_TIME or answer.status == frames.NOT_SELECTED or done


def _is_read(answer: Answer) -> bool:
    """Say whether it is a card's content, as long as its own header says."""
    if answer.status != frames.DONE:
        return answer.status in _ANY_TIME or answer.status == frames.NOT_READ
    text, photo = (int.from_bytes(answer.data[at : at + 2], "big") for at in (0, 2))
    return (
        text == TEXT_BYTES
        and photo <= _PHOTO_BYTES
        and len(answer.data) == (_HEADER + text + photo)
    )


def driver(name: str, address: Address, baud: int | None = None) -> Opener:
    """Return what opens the reader called `name` at `address`, as `drivers.device` wants it."""
    return lambda: IdCardSession(name, address.path, baud or BAUD)
