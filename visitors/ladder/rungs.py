"""The places of the ladder on which somebody may answer for the host (clauses 7, 104)."""

from enum import StrEnum


class Rung(StrEnum):
    """From whom the answer is wanted; asked one after the other, each by a key of the guard's."""

    HOST = "host"
    STAND_IN = "stand_in"  # 顶岗人
    HEAD = "head"  # 部门负责人
    DUTY_LEADER = "duty_leader"  # 带班领导
