"""The words for leave: its kinds, its states, its halves, and who grants it."""

from collections.abc import Mapping

from kiosk.attendance.leave.halves import Span
from kiosk.attendance.leave.models import Granter
from kiosk.attendance.leave.reading import Seen
from kiosk.attendance.leave.rules import in_days
from kiosk.desk.absence import Half, Leave, LeaveKind, LeaveState
from kiosk.desk.words import N_, _, ngettext, pgettext

KINDS: Mapping[LeaveKind, str] = {
    LeaveKind.PERSONAL: N_("Personal leave"),
    LeaveKind.SICK: N_("Sick leave"),
    LeaveKind.ANNUAL: N_("Annual leave"),
    LeaveKind.IN_LIEU: N_("Time off in lieu"),
    LeaveKind.MARRIAGE: N_("Marriage leave"),
    LeaveKind.BEREAVEMENT: N_("Bereavement leave"),
    LeaveKind.MATERNITY: N_("Maternity leave"),
    LeaveKind.PATERNITY: N_("Paternity leave"),
    LeaveKind.FAMILY_VISIT: N_("Family visit leave"),
    LeaveKind.OFFICIAL: N_("Official leave"),
    LeaveKind.UNPAID_RETENTION: N_("Unpaid, post retained"),
}
_STATES: Mapping[LeaveState, str] = {
    LeaveState.ASKED: N_("asked, not granted yet"),
    LeaveState.APPROVED: N_("granted"),
    LeaveState.REFUSED: N_("leave not granted"),
    LeaveState.WITHDRAWN: N_("leave withdrawn"),
    LeaveState.RETURNED: N_("reported back"),
}
_GRANTERS: Mapping[Granter, str] = {
    Granter.HEAD: N_("Head of the section"),
    Granter.LEADER_IN_CHARGE: N_("Leader in charge"),
    Granter.PRINCIPAL_LEADER: N_("Principal leader"),
    Granter.OFFICE: N_("Office, for the file"),
}


def kind_word(kind: LeaveKind) -> str:
    """Return the name of a kind of leave, in the language spoken now."""
    return _(KINDS[kind])


def granter_word(granter: Granter) -> str:
    """Return who grants, in the language spoken now."""
    return _(_GRANTERS[granter])


def state_word(seen: Seen) -> str:
    """Return how far a leave has come; 逾期未归 for one nobody has reported back from in time."""
    return pgettext("leave", "overdue") if seen.overdue else _(_STATES[seen.leave.state])


def half_word(half: Half) -> str:
    """Return morning or afternoon, in short."""
    return pgettext("half", "am") if half is Half.MORNING else pgettext("half", "pm")


def span_words(span: Span) -> str:
    """Return from when to when: 11-24 to 11-26 pm; whole days without their halves."""
    first, last = f"{span.first_day:%m-%d}", f"{span.last_day:%m-%d}"
    if span.first_half is Half.AFTERNOON:
        first = f"{first} {half_word(span.first_half)}"
    if span.last_half is Half.MORNING:
        last = f"{last} {half_word(span.last_half)}"
    if span.first_day == span.last_day and span.first_half is span.last_half:
        return f"{span.first_day:%m-%d} {half_word(span.first_half)}"
    if span.first_day == span.last_day:
        return first
    return _("{first} to {last}").format(first=first, last=last)


def days_words(halves: int) -> str:
    """Return how many workdays: 2.5 days."""
    words = ngettext("{n} workday", "{n} workdays", 1 if halves == 2 else 2)  # noqa: PLR2004 - one day
    return words.format(n=in_days(halves))


def marks(seen: Seen) -> list[str]:
    """Return what else the gate and the office may know of a leave."""
    leave: Leave = seen.leave
    told = {
        _("asked late"): leave.late,
        _("by telephone"): leave.by_phone,
        _("papers owed"): leave.papers_owed,
        _("overlaps another"): seen.doubled,
        _("calendar not known yet"): bool(leave.guessed),
    }
    return [words for words, holds in told.items() if holds]
