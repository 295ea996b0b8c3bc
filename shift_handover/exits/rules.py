"""When a relief is due and how late it is, who may speak as a leader, and the right next step.

Nothing here reads or writes the book. Moments are aware; shifts begin on the clock of their zone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.desk.people import Person, Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.settings_shifts import Shift
from kiosk.desk.words import N_
from shift_handover.records import Record, Saying

LEADERS = frozenset({Rank.DUTY_LEADER, Rank.LEADER_IN_CHARGE, Rank.PRINCIPAL_LEADER})
"""Whose badge and PIN stand for the duty leader's word (带班领导, 主管领导, 主要领导)."""
CHOICES = 3
"""How many next steps the incoming is shown for a red thing; one is right (clause 148)."""
_OTHER_STEPS = (
    Saying(N_("Nothing: the next shift does it")),
    Saying(N_("Only note it in the folder")),
    Saying(N_("Wait until somebody asks for it")),
)
MOST_COUNTED = 9999
"""More parcels or helmets than these are a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift on one day: from ``begins`` until ``ends``, when the relief is due (aware)."""

    name: str
    begins: datetime
    ends: datetime
    tolerance: timedelta

    def late_min(self, now: datetime) -> int:
        """Return the full minutes since the relief was due, 0 before."""
        return max(0, int((now - self.ends).total_seconds() // 60))

    def is_late(self, now: datetime) -> bool:
        """Say whether the relief is later than the next shift tolerates."""
        return now > self.ends + self.tolerance

    def is_outside(self, now: datetime) -> bool:
        """Say whether this moment is outside the shift, its tolerance counted in; never blocks."""
        return now < self.begins - self.tolerance or self.is_late(now)


def turn_of(
    shifts: Sequence[Shift], since: datetime, early: timedelta = timedelta()
) -> Turn | None:  # fmt: skip
    """Return the turn of somebody who took the post at ``since``, in the zone of ``since``.

    Who comes up to ``early`` before a shift begins has come for that one. None without shifts.
    The tolerance is the next shift's: its guard is who comes late.
    """
    if not shifts:
        return None
    wanted = since + early
    begins = sorted(
        (datetime.combine(wanted.date() + timedelta(days=d), one.start, wanted.tzinfo), at)
        for d in (-1, 0, 1, 2)
        for at, one in enumerate(shifts)
    )
    here = max(place for place, (start, _at) in enumerate(begins) if start <= wanted)
    (start, at), (end, following) = begins[here], begins[here + 1]
    tolerance = timedelta(minutes=shifts[following].tolerance_min)
    return Turn(shifts[at].name, start, end, tolerance)


def check_leader(leader: Person, others: Iterable[str]) -> None:
    """Raise ``Refused`` unless ``leader`` may speak as duty leader and is none of ``others`` (ids).

    Codes: ``handover.not_a_leader``, ``handover.leader_is_party``.
    """
    if leader.rank not in LEADERS:
        raise Refused("handover.not_a_leader", name=leader.name)
    if leader.id in set(others):
        raise Refused("handover.leader_is_party", name=leader.name)


def check_is_other(leader: str, parties: Iterable[Person]) -> None:
    """Raise ``Refused("handover.leader_is_party")`` when the name typed is one of the guards'."""
    typed = "".join(leader.split())
    if typed in {"".join(one.name.split()) for one in parties}:
        raise Refused("handover.leader_is_party", name=leader)


def next_steps(handover_id: str, record: Record, things: Iterable[Record]) -> tuple[Saying, ...]:
    """Return three different next steps for ``record``, its own among them; () where it has none.

    The wrong ones are other lines' first. The order is the handover's own and stays the same each
    time it is asked, so that looking twice tells nothing.
    """
    if record.next_step is None:
        return ()
    wrong: list[Saying] = []
    told = {record.next_step.template}
    for step in (*(one.next_step for one in things), *_OTHER_STEPS):
        if step is not None and step.template not in told:
            told.add(step.template)
            wrong.append(step)
    shown = [record.next_step, *wrong[: CHOICES - 1]]
    return tuple(sorted(shown, key=lambda step: _shuffled(handover_id, record.ref, step)))


def _shuffled(handover_id: str, ref: str, step: Saying) -> bytes:
    return hashlib.sha256(f"{handover_id} {ref} {step.template}".encode()).digest()


def check_read_back(record: Record, picked: Saying | None) -> None:
    """Raise ``Refused("handover.read_back")`` unless the right next step was picked."""
    if record.next_step is not None and picked != record.next_step:
        raise Refused("handover.read_back", number=record.number)


def counted(text: str) -> int:
    """Return a typed count; raise ``Refused("handover.count_unclear")`` for anything else."""
    typed = text.strip()
    if not (typed.isdecimal() and int(typed) <= MOST_COUNTED):
        raise Refused("handover.count_unclear", most=MOST_COUNTED)
    return int(typed)
