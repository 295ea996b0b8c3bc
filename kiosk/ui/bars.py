"""The status bar tells the truth about devices and duty; the key bar says what can be pressed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from kiosk.desk.safe_text import cells
from kiosk.ui import palette
from kiosk.ui.palette import Tone
from kiosk.ui.words_on_screen import plain, row


class Light(NamedTuple):
    """One device in the status bar."""

    name: str
    tone: Tone
    word: str = ""


class Status(NamedTuple):
    """What the status bar says, from long to short forms of the same."""

    gate: str
    duty: str
    duty_short: str
    lights: tuple[Light, ...]
    day: str
    day_short: str
    time: str


class StatusBar(Static):
    """One line: gate and duty at the left, devices in the middle, day and hour at the right."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="status")
        self._status: Status | None = None

    def tell(self, status: Status) -> None:
        """Show ``status``."""
        if status != self._status:
            self._status = status
            self.update(self._drawn(), layout=False)

    def on_resize(self) -> None:
        """Choose again between long and short forms."""
        self.update(self._drawn(), layout=False)

    def _drawn(self) -> Content:
        if self._status is None:
            return Content("")
        width = self.content_size.width
        for form, least in _forms(self._status):
            left = row(
                plain(form.gate, f"bold {palette.TEXT}"), plain(form.duty, palette.TEXT), gap=3
            )
            middle = row(*[_light(light) for light in form.lights], gap=2)
            right = row(plain(form.day, palette.MUTED), plain(form.time, f"bold {palette.TEXT}"))
            spare = width - sum(cells(part.plain) for part in (left, middle, right))
            if spare >= least:
                break
        before = max(1, spare // 2)
        after = max(1, spare - before)
        return Content("").join([left, Content(" " * before), middle, Content(" " * after), right])


def _forms(status: Status) -> Iterator[tuple[Status, int]]:
    """Yield the status from long to short, each with the free cells that it needs.

    The hour and what is in trouble stay longest: what works is left out before them. Where even
    that is too much, each trouble keeps its name alone, so that none hides another.
    """
    yield status, 4
    short = status._replace(duty=status.duty_short)
    yield short._replace(day=status.day_short), 4
    yield short._replace(day=""), 2
    trouble = tuple(light for light in status.lights if light.tone is not Tone.GOOD)
    yield short._replace(day="", lights=trouble), 2
    yield status._replace(day="", duty="", lights=trouble), 2
    bare = status._replace(day="", duty="", lights=trouble, gate="")
    yield bare, 2
    yield bare._replace(lights=tuple(light._replace(word="") for light in trouble)), 2


def _light(light: Light) -> Content:
    text = f"{light.name} {light.word}" if light.word else light.name
    return plain(text, palette.COLOUR[light.tone])


class Key(NamedTuple):
    """A key and what it does; ``short`` for narrow screens. ``alarm`` paints the key red."""

    key: str
    label: str
    short: str = ""
    alarm: bool = False


class KeyBar(Static):
    """The keys of this screen; at 80 cells the labels shorten and nothing is cut."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="keys")
        self._keys: Sequence[Key] = ()

    def tell(self, keys: Sequence[Key]) -> None:
        """Show ``keys``."""
        self._keys = keys
        self.update(self._drawn(), layout=False)

    def on_resize(self) -> None:
        """Choose again between long and short labels."""
        self.update(self._drawn(), layout=False)

    def _drawn(self) -> Content:
        drawn = Content("")
        for gap, between, short in (
            (3, " ", False),
            (2, " ", False),
            (2, " ", True),
            (1, " ", True),
            (1, "", True),
        ):
            drawn = row(*[_key(key, between, short=short) for key in self._keys], gap=gap)
            if cells(drawn.plain) <= self.content_size.width:
                break
        return drawn


def _key(key: Key, between: str, *, short: bool) -> Content:
    label = (key.short or key.label) if short else key.label
    colour = palette.RED if key.alarm else palette.INFO
    return Content("").join(
        [plain(key.key, f"bold {colour}"), Content(between), plain(label, palette.TEXT)]
    )
