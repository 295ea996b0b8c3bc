"""A printed slip as a picture in the terminal: the demo shows what came out of the printer."""

from typing import TYPE_CHECKING

from kiosk.ui.half_blocks import braille, half_blocks

if TYPE_CHECKING:
    from PIL.Image import Image

_INK = 105  # of 255: what is darker after sharpening is shown
_SHARPNESS = 180  # per cent: without it hairlines vanish and characters close up
_BRAILLE = 2  # dots in the width of a cell


def preview(image: "Image", width_cells: int, *, fine: bool = False) -> list[str]:
    """Return ``image`` in rows of ``▀▄█`` (ink) and spaces (paper), at most ``width_cells`` wide.

    Show them dark on light. White margins are cut off, the rest is as large as the width allows and
    never larger than printed. ``fine`` uses Braille dots instead, twice as many each way: from 80
    cells the text of a slip can be read. Empty for a blank slip.
    """
    from PIL import ImageChops  # noqa: PLC0415 - off the way to the first paint

    ink = ImageChops.invert(image.convert("L"))
    box = ink.getbbox()
    if box is None or width_cells < 1:
        return []
    shown = _scaled(ink.crop(box), width_cells * (_BRAILLE if fine else 1))
    dots = shown.point([int(level > _INK) for level in range(256)]).tobytes()
    return list((braille if fine else half_blocks)(dots, shown.width))


def _scaled(ink: "Image", width: int) -> "Image":
    from PIL import Image, ImageFilter  # noqa: PLC0415 - as above

    if ink.width <= width:
        return ink
    size = (width, max(1, round(ink.height * width / ink.width)))
    smaller = ink.resize(size, Image.Resampling.LANCZOS)
    return smaller.filter(ImageFilter.UnsharpMask(1, _SHARPNESS, 0))


def thumbnail(image: "Image", width: int, height: int) -> list[list[int]]:
    """Return the head of a slip as rows of grey (0 ink, 255 paper), ``width`` dots wide.

    Smaller than life nobody reads a slip's text; grey shows its shape as the eye sees paper from
    afar. At most ``height`` rows, always an even number: two make a row of cells.
    """
    from PIL import Image as Pillow  # noqa: PLC0415 - off the way to the first paint

    rows = min(height, max(2, image.height * width // max(1, image.width))) // 2 * 2
    head = image.convert("L").crop((0, 0, image.width, rows * image.width // width))
    grey = head.resize((width, rows), Pillow.Resampling.BOX).tobytes()
    return [list(grey[at : at + width]) for at in range(0, len(grey), width)]
