"""The kinds of line a slip is made of: plain, frozen values that know nothing of fonts or pixels.

Every text passes :func:`kiosk.desk.safe_text.clean` when the line is made, so that nothing from a
name, a card or a code reaches the printer as a control. Sizes are roles, not dots: the same line
fits 80 mm and 58 mm paper.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar

from kiosk.desk.outstanding import Urgency
from kiosk.desk.safe_text import clean

__all__ = [
    "Align", "Bars", "BlankLines", "CheckBoxes", "CodeBeside", "Cut", "Emphasis", "Field",
    "Fingerprint", "Heading", "Item", "Line", "Notice", "NumberWithCode", "Rule",
    "SignatureLine", "Size", "Space", "Spread", "Table", "Text", "Title", "Urgency",
]  # fmt: skip

SHORT = 200
LONG = 2000
MOST_COLUMNS = 8
MOST_BLANK_LINES = 40
MOST_SPACE = 400


class Size(StrEnum):
    """Height of a text by its role."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


class Align(StrEnum):
    """Where a text stands between the margins."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Emphasis(StrEnum):
    """How loud a field's value is: quiet is regular, normal is bold, strong is bold and large."""

    QUIET = "quiet"
    NORMAL = "normal"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a slip; it may take several rows of paper when its text wraps."""

    LIMIT: ClassVar[int] = SHORT

    def __post_init__(self) -> None:
        """Clean every text of the line."""
        for field in fields(self):
            object.__setattr__(self, field.name, _cleaned(getattr(self, field.name), self.LIMIT))


def _cleaned(value: object, limit: int) -> object:
    if isinstance(value, tuple):
        return tuple(_cleaned(part, limit) for part in value)
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return clean(value, limit)
    return value


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} is {value}, allowed is {least} to {most}")


@dataclass(frozen=True, slots=True)
class Title(Line):
    """The name of the paper, large and centred, with a quieter line beneath."""

    text: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Heading(Line):
    """The head of a group: a short text at the left, a count or a time at the right."""

    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Notice(Line):
    """White on black across the paper: for what nobody may overlook."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(Line):
    """A paragraph; it wraps."""

    LIMIT: ClassVar[int] = LONG

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Spread(Line):
    """Three texts on one line; left and right are bold. What does not fit goes beneath."""

    left: str = ""
    middle: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Field(Line):
    """A label and its value; the labels of neighbouring fields share one column."""

    label: str
    value: str
    emphasis: Emphasis = Emphasis.NORMAL


@dataclass(frozen=True, slots=True)
class Item(Line):
    """One numbered point: its own number, the text, a quieter detail, a short mark at the right."""

    LIMIT: ClassVar[int] = LONG

    number: str
    text: str
    detail: str = ""
    urgency: Urgency = Urgency.QUIET
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NumberWithCode(Line):
    """The slip's number very large, its readable number beneath, its QR code at the right."""

    number: str
    readable: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeBeside(Line):
    """A QR code at the left; beside it some lines and the readable number in bold."""

    code: str
    lines: tuple[str, ...] = ()
    readable: str = ""


@dataclass(frozen=True, slots=True)
class Bars(Line):
    """A short code as Code 128, for scanners that read no QR code.

    ``in_need`` prints it only where the printer can make no QR code of the slip's other code.
    """

    code: str
    in_need: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine(Line):
    """A place to sign, and when ``time_label`` is given a place for the time."""

    label: str
    time_label: str = ""


@dataclass(frozen=True, slots=True)
class CheckBoxes(Line):
    """A label and boxes to tick; ``write_in`` leaves a line to write on after the last box."""

    label: str
    choices: tuple[str, ...]
    write_in: bool = False


@dataclass(frozen=True, slots=True)
class Fingerprint(Line):
    """A check code in groups of four characters that can be read out over the telephone."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table(Line):
    """Rows under bold heads. ``widths`` are shares of the paper, one for each column.

    ``tick`` puts an empty box before every row. A row may be shorter than ``widths``.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    align: tuple[Align, ...] = ()
    tick: bool = False

    def __post_init__(self) -> None:
        """Refuse a table that could not be drawn: a bug, never bad data."""
        Line.__post_init__(self)
        _within("number of columns", len(self.widths), 1, MOST_COLUMNS)
        for width in self.widths:
            _within("column width", width, 1, 100)
        longest = max(map(len, (*self.rows, self.head, self.align)))
        _within("length of a row", longest, 0, len(self.widths))


@dataclass(frozen=True, slots=True)
class BlankLines(Line):
    """Lines to write on by hand."""

    count: int = 1

    def __post_init__(self) -> None:
        """Refuse a number of lines that no sheet needs."""
        _within("number of blank lines", self.count, 1, MOST_BLANK_LINES)


@dataclass(frozen=True, slots=True)
class Rule(Line):
    """A line across the paper."""

    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Cut(Line):
    """Where the paper is torn or cut: the end of one part and the start of the next."""


@dataclass(frozen=True, slots=True)
class Space(Line):
    """Empty paper, in dots of an eighth of a millimetre."""

    dots: int = 16

    def __post_init__(self) -> None:
        """Refuse a space that would waste paper."""
        _within("space", self.dots, 1, MOST_SPACE)
