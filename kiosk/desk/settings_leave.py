"""Who grants whose leave (``[[leave_ladder]]``): the ranks of two hierarchies as data (16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused

GRANTERS = ("head", "leader_in_charge", "principal_leader", "office")
"""Who can grant leave, the lowest first; the office only notes it."""

USUAL: Mapping[str, str] = {
    "ordinary": "head",
    "head_of_station": "leader_in_charge",
    "department_manager": "leader_in_charge",
    "team_member": "principal_leader",
    "leader_in_charge": "principal_leader",
    "duty_leader": "principal_leader",
    "principal_leader": "office",
}
"""Who grants the leave of each rank (``people.Rank``) that the settings do not name."""


@dataclass(frozen=True, slots=True)
class LeaveRung:
    """The leave of who has ``rank`` is granted by ``granted_by`` (clause 16)."""

    rank: str = value.key(value.one_of(*USUAL))
    granted_by: str = value.key(value.one_of(*GRANTERS))


def check_ladder(ladder: Iterable[LeaveRung], file: Path) -> None:
    """Raise ``Refused("settings.same_rank")`` for a rank that stands twice."""
    named: set[str] = set()
    for at, one in enumerate(ladder, start=1):
        if one.rank in named:
            key = f"leave_ladder.{at}.rank"
            raise Refused("settings.same_rank", file=str(file), key=key, rank=one.rank)
        named.add(one.rank)


LISTED: tuple[str, str, str, Mapping[str, object]] = (
    "leave_ladder",
    """谁批谁的假；rank：请假人的级别；granted_by：head 本科室负责人，leader_in_charge 主管领导，
# principal_leader 主要领导，office 办公室备案。未列的级别按制度办""",
    """Who grants the leave of whom, by rank: head (of the own section), leader_in_charge,
# principal_leader, office (noted only); ranks not named follow the house's rules""",
    {"rank": "ordinary", "granted_by": "head"},
)
"""The list as ``kiosk init`` writes it."""
