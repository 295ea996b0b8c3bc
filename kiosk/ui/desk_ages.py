"""How fresh each other desk's part of a picture is, as one line of a screen."""

from collections.abc import Sequence

from textual.content import Content

from kiosk.desk.desk import Desk
from kiosk.desk.freshness import Age, Part
from kiosk.ui import palette
from kiosk.ui.words_on_screen import plain, row

COLOURS = {Age.FRESH: palette.MUTED, Age.OLD: palette.AMBER, Age.STALE: palette.RED}
SIGNS = {Age.FRESH: "", Age.OLD: "! ", Age.STALE: "!! "}
"""The same without colour."""


def fresh_line(desk: Desk, parts: Sequence[Part]) -> Content:
    """Return the parts side by side, those least to be trusted first; nothing for no other desk."""
    ordered = sorted(parts, key=lambda one: -one.age)
    return row(*(plain(f"{SIGNS[p.age]}{p.told(desk)}", COLOURS[p.age]) for p in ordered))
