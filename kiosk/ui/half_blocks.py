"""Pictures in a terminal: two dots above each other in one cell, with ``▀▄█`` and the space."""

_BLOCKS = str.maketrans({"\0": " ", "\1": "▀", "\2": "▄", "\3": "█"})


def half_blocks(dots: bytes, width: int) -> tuple[str, ...]:
    """Return rows of cells for ``dots``: one byte a dot, 1 for ink and 0 for ground, row by row.

    A row of dots missing at the end is ground. Raises ``ValueError`` for a width below 1.
    """
    return tuple(
        _cells(dots[at : at + width], dots[at + width : at + 2 * width])
        for at in range(0, len(dots), 2 * width)
    )


def _cells(upper: bytes, lower: bytes) -> str:
    """Join two rows as numbers: no loop over dots, a name has six hundred of them."""
    both = int.from_bytes(upper, "big") + 2 * int.from_bytes(lower.ljust(len(upper), b"\0"), "big")
    return both.to_bytes(len(upper), "big").decode("ascii").translate(_BLOCKS)
