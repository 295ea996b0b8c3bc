"""A file of things to be lent: which columns it may have, and what their words mean."""

from collections.abc import Mapping

from kiosk.desk.loans import Approval, ThingKind
from kiosk.desk.table_file import Columns, Table, read_table

COLUMNS = Columns(
    titles={
        "label": ("名称", "label"),
        "kind": ("类型", "kind"),
        "tag": ("标签", "tag"),
        "place": ("位置", "place"),
        "lock": ("锁号", "lock"),
        "doors": ("门", "doors"),
        "approval": ("批准", "approval"),
        "section": ("科室", "section"),
        "pair": ("互斥", "pair"),
        "due_hour": ("应还时刻", "due_hour"),
        "longest_min": ("最长分钟", "longest_min"),
        "holder": ("持有人", "holder"),
        "gate": ("门岗", "gate"),
    },
    needed=("label", "kind"),
)

KIND_WORDS: Mapping[str, ThingKind] = {kind.value: kind for kind in ThingKind} | {
    "门禁卡": ThingKind.DOOR_CARD, "办公室钥匙": ThingKind.OFFICE_KEY,
    "办公桌钥匙": ThingKind.DESK_KEY, "共用文件柜钥匙": ThingKind.CABINET_KEY,
    "文件柜钥匙": ThingKind.CABINET_KEY, "安全帽": ThingKind.HELMET,
    "访客卡": ThingKind.VISITOR_CARD, "储物柜": ThingKind.LOCKER, "印章": ThingKind.SEAL,
    "说明书": ThingKind.MANUAL, "其他": ThingKind.OTHER,
}  # fmt: skip
APPROVAL_WORDS: Mapping[str, Approval] = {one.value: one for one in Approval} | {
    "不需": Approval.NONE, "负责人": Approval.MANAGER, "别的科室的负责人": Approval.OTHER_SECTION,
    "两位负责人": Approval.TWO, "经理": Approval.MANAGER, "别的科室的经理": Approval.OTHER_SECTION,
    "两位经理": Approval.TWO, "外科室": Approval.OTHER_SECTION, "两人": Approval.TWO,
}  # fmt: skip


def read_things(name: str, content: bytes) -> Table:
    """Return the things' table in the file called ``name``. Raises what ``read_table`` raises."""
    return read_table(name, content, COLUMNS)
