"""The only door between text and the screen: cleaned, and never read as markup.

Textual sends a raw ESC to the terminal even with markup off, and a name such as ``[/nope]`` read as
markup ends the program; so every word becomes ``Content`` here.
"""

from textual.content import Content

from kiosk.desk.safe_text import cells, clean, clip

GAP = 2
"""The cells between parts that stand side by side."""
_NARROWEST_FOLD = 8
_NEVER_FIRST = "，。、；：？！）》」』”’,.;:?!)"  # no line starts with these (避头尾)


def plain(text: str, style: str = "", limit: int = 400) -> Content:
    """Return ``text`` as content in one style."""
    return Content.styled(clean(text, limit), style)


def lines(*parts: Content) -> Content:
    """Return ``parts`` one under the other."""
    return Content("\n").join(parts)


def row(*parts: Content, gap: int = GAP) -> Content:
    """Return ``parts`` side by side."""
    return Content(" " * gap).join([part for part in parts if part.plain])


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` cleaned and exactly ``width`` cells wide, cut with ``..`` when too long."""
    shown = clip(clean(text, 400), width)
    space = " " * (width - cells(shown))
    return space + shown if right else shown + space


def paragraph(text: str, style: str, width: int) -> Content:
    """Return ``text`` in as many lines of ``width`` cells as it needs; see ``folded``."""
    shown, left = [], text
    while left:
        line, left = folded(left, width)
        shown.append(plain(line, style))
    return lines(*shown)


def folded(text: str, width: int) -> tuple[str, str]:
    """Return what of ``text`` fits into ``width`` cells, and the rest for the line below.

    It breaks at a space where the line keeps two thirds; Chinese may break between any characters.
    """
    shown = clean(text, 400)
    if cells(shown) <= width or width < _NARROWEST_FOLD:
        return shown, ""
    end = min(width, len(shown))
    while cells(shown[:end]) > width:
        end -= 1
    space = shown.rfind(" ", end * 2 // 3, end + 1)
    if space < 0 and shown[end - 1 : end + 1].isascii():
        space = shown.rfind(" ", 1, end)
    end = space if space > 0 else end
    while end > 1 and shown[end] in _NEVER_FIRST:
        end -= 1
    return shown[:end].rstrip(), shown[end:].lstrip()
