"""The gate and its guard as a test plays them: taps, keys, and the answers read off the screen."""

from dataclasses import dataclass

from house import BADGES, PIN, Site
from machines import PrinterMachine, ReaderMachine
from terminal import Terminal

_AGAIN = ("请再刷一次", "tap once more")
_MOST_TAPS = 3


@dataclass
class Gate:
    """The gate as a test plays it: the site, its reader, its printer."""

    site: Site
    reader: ReaderMachine
    printer: PrinterMachine


def _has(text: str, words: tuple[str, ...]) -> bool:
    return all(word in text for word in words)


@dataclass
class Guard:
    """What a guard does at the kiosk on ``screen``; every step waits for its answer."""

    gate: Gate
    screen: Terminal

    def taps(self, staff_no: str, *words: str) -> None:
        """Hold somebody's badge on the reader and read the answer."""
        self.card(BADGES[staff_no], *words)

    def card(self, uid: str, *words: str) -> None:
        """Hold any card on the reader and read the answer.

        As people do, tap again when asked to, and when nothing happens: within two seconds the
        same card is the same tap.
        """
        for _time in range(_MOST_TAPS):
            self.gate.reader.tap(uid)
            self.screen.came(lambda text: _has(text, words) or any(w in text for w in _AGAIN), 4)
            if _has(self.screen.text, words):
                return
            self.screen.hides(*_AGAIN)
        raise AssertionError(f"{words} did not come:\n{self.screen.text}")

    def press(self, key: str, *words: str) -> None:
        """Press one key and read the answer."""
        self.screen.press(key)
        self.screen.shows(*words)

    def fill(self, *texts: str) -> None:
        """Fill field after field; a lone digit chooses and moves on by itself.

        After the last one the caller reads the answer.
        """
        for number, text in enumerate(texts, 1):
            row = self.screen.cursor_row
            self.screen.type(text)
            if not (text.isdigit() and len(text) == 1):
                self.screen.shows(text)
                row = self.screen.cursor_row
                self.screen.press("enter")
            if number < len(texts):
                self.screen.until(lambda _, row=row: self.screen.cursor_row != row, f"after {text}")

    def pin(self, *words: str, pin: str = PIN) -> None:
        """Type the PIN and read the answer."""
        self.screen.type(pin)
        self.press("enter", *words)


def ready(guard: Guard, *devices: str) -> Guard:
    """Wait until the devices stand in the status bar without a word of trouble behind them."""
    guard.screen.shows(*devices)
    guard.screen.hides("断开", "查找中", "寻找", "lost", "looking")
    return guard
