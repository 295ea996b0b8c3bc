"""How an emulated printer prints characters and codes of its own, in rows of columns.

A letter is one column, a Chinese character two, both twice as wide in double width. What does not
fit goes on the next row, as at real printers. The font of Chinese is GBK: it has no longer codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.emulators.escpos_commands import Command
from drivers.emulators.escpos_paper import PaperRoll, Printed

_DOTS_A_COLUMN: Final = 12
_CODE128: Final = 73
_SQUARE: Final = 49
_STORE, _PRINT = 80, 81
_DOUBLE_WIDE, _DOUBLE_TALL = 0xF0, 0x0F
_CHINESE_WIDE, _CHINESE_TALL = 0x04, 0x08


@dataclass
class _Style:
    bold: bool = False
    tall: bool = False
    wide: bool = False
    chinese_tall: bool = False
    chinese_wide: bool = False
    align: int = 0
    bar_dots: int = 3


class TextHead:
    """Prints on `paper`. `broken` counts the rows that were too long and went on below.

    `starts_chinese` is False for printers that print Chinese only after FS &.
    """

    def __init__(self, paper: PaperRoll) -> None:
        self.starts_chinese = True
        self.broken = 0
        self._paper = paper
        self._line: list[Printed] = []
        self._stored = b""
        self.reset()

    def reset(self) -> None:
        """Forget style, mode and row, as ESC @ and a start do."""
        self._style = _Style()
        self._chinese = self.starts_chinese
        self._line.clear()

    def obey(self, command: Command) -> None:
        """Print or set what `command` says; others are no matter of text."""
        value = command.data[0] if command.data else 0
        match command.name:
            case b"text":
                self._add(command.data)
            case b"\x0a":
                self.end_line(feed=True)
            case b"\x1b@":
                self.reset()
            case b"\x1c&":
                self._chinese = True
            case b"\x1c.":
                self._chinese = False
            case _:
                self._set(command.name, value)

    def _set(self, name: bytes, value: int) -> None:
        match name:
            case b"\x1bE":
                self._style.bold = bool(value & 1)
            case b"\x1ba":
                self._style.align = value
            case b"\x1d!":
                self._style.wide = bool(value & _DOUBLE_WIDE)
                self._style.tall = bool(value & _DOUBLE_TALL)
            case b"\x1c!":
                self._style.chinese_wide = bool(value & _CHINESE_WIDE)
                self._style.chinese_tall = bool(value & _CHINESE_TALL)
            case b"\x1dw":
                self._style.bar_dots = value

    def end_line(self, *, feed: bool = False) -> None:
        """Print the row in hand; an empty one only when `feed` asks for it."""
        if self._line or feed:
            self._paper.print_line(self._line, self._style.align)
        self._line = []

    def bars(self, data: bytes) -> bool:
        """Print GS k; False when the paper is too narrow or it is no Code 128 of sets B and C."""
        text = _code128_text(data[2:]) if data[0] == _CODE128 else None
        if text is None:
            return False
        modules = 11 * (_symbols(data[2:]) + 1) + 13
        if modules * self._style.bar_dots > self._paper.width:
            return False
        self._line.append(Printed(f"|||{text}|||", code="bars"))
        return True

    def square(self, arguments: bytes) -> bool:
        """Obey GS ( k; False for another code than QR, and for one without content."""
        if arguments[:1] != bytes((_SQUARE,)):
            return False
        if arguments[1] == _STORE:
            self._stored = arguments[3:]
        elif arguments[1] == _PRINT:
            if not self._stored:
                return False
            self._line.append(Printed(f"[[{self._stored.decode('gbk', 'replace')}]]", code="qr"))
        return True

    def _add(self, data: bytes) -> None:
        text = data.decode("gbk" if self._chinese else "cp437", "replace")
        for char in text:
            style = self._style
            large = char > "~"
            mark = Printed(
                char, bold=style.bold,
                tall=style.tall or (large and style.chinese_tall),
                wide=style.wide or (large and style.chinese_wide),
                columns=2 if large and self._chinese else 1,
            )  # fmt: skip
            used = sum(one.room for one in self._line)
            if used + mark.room > self._paper.width // _DOTS_A_COLUMN:
                self.broken += 1
                self.end_line()
            self._line.append(mark)


def _code128_text(data: bytes) -> str | None:
    """Return what the data of GS k 73 spells; None for what no printer takes."""
    text, at, mode = "", 0, b""
    while at < len(data):
        two = data[at : at + 2]
        if two in (b"{B", b"{C"):
            mode, at = two, at + 2
        elif two == b"{{" and mode == b"{B":
            text, at = text + "{", at + 2
        elif mode == b"{B" and " " <= chr(data[at]) <= "~":
            text, at = text + chr(data[at]), at + 1
        elif mode == b"{C" and data[at] < 100:  # noqa: PLR2004 - a pair of digits
            text, at = text + f"{data[at]:02}", at + 1
        else:
            return None
    return text or None


def _symbols(data: bytes) -> int:
    """Count start, data, and changes of set; the check and the stop are to be added."""
    return len(data.replace(b"{{", b"{")) - data.count(b"{B") - data.count(b"{C")
