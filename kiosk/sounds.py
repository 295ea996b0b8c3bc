"""Three sounds that differ with eyes shut: a short high tone for yes, two low ones for no, a ring.

Played through the PC's sound by whichever player the system has; the terminal's bell is the last
resort.
"""

import io
import logging
import math
import shutil
import struct
import subprocess
import threading
from collections.abc import Callable
from functools import lru_cache
from queue import SimpleQueue

log = logging.getLogger("kiosk.sounds")
_PLAYERS = (("pw-play", "-"), ("paplay", "/dev/stdin"), ("aplay", "-q", "-"))
_RATE = 22_050
_LOUD = 12_000
_YES = ((1760.0, 0.09),)
_NO = ((330.0, 0.13), (0.0, 0.07), (262.0, 0.18))
_RING = ((1046.0, 0.15), (1318.0, 0.15), (1046.0, 0.15), (1318.0, 0.15))
_LONGEST_S = 2.0
_Parts = tuple[tuple[float, float], ...]


class Sounds:
    """Says yes and no, and rings. ``bell`` rings the terminal where the PC has no player."""

    def __init__(self, bell: Callable[[], None], *, wanted: bool = True) -> None:
        self._bell, self._wanted = bell, wanted
        self._player = next((p for p in _PLAYERS if shutil.which(p[0])), None)
        self._waiting: SimpleQueue[_Parts | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def say(self, *, yes: bool) -> None:
        """Play the tone without waiting for it."""
        self._sound(_YES if yes else _NO)

    def ring(self) -> None:
        """Ring once without waiting for it: somebody must come."""
        self._sound(_RING)

    def _sound(self, parts: _Parts) -> None:
        if not self._wanted:
            return
        if self._player is None:
            self._by_bell(parts)
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._play, name="sounds", daemon=True)
            self._thread.start()
        if self._waiting.qsize() < 2:  # noqa: PLR2004 - in a rush the newest taps matter, not an echo of old ones
            self._waiting.put(parts)

    def close(self) -> None:
        """Stop; a tone in the middle ends by itself."""
        if self._thread is not None:
            self._waiting.put(None)

    def _by_bell(self, parts: _Parts) -> None:
        for hertz, _seconds in parts:
            if hertz:
                self._bell()

    def _play(self) -> None:
        while (parts := self._waiting.get()) is not None:
            try:
                done = subprocess.run(  # noqa: S603 - a fixed command, found on the PATH at start
                    self._player or (), input=tone(parts), capture_output=True,
                    timeout=_LONGEST_S, check=False,
                )  # fmt: skip
            except (OSError, subprocess.TimeoutExpired):
                log.debug("the sound player failed", exc_info=True)
                continue
            if done.returncode:
                self._player = None  # a player without a sound card: ring from now on
                self._by_bell(parts)
                self._thread = None
                return


@lru_cache(maxsize=3)
def tone(parts: tuple[tuple[float, float], ...]) -> bytes:
    """Return a WAV of ``parts``: frequency in hertz (0 is silence) and length in seconds each."""
    import wave  # noqa: PLC0415 - off the way to the first paint

    samples: list[int] = []
    for hertz, seconds in parts:
        count = int(_RATE * seconds)
        for i in range(count):
            fade = min(1.0, i / 200, (count - i) / 200)
            samples.append(int(_LOUD * fade * math.sin(2 * math.pi * hertz * i / _RATE)))
    written = io.BytesIO()
    with wave.open(written, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return written.getvalue()
