"""The cells of the month sheet: its grid with totals, and raw taps, derived day and correction."""

from collections.abc import Collection, Iterator
from datetime import datetime

from kiosk.attendance.closing import wording
from kiosk.attendance.closing.outcome import outcome_of
from kiosk.attendance.closing.sheet import MonthSheet, PersonMonth, SheetDay
from kiosk.attendance.days.facts import Counted
from kiosk.attendance.remarks.models import Remark
from kiosk.desk.absence import LeaveKind
from kiosk.desk.desk import Desk
from kiosk.desk.presence import Whereabouts
from kiosk.desk.words import _, pgettext

_HALF = 0.5
_AFTER_KINDS = 4
"""The totals that stand after those of the kinds of leave."""


def title(sheet: MonthSheet) -> str:
    """Return the name of the sheet."""
    return _("Month sheet {month}").format(month=f"{sheet.first:%Y-%m}")


def grid_columns(sheet: MonthSheet) -> tuple[str, ...]:
    """Return the titles of the grid: who, the days, the totals."""
    who = (_("Section"), _("Staff number"), _("Name"))
    days = tuple(str(n) for n in range(sheet.first.day, sheet.last.day + 1))
    return (*who, *days, *_total_columns(sheet))


def _total_columns(sheet: MonthSheet) -> tuple[str, ...]:
    leaves = [wording.leave_word(kind) for kind in LeaveKind] if sheet.kinds else []
    return (
        pgettext("sheet", "Days due"), pgettext("sheet", "Days present"),
        pgettext("sheet", "Times late"), pgettext("sheet", "Minutes late"),
        pgettext("sheet", "Times early"), pgettext("sheet", "Minutes early"),
        pgettext("sheet", "Excused"), pgettext("sheet", "Days out"),
        pgettext("sheet", "Days on leave"), *leaves, pgettext("sheet", "Days excused"),
        pgettext("sheet", "Days absent"), pgettext("sheet", "Days open"),
        pgettext("sheet", "Hours worked"),
    )  # fmt: skip


def kinds_taken(sheet: MonthSheet) -> list[LeaveKind]:
    """Return the kinds of leave that anybody on the sheet has taken, in their order."""
    taken = {kind for one in sheet.people for day in one.days for kind in day.leaves}
    return [kind for kind in LeaveKind if kind in taken]


def columns_of_kinds_but(sheet: MonthSheet, taken: Collection[LeaveKind]) -> list[int]:
    """Return where the grid's columns of the other kinds of leave stand, counted from 1."""
    if not sheet.kinds:
        return []
    columns = grid_columns(sheet)
    first = len(columns) - _AFTER_KINDS - len(LeaveKind)
    return [first + at for at, kind in enumerate(LeaveKind, start=1) if kind not in taken]


def grid_row(sheet: MonthSheet, one: PersonMonth) -> tuple[str, ...]:
    """Return one person's line of the grid."""
    signs = tuple(day.sign(kinds=sheet.kinds) for day in one.days)
    return (one.section, one.person.staff_no, one.person.name, *signs, *total_cells(sheet, one))


def total_cells(sheet: MonthSheet, one: PersonMonth) -> tuple[str, ...]:
    """Return the totals of one person, in the order of their titles; nothing is "0"."""
    sums = one.totals()
    leaves = [_days(sums.leave_halves.get(kind, 0)) for kind in LeaveKind] if sheet.kinds else []
    return (
        _days(sums.due_halves), _days(sums.present_halves), str(sums.late), str(sums.late_min),
        str(sums.early), str(sums.early_min), str(sums.excused), _days(sums.outing_halves),
        _days(sum(sums.leave_halves.values())), *leaves, _days(sums.excused_halves),
        _days(sums.absent_halves), _days(sums.open_halves), f"{sums.worked_min / 60:.1f}",
    )  # fmt: skip


def _days(halves: int) -> str:
    return f"{halves * _HALF:g}"


def detail_columns() -> tuple[str, ...]:
    """Return the titles of the second sheet."""
    return (
        _("Day"), _("Staff number"), _("Name"), _("Section"), _("Raw taps"),
        pgettext("sheet", "Derived day"), pgettext("sheet", "Corrections"),
        pgettext("sheet", "Since closing"),
    )  # fmt: skip


def detail_rows(desk: Desk, sheet: MonthSheet) -> Iterator[tuple[str, ...]]:
    """Yield a line for each person and day of which there is anything to say."""
    for one in sheet.people:
        who = (one.person.staff_no, one.person.name, one.section)
        for day in one.days:
            if has_words(day):
                yield (day.day.day.isoformat(), *who, *day_cells(desk, day, kinds=sheet.kinds))


def has_words(one: SheetDay) -> bool:
    """Say whether a day is more than a rest or a day still to come."""
    if not one.begun:
        return False
    rests = one.day.times.start is None and not one.day.taps and not one.day.remarks
    return not rests or one.differs


def day_cells(desk: Desk, one: SheetDay, *, kinds: bool) -> tuple[str, str, str, str]:
    """Return raw taps, derived day, corrections, and what changed since the day was closed."""
    raw = " ".join(_raw(desk, tap) for tap in one.day.taps)
    return raw, derived_words(one, kinds=kinds), _corrections(desk, one), since_closing(one)


def derived_words(one: SheetDay, *, kinds: bool) -> str:
    """Return what the day comes to now, its excused marks included."""
    told = [wording.outcome_words(outcome_of(one.day))]
    if kinds:
        told += [wording.leave_word(kind) for kind in dict.fromkeys(filter(None, one.leaves))]
    if one.day.late_min and not one.day.late_counts:
        told.append(pgettext("sheet", "late {n} min, excused").format(n=one.day.late_min))
    if one.day.early_min and not one.day.early_counts:
        told.append(pgettext("sheet", "early {n} min, excused").format(n=one.day.early_min))
    if one.day.no_sign_out and one.day.times.start is not None:
        told.append(_("no sign-out"))
    return " ".join(told)


def since_closing(one: SheetDay) -> str:
    """Return what the day was closed as where that is another than by today's rules."""
    if one.was is None or not one.differs:
        return ""
    was, now = wording.outcome_words(one.was), wording.outcome_words(outcome_of(one.day))
    return _("closed as {was}, by today's rules {now}").format(was=was, now=now)


def _raw(desk: Desk, one: Counted) -> str:
    return f"{_hour(desk, one.tap.at)} {_way(one.tap.kind)}"


def _way(kind: Whereabouts) -> str:
    return pgettext("tap", "in") if kind is Whereabouts.IN else pgettext("tap", "out")


def _corrections(desk: Desk, one: SheetDay) -> str:
    told = [
        pgettext("sheet", "{hour} counts as {way}").format(
            hour=_hour(desk, tap.tap.at), way=_way(tap.kind)
        )
        for tap in one.day.taps
        if tap.corrected
    ]
    told += [
        pgettext("sheet", "{hour} is void").format(hour=_hour(desk, tap.tap.at))
        for tap in one.day.taps
        if tap.void
    ]
    told += [_remark(desk, remark) for remark in one.day.remarks]
    return pgettext("between sentences", "; ").join(told)


def _remark(desk: Desk, one: Remark) -> str:
    """Return a remark by its number and state, and the hours it says: never its cause."""
    if one.excuses:
        state = pgettext("sheet", "signed")
    elif not one.stands:
        state = pgettext("sheet", "does not stand")
    else:
        state = pgettext("sheet", "waits for signatures")
    hours = [_hour(desk, one.came_at), _hour(desk, one.went_at)]
    said = "-".join(hours) if any(hours) else ""
    return " ".join(part for part in (one.number, state, said) if part)


def _hour(desk: Desk, moment: datetime | None) -> str:
    return desk.local(moment).strftime("%H:%M") if moment is not None else ""
