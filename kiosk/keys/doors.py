"""Does a label tell which door its ring opens? Who finds a lost ring must not learn it from it."""

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"[A-Za-z]?\d{2,}")
_FURNITURE = re.compile(r"[A-Za-z]?\d+号?(?:文件)?[柜桌箱]")
"""A cabinet's or desk's number: it tells nobody in which room that stands."""
_HELMET = re.compile(
    r"(?:安全帽|helmet)\s*[A-Za-z]?\d+号?|[A-Za-z]?\d+号?\s*(?:安全帽|helmet)", re.IGNORECASE
)
"""A helmet's number: it opens nothing, and clause 145 wants it on the helmet."""
_SAYS_NOTHING = re.compile(
    r"共用文件柜|文件柜|办公室|办公桌|储物柜|访客卡|安全帽|说明书|门禁卡|门禁|临时|备用|钥匙|副匙|抽屉"
    r"|印章|公章|[号柜桌箱卡锁楼层]"
)
"""What a thing is, and words that any of them has: none of these is a room."""
_ROOM = re.compile(r"[A-Za-z]?\d{2,}室|[\u4e00-\u9fff]+[室房厅库]")
_BEFORE_A_ROOM = re.compile(r"临时|备用|钥匙|门禁|[号柜桌箱卡锁楼层的]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_NO_ROOM = frozenset({"办公室"})
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{4,}(?![A-Za-z0-9])")
_NO_ROOM_IN_LATIN = re.compile(
    r"access|badge|building|cabinet|cards?|copy|desk|doors?|drawer|entrance|files?|floor|gate|helmet"
    r"|keys|lock|locker|manual|master|number|offices?|other|rooms?|seal|shared|spare|station"
    r"|temporary|visitors?|with"
)
"""What a thing is, in English, and words that half of all doors have: none of these is a room."""
_LEAST = 2


def door_named(label: str, doors: str) -> str:
    """Return the words of ``label`` that tell a door, "" when it tells none.

    ``doors`` is what the office knows that it opens. A number is told without the letter before it,
    a name by any two Chinese characters of it or by a whole Latin word of four letters or more; a
    label that says 305室 or 档案室 tells a door whatever ``doors`` says. A helmet's number is none.
    """
    return (
        _number_told(_HELMET.sub(" ", label), doors)
        or _name_told(label, doors)
        or _word_told(label, doors)
        or _room_said(label)
    )


def _number_told(label: str, doors: str) -> str:
    rooms = {_digits(one) for one in _NUMBER.findall(_FURNITURE.sub(" ", doors))}
    return next((one for one in _NUMBER.findall(label) if _digits(one) in rooms), "")


def _digits(number: str) -> str:
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _name_told(label: str, doors: str) -> str:
    known = _SAYS_NOTHING.sub(" ", doors)
    names = _HAN.findall(_SAYS_NOTHING.sub(" ", label))
    return next((part for name in names for part in _parts(name) if part in known), "")


def _word_told(label: str, doors: str) -> str:
    said = _LATIN.findall(doors.lower())
    known = {one for one in said if not _NO_ROOM_IN_LATIN.fullmatch(one)}
    return next((one for one in _LATIN.findall(label) if one.lower() in known), "")


def _parts(name: str) -> Iterator[str]:
    """Yield every run of two or more characters of a name, the longest first."""
    for length in range(len(name), _LEAST - 1, -1):
        for start in range(len(name) - length + 1):
            yield name[start : start + length]


def _room_said(label: str) -> str:
    rooms = _ROOM.findall(_BEFORE_A_ROOM.sub(" ", label))
    return next((one for one in rooms if one not in _NO_ROOM), "")
