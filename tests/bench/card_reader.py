"""The benchmarks' emulated reader: it remembers when each answer with a card was sent."""

from pathlib import Path

from drivers.emulators.pn532 import Pn532Emulator

_ONE_LOOK_S = 0.02


class TimedReader(Pn532Emulator):
    """Keeps the times (``time.monotonic()``) of the answers since a card was put into the field."""

    def __init__(self, link: Path) -> None:
        super().__init__(link)
        self._answers: list[float] = []

    def put(self, uid: str) -> None:
        """Put a card into the field."""
        self._answers.clear()
        self.present(uid)

    def last_byte_at(self) -> float:
        """Return when the last byte of the look that found the card was sent (see `wait_read`).

        One look asks twice (is there a card; is there another), the next one comes 25 ms later.
        """
        last = self._answers[0]
        for at in self._answers[1:]:
            if at - last > _ONE_LOOK_S:
                break
            last = at
        return last

    def _note_look(self, found: bool, at: float) -> None:  # noqa: FBT001 - the line's callback
        if found:
            self._answers.append(at)
        super()._note_look(found, at)
