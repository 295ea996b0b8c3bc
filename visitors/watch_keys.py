"""By what a visitor and a listed person are compared: the same keys of both, and how sure it is.

Every way of being alike is a key that both have: so it is the same seen from either side, and ten
thousand entries are searched by an index. Nothing here reads or writes the book.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from kiosk.desk.names import pinyin_of
from visitors.watch_models import Sure


class Way(StrEnum):
    """One way in which two people's traits are alike."""

    ID = "id"
    PHONE = "phone"
    NAME = "name"
    ORDER = "order"
    SHAPE = "shape"
    SOUND = "sound"
    PLATE = "plate"
    NEAR_PLATE = "near_plate"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody. ``id_hash`` is the keyed hash, never the number."""

    names: tuple[str, ...] = ()
    phone: str = ""
    id_hash: str = ""
    plates: tuple[str, ...] = ()
    unit: str = ""


Key = tuple[Way, str]

# Characters that are mistaken for one another when a name is typed from a card or read by hand.
# Put together for this kiosk: the pairs that primary schools in China teach as 形近字, as far as
# they stand in names, and the surnames of which two forms are in use (肖/萧, 付/傅, 闫/阎). It is
# not taken from a published table. A character stands in one group only.
_ALIKE = (
    "己已巳", "未末", "日曰", "土士", "干千于", "人入八", "戊戌戍戎", "天夭", "王玉", "大太犬",
    "田由甲申", "晴睛", "侯候", "汨汩", "祇祗", "冼洗", "肖萧", "付傅", "闫阎", "刀力刁", "免兔",
    "乌鸟", "今令", "代伐", "仑仓", "午牛", "历厉", "厂广", "问间", "贝见", "卯卵", "析折", "治冶",
    "炮泡", "眯咪", "住往", "杨扬", "林材", "梁粱", "陈阵", "辛幸", "亨享", "季李", "宇字", "荆刑",
    "茶荼", "锺钟", "晓哓", "娜挪", "雷霄", "淮准", "冰水", "风凤", "勾匀", "史吏", "斤斥", "丘兵",
    "崇祟", "徽微", "拔拨", "拆柝", "嬴赢", "栗粟", "裴斐",
)  # fmt: skip
_ONE_OF = {char: group[0] for group in reversed(_ALIKE) for char in group}
_ALIKE_ON_PLATES = str.maketrans({"O": "0", "B": "8", "I": "1"})
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PLATE = re.compile(rf"[{_PROVINCES}][A-Z][·. -]?[A-Z0-9]{{4,6}}[A-Z0-9挂学警港澳]?")
_LEGAL_FORM = re.compile(r"(股份)?有限(责任)?公司$|公司$|集团$|co(mpany)?(ltd)?$|ltd$")
_PERMUTED = 3  # parts of a Latin name; more are tried first-to-last and last-first only
_WHOLE_PHONE = 7
TAIL = 4


def folded(text: str) -> str:
    """Return a name as it is compared: no case, marks, spaces, dots or full-width forms."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in plain if char.isalnum())
    return unicodedata.normalize("NFC", kept) or text.casefold().strip()


def plain_phone(text: str) -> str:
    """Return a telephone number's digits, without the country's code."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isascii() and c.isdigit())
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def plain_plate(text: str) -> str:
    """Return a number plate without its spaces and dots, in capitals."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def plates_in(text: str) -> tuple[str, ...]:
    """Return every Chinese number plate that stands somewhere in a text."""
    return tuple(map(plain_plate, _PLATE.findall(unicodedata.normalize("NFKC", text).upper())))


def plain_unit(text: str) -> str:
    """Return a unit's name without what companies add to it."""
    plain = folded(text)
    return _LEGAL_FORM.sub("", plain) or plain


def keys(traits: Traits) -> frozenset[Key]:
    """Return every key of somebody; two people are alike in the keys that both have."""
    return frozenset(_keys(traits))


def _keys(traits: Traits) -> Iterator[Key]:
    for name in traits.names:
        yield from _name_keys(name)
    if traits.id_hash:
        yield Way.ID, traits.id_hash
    phone = plain_phone(traits.phone)
    if len(phone) >= _WHOLE_PHONE:
        yield Way.PHONE, phone
    for plate in filter(None, map(plain_plate, traits.plates)):
        yield Way.PLATE, plate
        yield Way.NEAR_PLATE, plate.translate(_ALIKE_ON_PLATES)
    unit = plain_unit(traits.unit) if traits.unit.strip() else ""
    if unit:
        yield Way.UNIT, unit


def _name_keys(name: str) -> Iterator[Key]:
    plain = folded(name)
    if not plain:
        return
    yield Way.NAME, plain
    yield Way.SHAPE, "".join(_ONE_OF.get(char, char) for char in plain)
    for sound in _sounds(name):
        yield Way.SOUND, sound
    parts = _latin_parts(name)
    if len(parts) > 1:
        yield Way.ORDER, " ".join(sorted(parts))


def _latin_parts(name: str) -> list[str]:
    """Return the parts of a name written without Chinese characters; none for others."""
    if _HAN.search(name):
        return []
    words = re.split(r"[\s,·.'-]+", unicodedata.normalize("NFKC", name))
    return [folded(word) for word in words if any(map(str.isalnum, word))]


def _sounds(name: str) -> Iterator[str]:
    """Yield how a name sounds, without tones; a Latin one in every order of its parts."""
    parts = _latin_parts(name)
    if parts:
        orders = (
            permutations(parts) if len(parts) <= _PERMUTED else (parts, [parts[-1], *parts[:-1]])
        )
        yield from {"".join(order).replace("v", "u") for order in orders}
        return
    syllables = pinyin_of(name)[0].split()
    # A character without a known reading would be left out, and 李𠀀 would sound like 李.
    if syllables and len(syllables) == sum(map(str.isalnum, name)):
        yield "".join(syllables).replace("v", "u")


_NAMED = frozenset({Way.NAME, Way.ORDER, Way.SHAPE, Way.SOUND})
_RANKS = (Sure.MAYBE, Sure.LIKELY, Sure.SURE)
_ALONE = {
    Way.ID: Sure.SURE, Way.NAME: Sure.LIKELY, Way.ORDER: Sure.LIKELY, Way.SHAPE: Sure.MAYBE,
    Way.SOUND: Sure.MAYBE, Way.PHONE: Sure.LIKELY, Way.PLATE: Sure.LIKELY,
    Way.NEAR_PLATE: Sure.MAYBE, Way.UNIT: Sure.LIKELY,
}  # fmt: skip
_ANOTHER_TRAIT = frozenset({Way.PHONE, Way.PLATE, Way.NEAR_PLATE})


def how_sure(ways: frozenset[Way], *, supported: bool = False, other_id: bool = False) -> Sure:
    """Say how sure it is that two people alike in ``ways`` are one.

    ``supported``: the end of the telephone number or the unit is the same too. ``other_id``: both
    identity numbers are known and differ, so nothing but a comparison can say they are one.
    """
    if Way.ID in ways:
        return Sure.SURE
    if other_id:
        return Sure.MAYBE
    rank = max(_RANKS.index(_ALONE[way]) for way in ways)
    if ways & _NAMED and (supported or ways & _ANOTHER_TRAIT):
        rank += 1
    return _RANKS[min(rank, len(_RANKS) - 1)]


def alike(one: Traits, other: Traits) -> frozenset[Way]:
    """Return the ways in which two people are alike; a unit counts only where one has no name."""
    shared = {way for way, _key in keys(one) & keys(other)}
    if one.names and other.names:
        shared.discard(Way.UNIT)
    return frozenset(shared)


def supports(one: Traits, other: Traits) -> bool:
    """Say whether the end of the telephone number or the unit is the same of both."""
    tails = {plain_phone(each.phone)[-TAIL:] for each in (one, other)}
    units = [plain_unit(each.unit) for each in (one, other) if each.unit.strip()]
    same_tail = len(tails) == 1 and len(tails.pop()) == TAIL
    return same_tail or (len(units) == 2 and units[0] == units[1])  # noqa: PLR2004 - one of each


def closer(one: Sure, other: Sure) -> bool:
    """Say whether ``one`` is surer than ``other``."""
    return _RANKS.index(one) > _RANKS.index(other)
