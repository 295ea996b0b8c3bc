"""A file of appointments: which columns it may have, and what its words mean."""

from collections.abc import Mapping
from enum import StrEnum

from kiosk.desk.table_file import Columns, Table, read_table
from visitors.lanes.table import Lane

COLUMNS = Columns(
    titles={
        "ref": ("编号", "ref"),
        "host": ("被访人工号", "host_no"),
        "name": ("来访人", "visitor"),
        "form": ("称呼", "form"),
        "unit": ("单位", "unit"),
        "phone": ("电话", "phone"),
        "people": ("人数", "people"),
        "companions": ("同行人", "companions"),
        "lane": ("类别", "lane"),
        "matter": ("事由", "matter"),
        "besides": ("另记", "besides"),
        "goods": ("携带", "goods"),
        "plate": ("车牌", "plate"),
        "area": ("区域", "area"),
        "day": ("日期", "day"),
        "from": ("从", "from"),
        "until": ("至", "until"),
        "note": ("备注", "note"),
        "gate": ("门岗", "gate"),
        "state": ("状态", "state"),
    },
    needed=("host", "name", "matter", "day", "from"),
)


class Said(StrEnum):
    """What a row says of its appointment."""

    STANDS = "stands"
    CANCELLED = "cancelled"


STATE_WORDS: Mapping[str, Said] = {one.value: one for one in Said} | {
    "有效": Said.STANDS, "取消": Said.CANCELLED, "已取消": Said.CANCELLED,
}  # fmt: skip


LANE_WORDS: Mapping[str, Lane] = {one.value: one for one in Lane} | {
    "公务": Lane.OFFICIAL, "办事": Lane.PUBLIC, "办事群众": Lane.PUBLIC, "面试": Lane.INTERVIEW,
    "施工": Lane.CONSTRUCTION, "快递": Lane.COURIER, "外卖": Lane.FOOD, "信访": Lane.PETITION,
    "执法": Lane.LAW, "家属": Lane.FAMILY,
}  # fmt: skip


class Form(StrEnum):
    """How the visitor is addressed."""

    MR = "Mr"
    MS = "Ms"


FORM_WORDS: Mapping[str, Form] = {
    "mr": Form.MR, "ms": Form.MS, "先生": Form.MR, "女士": Form.MS,
}  # fmt: skip


def read_appointments(name: str, content: bytes) -> Table:
    """Return the appointments' table in the file ``name``. Raises what ``read_table`` raises."""
    return read_table(name, content, COLUMNS)
