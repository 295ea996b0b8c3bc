"""Code 128 (ISO/IEC 15417) in whole dots: bars for scanners that read no QR code.

Sets B and C only: printable ASCII, and pairs of digits in one symbol. Drawn here and not by
python-barcode, which comes with python-escpos: it takes 40 ms to import before the first slip,
draws through a writer of its own in millimetres, and a bar must be a whole number of dots.
"""

from functools import lru_cache

from PIL import Image

LEAST_DOTS = 2
"""0.25 mm a module: the finest bar that thermal paper and an ordinary scanner both keep."""
MOST_DOTS = 3
QUIET_MODULES = 10
"""ISO/IEC 15417: this much white on both sides, or scanners do not find the bars."""

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232"
    " 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222"
    " 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313"
    " 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121"
    " 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111"
    " 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411"
    " 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112"
    " 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311"
    " 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = tuple(_TABLE.split())
_START_B, _START_C, _STOP = 104, 105, 106
_TO_C, _TO_B = 99, 100
_MODULUS = 103
_WORTH_AT_AN_END, _WORTH_INSIDE = 4, 6  # digits from which changing to set C saves a symbol


def symbols(text: str) -> tuple[int, ...]:
    """Return the values of the symbols for ``text``: start, data, check and stop.

    Raises ``ValueError`` for an empty text, and for what set B does not hold (not printable ASCII).
    """
    if not text or not (text.isascii() and text.isprintable()):
        raise ValueError("Code 128 holds printable ASCII here, and something of it")
    data = _data(text)
    check = data[0] + sum(at * symbol for at, symbol in enumerate(data[1:], start=1))
    return (*data, check % _MODULUS, _STOP)


def _data(text: str) -> list[int]:
    in_c = _begins_in_c(text)
    data, at = [_START_C if in_c else _START_B], 0
    while at < len(text):
        if in_c and _digits(text, at) < 2:  # noqa: PLR2004 - a symbol of set C is a pair
            data.append(_TO_B)
            in_c = False
        elif not in_c and at and _is_worth_c(text, at):
            data.append(_TO_C)
            in_c = True
        elif in_c:
            data.append(int(text[at : at + 2]))
            at += 2
        else:
            data.append(ord(text[at]) - 32)
            at += 1
    return data


def _digits(text: str, at: int) -> int:
    """Return how many digits follow from ``at`` on."""
    rest = text[at:]
    return len(rest) - len(rest.lstrip("0123456789"))


def _begins_in_c(text: str) -> bool:
    run = _digits(text, 0)
    return run >= _WORTH_AT_AN_END or run == len(text) == 2  # noqa: PLR2004 - one pair alone


def _is_worth_c(text: str, at: int) -> bool:
    """Say whether set C begins here: an odd digit stays in set B, the pairs follow it."""
    run = _digits(text, at)
    least = _WORTH_AT_AN_END if at + run == len(text) else _WORTH_INSIDE
    return run >= least and run % 2 == 0


def bars(text: str) -> tuple[int, ...]:
    """Return the widths in modules, bar and gap in turn, without quiet zones.

    Raises ``ValueError`` as :func:`symbols` does.
    """
    return tuple(int(width) for symbol in symbols(text) for width in _WIDTHS[symbol])


@lru_cache(maxsize=16)
def picture(text: str, most: int, height: int) -> Image.Image | None:
    """Return the bars as black on white, quiet zones included, at most ``most`` dots wide.

    None when there is nothing to encode, or when the bars would be thinner than 2 dots.
    """
    try:
        widths = bars(text)
    except ValueError:
        return None
    whole = sum(widths) + 2 * QUIET_MODULES
    dots = min(MOST_DOTS, most // whole)
    if dots < LEAST_DOTS:
        return None
    on = Image.new("1", (whole * dots, height), 1)
    x = QUIET_MODULES * dots
    for at, width in enumerate(widths):
        if at % 2 == 0:
            on.paste(0, (x, 0, x + width * dots, height))
        x += width * dots
    return on
