"""What absences are called, on screens, papers and in lists."""

from collections.abc import Mapping
from datetime import timedelta

from kiosk.desk.words import N_, _
from shift_handover.away.models import Cover, Door, Kind

RULE = N_(
    "Nobody may use the guard on duty for private errands. The guard must refuse them, and may not"
    " leave the post without leave."
)
"""Clauses 155 and 156, to be shown to who asks."""

_KINDS: Mapping[Kind, str] = {
    Kind.AWAY: N_("Stepped away"),
    Kind.REST: N_("At rest"),
    Kind.EMERGENCY: N_("Away: emergency"),
}
_COVERS: Mapping[Cover, str] = {
    Cover.COMPANION: N_("companion on the spot"),
    Cover.LEADER: N_("alone, on a superior's word"),
    Cover.SHORT: N_("alone, short absence"),
    Cover.NOBODY: N_("emergency, nobody on the spot"),
}
DOORS: Mapping[Door, str] = {
    Door.LOCKED: N_("Locked up"),
    Door.SHUT: N_("Shut, not locked"),
    Door.OPEN: N_("Left open"),
}


def kind_word(kind: Kind) -> str:
    """Return 暂离, 休息 or 紧急离岗."""
    return _(_KINDS[kind])


def cover_word(cover: Cover) -> str:
    """Return who keeps the post, or why nobody does."""
    return _(_COVERS[cover])


def door_word(door: Door | None) -> str:
    """Return the state the door was left in, "" where it was not asked."""
    return _(DOORS[door]) if door is not None else ""


def clock(left: timedelta) -> str:
    """Return what is left as minutes and seconds, such as 09:12."""
    seconds = max(0, int(left.total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def place_word(kind: Kind, place: str) -> str:
    """Return where somebody is: a rest is in the rest room."""
    return _("rest room") if kind is Kind.REST else place
