"""Number plates (车牌) as they are typed at a gate, and the one form in which they are kept.

A mainland plate begins with the character of a province and a letter; behind them the letters O and
I are never used (GA 36), so whoever types them means 0 and 1. An electric car has one
sign more. What has another form is kept as it was typed: a plate of the army or of another country
is one too, and nobody is sent away for it.
"""

import re
import unicodedata

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
HEAD = 2
"""So many signs stand before the number: the province's character and a letter."""
_LOOKS_LIKE = str.maketrans("OI", "01")
_MAINLAND = re.compile(rf"[{PROVINCES}][A-Z](?:[A-Z0-9]{{5,6}}|[A-Z0-9]{{4}}[挂学警港澳领试超])")
_EMBASSY = re.compile(r"使\d{6}|\d{6}使", re.ASCII)


def plate(text: str) -> str:
    """Return a plate in capitals without dots and spaces, "" for none.

    ``苏e·1o2i3`` gives ``苏E10213``. A form that is not known here comes back as it was typed.
    """
    signs = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    plain = signs[:HEAD] + number(signs[HEAD:])
    known = _MAINLAND.fullmatch(plain) or _EMBASSY.fullmatch(plain)
    return plain if known else text.strip()


def number(signs: str) -> str:
    """Return what was typed of a plate's number, in capitals, as it is kept: 0 for O, 1 for I."""
    return signs.translate(_LOOKS_LIKE)


def number_of(text: str) -> str:
    """Return what follows the province's character and the letter: by it people say a plate."""
    return text[HEAD:] if _MAINLAND.fullmatch(text) else ""
