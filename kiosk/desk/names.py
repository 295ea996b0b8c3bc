"""People's names: found by pinyin, and said as the gatehouse says them (clauses 158-160).

Pinyin is of the name, not of the dictionary: 单 is Shan and 曾 is Zeng as surnames, 尉迟 is one
surname of two characters. pypinyin is loaded at the first name, without its phrases (45 MB that
names do not need).
"""

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol

# Surnames whose reading is not the character's first one in the dictionary.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "区": "ou", "查": "zha",
    "朴": "piao", "盖": "ge", "缪": "miao", "乐": "yue", "召": "shao", "翟": "zhai", "覃": "qin",
    "冼": "xian", "洗": "xian", "宁": "ning", "折": "she", "黑": "he", "种": "chong", "秘": "bi",
    "员": "yun", "贠": "yun", "繁": "po", "句": "gou", "阚": "kan", "逄": "pang", "訾": "zi",
    "过": "guo", "华": "hua", "纪": "ji", "哈": "ha", "隗": "wei", "燕": "yan", "卜": "bu",
    "晁": "chao", "柏": "bai", "车": "che", "沈": "shen", "石": "shi", "叶": "ye", "谌": "chen",
    "臧": "zang", "祭": "zhai", "眭": "sui", "那": "na", "能": "nai", "瞿": "qu", "应": "ying",
    "曲": "qu", "谷": "gu", "牟": "mu", "郗": "xi", "殷": "yin", "盛": "sheng", "乜": "nie",
    "角": "jue", "厍": "she", "宓": "mi", "长": "chang", "相": "xiang", "尹": "yin", "佴": "nai",
    "么": "yao", "幺": "yao", "撒": "sa", "洪": "hong", "适": "kuo", "费": "fei", "尉": "wei",
    "薄": "bo", "葛": "ge", "占": "zhan", "藏": "zang", "朝": "chao", "呙": "guo", "万": "wan",
}  # fmt: skip

_COMPOUND = {
    "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge",
    "皇甫": "huang fu", "尉迟": "yu chi", "公孙": "gong sun", "慕容": "mu rong",
    "令狐": "ling hu", "司徒": "si tu", "夏侯": "xia hou", "东方": "dong fang",
    "宇文": "yu wen", "长孙": "zhang sun", "端木": "duan mu", "万俟": "mo qi",
    "轩辕": "xuan yuan", "独孤": "du gu", "南宫": "nan gong", "西门": "xi men",
    "东郭": "dong guo", "百里": "bai li", "呼延": "hu yan", "申屠": "shen tu",
    "太史": "tai shi", "澹台": "tan tai", "单于": "chan yu", "鲜于": "xian yu",
    "闻人": "wen ren", "淳于": "chun yu", "濮阳": "pu yang", "公羊": "gong yang",
    "赫连": "he lian", "钟离": "zhong li", "宗政": "zong zheng", "司空": "si kong",
    "亓官": "qi guan", "仲孙": "zhong sun", "拓跋": "tuo ba", "完颜": "wan yan",
    "耶律": "ye lü", "纳兰": "na lan", "第五": "di wu", "梁丘": "liang qiu",
    "左丘": "zuo qiu", "东门": "dong men", "谷梁": "gu liang", "子车": "zi ju",
    "颛孙": "zhuan sun", "巫马": "wu ma", "公西": "gong xi", "漆雕": "qi diao",
    "壤驷": "rang si", "公良": "gong liang", "段干": "duan gan", "太叔": "tai shu",
    "羊舌": "yang she", "微生": "wei sheng", "欧陽": "ou yang", "司寇": "si kou",
}  # fmt: skip

# What the same characters are in a given name, where the dictionary's first reading is rare.
_GIVEN = {"长": "chang", "朝": "chao", "乐": "le", "行": "xing", "茜": "qian"}

# A longer title ends in what people are called by: 办公室副主任 is 主任.
_CALLED = (
    "总经理", "总工程师", "秘书长", "科长", "主任", "所长", "站长", "局长",
    "处长", "股长", "部长", "经理", "书记", "镇长", "乡长", "区长",
    "县长", "市长", "街长", "院长", "校长", "会长", "主席", "组长",
    "队长", "班长", "厂长", "店长", "行长", "社长", "园长", "馆长",
    "村长", "工程师", "老师", "师傅", "医生", "律师", "会计",
)  # fmt: skip

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(f"{_HAN.pattern}|[a-z0-9]+")
_TITLES_APART = re.compile("[、，,/;；和兼 ]+")


class Called(Protocol):
    """Whoever can be addressed: a ``Person`` of the directory."""

    name: str
    title: str
    address_form: str


def surname(name: str) -> str:
    """Return the family name of a Chinese name, 欧阳 included.

    Any other name is returned whole, also one with a dot (买买提·艾山): its parts are no surnames.
    """
    name = name.strip()
    if not _HAN.match(name) or "·" in name:
        return name
    if name[:2] in _COMPOUND and len(name) > len(name[:2]):
        return name[:2]
    return name[0]


def pinyin_of(name: str) -> tuple[str, str]:
    """Return the name's syllables, lower case with a space between, and their first letters.

    ``欧阳娜娜`` gives ``("ou yang na na", "oynn")``; ``John Smith`` gives ``("john smith", "js")``.
    Characters without a known reading are left out.
    """
    name = name.strip()
    family = surname(name) if _HAN.match(name) and "·" not in name else ""
    syllables = [*_family_syllables(family), *_syllables(name[len(family) :])]
    return " ".join(syllables), "".join(one[0] for one in syllables)


def _family_syllables(family: str) -> list[str]:
    known = _COMPOUND.get(family) or _SURNAMES.get(family)
    return _plain(known).split() if known else _syllables(family)


def _syllables(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        reading = _GIVEN.get(word) or (_reading(word) if _HAN.match(word) else word)
        if reading:
            found.append(reading)
    return found


@lru_cache(maxsize=8192)
def _reading(char: str) -> str:
    from unicodedata import normalize  # noqa: PLC0415 - beside the only other thing that needs it

    first = _dictionary().get(ord(char), "").split(",")[0]
    # NFD parts the tone from its vowel; ü keeps its dots until it becomes the v that people type.
    letters = normalize("NFD", first).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[int, str]:
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "true"
    try:
        from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 - 50 ms and 13 MB that the first paint does not need
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]
        else:
            os.environ[_NO_PHRASES] = before
    found: Mapping[int, str] = pinyin_dict
    return found


_NO_PHRASES = "PYPINYIN_NO_PHRASES"


def _plain(text: str) -> str:
    return text.replace("ü", "v")


def matches(query: str, name: str, pinyin: str, initials: str) -> bool:
    """Say whether what was typed means this name.

    Characters of it (``伟``), first letters (``zw``), pinyin with or without spaces, whole or
    begun (``zhangw``, ``zh w``), from any syllable on; ``lü`` may be typed ``lv`` or ``lu``. An
    empty query means everybody.
    """
    wanted = "".join(query.lower().split())
    if not wanted or wanted in "".join(name.lower().split()):
        return True
    if not wanted.isascii():
        return False
    folded = wanted.replace("v", "u")
    return folded in initials.replace("v", "u") or _spells(folded, pinyin.replace("v", "u").split())


def _spells(typed: str, syllables: list[str]) -> bool:
    """Say whether ``typed`` is the beginnings of syllables that follow one another, from any on."""
    reached: set[int] = set()
    for syllable in syllables:
        reached = {
            at + used
            for at in reached | {0}
            for used in range(1, len(syllable) + 1)
            if typed.startswith(syllable[:used], at)
        }
        if len(typed) in reached:
            return True
    return False


def address(person: Called) -> str:
    """Return how a member of staff is spoken of before visitors (clauses 158-160).

    Surname and title without 副: 张伟, 副科长 is 张科长; without a title 师傅 or 老师 as the
    directory says; else the full name. Names that are not Chinese stay whole.
    """
    form = _called_by(person.title) or person.address_form.strip()
    return _called(person.name, form)


def _called_by(title: str) -> str:
    first = _TITLES_APART.split(title.strip())[0].replace("副", "")
    return next((known for known in _CALLED if first.endswith(known)), first)


def visitor_address(name: str, form: str) -> str:
    """Return surname and 先生 / 女士 from the field 称呼; the full name where nobody said which."""
    form = form.strip()
    return _called(name, _FORMS.get(form.lower(), form) if _HAN.match(name.strip()) else form)


_FORMS = {"mr": "先生", "mr.": "先生", "ms": "女士", "ms.": "女士", "mrs": "女士", "mrs.": "女士"}


def _called(name: str, form: str) -> str:
    name = name.strip()
    if not form or not name:
        return name
    if _HAN.match(name) and _HAN.match(form):
        return surname(name) + form
    return f"{form} {name}" if form.isascii() else f"{name} {form}"
