"""Who works in the demo's town hall: invented people, always the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kiosk.desk.people import Rank, Role

HOUSE = "双河镇人民政府"
PIN = "2580"
PEOPLE = 120
_SEED = 2026

SECTIONS = (
    "办公室", "财政所", "民政办", "综治办", "水利站", "农技站", "文化站", "规划所",
    "社保所", "管理部",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛",
    "明", "超", "秀英", "霞", "平", "刚", "桂英", "建国", "建华", "志强", "海燕", "晓红",
    "国庆", "文博", "子涵", "雨桐", "思远", "嘉怡", "俊杰", "䶮",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worker:
    """One invented member of staff."""

    staff_no: str
    name: str
    section: str
    title: str = ""
    rank: Rank = Rank.ORDINARY
    role: Role = Role.STAFF
    address_form: str = ""
    extension: str = ""
    room: str = ""
    mobile: str = ""
    deputy_no: str = ""

    @property
    def uid(self) -> str:
        """The number of their badge."""
        return f"04{int(self.staff_no):010d}80"


_LEADER, _HEAD = Rank.LEADER_IN_CHARGE, Rank.HEAD_OF_STATION
_MANAGER, _PRINCIPAL = Rank.DEPARTMENT_MANAGER, Rank.PRINCIPAL_LEADER
_KNOWN = (
    Worker("1001", "张伟", "水利站", "副站长", Rank.TEAM_MEMBER, extension="8101", room="306",
           mobile="13900008101", deputy_no="1004"),
    Worker("1002", "李娜", "办公室", "科员", address_form="老师", extension="8102", room="201",
           mobile="13900008102", deputy_no="3001"),
    Worker("1003", "周海燕", "财政所", "所长", _HEAD, extension="8103", room="305"),
    Worker("1004", "欧阳文博", "规划所", "所长", _HEAD, extension="8104", room="402"),
    Worker("1005", "赵国庆", "办公室", "镇长", _PRINCIPAL, extension="8001", room="501"),
    Worker("1006", "孙建华", "办公室", "副镇长", _LEADER, extension="8002", room="502"),
    Worker("1007", "刘䶮", "文化站", "站长", _HEAD, extension="8107", room="210"),
    Worker("1008", "周志国", "办公室", "主任", Rank.DUTY_LEADER, extension="8009", room="503"),
    Worker("2001", "李建国", "管理部", "门卫", role=Role.GUARD, address_form="师傅"),
    Worker("2002", "王磊", "管理部", "门卫", role=Role.GUARD, address_form="师傅"),
    Worker("3001", "何晓红", "办公室", "前台", role=Role.RECEPTIONIST, extension="8200"),
    Worker("4001", "马志强", "管理部", "经理", _MANAGER, Role.CLERK, extension="8301"),
    Worker("9001", "陈静", "管理部", "系统管理员", role=Role.ADMINISTRATOR, room="109"),
)  # fmt: skip
KNOWN = len(_KNOWN)
"""How many have a part in the story; ``workers`` yields them first."""


def workers() -> Iterator[Worker]:
    """Yield all 120, the ones with a part in the story first."""
    yield from _KNOWN
    chance = Random(_SEED)  # noqa: S311 - invented people, no secret
    taken = {worker.name for worker in _KNOWN}
    number = 5000
    while len(taken) < PEOPLE:
        name = chance.choice(_SURNAMES) + chance.choice(_GIVEN)
        if name in taken:
            continue
        taken.add(name)
        number += 1
        section = SECTIONS[number % len(SECTIONS)]
        yield Worker(
            str(number),
            name,
            section,
            "科员",
            extension=str(8400 + number % 200),
            room=str(200 + number % 90),
        )


@dataclass(frozen=True, slots=True)
class Key:
    """One thing on the board. ``tag`` is its NFC tag's number."""

    label: str
    kind: str
    place: str
    tag: str


KEYS = (
    Key("12号柜钥匙", "cabinet_key", "钥匙柜 A-12", "04BB0000001280"),
    Key("3号备用钥匙", "office_key", "钥匙柜 A-06", "04BB0000030680"),
    Key("7号桌钥匙", "desk_key", "钥匙柜 B-07", "04BB0000000780"),
    Key("临时门禁卡 3", "door_card", "抽屉 1", "04BB0000000380"),
    Key("临时门禁卡 4", "door_card", "抽屉 1", "04BB0000000480"),
    Key("档案柜钥匙", "cabinet_key", "钥匙柜 A-20", "04BB0000002080"),
)
TAGGED_PLACE, PLACE_TAG = "tea_room", "04CC0000000180"
"""The place of the safety check where a tag hangs, and the number of that tag."""
BLOCKED_UID = "04DEAD00000180"
UNKNOWN_UID = "04CAFE00000180"
ID_NAME = "林晓燕"
ID_NUMBER = "11010519491231002X"
"""The example number of GB 11643: nobody has it."""
