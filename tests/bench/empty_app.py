"""The yardstick of S2 and S4: an empty Textual application.

It paints `ready` at its start; with a path, a label whenever a byte arrives on that line: `seen N`.
"""

import os
import sys
import threading
import tty
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One label."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Static("ready", markup=False)

    def on_mount(self) -> None:
        if len(sys.argv) > 1:
            threading.Thread(target=self._watch, args=(Path(sys.argv[1]),), daemon=True).start()

    def _watch(self, path: Path) -> None:
        line = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(line)
        for number in range(1, 1 << 30):
            if not os.read(line, 1):
                return
            self.call_from_thread(self._show, number)

    def _show(self, number: int) -> None:
        self.query_one(Static).update(f"seen {number:04}", layout=False)


if __name__ == "__main__":
    EmptyApp().run()
