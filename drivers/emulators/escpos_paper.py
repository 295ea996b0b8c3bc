"""The paper in the emulated printer: rows of dots, a knife, and pictures of what was cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

OnPrinted = Callable[[Path, Image.Image], None]
_TEXT_ROWS = 24


class PaperRoll:
    """Paper `width` dots wide, whose pieces become PNG files in `folder`.

    `printed` lists the slips that were cut, `torn` what hung out when the power came back. Pictures
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

    def print_text(self, text: str) -> None:
        """Print one line of text, as readable as Pillow's own font makes it."""
        line = Image.new("1", (self.width, _TEXT_ROWS), 1)
        ImageDraw.Draw(line).text((0, 0), text.encode("ascii", "replace").decode(), fill=0)
        self._rows += line.tobytes("raw", "1;I")

    def cut(self) -> None:
        """Cut off what was printed and keep its picture; nothing printed is no slip."""
        if not self._rows:
            return
        picture = self._take()
        path = self._keep(picture, "slip")
        self.printed.append(path)
        if self.on_printed is not None:
            self.on_printed(path, picture)

    def tear(self) -> None:
        """Tear off what a dead printer left hanging."""
        if self._rows:
            self.torn.append(self._keep(self._take(), "torn"))

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
