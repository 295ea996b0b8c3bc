"""Every number of the house's regulations as a parameter with the clause it comes from.

The regulations' rules are numbered through as clauses; ``SOURCES`` says where in the five sets of
house rules a clause stands. "house" marks a number that the regulations leave open. A site changes
any of them in ``[rules]`` of its ``kiosk.toml``.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

HOUSE = "house"
PRIVACY_LAW = "PIPL 19"
"""The shortest time the purpose needs; the law leaves the number to the house."""

SOURCES: Mapping[str, str] = {
    "23": "第一篇 一（二）2 签到时间",
    "33": "第一篇 一（二）4 物品出门",
    "86": "第二篇 七.2 借用钥匙",
    "92": "第二篇 八.4 最后离开者",
    "146": "第五篇 二.1 安全检查",
    "150": "第五篇 二.2 交接班",
    "153": "第五篇 四.1 突发情况立即联系",
    "154": "第五篇 四.1 立即报告上级",
    "156": "第五篇 四.2 值班人员不得擅自离岗",
    PRIVACY_LAW: "个人信息保护法 第十九条 保存期限",
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
    loan_tap_s: int = _number(20, HOUSE, 5, 120)
    """A question that waits for the next tap of a loan closes after these seconds without one."""
    loan_damage_s: int = _number(30, HOUSE, 5, 600)
    """Seconds after a thing came back in which one key still says that it came back damaged."""
    loan_remind_min: int = _number(10, HOUSE, 0, 240)
    """The holder is reminded these minutes before a loan is due."""
    loan_late_min: int = _number(15, HOUSE, 0, 240)
    """A loan is overdue these minutes after it was due."""
    loan_manager_min: int = _number(60, HOUSE, 0, 1440)
    """The head of section is told these minutes after it was due."""
    loan_debt_h: int = _number(8, HOUSE, 1, 72)
    """A manager's own tap that is owed for a loan must be given within these hours."""
    loan_confirm_days: int = _number(365, HOUSE, 30, 1000)
    """Who holds something permanently confirms after so many days that it is still there."""
    loan_warn_days: int = _number(365, HOUSE, 0, 3650)
    """A loss or damage by the borrower within these days is called to mind at the next loan."""
    reservation_warn_h: int = _number(12, HOUSE, 0, 72)
    """Who takes a thing is told of a reservation that begins within these hours."""
    reservation_block_min: int = _number(60, HOUSE, 0, 1440)
    """From these minutes before a reservation begins nobody else gets the thing."""
    stock_take_h: int = _number(24, HOUSE, 0, 168)
    """Keys not counted for these hours are an open thing at relief; 0 asks for no count."""

    # Visitors
    visit_default_min: int = _number(120, HOUSE, 5, 1440)
    """How long a visit is expected to last when nobody says."""
    visit_late_arrival_min: int = _number(30, HOUSE, 5, 480)
    """An expected visitor this late is an open thing."""
    visit_no_show_days: int = _number(7, HOUSE, 0, 60)
    """A visitor who did not come is still found by name for these days, to be written anew."""
    visit_early_days: int = _number(7, HOUSE, 0, 60)
    """Who comes on a wrong day is found by name when expected within these days."""
    visit_series_weeks: int = _number(8, HOUSE, 1, 26)
    """A series goes this far ahead at most: further nobody knows holidays and who is in."""
    visit_overstay_min: int = _number(30, HOUSE, 0, 480)
    """A visitor still inside this long after the expected end is an open thing."""
    host_wait_remind_min: int = _number(5, HOUSE, 1, 120)
    """A visitor who has waited this long for the host is called to mind."""
    host_ladder_s: int = _number(45, HOUSE, 10, 600)
    """Seconds without an answer after which the next on the ladder is due to be asked."""
    mobile_shown_s: int = _number(20, HOUSE, 5, 120)
    """A mobile number that was released stands on the screen for these seconds."""
    notify_tries: int = _number(3, HOUSE, 1, 10)
    """A notice that could not be sent is tried so many times in all."""
    notify_again_s: int = _number(5, HOUSE, 1, 120)
    """Seconds between two tries of a notice."""
    notify_wait_s: int = _number(20, HOUSE, 2, 120)
    """A notice that is not sent within these seconds is given up: nobody knows whether it came."""
    emergency_debt_h: int = _number(8, HOUSE, 1, 72)
    """What is owed for an emergency admission must be written down within these hours."""

    # First-asked responsibility
    enquiry_late_min: int = _number(30, HOUSE, 5, 480)
    """An enquiry that was led on is red when nobody has received it after these minutes."""

    # Slips and printers
    printer_fallback_s: int = _number(20, HOUSE, 3, 600)
    """The second printer takes the slips that wait when the first is in trouble for so long."""

    device_again_s: int = _number(60, HOUSE, 5, 3600)
    """A device that fails again within these seconds is not written down once more."""

    exit_differs_s: int = _number(60, HOUSE, 10, 600)
    """Seconds after a visit was closed in which one key says what differs, or that some stayed."""

    # How long words about visitors are kept
    visitor_phone_days: int = _number(30, PRIVACY_LAW, 1, 3650)
    """A visitor's telephone number is deleted these days after he left."""
    visitor_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """All other words about a visitor are deleted these days after he left; numbers stay."""
    watch_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """The words of a watch-list entry are deleted these days after it ended or its last day."""
    handover_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """The words of a handover, matter, safety check or fault go these days after its end."""

    caller_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """Who called, what was said and from whom a parcel was: deleted these days after its end."""

    # The safety check and the handover
    safety_min_place_s: int = _number(20, "146", 0, 600)
    """Two places checked faster one after the other than this are marked as too fast."""
    safety_check_hours: int = _number(24, "146", 0, 72)
    """The last safety check may be this old when the post is handed over; 0 asks for none."""
    relief_early_min: int = _number(60, "150", 0, 240)
    """Who takes the post these minutes before a shift begins has come for that shift."""
    safety_edit_min: int = _number(15, HOUSE, 1, 120)
    """Who signed to change the list of the safety check may go on for these minutes."""
    matter_remind_min: int = _number(30, HOUSE, 0, 480)
    """An entrusted matter is called to mind these minutes before it is due."""
    instruction_longest_days: int = _number(90, HOUSE, 1, 365)
    """An instruction to the guard is valid for these days at most; then it is given anew."""

    # Stepping away from the post and resting
    away_short_min: int = _number(10, HOUSE, 0, 60)
    """Who is alone may leave for so many minutes without anybody's word; longer needs cover."""
    away_longest_min: int = _number(120, HOUSE, 10, 480)
    """No absence is planned for more minutes than these."""
    rest_longest_min: int = _number(180, HOUSE, 10, 480)
    """No rest is planned for more minutes than these."""
    away_emergency_min: int = _number(15, HOUSE, 1, 120)
    """Who ran to an emergency is asked after when not back within these minutes."""
    away_ring_s: int = _number(20, HOUSE, 5, 600)
    """An absence that is over rings every so many seconds until somebody has answered."""
    away_companion_min: int = _number(3, HOUSE, 0, 60)
    """The companion is asked to confirm these minutes after an absence was found to be over."""
    away_superior_min: int = _number(8, HOUSE, 0, 120)
    """The superior is to be told these minutes after an absence was found to be over."""
    away_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """Where somebody went and why, and who asked for an errand: deleted these days after it."""

    # Presence prompts in the night
    presence_every_min: int = _number(60, "156", 0, 480)
    """The guard is asked about so often whether he is at the post; 0: never."""
    presence_from_hour: int = _number(22, "156", 0, 23)
    """From this hour on the guard is asked."""
    presence_to_hour: int = _number(6, "156", 0, 23)
    """Until this hour; the same hour as the beginning asks all day."""
    presence_answer_min: int = _number(5, "156", 1, 60)
    """A prompt nobody answers in these minutes is missed: red, to be explained."""

    # The last person out
    last_out_together_s: int = _number(60, "92", 0, 600)
    """Who goes out within these seconds of the very last leaves with them: both sign the list."""
    last_out_before_min: int = _number(30, "92", 0, 240)
    """A lock-up list signed these minutes before the last tap out still counts for it."""
    last_out_grace_min: int = _number(10, "92", 0, 120)
    """The last out who has not signed after these minutes left without the list."""
    still_in_grace_min: int = _number(60, "92", 0, 360)
    """Who is in by the taps these minutes after the end of work is on the list of open things."""
    last_out_check_h: int = _number(8, "92", 1, 24)
    """A list the guard's round has not confirmed after these hours is red: a shift's length."""

    # Messages and parcels
    message_urgent_min: int = _number(30, HOUSE, 1, 480)
    """An urgent message is red after these minutes: who called so still waits to be called back."""
    message_late_days: int = _number(1, HOUSE, 1, 14)
    """A message nobody has received after these days is amber, after twice as many red: whom it is
    for did not come by on the next day and must be called."""
    parcel_late_days: int = _number(3, HOUSE, 1, 30)
    """A parcel not collected in these days is amber, after twice as many red: the carriers' own
    notice asks for it within three days."""

    # Emergencies
    incident_call_s: int = _number(60, "153", 10, 600)
    """Who does not answer a call within these seconds: the next contact is named."""
    incident_sheet_s: int = _number(60, HOUSE, 0, 3600)
    """F9 again within these seconds prints no second contact sheet."""
    incident_first_report_min: int = _number(15, "154", 1, 240)
    """The first report to the superior is due these minutes after an incident was opened."""
    incident_first_hour_min: int = _number(60, HOUSE, 10, 240)
    """For so long an incident runs: who takes the post over then takes it over in the middle."""
    incident_follow_up_h: int = _number(4, "154", 1, 72)
    """Without a report for these hours an incident that is still open is red again."""
    incident_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """What was called, heard and reported is deleted these days after the incident's end."""

    # Property-out passes
    pass_valid_days: int = _number(1, "33", 1, 31)
    """A pass lets goods out until the end of so many days, that of its approval included."""
    pass_most_lines: int = _number(9, HOUSE, 1, 9)
    """Lines on one pass: at the gate each is ticked with its digit."""
    pass_most_pieces: int = _number(999, HOUSE, 1, 99999)
    """Pieces in one line of a pass."""
    pass_longest_days: int = _number(365, HOUSE, 1, 1000)
    """What comes back comes back within these days."""
    pass_overdue_days: int = _number(3, HOUSE, 0, 60)
    """What is not back on its day is amber, after so many days more red."""
    pass_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """What a pass was for, who carried it and what stayed: deleted these days after its end."""


def rule_fields() -> dict[str, Field[Any]]:
    """Return every rule by name; its ``metadata`` has ``clause``, ``least`` and ``most``."""
    return {rule.name: rule for rule in fields(Rules)}
