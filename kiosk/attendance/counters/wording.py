"""What counters, marks and cards are called, and the clause in the words of the regulations."""

from collections.abc import Iterator, Mapping, Sequence

from kiosk.attendance.counters.evidence import Line
from kiosk.attendance.counters.models import AttendanceCase, What
from kiosk.attendance.counters.reading import Standing
from kiosk.attendance.counters.rules import in_half_days
from kiosk.desk.clauses import SOURCES
from kiosk.desk.words import N_, _, ngettext, pgettext

_NAMES: Mapping[str, str] = {
    "late_week": N_("Late or early in a week"),
    "late_month": N_("Late or early in a month"),
    "absent_short": N_("Absent without leave"),
    "absent_row": N_("Absent in a row"),
    "absent_year": N_("Absent in a year"),
    "proxy": N_("Signed by another"),
}
_DISMISSAL = N_(
    "Absent without cause, or not back in time without good reason, for more than 15 days in a row"
    " or more than 30 days in all in one year: dismissal."
)
_CLAUSES: Mapping[str, str] = {
    "late_week": N_(
        "Late or leaving early without cause more than two times a week: the leader in charge holds"
        " a talk of admonition."
    ),
    "late_month": N_(
        "Late or leaving early without cause more than 10 times in a month: circulated criticism,"
        " in grave cases dismissal."
    ),
    "absent_short": N_(
        "Absent for more than three days and less than a week without the leave procedure: public"
        " apology, circulated criticism or suspension, as the case is."
    ),
    "absent_row": _DISMISSAL,
    "absent_year": _DISMISSAL,
    "proxy": N_("Everybody signs in person; nobody signs for another."),
}


def counter_name(counter: str) -> str:
    """Return what a counter is called, in the language spoken now."""
    return _(_NAMES[counter])


def clause_words(counter: str) -> str:
    """Return the clause as the regulations have it."""
    return _(_CLAUSES[counter])


def source_of(clause: str) -> str:
    """Return where the clause stands in the regulations, in their own words."""
    return SOURCES.get(clause, "")


def amount(counter: str, units: int, *, days_off: bool = False) -> str:
    """Return how many: times, or days with their halves, of work or of the calendar."""
    if not in_half_days(counter):
        return ngettext("{n} time", "{n} times", units).format(n=units)
    if days_off:
        return pgettext("case", "{days} calendar days").format(days=f"{units / 2:g}")
    return pgettext("case", "{days} workdays").format(days=f"{units / 2:g}")


def most_words(case: AttendanceCase) -> str:
    """Return what the card counted when it opened, and how much was allowed then."""
    found = amount(case.counter, case.units, days_off=case.days_off)
    most = amount(case.counter, case.most, days_off=case.days_off)
    return pgettext("case", "{found}, allowed {most}").format(found=found, most=most)


def state_word(case: AttendanceCase) -> str:
    """Return how a card stands."""
    if case.closed_at is not None:
        return pgettext("case", "closed")
    return pgettext("case", "open") if case.reached else pgettext("case", "below limit")


def what_word(one: Line) -> str:
    """Return what a line of evidence is, with its minutes."""
    if one.whole:
        return pgettext("case", "absent, whole day")
    said = {
        What.LATE: _("late {n} min"),
        What.EARLY: pgettext("case", "early {n} min"),
        What.ABSENT_MORNING: pgettext("case", "absent, morning"),
        What.ABSENT_AFTERNOON: pgettext("case", "absent, afternoon"),
        What.PROXY: pgettext("case", "tap of another, void"),
    }
    return said[one.what].format(n=one.minutes)


def remark_words(one: Line) -> str:
    """Return the numbers of a day's remarks with their states, or that there is none."""
    said = {
        "signed": pgettext("case", "signed"),
        "waiting": pgettext("case", "to be signed"),
        "refused": pgettext("case", "refused"),
        "replaced": pgettext("case", "replaced"),
    }
    told = [f"{number} {said[state]}" for number, state in one.remarks]
    return ", ".join(told) or pgettext("case", "no remark")


def line_state(one: Line) -> str:
    """Return whether a line still counts, and whether it came after the card was opened."""
    if not one.counts:
        return pgettext("case", "excused since")
    return "" if one.at_opening else pgettext("case", "added since")


def taps_words(one: Line) -> str:
    """Return when the person came and went on a line's day; "-" where one tap is missing."""
    return f"{one.came or '-'} {one.went or '-'}" if one.came or one.went else ""


def standing_words(standings: Sequence[Standing]) -> Iterator[tuple[str, bool]]:
    """Yield how far each counter has come and whether that is near its limit, in a few words.

    A row of absence is shown beside the lower of its two limits until it is over that one; who
    signed for another, or for whom another signed, only where there was any.
    """
    tripped = {one.counter.id for one in standings if one.tripped}
    hidden = "absent_short" if "absent_short" in tripped else "absent_row"
    for one in standings:
        if one.counter.id == hidden or not (one.units or one.counter.most):
            continue
        scale = 2 if in_half_days(one.counter.id) else 1
        n, most = f"{one.units / scale:g}", f"{one.counter.most / scale:g}"
        yield _short(one.counter.id).format(n=n, most=most), one.warned or one.tripped


def _short(counter: str) -> str:
    return {
        "late_week": pgettext("counter", "late, week {n}/{most}"),
        "late_month": pgettext("counter", "late, month {n}/{most}"),
        "absent_short": pgettext("counter", "absent, row {n}/{most}"),
        "absent_row": pgettext("counter", "absent, row {n}/{most}"),
        "absent_year": pgettext("counter", "absent, year {n}/{most}"),
        "proxy": pgettext("counter", "by another {n}"),
    }[counter]
