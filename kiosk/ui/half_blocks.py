"""Pictures in a terminal: two dots in one cell with ``▀▄█``, or eight with Braille patterns."""

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


_BRAILLE = 0x2800  # Unicode's empty pattern; dots 1-8 are its low bits, numbered as below
_LEFT, _RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)


def braille(dots: bytes, width: int) -> tuple[str, ...]:
    """Return rows of cells, each two dots wide and four high; ``dots`` as for half blocks."""
    rows = [dots[at : at + width] for at in range(0, len(dots), width)]
    return tuple(_patterns(rows[at : at + 4], width) for at in range(0, len(rows), 4))


def _patterns(rows: list[bytes], width: int) -> str:
    cells = [_BRAILLE] * -(-width // 2)
    for row, left, right in zip(rows, _LEFT, _RIGHT, strict=False):
        for x, dot in enumerate(row):
            if dot:
                cells[x // 2] += right if x % 2 else left
    return "".join(map(chr, cells))
