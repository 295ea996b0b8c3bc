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
    "15": "第一篇 一（二）2 无故迟到早退",
    "21": "第一篇 一（二）2 无故旷工",
    "7": "第一篇 一（一）5 同岗替代制",
    "17": "第一篇 一（二）2 请假超过三天",
    "19": "第一篇 一（二）2 事假",
    "20": "第一篇 一（二）2 产假",
    "22": "第一篇 一（二）2 不准代签",
    "23": "第一篇 一（二）2 签到时间",
    "24": "第一篇 一（二）2 备注栏",
    "26": "第一篇 一（二）2 外出",
    "33": "第一篇 一（二）4 物品出门",
    "86": "第二篇 七.2 借用钥匙",
    "90": "第二篇 八.3 节假日加班",
    "92": "第二篇 八.4 最后离开者",
    "137": "第四篇 第五条（四） 未履行请假手续旷工",
    "142": "第四篇 第十条 应问责而不问责",
    "96": "第二篇 九.2 上班时间遇恶劣天气",
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
    proof_share_percent: int = _number(10, "22", 1, 100)
    """Of a hundred taps so many are asked for the PIN, where a random share of them is."""
    proof_wait_s: int = _number(20, "22", 5, 120)
    """A PIN that was asked for at a tap is given within these seconds; else the tap is unproven."""
    pair_within_s: int = _number(2, "22", 1, 10)
    """Two people's badges at one reader within these seconds may have been in one hand."""
    pair_quiet_s: int = _number(20, "22", 2, 600)
    """The guard is told of two such badges when nobody was at that reader so long before them."""
    pair_days: int = _number(5, "22", 2, 31)
    """Two people who tapped so close on so many days of a month are on the office's list."""
    pair_over_chance: int = _number(5, "22", 1, 100)
    """And so many times as often as the queue alone would bring them together."""
    clock_back_s: int = _number(60, HOUSE, 5, 3600)
    """A tap so many seconds before the newest one says that the clock was set back."""
    clock_ahead_days: int = _number(15, HOUSE, 2, 400)
    """A tap so many days after the newest one says that the clock was set ahead."""

    # Hours and work shifts
    shift_reach_min: int = _number(240, HOUSE, 30, 600)
    """A tap these minutes before or after a work shift still belongs to that shift's day."""

    # Remarks about a day
    remark_sign_days: int = _number(1, "24", 1, 31)
    """Both sign a remark within so many workdays, the first on which it can be known included."""
    remark_open_days: int = _number(2, HOUSE, 0, 60)
    """A remark that waits longer than these days for a signature is an open thing of the office."""
    remark_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """The causes of a remark are deleted these days after it was written."""

    # Closing the books of a day and of a month
    closing_late_days: int = _number(2, HOUSE, 0, 60)
    """A workday that is not closed these days after it is called to the office's mind."""
    closing_back_days: int = _number(62, HOUSE, 7, 366)
    """Days that are open for longer than this are not asked for any more."""
    objection_days: int = _number(7, HOUSE, 0, 31)
    """Days after its publication in which a month takes objections."""
    own_month_s: int = _number(60, HOUSE, 10, 600)
    """Somebody's own month closes by itself after these seconds untouched."""
    objection_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """What an objection said and was answered is deleted these days after its answer."""

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

    # Outings
    outing_early_min: int = _number(30, HOUSE, 0, 240)
    """Who taps out these minutes before a planned outing goes out on it."""
    outing_said_late_min: int = _number(120, HOUSE, 0, 720)
    """Who is on the road already says so these minutes afterwards at the latest."""
    outing_late_min: int = _number(30, "26", 0, 480)
    """Who is not back these minutes after the time that was said is amber."""
    outing_alone_min: int = _number(1440, "7", 0, 1440)
    """Who is out longer than these minutes, or not sure how long, needs the yes of who stands in;
    1440, a day: nobody does, it is only offered. The clause has the leader name somebody in time,
    and does not say that he has said yes before the person goes."""
    outing_ahead_days: int = _number(31, HOUSE, 1, 365)
    """An outing is planned for these days ahead at most."""
    outing_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """Where somebody went, why, with whom and the number: deleted these days after the end."""

    # Stand-ins
    stand_in_longest_days: int = _number(185, HOUSE, 1, 366)
    """Somebody stands in for so many days at most; for longer he is asked again."""

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

    # Counters and case cards
    late_week_most: int = _number(2, "15", 0, 50)
    """Unexcused late or early marks in a week, Monday to Sunday; one more: the leader talks."""
    late_month_most: int = _number(10, "15", 0, 200)
    """Unexcused late or early marks in a calendar month; one more: circulated criticism."""
    absent_short_most_days: int = _number(3, "137", 0, 30)
    """Days of absence in a row without leave; more than these is a case."""
    absent_short_below_days: int = _number(7, "137", 1, 60)
    """The clause speaks of less than a week: absence over so many calendar days is beyond it."""
    absent_row_warn_days: int = _number(10, "21", 1, 365)
    """Days of absence in a row from which the office is warned."""
    absent_row_most_days: int = _number(15, "21", 0, 365)
    """Days of absence in a row; more than these is a case."""
    absent_year_warn_days: int = _number(20, "21", 1, 365)
    """Days of absence in a calendar year from which the office is warned."""
    absent_year_most_days: int = _number(30, "21", 0, 365)
    """Days of absence in a calendar year; more than these is a case."""
    case_late_days: int = _number(14, "142", 1, 365)
    """A case card open for longer is listed to the principal leader."""
    case_shown_s: int = _number(60, HOUSE, 15, 900)
    """Names on case cards leave the screen after these seconds without a key."""
    case_recount_days: int = _number(62, HOUSE, 7, 366)
    """Days back that are counted anew when a remark, a leave or a closing is written late."""
    case_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """What was done about a case is deleted these days after it was closed."""

    # Leave
    leave_leader_days: int = _number(3, "17", 0, 30)
    """Leave of more workdays than these, in one or in a row, needs the leader in charge as well."""
    leave_personal_days: int = _number(3, "19", 0, 31)
    """Personal leave of a calendar month is so many workdays in all."""
    leave_stand_in_halves: int = _number(1, "7", 0, 100)
    """Leave of so many half workdays needs a stand-in who has accepted; 0 asks for none."""
    maternity_leave_days: int = _number(180, "20", 98, 400)
    """Maternity leave lasts so many calendar days at most: the law's, generally half a year."""
    maternity_warn_days: int = _number(14, "20", 0, 60)
    """The office is told these days before a long leave, as maternity leave is, ends."""
    leave_open_s: int = _number(120, HOUSE, 20, 600)
    """A leave opened with badge and PIN is off the screen after these seconds."""
    leave_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """Why somebody was on leave, where to be reached, what was in hand: deleted so long after."""

    # Badges, overtime, weather signals
    overtime_ahead_days: int = _number(60, HOUSE, 1, 366)
    """Overtime is asked for at most these days ahead."""
    overtime_unlisted_min: int = _number(60, "90", 0, 480)
    """Who is in these minutes after work, or on a day off, and on no list needs a leader's word."""
    overtime_words_days: int = _number(180, PRIVACY_LAW, 1, 3650)
    """Why somebody worked overtime is deleted these days after the spell."""
    weather_safe_min: int = _number(30, "96", 5, 240)
    """Who is out and not known to be safe these minutes after the signal is red."""

    # Several desks
    hub_poll_s: int = _number(3, HOUSE, 1, 60)
    """The other desks' work is asked for this often; a notice of the hub makes it sooner."""
    hub_batch: int = _number(500, HOUSE, 1, 500)
    """Entries that go to the hub at once."""
    hub_wait_s: int = _number(4, HOUSE, 1, 60)
    """A hub that says nothing for so long is lost."""
    hub_bite_ms: int = _number(4, HOUSE, 1, 50)
    """The other desks' work is written in bites of so long: a tap waits for one at most."""
    hub_fresh_min: int = _number(10, HOUSE, 1, 1440)
    """The copy of another desk's work is called old after these minutes."""
    hub_stale_h: int = _number(24, HOUSE, 1, 720)
    """And after these hours a visitor's admission needs a supervisor's badge and PIN."""
    hub_code_min: int = _number(60, HOUSE, 5, 1440)
    """The code by which a new desk joins is good for so many minutes, once."""
    hub_clock_s: int = _number(120, HOUSE, 2, 3600)
    """A clock that is wrong by more, measured at the hub's, is told to the desk."""
    claim_wait_ms: int = _number(1500, HOUSE, 200, 10000)
    """The desk that keeps a thing is waited for so long when another asks for it."""
    number_block: int = _number(1000, HOUSE, 100, 100000)
    """Numbers that people say aloud are given to the desks in blocks of so many."""
    conflict_words_days: int = _number(365, PRIVACY_LAW, 1, 3650)
    """Why a conflict between desks was decided so is deleted these days after the decision."""
    desk_line_ring_min: int = _number(2, HOUSE, 0, 30)
    """A line from another desk rings for so long, or until somebody has read it."""
    desk_line_unread_min: int = _number(5, HOUSE, 1, 120)
    """Who sent a line is told after these minutes that nobody has read it."""
    desk_line_open_h: int = _number(24, HOUSE, 1, 168)
    """A line that nobody has read is open for so long; then it stands in the book alone."""
    desk_line_words_days: int = _number(30, PRIVACY_LAW, 1, 3650)
    """What the desks said to each other is deleted these days after it was sent."""
    roll_ring_min: int = _number(3, HOUSE, 0, 60)
    """A real danger called at one desk rings at the others for so long."""


def rule_fields() -> dict[str, Field[Any]]:
    """Return every rule by name; its ``metadata`` has ``clause``, ``least`` and ``most``."""
    return {rule.name: rule for rule in fields(Rules)}
