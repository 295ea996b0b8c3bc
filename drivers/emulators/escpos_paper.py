"""The paper in the emulated printer: rows of dots, a knife, and pictures of what was cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

OnPrinted = Callable[[Path, Image.Image], None]
_TEXT_ROWS = 24
_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Printed:
    """A character on the paper, or with `code` ("qr", "bars") what a code spells."""

    char: str
    bold: bool = False
    tall: bool = False
    wide: bool = False
    columns: int = 1
    code: str = ""

    @property
    def room(self) -> int:
        """Columns it takes."""
        return self.columns * (1 + self.wide)


class PaperRoll:
    """Paper `width` dots wide, whose pieces become PNG files in `folder`.

    `printed` lists the slips that were cut, `texts` what each says in the printer's own characters
    (a QR code as [[..]], bars as |||..|||), `torn` what hung out when the power came back. `font`
    draws those characters; without one only letters can be told. Pictures
    that `folder` has already stay; the new ones are counted on from them.
    """

    def __init__(self, width: int, folder: Path, on_printed: OnPrinted | None = None) -> None:
        self.width = width
        self.printed: list[Path] = []
        self.torn: list[Path] = []
        self._folder = folder
        self.on_printed = on_printed
        self._rows = bytearray()
        self._row_bytes = (width + 7) // 8
        self.texts: list[str] = []
        self.font: Path | None = None
        self._text: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._kept = {kind: _highest(folder, kind) for kind in ("slip", "torn")}

    def rows_hanging_out(self) -> int:
        """Return how many rows were printed since the last cut."""
        return len(self._rows) // self._row_bytes

    def print_row(self, dots: bytes) -> None:
        """Print one row, most significant bit left, 1 is black; what is too wide is lost."""
        self._rows += dots[: self._row_bytes].ljust(self._row_bytes, b"\0")

    def feed(self, rows: int) -> None:
        """Move the paper by `rows` white rows."""
        self._rows += bytes(self._row_bytes * rows)

    def print_line(self, line: list[Printed], align: int) -> None:
        """Print one row of characters, as readable as `font` makes it; `text` keeps what it says.

        `align` is 0, 1 or 2: left, middle, right.
        """
        self._text.append("".join(mark.char for mark in line))
        scale = 1 + any(mark.tall for mark in line)
        on = Image.new("1", (self.width, _TEXT_ROWS * scale + 6), 1)
        x = max(0, self.width - sum(mark.room * _COLUMN for mark in line)) * align // 2
        for mark in line:
            self._draw(on, mark, x, scale)
            x += mark.room * _COLUMN
        self._rows += on.tobytes("raw", "1;I")

    def _draw(self, on: Image.Image, mark: Printed, x: int, scale: int) -> None:
        draw, size = ImageDraw.Draw(on), _TEXT_ROWS
        if self.font is None or mark.code:
            draw.text((0 if mark.code else x, 0), mark.char.encode("ascii", "replace").decode())
            return
        cell = Image.new("1", (mark.columns * _COLUMN, size), 1)
        pen = ImageDraw.Draw(cell)
        pen.fontmode = "1"
        face = ImageFont.truetype(str(self.font), size - 4)
        pen.text((0, -4), mark.char, 0, face, stroke_width=0.4 if mark.bold else 0)
        drawn = cell.resize((cell.width * (1 + mark.wide), size * (1 + mark.tall)))
        on.paste(drawn, (x, (size * scale) - drawn.height))

    def cut(self) -> None:
        """Cut off what was printed and keep its picture; nothing printed is no slip."""
        if not self._rows:
            return
        picture = self._take()
        path = self._keep(picture, "slip")
        self.printed.append(path)
        self.texts.append("\n".join(self._text))
        self._text.clear()
        if self.on_printed is not None:
            self.on_printed(path, picture)

    def tear(self) -> None:
        """Tear off what a dead printer left hanging."""
        if self._rows:
            self.torn.append(self._keep(self._take(), "torn"))
        self._text.clear()

    def _take(self) -> Image.Image:
        size = (self._row_bytes * 8, self.rows_hanging_out())
        picture = Image.frombytes("1", size, bytes(self._rows), "raw", "1;I")
        self._rows.clear()
        return picture.crop((0, 0, self.width, size[1]))

    def _keep(self, picture: Image.Image, kind: str) -> Path:
        # Written beside and renamed: whoever watches the folder sees whole pictures only.
        self._kept[kind] += 1
        path = self._folder / f"{kind}-{self._kept[kind]:04}.png"
        unfinished = path.with_suffix(".part")
        picture.save(unfinished, format="PNG")
        unfinished.replace(path)
        return path


def _highest(folder: Path, kind: str) -> int:
    """Return the highest number of a picture of this kind in the folder, 0 for none."""
    numbers = [path.stem.removeprefix(f"{kind}-") for path in folder.glob(f"{kind}-*.png")]
    return max([0, *(int(number) for number in numbers if number.isdecimal())])
