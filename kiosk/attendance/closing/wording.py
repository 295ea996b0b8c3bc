"""The words and signs of the closed books and of the month sheet."""

from collections.abc import Iterable, Mapping

from kiosk.attendance.closing.outcome import Outcome
from kiosk.attendance.closing.rules import Gap
from kiosk.attendance.days.derived import Standing
from kiosk.desk.absence import LeaveKind
from kiosk.desk.words import N_, _, pgettext

PRESENT, OUTING, OFF, ABSENT, OPEN = "√", "△", "○", "×", "—"
_GAPS: Mapping[Gap, str] = {
    Gap.NO_TAPS_AT_ALL: N_("no tap at all: was the desk down?"),
    Gap.NO_TAP: N_("nothing is known of the day"),
    Gap.HALF_MISSING: N_("nothing is known of half the day"),
    Gap.NO_SIGN_OUT: N_("not signed out"),
    Gap.REMARK_UNSIGNED: N_("remark waits for a signature"),
    Gap.TAP_VOID: N_("a tap was declared void"),
    Gap.TAP_UNPROVEN: N_("a tap without the PIN it was asked for"),
    Gap.CLOCK_DOUBTED: N_("the clock was in doubt at a tap"),
    Gap.LEAVE_OVERDUE: N_("leave over, not reported back"),
    Gap.SHIFT_UNKNOWN: N_("shift unknown"),
}
MENDED_AT: Mapping[Gap, str] = {
    Gap.NO_TAP: "1", Gap.HALF_MISSING: "1", Gap.NO_SIGN_OUT: "1", Gap.REMARK_UNSIGNED: "1",
    Gap.TAP_VOID: "1", Gap.TAP_UNPROVEN: "1", Gap.CLOCK_DOUBTED: "1", Gap.LEAVE_OVERDUE: "2",
}  # fmt: skip
"""The digit of F7 under which a gap is mended; the others are mended by the office's files."""


def gap_word(gap: Gap) -> str:
    """Return what is lacking, in the language spoken now."""
    return _(_GAPS[gap])


def leave_sign(kind: LeaveKind) -> str:
    """Return the sign of a leave in the grid: one Chinese character, two Latin letters."""
    return {
        LeaveKind.PERSONAL: pgettext("sheet", "PL"),
        LeaveKind.SICK: pgettext("sheet", "SL"),
        LeaveKind.ANNUAL: pgettext("sheet", "AL"),
        LeaveKind.IN_LIEU: pgettext("sheet", "TL"),
        LeaveKind.MARRIAGE: pgettext("sheet", "ML"),
        LeaveKind.BEREAVEMENT: pgettext("sheet", "BL"),
        LeaveKind.MATERNITY: pgettext("sheet", "MA"),
        LeaveKind.PATERNITY: pgettext("sheet", "PA"),
        LeaveKind.FAMILY_VISIT: pgettext("sheet", "FV"),
        LeaveKind.OFFICIAL: pgettext("sheet", "OL"),
        LeaveKind.UNPAID_RETENTION: pgettext("sheet", "UR"),
    }[kind]


def leave_word(kind: LeaveKind) -> str:
    """Return what a leave is taken as, in full."""
    return {
        LeaveKind.PERSONAL: pgettext("sheet", "personal leave"),
        LeaveKind.SICK: pgettext("sheet", "sick leave"),
        LeaveKind.ANNUAL: pgettext("sheet", "annual leave"),
        LeaveKind.IN_LIEU: pgettext("sheet", "time off in lieu"),
        LeaveKind.MARRIAGE: pgettext("sheet", "marriage leave"),
        LeaveKind.BEREAVEMENT: pgettext("sheet", "bereavement leave"),
        LeaveKind.MATERNITY: pgettext("sheet", "maternity leave"),
        LeaveKind.PATERNITY: pgettext("sheet", "paternity leave"),
        LeaveKind.FAMILY_VISIT: pgettext("sheet", "family visit leave"),
        LeaveKind.OFFICIAL: pgettext("sheet", "official leave"),
        LeaveKind.UNPAID_RETENTION: pgettext("sheet", "unpaid leave"),
    }[kind]


def any_leave_sign() -> str:
    """Return the sign of a leave for who may not see its kind."""
    return pgettext("sheet", "LV")


def late_sign() -> str:
    """Return the sign of who came late."""
    return pgettext("sheet", "LA")


def early_sign() -> str:
    """Return the sign of who left early."""
    return pgettext("sheet", "EA")


def excused_sign() -> str:
    """Return the sign of a half that a remark or a weather signal explains."""
    return pgettext("sheet", "RE")


def half_sign(standing: Standing, leave: str) -> str:
    """Return the sign of one half of a day; ``leave`` is the sign of the leave on it."""
    return {
        Standing.OFF: OFF, Standing.PRESENT: PRESENT, Standing.OUTING: OUTING,
        Standing.ABSENT: ABSENT, Standing.NOT_SIGNED: OPEN, Standing.LEAVE: leave,
        Standing.EXCUSED: excused_sign(),
    }[standing]  # fmt: skip


def legend() -> str:
    """Return one line that says what the signs of the grid mean."""
    return _(
        "√ in  {late} late  {early} early  {leave} leave  {excused} excused  "
        "△ out  ○ rest  × absent  — open"
    ).format(late=late_sign(), early=early_sign(), leave=any_leave_sign(), excused=excused_sign())


def legend_of_leave(kinds: Iterable[LeaveKind]) -> str:
    """Return one line that says what the signs of these kinds of leave mean, "" for none."""
    between = pgettext("between sentences", "; ")
    return between.join(f"{leave_sign(kind)} {leave_word(kind)}" for kind in kinds)


def standing_word(standing: Standing) -> str:
    """Return what became of a half of a day, in words."""
    return {
        Standing.OFF: pgettext("sheet", "rest"),
        Standing.PRESENT: pgettext("sheet", "present"),
        Standing.LEAVE: pgettext("sheet", "leave"),
        Standing.OUTING: pgettext("sheet", "outing"),
        Standing.EXCUSED: pgettext("sheet", "explained"),
        Standing.NOT_SIGNED: pgettext("sheet", "open"),
        Standing.ABSENT: pgettext("sheet", "absent"),
    }[standing]


def outcome_words(one: Outcome) -> str:
    """Return what a day came to, in a few words."""
    both = [standing_word(one.morning)]
    if one.afternoon is not one.morning:
        both.append(standing_word(one.afternoon))
    told = [" / ".join(both)]
    if one.late_min:
        told.append(pgettext("sheet", "late {n} min").format(n=one.late_min))
    if one.early_min:
        told.append(pgettext("sheet", "early {n} min").format(n=one.early_min))
    return " ".join(told)
