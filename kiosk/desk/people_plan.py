"""What taking a file of people would do: each row as it is wanted, or why it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.desk.people import Rank, Role
from kiosk.desk.people_file import COLUMNS
from kiosk.desk.words import N_, _, pgettext

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

_REASONS: Mapping[str, str] = {
    "missing": N_("is empty"),
    "too_long": N_("is too long"),
    "unreadable": N_("has signs that cannot be read"),
    "bad_staff_no": N_("may have letters, digits and hyphens only, at most 20"),
    "bad_number": N_("is not a telephone number"),
    "unknown_word": N_("is not one of: {allowed}"),
    "bad_badge": N_("is not a card number in the chosen format"),
    "random_badge": N_("is a phone's number, which changes at every tap"),
    "twice": N_("is also on line {other}"),
    "badge_taken": N_("is already the badge of {other}"),
    "badge_is_key": N_("is already the tag of {other}"),
    "badge_blocked": N_("is a blocked badge"),
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """Why a row cannot be taken: its line, the column (our name), a reason code and its facts."""

    line: int
    column: str
    code: str
    value: str = ""
    other: str = ""

    def text(self) -> str:
        """Return the reason as a sentence that names line, column and value."""
        allowed = pgettext("between listed things", ", ").join(self.other.split(", "))
        reason = _(_REASONS[self.code]).format(other=self.other, allowed=allowed)
        column = "/".join(COLUMNS[self.column][:2])
        if not self.value:
            return _("Line {line}, {column} {reason}.").format(
                line=self.line, column=column, reason=reason
            )
        return _("Line {line}, {column}: “{value}” {reason}.").format(
            line=self.line, column=column, value=self.value, reason=reason
        )


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the file would do; nothing at all while there are ``bad`` rows."""

    new: tuple[Wanted, ...] = ()
    changed: tuple[Wanted, ...] = ()
    same: int = 0
    bad: tuple[BadRow, ...] = ()
