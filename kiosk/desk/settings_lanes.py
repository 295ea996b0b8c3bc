"""What a site says of its kinds of visit (``[lanes.courier]``), and when which window is open.

The kinds themselves, with what each asks and what is said, are the visitors' own; here stand only
their names, so that a misspelt one is told with what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from kiosk.desk import settings_values as value

LANE_NAMES = (
    "official", "public", "interview", "construction", "courier", "food", "petition", "law",
    "family",
)  # fmt: skip
"""The kinds of visit, in the order of their digits."""
ASKABLE = (
    "name", "unit", "matter", "besides", "people", "goods", "plate", "area", "phone", "id_number",
)  # fmt: skip
"""The fields of a visit that a site may require."""
_AREA, _SCRIPT = 40, 80


@dataclass(frozen=True, slots=True)
class LaneSetting:
    """What the site has changed of one kind of visit; None is what the program has.

    ``host`` is the staff number of whom such visitors usually come to, "" for nobody.
    """

    enabled: bool = value.key(value.yes_no, default=True)
    required: tuple[str, ...] | None = value.key(value.some_of(*ASKABLE), None)
    area: str | None = value.key(value.text(_AREA), None)
    script: str | None = value.key(value.text(_SCRIPT), None)
    host: str = value.key(value.text(20), "")


@dataclass(frozen=True, slots=True)
class DefaultLane(LaneSetting):
    """The kind that every visit has of which nobody says another: it is never switched off."""

    enabled: bool = value.key(value.only_yes, default=True)


@dataclass(frozen=True, slots=True)
class Window:
    """On working days the ``section`` receives 办事群众 without being asked, in these hours.

    Hours are the site's wall clock; a section that closes at noon stands there twice.
    """

    section: str = value.key(value.text(40, empty=False))
    opens: time = field(default=time(9, 0), metadata={"read": value.clock_time})
    closes: time = field(default=time(17, 0), metadata={"read": value.clock_time})


Lanes = Mapping[str, LaneSetting]
"""The kinds of visit by name; one that is not here is as the program has it."""

EXAMPLE = """\
# 来访类别：official 公务 public 办事群众 interview 面试 construction 施工 courier 快递
#   food 外卖 petition 信访 law 执法 family 家属。可停用，可改必填项、区域、用语、被访人工号
# Kinds of visit: each may be switched off (official not), and have its own required fields
#   (name unit matter besides people goods plate area phone id_number), area, words, usual host.
[lanes]
# courier.enabled = true
# courier.required = ["unit"]
# courier.area = ""
# courier.script = ""
# interview.host = "1003"
"""

WINDOWS_LISTED: tuple[str, str, str, Mapping[str, object]] = (
    "windows",
    "办事窗口：工作日开放时间内，该科室接待办事群众不必逐一联系；午休的写两段",
    "Windows: on working days in these hours the section receives 办事群众 without being asked",
    {"section": "便民服务大厅", "opens": "09:00", "closes": "17:00"},
)
"""The list of windows as ``kiosk init`` writes it."""


def class_of(lane: str) -> type[LaneSetting]:
    """Return what the section of a kind of visit is read as."""
    return DefaultLane if lane == LANE_NAMES[0] else LaneSetting
