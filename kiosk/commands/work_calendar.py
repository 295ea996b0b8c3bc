"""``kiosk calendar``: the site's own days, and who works which shift, from a file."""

from datetime import date

from kiosk.attendance.hours import days_import, roster_import
from kiosk.attendance.hours.import_rows import read_calendar
from kiosk.commands.table_in import counts, take, tell_unread
from kiosk.commands.work import Work
from kiosk.desk.table_file import Table
from kiosk.desk.words import _, ngettext, pgettext


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none; say which year is not known."""
    name = str(work.args.file)
    table, is_roster = read_calendar(name, work.file(name))
    tell_unread(work, table)
    return _roster(work, table) if is_roster else _days(work, table)


def _days(work: Work, table: Table) -> int:
    with work.desk.read() as book:
        plan = days_import.check(book, table.rows)
    told = pgettext("calendar", "Days: {new} new, {changed} changed, {same} as before.")
    done = take(work, plan, days_import.apply, told.format(**counts(plan)))
    for year in _unknown(work):
        said = _("The make-up workdays of {year} are not known here: import them once published.")
        work.complain(said.format(year=year))
    return done


def _unknown(work: Work) -> list[int]:
    today = work.desk.today()
    return work.desk.calendar.unknown_years(today, date(today.year + 1, 1, 1))


def _roster(work: Work, table: Table) -> int:
    shifts = [one.name for one in work.desk.settings.work_shifts]
    with work.desk.read() as book:
        plan = roster_import.check(book, table.rows, shifts)
    n = len({one.staff_no for one in (*plan.new, *plan.changed)})
    told = ngettext(
        "Roster of {n} person: {new} shifts new, {changed} changed, {same} as before.",
        "Roster of {n} people: {new} shifts new, {changed} changed, {same} as before.",
        n,
    )
    return take(work, plan, roster_import.apply, told.format(n=n, **counts(plan)))
