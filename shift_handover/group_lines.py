"""What is open by group, in as many lines as there is room for: nothing open goes uncounted."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.desk.outstanding import Urgency
from shift_handover.records import Record
from shift_handover.wording import group_key, group_titles


class GroupLine(NamedTuple):
    """One group with how many things it has and how much the most urgent one presses."""

    key: str
    title: str
    things: int
    urgency: Urgency


def group_lines(records: Sequence[Record], room: int) -> list[GroupLine]:
    """Return a line for each group with something open, at most ``room`` of them.

    Where there is no room for all, the least urgent groups are counted with the other things.
    """
    counts = Counter(group_key(record) for record in records)
    worst: dict[str, Urgency] = {}
    for record in records:
        key = group_key(record)
        worst[key] = min(record.urgency, worst.get(key, Urgency.QUIET))
    titles = dict(group_titles())
    lines = [GroupLine(key, titles[key], counts[key], worst[key]) for key in titles if counts[key]]
    if len(lines) <= max(room, 1):
        return lines
    by_need = sorted(lines, key=lambda line: (not line.key, line.urgency))
    kept, rest = by_need[: room - 1], by_need[room - 1 :]
    count, urgency = sum(line.things for line in rest), min(line.urgency for line in rest)
    return [*(line for line in lines if line in kept), GroupLine("", titles[""], count, urgency)]
