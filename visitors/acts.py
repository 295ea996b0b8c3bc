"""What a guard can do with a visit, by name, and what some of it means."""

from collections.abc import Mapping
from enum import StrEnum

from visitors.ladder.rungs import Rung
from visitors.models import Answer


class Act(StrEnum):
    """One thing the guard can do with the visit on the screen."""

    ADMIT = "admit"
    PHONE = "phone"
    MESSAGE = "message"
    CONFIRM = "confirm"
    YES = "yes"
    WAIT = "wait"
    NO = "no"
    NOT_REACHED = "not_reached"
    REFUSE = "refuse"
    LEAVE = "leave"
    LEAVE_WITHOUT = "leave_without"
    ASSUME_LEFT = "assume_left"
    NOT_SIGNED = "not_signed"
    SETTLE = "settle"
    REPRINT = "reprint"
    CORRECT = "correct"
    VOID = "void"
    COME_TODAY = "come_today"
    CHANGE = "change"
    CANCEL = "cancel"
    NAME_COMPANIONS = "name_companions"
    COME_AFTER_ALL = "come_after_all"
    COMPARE = "compare"
    DECIDE = "decide"
    TURN_AWAY = "turn_away"
    TOLD = "told"
    LOOK_UP = "look_up"
    ASK_STAND_IN = "ask_stand_in"
    ASK_HEAD = "ask_head"
    ASK_DUTY_LEADER = "ask_duty_leader"
    NOBODY = "nobody"
    MOBILE = "mobile"
    HAND_OVER = "hand_over"
    KEEP = "keep"
    LEADER_TOLD = "leader_told"
    HELMET_BACK = "helmet_back"
    HELMET_GIVEN = "helmet_given"
    LEND = "lend"
    TAKE_BACK = "take_back"
    PART_LEAVES = "part_leaves"
    DIFFERS = "differs"
    OTHER_GATE = "other_gate"
    HOST_SAYS = "host_says"
    STILL_INSIDE = "still_inside"
    UNKNOWN = "unknown"
    DEBT = "debt"


ANSWERS: Mapping[Act, Answer] = {
    Act.YES: Answer.YES, Act.WAIT: Answer.WAIT, Act.NO: Answer.NO,
    Act.NOT_REACHED: Answer.NOT_REACHED,
}  # fmt: skip
"""The acts that write down what the host said."""


RUNG_OF: Mapping[Act, Rung] = {
    Act.ASK_STAND_IN: Rung.STAND_IN,
    Act.ASK_HEAD: Rung.HEAD,
    Act.ASK_DUTY_LEADER: Rung.DUTY_LEADER,
}
"""The acts that ask somebody else for the host."""
ACT_OF = {rung: act for act, rung in RUNG_OF.items()}
