"""The fonts the kiosk draws Chinese with, and which character comes from which of them.

Noto Sans SC travels with the program and has 䶮 but not 𠮷; what it lacks is looked for in the
fonts of the machine; what no font has becomes a visible 〓 and is named by :func:`missing_glyphs`.
Nothing here loads Pillow or a font until the first character is drawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.desk.glyph_map import GlyphMap, NotAFont
from kiosk.desk.refusal import Refused

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SUBSTITUTE = "〓"
_FONTS_OPEN = 3  # each open size keeps 1.5 MB of the file in memory; opening one again takes 1 ms
_DRAWN_BEFORE_OPENED_ANEW = 32

# Where Debian, UOS, Kylin and Windows keep fonts with many characters. The number is the face
# within a collection: 2 is Simplified Chinese in Noto's.
MACHINE_FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0),  # ł, ć, ő: names of foreign visitors
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simsunb.ttf", 0),
)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file; ``index`` counts within a collection."""

    path: Path
    index: int = 0


class _Chosen:
    """The fonts that the settings named, asked before all others."""

    faces: tuple[Face, ...] = ()


def use_fonts(paths: Iterable[Path]) -> None:
    """Put the fonts that the settings name before the one that travels with the program.

    Raises ``Refused("font.unreadable", path=…)`` when a file is absent or no font.
    """
    faces = tuple(Face(path, _usual_index(path)) for path in paths)
    for face in faces:
        try:
            GlyphMap(face.path, face.index)
        except (OSError, NotAFont) as fault:
            raise Refused("font.unreadable", path=str(face.path)) from fault
    _Chosen.faces = faces
    for cache in (faces_in_use, _glyph_map, face_of, font):
        cache.cache_clear()


def _usual_index(path: Path) -> int:
    return dict(MACHINE_FONTS).get(path.as_posix(), 0)


@lru_cache(maxsize=1)
def faces_in_use() -> tuple[Face, ...]:
    """Return every face that is asked for a character, in order."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - off the way to the first paint

    shipped = Face(pylopdf_fonts_zh_cn.sans_path())
    machine = (Face(Path(path), index) for path, index in MACHINE_FONTS)
    return (*_Chosen.faces, shipped, *(face for face in machine if face.path.is_file()))


@lru_cache(maxsize=16)
def _glyph_map(face: Face) -> GlyphMap | None:
    try:
        return GlyphMap(face.path, face.index)
    except (OSError, NotAFont):
        return None  # a damaged font of the machine must not stop the slip


@lru_cache(maxsize=16384)
def face_of(char: str) -> Face | None:
    """Return the first face that can draw ``char``, or None."""
    for face in faces_in_use():
        glyphs = _glyph_map(face)
        if glyphs is not None and glyphs.has(ord(char)):
            return face
    return None


def missing_glyphs(text: str) -> str:
    """Return the characters of ``text`` that no font can draw, each once, in their order."""
    return "".join(dict.fromkeys(char for char in text if face_of(char) is None))


class _Drawn:
    """How many characters were drawn since the fonts were opened."""

    count = 0


def font_to_draw(face: Face, size: int) -> "FreeTypeFont":
    """Return ``face`` at ``size`` pixels to draw one character with.

    FreeType maps the file, and every character drawn leaves another 64 KB of it in memory; so the
    fonts are opened anew now and then, which takes 1 ms.
    """
    _Drawn.count = (_Drawn.count + 1) % _DRAWN_BEFORE_OPENED_ANEW
    if not _Drawn.count:
        font.cache_clear()
    return font(face, size)


def close_fonts() -> None:
    """Let go of the fonts that are open and of the parts of their files that were read."""
    font.cache_clear()


@lru_cache(maxsize=_FONTS_OPEN)
def font(face: Face, size: int) -> "FreeTypeFont":
    """Return ``face`` at ``size`` pixels; the first call for a file takes about 20 ms."""
    from PIL import ImageFont  # noqa: PLC0415 - off the way to the first paint

    layout = ImageFont.Layout.BASIC  # each character is drawn alone: no shaping to wait for
    return ImageFont.truetype(str(face.path), size, index=face.index, layout_engine=layout)
