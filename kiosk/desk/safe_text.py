"""Make text from a person, a card, a wire, a file or the database safe to show and to print.

Textual sends ESC and C1 characters raw to the terminal even with markup off, and the printer
library passes ``ESC p`` on to the cash-drawer relay: nothing is shown or printed uncleaned.
"""

import re
import unicodedata

REPLACEMENT = "\ufffd"
CUT = ".."  # an ellipsis character is one cell in some terminals and two in others

_ORDINARY = re.compile(
    "[ -~\xb7\u2014\u2018-\u201d\u3001-\u3011\uff01-\uff5e"
    "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002f7ff]*"
).fullmatch
"""Text of nothing but these needs no washing (the compatibility ideographs after U+2F7FF do)."""

_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_MARKS_IN_A_ROW = 3  # Vietnamese and Thai need two; more is a tower that covers the line above
_PRE_CUT = 8  # a megabyte of paste is cut before it is looked at, leaving room for what is removed
_NONCHARACTER = 0xFFFE  # the last two of every plane, for ever unassigned
_IDEOGRAPHIC_PLANES = range(0x20000, 0x3FFFE)  # a newer Unicode than this Python's fills them
_OLD_GBK = {"\ue863": "\u4dae"}  # older ID-card readers and GBK programs write 䶮 in private use


def clean(text: str, limit: int = 200) -> str:
    """Return ``text`` as one line of at most ``limit`` characters without anything that can act.

    White space of every kind becomes one space; zero-width characters, bidi controls and variation
    selectors vanish; other controls, surrogates, private use and unassigned characters become
    U+FFFD; the rest is in Unicode's NFC. Cleaning twice changes nothing. Never raises.
    """
    if len(text) <= limit and _ORDINARY(text) and "  " not in text and text.strip() == text:
        return text
    return _wash(text[: limit * _PRE_CUT], limit)


def legible(text: str, limit: int = 200) -> str:
    """Return ``text`` as ``clean`` does, without what nobody can read. Twice changes nothing."""
    return clean(clean(text, limit).replace(REPLACEMENT, ""), limit)


def _wash(text: str, limit: int) -> str:
    kept = "".join(map(_one, text))
    flat = _without_towers(unicodedata.normalize("NFC", kept))
    return " ".join(flat.split())[:limit].rstrip()


def _one(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf" or char in _INVISIBLE or _is_selector(char):
        return ""
    if category == "Cn" and _is_ideographic(char):
        return char
    if category[0] == "C":
        return _OLD_GBK.get(char, REPLACEMENT)
    return char


def _is_selector(char: str) -> bool:
    return (
        "\ufe00" <= char <= "\ufe0f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones: no two terminals agree on their width
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def _is_ideographic(char: str) -> bool:
    """Whether an unassigned character is a rare ideograph: people's names have them."""
    return ord(char) in _IDEOGRAPHIC_PLANES and ord(char) & 0xFFFE != _NONCHARACTER


def _without_towers(text: str) -> str:
    """Drop combining marks that have no letter to stand on, and all but three on one letter."""
    kept: list[str] = []
    room = 0
    for char in text:
        is_mark = unicodedata.category(char)[0] == "M"
        if not is_mark or room > 0:
            kept.append(char)
        room = room - 1 if is_mark else _MARKS_IN_A_ROW * (char != " ")
    return "".join(kept)


def cells(text: str) -> int:
    """Return how many terminal cells ``text`` takes; ambiguous characters count as one."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - 30 ms that the command line does not need

    return cell_len(text)


def clip(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` cells, ending in ``..`` where something was cut off."""
    if cells(text) <= width:
        return text
    if width < len(CUT):
        return CUT[: max(width, 0)]
    end = min(width - len(CUT), len(text))
    while cells(text[:end]) > width - len(CUT):
        end -= 1
    return text[:end] + CUT
