"""Every number of the house's regulations as a parameter with the clause it comes from.

The regulations' rules are numbered through as clauses; ``SOURCES`` says where in the five sets of
house rules a clause stands. "house" marks a number that the regulations leave open. A site changes
any of them in ``[rules]`` of its ``kiosk.toml``.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

HOUSE = "house"

SOURCES: Mapping[str, str] = {
    "15": "第一篇 一（二）2 迟到早退",
    "21": "第一篇 一（二）2 旷工",
    "23": "第一篇 一（二）2 签到时间",
    "86": "第二篇 七.2 借用钥匙",
    "146": "第五篇 二.1 安全检查",
    "152": "第五篇 三.2 暂离",
    "153": "第五篇 四.1 联络警备人员",
    HOUSE: "本单位定",
}
"""Where in the regulations a clause stands, in their own words."""


def _number(default: int, clause: str, least: int, most: int) -> Any:  # noqa: ANN401 - a dataclass field fits any annotation
    return field(default=default, metadata={"clause": clause, "least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers the kiosk works by; a name ends in its unit: ``_s``, ``_min``, ``_days``."""

    # Signing in and out
    sign_in_window_min: int = _number(30, "23", 0, 240)
    """Minutes before and after the start of work in which a tap is a sign-in like any other."""
    repeat_tap_s: int = _number(2, HOUSE, 1, 10)
    """The same card again within these seconds is one tap."""
    tap_again_min: int = _number(5, HOUSE, 1, 60)
    """A tap within these minutes of the same person's last one only shows that one again."""
    day_begins_hour: int = _number(4, HOUSE, 0, 8)
    """A tap before this hour belongs to the day before: who works past midnight signs out then."""
    change_tap_s: int = _number(5, HOUSE, 1, 30)
    """Seconds in which the person may still say that the tap meant something else."""
    late_per_week: int = _number(2, "15", 0, 7)
    """More unexcused late or early days in a week (Monday to Sunday) than this trip the counter."""
    late_per_month: int = _number(10, "15", 0, 31)
    """More unexcused late or early days in a calendar month than this trip the counter."""
    absence_run_days: int = _number(15, "21", 1, 365)
    """More days of absence in a row than this trip the counter."""
    absence_year_days: int = _number(30, "21", 1, 365)
    """More days of absence in a year than this trip the counter."""

    # PINs and signatures
    pin_tries: int = _number(5, HOUSE, 3, 10)
    """Wrong PINs in a row before the first wait."""
    pin_first_wait_s: int = _number(30, HOUSE, 5, 600)
    """The first wait; each further wrong PIN doubles it."""
    pin_longest_wait_s: int = _number(900, HOUSE, 60, 86400)
    """No wait is longer than this."""
    signature_window_s: int = _number(60, HOUSE, 10, 600)
    """Two signatures belong together when both are given within these seconds."""

    # Keys and other things lent
    loan_due_hour: int = _number(-1, "86", -1, 23)
    """Hour of the day at which a loan is due; -1: at the end of working hours."""
    loan_overtime_h: int = _number(4, "86", 1, 24)
    """A loan taken outside working hours is for overtime and is due after these hours."""
    loan_remind_min: int = _number(10, HOUSE, 0, 240)
    """The holder is reminded these minutes before a loan is due."""
    loan_late_min: int = _number(15, HOUSE, 0, 240)
    """A loan is overdue these minutes after it was due."""
    loan_manager_min: int = _number(60, HOUSE, 0, 1440)
    """The head of section is told these minutes after it was due."""

    # Visitors
    visit_default_min: int = _number(120, HOUSE, 5, 1440)
    """How long a visit is expected to last when nobody says."""
    visit_late_arrival_min: int = _number(30, HOUSE, 5, 480)
    """An expected visitor this late is an open thing."""
    visit_no_show_days: int = _number(7, HOUSE, 0, 60)
    """A visitor who did not come is still found by name for these days, to be written anew."""
    visit_overstay_min: int = _number(30, HOUSE, 0, 480)
    """A visitor still inside this long after the expected end is an open thing."""
    host_wait_remind_min: int = _number(5, HOUSE, 1, 120)
    """A visitor who has waited this long for the host is called to mind."""

    # The safety check and the handover
    safety_min_place_s: int = _number(20, "146", 0, 600)
    """Two places checked faster one after the other than this are marked as too fast."""
    safety_check_hours: int = _number(24, "146", 0, 72)
    """The last safety check may be this old when the post is handed over; 0 asks for none."""
    matter_remind_min: int = _number(30, HOUSE, 0, 480)
    """An entrusted matter is called to mind these minutes before it is due."""
    step_away_alone_min: int = _number(10, "152", 0, 60)
    """A guard alone may step away for up to these minutes without the superior's word."""
    contact_step_min: int = _number(2, "153", 1, 30)
    """A contact who has not answered within these minutes: the next one is called."""


def rule_fields() -> dict[str, Field[Any]]:
    """Return every rule by name; its ``metadata`` has ``clause``, ``least`` and ``most``."""
    return {rule.name: rule for rule in fields(Rules)}
