"""The rules of a kind of visit as this site has them. Nothing here writes."""

from dataclasses import replace

from kiosk.desk.desk import Desk
from kiosk.desk.refusal import Refused
from kiosk.desk.words import _
from visitors import rules
from visitors.lanes.table import LANES, Lane, LaneRules, lane_of
from visitors.models import Answer, Visit
from visitors.rules import Details

GAVE_UP = "gave_up"
"""The reason's code of a visitor who went away of his own accord."""


def rules_of(desk: Desk, lane: Lane) -> LaneRules:
    """Return what the kind asks here: the program's table, and over it ``[lanes]`` of the site."""
    usual, site = LANES[lane], desk.settings.lanes.get(lane.value)
    if site is None:
        return usual
    return replace(
        usual,
        required=usual.required if site.required is None else site.required,
        shown=tuple({*usual.shown, *usual.required}),
        area=usual.area if site.area is None else site.area,
        script=usual.script if site.script is None else site.script,
        host=site.host,
    )


def rules_of_visit(desk: Desk, visit: Visit) -> LaneRules:
    """Return the rules of a visit's own kind."""
    return rules_of(desk, lane_of(visit.lane))


def switched_on(desk: Desk) -> list[Lane]:
    """Return the kinds that this site has, in the order of their digits."""
    site = desk.settings.lanes
    return [lane for lane in Lane if lane.value not in site or site[lane.value].enabled]


def said(words: str) -> str:
    """Return words of the table in the language of this moment; a site's own stay as they are."""
    return _(words) if words else ""


def checked(desk: Desk, details: Details) -> Details:
    """Return the details cleaned, with what their kind of visit needs and its usual area.

    Who brings something is known by the company alone: its name stands for the visitor's. Raises
    ``Refused``: those of ``rules.checked``, ``visit.papers_number`` for papers without a number.
    """
    lane = lane_of(details.lane)
    here = rules_of(desk, lane)
    if not details.name.strip() and "name" not in here.required:
        details = replace(details, name=details.unit)
    known_by = "name" if "name" in here.fields else "unit"
    area = details.area.strip() or said(here.area)
    said_here = replace(details, lane=lane.value, area=area)
    found = rules.checked(said_here, (*here.required, known_by))
    if lane is Lane.LAW and found.besides and not any(map(str.isdigit, found.besides)):
        raise Refused("visit.papers_number", field="besides")
    return found


def refuse_inside(desk: Desk, visit: Visit) -> None:
    """Raise ``Refused("visit.not_past_gate")`` for a kind that is never let in."""
    if rules_of_visit(desk, visit).at_gate:
        raise Refused("visit.not_past_gate", number=rules.spoken(visit.number))


def refuse_alone(desk: Desk, visit: Visit, reason_code: str) -> None:
    """Raise ``Refused("visit.petition_alone")`` where the guard alone would turn somebody away.

    Whom he was led to has said no, or the visitor gave up: then it is not the guard alone.
    """
    decided = visit.answer is Answer.NO or reason_code == GAVE_UP
    if rules_of_visit(desk, visit).not_alone and not decided:
        raise Refused("visit.petition_alone", number=rules.spoken(visit.number))
