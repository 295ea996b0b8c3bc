"""A Textual application that paints what it is given, to see what reaches a terminal.

    python painting_child.py ORDERS ANSWERS

Reads lists of texts as JSON, one a line, from the pipe ORDERS; says a line on ANSWERS when painted.
"""

import json
import sys
import threading
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static

from kiosk.ui.words_on_screen import fitted, lines, plain

_WIDTH = 60


class Painter(App[None]):
    """Shows texts as lines, as cells of a list, and as the value of a field."""

    CSS = "Static { text-wrap: nowrap; text-overflow: clip; width: 100%; }"

    def compose(self) -> ComposeResult:
        """Lay the places where text appears."""
        yield Static("", id="lines", markup=False)

    def on_mount(self) -> None:
        """Listen to the orders."""
        threading.Thread(target=self._obey, daemon=True).start()

    def _obey(self) -> None:
        with Path(sys.argv[1]).open() as orders, Path(sys.argv[2]).open("w") as answers:
            for order in orders:
                self.call_from_thread(self._paint, json.loads(order))
                answers.write("painted\n")
                answers.flush()
        self.call_from_thread(self.exit)

    async def _paint(self, texts: list[str]) -> None:
        shown = [
            plain(text) if n % 2 else plain(fitted(text, _WIDTH)) for n, text in enumerate(texts)
        ]
        self.query_one("#lines", Static).update(lines(*shown))
        painted = threading.Event()
        self.call_after_refresh(painted.set)
        while not painted.is_set():
            await self._pause()

    async def _pause(self) -> None:
        import asyncio  # noqa: PLC0415 - only here

        await asyncio.sleep(0.001)


if __name__ == "__main__":
    Painter().run()
