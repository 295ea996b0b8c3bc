"""A million visits as a busy gate has them: their words alone, written with SQL.

Names are drawn as often as they are in China (a tenth of all people are a Wang, a Li or a Zhang),
and two of three visits are by somebody who was here before. Nothing is sealed and no journal stands
behind it: the search reads the words and nothing else.
"""

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kiosk.desk.names import pinyin_of
from kiosk.desk.row import shape_of
from visitors.plates import number_of
from visitors.search import spell
from visitors.visit_words import VisitWords

_SURNAMES = (
    "王" * 70 + "李" * 70 + "张" * 65 + "刘" * 50 + "陈" * 45 + "杨" * 30 + "黄" * 22 + "赵" * 20
    + "吴" * 20 + "周" * 20 + "徐" * 15 + "孙" * 15 + "马" * 12 + "朱" * 12 + "胡" * 12 + "郭" * 11
    + "何" * 11 + "林" * 11 + "高" * 10 + "罗" * 10 + "郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶"
    "蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶"
    "贺顾毛郝龚邵万钱严覃武戴莫孔向汤亓单仇解"
)  # fmt: skip
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉红梅建国志海波宁雪慧文斌婷浩宇欣怡子轩梓"
    "涵晨曦俊思雨佳琪嘉豪天佑诗一鸣博林春生金龙东升永福德胜小云凤兰淑珍桂香素琴爱玲翠莲美"
)
_PROVINCES, _LETTERS = "苏沪浙皖京鲁豫粤", "ABCDEFGHJKLM"
_AGAIN = 2 / 3
_DAYS = 180


def fill(file: Path, visits: int, today: date) -> list[str]:
    """Write the words of ``visits`` visits that end ``today``; return some of the names."""
    turn = random.Random(7)  # noqa: S311 - the same visits in every run
    shape = shape_of(VisitWords)
    with sqlite3.connect(file) as book:
        book.execute("PRAGMA synchronous = OFF")
        book.execute("PRAGMA cache_size = -200000")
        indexes = book.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'visit_words' AND sql LIKE"
            " 'CREATE INDEX%'"
        ).fetchall()
        for name, _sql in indexes:  # made at the end: a tenth of the time
            book.execute(f"DROP INDEX {name}")
        book.executemany(shape.insert, map(shape.bind, _words(turn, visits, today)))
        for _name, sql in indexes:
            book.execute(sql)
        names = [
            str(one)
            for (one,) in book.execute(
                "SELECT name FROM visit_words WHERE rowid % ? = 0", (max(1, visits // 300),)
            )
        ]
    book.close()
    return names


def _words(turn: random.Random, visits: int, today: date) -> Iterator[VisitWords]:
    """Yield the words of each visit; it is one row that changes from visit to visit."""
    people: list[VisitWords] = []
    for at in range(visits):
        again = bool(people) and turn.random() < _AGAIN
        words = turn.choice(people) if again else _person(turn, len(people))
        if not again:
            people.append(words)
        words.id, words.number = f"visit{at:012}", f"{at % 999 + 1:03}"
        words.day = today - timedelta(days=_DAYS - at * _DAYS // visits)
        yield words


def _person(turn: random.Random, number: int) -> VisitWords:
    given = "".join(turn.choices(_GIVEN, k=turn.choice((1, 2, 2, 2))))
    name = turn.choice(_SURNAMES) + given
    pinyin, initials = pinyin_of(name)
    plate = ""
    if number % 3 == 0:
        plate = f"{turn.choice(_PROVINCES)}{turn.choice(_LETTERS)}{turn.randrange(10**5):05}"
    words = VisitWords(
        id="", day=date.min, name=name, pinyin=pinyin, initials=initials,
        phone_tail=f"{turn.randrange(10**4):04}", plate=plate, plate_number=number_of(plate),
        same_phone=f"{number:016x}", same_unit=f"{number:016x}",
    )  # fmt: skip
    spell(words)
    return words
