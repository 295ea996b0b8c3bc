"""A printed slip as half blocks: the demo shows on screen what came out of the printer."""

from typing import TYPE_CHECKING

from kiosk.ui.half_blocks import half_blocks

if TYPE_CHECKING:
    from PIL.Image import Image

_INK = 0.30  # share of a dot's area that has to be black to make it ink


def preview(image: "Image", width_cells: int) -> list[str]:
    """Return ``image`` in rows of ``▀▄█`` (ink) and spaces (paper), ``width_cells`` wide.

    Show them dark on light. White margins are cut off, the rest is as large as the width allows and
    never larger than printed. Empty for a blank slip.
    """
    from PIL import Image, ImageChops  # noqa: PLC0415 - off the way to the first paint

    ink = ImageChops.invert(image.convert("L"))
    box = ink.getbbox()
    if box is None or width_cells < 1:
        return []
    ink = ink.crop((box[0], box[1], box[2], box[3]))
    scale = min(1.0, width_cells / ink.width)
    size = (max(1, round(ink.width * scale)), max(1, round(ink.height * scale)))
    small = ink.resize(size, Image.Resampling.BOX) if scale < 1 else ink
    dark = small.point([int(level > _INK * 255) for level in range(256)])
    return list(half_blocks(dark.tobytes(), size[0]))
