"""The kinds of visit and what is particular to each, as a table; the site may change some of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.words import N_, _


class Lane(StrEnum):
    """The kinds of visit, in the order of their digits; the first one is everybody's."""

    OFFICIAL = "official"  # 公务
    PUBLIC = "public"  # 办事群众
    INTERVIEW = "interview"  # 面试
    CONSTRUCTION = "construction"  # 施工
    COURIER = "courier"  # 快递
    FOOD = "food"  # 外卖
    PETITION = "petition"  # 信访
    LAW = "law"  # 执法
    FAMILY = "family"  # 家属


_BY_CODE: Mapping[str, Lane] = {lane.value: lane for lane in Lane}
LANE_WORDS: Mapping[Lane, str] = {
    Lane.OFFICIAL: N_("Official"),
    Lane.PUBLIC: N_("Public"),
    Lane.INTERVIEW: N_("Interview"),
    Lane.CONSTRUCTION: N_("Works"),
    Lane.COURIER: N_("Courier"),
    Lane.FOOD: N_("Food"),
    Lane.PETITION: N_("Petition"),
    Lane.LAW: N_("Officers"),
    Lane.FAMILY: N_("Family"),
}


@dataclass(frozen=True, slots=True)
class LaneRules:
    """What one kind of visit asks, says and allows.

    ``required`` fields must be filled in, ``shown`` ones stand in the form besides those.
    ``besides`` is what the kind's own field is called, "" where it has none. ``script`` is said to
    the visitor, ``area`` stands on the slip where nobody types another; ``host`` is the staff
    number of whom such visitors usually come to. ``at_gate`` means never past the gate, ``slip``
    that a slip is printed, ``helmet`` that nobody enters without one (clause 145). A visitor of a
    kind with ``not_alone`` is never turned away by the guard alone; of ``tells_leader`` a leader
    is told at once.
    """

    required: tuple[str, ...]
    shown: tuple[str, ...]
    script: str
    besides: str = ""
    besides_hint: str = ""
    area: str = ""
    host: str = ""
    at_gate: bool = False
    escort: bool = False
    slip: bool = True
    helmet: bool = False
    not_alone: bool = False
    tells_leader: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the form shows; whom the visitor comes to is always asked."""
        return frozenset({*self.required, *self.shown, "host"})


LANES: Mapping[Lane, LaneRules] = {
    Lane.OFFICIAL: LaneRules(
        ("name", "matter"),
        ("form", "unit", "people", "goods", "plate", "area", "phone", "id_number"),
        N_("Hello. Whom would you like to see, and what is it about?"),
    ),
    Lane.PUBLIC: LaneRules(
        ("name", "matter"),
        ("form", "people", "phone", "id_number"),
        N_("Hello. What would you like to see to? I will show you the window."),
        area=N_("Service hall"),
    ),
    Lane.INTERVIEW: LaneRules(
        ("name",),
        ("form", "unit", "phone", "id_number"),
        N_("Hello. You have come for an interview? I will tell the personnel section."),
    ),
    Lane.CONSTRUCTION: LaneRules(
        ("name", "unit", "matter"),
        ("form", "people", "goods", "plate", "area", "phone", "id_number"),
        N_("Hello. Please put on a helmet before you enter the works area."),
        area=N_("Works area"),
        helmet=True,
    ),
    Lane.COURIER: LaneRules(
        ("unit",),
        (),
        N_("Hello. Please leave the parcel here; we will tell whom it is for."),
        at_gate=True,
        slip=False,
    ),
    Lane.FOOD: LaneRules(
        ("unit",),
        (),
        N_("Hello. Please wait at the gate; whoever ordered it will come for it."),
        at_gate=True,
        slip=False,
    ),
    Lane.PETITION: LaneRules(
        ("name", "matter", "besides"),
        ("form", "people", "phone", "id_number"),
        N_("Hello. Please take a seat; I will lead you to the colleague who listens to you."),
        besides=N_("Led to"),
        besides_hint=N_("which room or section"),
        area=N_("Reception of petitions"),
        escort=True,
        not_alone=True,
    ),
    Lane.LAW: LaneRules(
        ("name", "unit", "besides"),
        ("people", "plate"),
        N_("Hello. May I see your papers, please? I will tell the leader at once."),
        besides=N_("Papers"),
        besides_hint=N_("which papers, and their number"),
        slip=False,
        tells_leader=True,
    ),
    Lane.FAMILY: LaneRules(
        ("name", "besides"),
        ("form", "people", "goods", "plate", "phone"),
        N_("Hello. Please wait a moment; I will ask your relative to come."),
        besides=N_("Relation"),
        besides_hint=N_("such as wife, son, father"),
        area=N_("Reception"),
    ),
}
"""What each kind of visit has, unless the site says otherwise in its ``kiosk.toml``."""


def lane_of(code: str) -> Lane:
    """Return the kind of a visit's code; whatever nobody knows is the first one."""
    return _BY_CODE.get(code, Lane.OFFICIAL)


def lane_word(lane: Lane) -> str:
    """Return what the kind is called."""
    return _(LANE_WORDS[lane])
