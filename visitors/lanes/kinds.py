"""What kind of visit it was, as lists and papers call it: the lane, or an emergency."""

from kiosk.desk.words import _
from visitors.lanes.table import lane_of, lane_word
from visitors.models import Origin, Visit


def kind_word(visit: Visit) -> str:
    """Return what a visit's kind is called; who was let in at once is of no lane."""
    if visit.origin is Origin.EMERGENCY:
        return _("Emergency admission")
    return lane_word(lane_of(visit.lane))
