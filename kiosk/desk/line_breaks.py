"""Where a line of Chinese or Latin text may break, whatever it is measured in: dots or columns.

Breaks follow Chinese custom (避头尾): no closing mark starts a line, no opening mark ends one.
"""

import re
from collections.abc import Callable

Measure = Callable[[str], int]

_OPEN = "（《〈【「『〔“‘(\\["
_CLOSE = "，。、；：？！）》〉】」』〕”’·…)\\]"
_WIDE = (
    "\u1100-\u11ff\u2e80-\u3000\u3012-\u3013\u301c-\ud7ff"
    "\uf900-\ufaff\uff00-\uffef\U0001f000-\U0003ffff"
)
_WORD = rf"[^\s{_WIDE}{_OPEN}{_CLOSE}]+"
_UNIT = re.compile(  # "13:05 – 15:00" is one unit
    rf"\s+|[{_OPEN}]*(?:[{_WIDE}]|{_WORD}(?:\s[–→/-]\s{_WORD})?)?[{_CLOSE}]*"
)


def filled(text: str, measure: Measure, room: int) -> list[str]:
    """Return ``text`` in lines of at most ``room``; a single wider character stands alone."""
    lines: list[str] = []
    line, used = "", 0
    for unit in _units(text, measure, room):
        needed = measure(unit)
        if line and used + needed > room and not unit.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not unit.isspace():
            line, used = line + unit, used + needed
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str, measure: Measure, room: int) -> list[str]:
    """Return what a line break must not divide, in order; too long a word is divided after all."""
    units: list[str] = []
    for unit in filter(None, _UNIT.findall(text)):
        if unit.isspace() or measure(unit) <= room:
            units.append(unit)
        else:
            units.extend(unit)
    return units
