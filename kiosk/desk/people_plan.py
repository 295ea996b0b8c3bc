"""What taking a file of people would do: each row as it is wanted, or why it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.desk import table_plan
from kiosk.desk.people import Rank, Role

ROLE_WORDS: Mapping[str, Role] = {role.value: role for role in Role} | {
    "职工": Role.STAFF, "员工": Role.STAFF, "门卫": Role.GUARD, "保安": Role.GUARD,
    "前台": Role.RECEPTIONIST, "总务": Role.CLERK, "管理员": Role.ADMINISTRATOR,
}  # fmt: skip
RANK_WORDS: Mapping[str, Rank] = {rank.value: rank for rank in Rank} | {
    "一般人员": Rank.ORDINARY, "普通": Rank.ORDINARY, "班子成员": Rank.TEAM_MEMBER,
    "所站长": Rank.HEAD_OF_STATION, "科室负责人": Rank.HEAD_OF_STATION,
    "部门经理": Rank.DEPARTMENT_MANAGER, "主管领导": Rank.LEADER_IN_CHARGE,
    "主要领导": Rank.PRINCIPAL_LEADER, "带班领导": Rank.DUTY_LEADER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for, checked: only the fields it gives; ``badge`` in upper-case hex."""

    line: int
    staff_no: str
    fields: Mapping[str, str]
    department: str = ""
    rank: Rank | None = None
    role: Role | None = None
    badge: str = ""
    mobile: str = ""
    deputy: str = ""
    notify_url: str = field(default="", repr=False)


Plan = table_plan.Plan[Wanted]
"""What taking a file of people would do."""
