"""Textual keeps what closed widgets drew: here it lets go of it.

``StylesCache.get_inner_outer`` of Textual 8 remembers its answers together with the widget's cache
that asked, drawn lines and all, for 1024 widgets whether they are closed or not. At a desk where a
hundred questions a day open and close that is tens of megabytes, and every full collection looks
through them in mid-tap: 100 ms after fifty loans.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style

_KEPT_PAIRS = 1024

OF_TEXTUAL = StylesCache.get_inner_outer
"""The method as Textual has it; its answer depends on the two colours alone."""


@lru_cache(_KEPT_PAIRS)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def _of_colours(
    self: StylesCache, base_background: Color, background: Color
) -> tuple[Style, Style]:
    del self
    return _inner_outer(base_background, background)


def let_go_of_closed_widgets() -> None:
    """Remember the answer by its colours, so that a closed widget's lines go with the widget."""
    StylesCache.get_inner_outer = _of_colours  # type: ignore[assignment,method-assign] # it is lru-cached there
