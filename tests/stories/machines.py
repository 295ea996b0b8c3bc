"""The emulated reader and printer, each as a process of its own, obeying lines of text."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from patience import PATIENCE_S

_LOOKS_UNTIL_FREE = 10
_LOOKS_UNTIL_SEEN = 3  # the look that was under way when it was put there does not count
ROOT = Path(__file__).parents[2]


class Machine:
    """A program that says its address in its first line and obeys lines on its standard input."""

    def __init__(self, module: str, *options: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        self.said: list[str] = []
        self._heard = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self.address = self.line(0).removeprefix("ready ")

    def __enter__(self) -> Self:
        """Return the machine, ready."""
        return self

    def __exit__(self, *_: object) -> None:
        """Switch it off."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            self.process.wait()
            self._thread.join()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._heard:
                self.said.append(line.strip())
                self._heard.notify_all()

    def line(self, number: int, seconds: float = PATIENCE_S) -> str:
        """Wait for line ``number`` of what it says, counted from 0."""
        with self._heard:
            came = self._heard.wait_for(lambda: len(self.said) > number, seconds)
            assert came, f"{self.process.args} said only {self.said}"
            return self.said[number]

    def order(self, words: str) -> None:
        """Send one line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()


class ReaderMachine(Machine):
    """A PN532 with cards, behind the serial line named ``link``."""

    def __init__(self, link: Path) -> None:
        super().__init__("drivers.emulators.pn532", "--link", str(link))

    def ask(self, words: str) -> str:
        """Send an order and wait until it was obeyed; return what the machine said."""
        number = len(self.said)
        self.order(words)
        said = self.line(number)
        assert said.startswith("ok"), said
        return said.removeprefix("ok").strip()

    def tap(self, uid: str) -> None:
        """Hold a card on the reader until it was looked at, as a person does; then take it away."""
        self.ask(f"put {uid}")
        self._wait_for_looks(_LOOKS_UNTIL_SEEN)
        self.take()

    def together(self, *uids: str) -> None:
        """Put several cards on the reader; `take` takes them away."""
        self.ask(f"put {' '.join(uids)}")

    def take(self) -> None:
        """Take every card away; after two at once the kiosk must see that the field is free."""
        self.ask("take")
        self._wait_for_looks(_LOOKS_UNTIL_FREE)

    def _wait_for_looks(self, looks: int) -> None:
        wanted = int(self.ask("looks")) + looks
        end = time.monotonic() + PATIENCE_S
        while int(self.ask("looks")) < wanted:
            assert time.monotonic() < end, "nobody looks at the reader"
            threading.Event().wait(0.02)


class PrinterMachine(Machine):
    """A slip printer on TCP; every slip becomes a picture in ``folder``."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__(
            "drivers.emulators.escpos_tcp", "--folder", str(folder), "--port", str(port)
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.address.rpartition(":")[2])

    def slip(self, number: int, seconds: float = PATIENCE_S) -> Path:
        """Wait for slip ``number``, counted from 1; return its picture."""
        return Path(self.line(number, seconds))

    @property
    def slips(self) -> int:
        """How many slips were printed."""
        return len(self.said) - 1
