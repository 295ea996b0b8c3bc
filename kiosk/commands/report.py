"""``kiosk report``: a register on the screen, in a file, or on paper."""

import calendar
from dataclasses import replace
from datetime import time
from pathlib import Path

from kiosk import all_reports, features
from kiosk.commands.days import day_typed
from kiosk.commands.work import DONE, Work
from kiosk.desk import list_papers
from kiosk.desk.desk import Desk
from kiosk.desk.file_out import as_text, write_table
from kiosk.desk.loans import THING_BY_LABEL
from kiosk.desk.people import BY_STAFF_NO
from kiosk.desk.refusal import Refused
from kiosk.desk.report import SINCE_EVER, Period, Table
from kiosk.desk.report_slip import slip_of
from kiosk.desk.safe_text import clean
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _, ngettext

_SUFFIXES = (".csv", ".xlsx", ".txt")
_LONGEST_UNIT = 60


def make(work: Work) -> int:
    """Build the report; say it, write it to ``--out``, or queue it for the printer."""
    known = all_reports.reports()
    name, out = work.args.name, work.args.out
    if name not in known:
        raise Refused("report.unknown", name=name, known=sorted(known))
    if out is not None and out.suffix.lower() not in _SUFFIXES:
        raise Refused("report.bad_suffix", file=str(out), allowed=list(_SUFFIXES))
    period = replace(
        _period(work),
        who=_who(work, name),
        unit=_unit(work, name),
        thing=_thing(work, name),
        section=_section(work, name),
        at=_at(work, name),
    )
    today = work.desk.today()
    if name in all_reports.only_now() and (period.first, period.last) != (today, today):
        raise Refused("report.only_now", name=name)
    with work.desk.read() as book:
        table = known[name](work.desk, book, period)
    if work.args.on_paper:
        sheet = all_reports.sheets().get(name) if period.who else None
        if sheet is not None:
            work.write(sheet, work.desk, period.who, features.holdings)
        else:
            work.write(_print, work.desk, name, table)
        if work.kiosk is not None:
            work.kiosk.queued()
        has_printer = bool(work.desk.settings.printers)
        work.say(
            _("Queued for the printer.") if has_printer
            else _("Queued. No printer is set in kiosk.toml: it is printed once there is one.")
        )  # fmt: skip
    elif out is not None:
        write_table(table, Path(out))
        n = len(table.rows)
        told = ngettext("{n} row written to {file}.", "{n} rows written to {file}.", n)
        work.say(told.format(n=n, file=out))
    else:
        work.say(as_text(table))
    return DONE


def _who(work: Work, name: str) -> str:
    """Return the staff number the report is about, also of who has left; "" for everybody."""
    staff_no = str(work.args.who)
    if not staff_no:
        return ""
    if name not in all_reports.of_one_person():
        raise Refused("report.not_of_one", name=name)
    with work.desk.read() as book:
        if book.one(BY_STAFF_NO, staff_no=staff_no) is None:
            raise Refused("person.unknown", staff_no=staff_no)
    return staff_no


def _unit(work: Work, name: str) -> str:
    """Return the part of a unit's name that the visitors of the report come from; "" for all."""
    unit = clean(work.args.unit, _LONGEST_UNIT).strip()
    if unit and name not in all_reports.of_one_unit():
        raise Refused("report.not_of_one_unit", name=name)
    return unit


def _section(work: Work, name: str) -> str:
    """Return the name of the section whose people the report is about, "" for everybody."""
    section = str(work.args.section).strip()
    if section and name not in all_reports.of_one_section():
        raise Refused("report.not_of_section", name=name)
    return section


def _thing(work: Work, name: str) -> str:
    """Return the label the report is about, also of what is lent no more; "" for everything."""
    label = str(work.args.thing)
    if not label:
        return ""
    if name not in all_reports.of_one_thing():
        raise Refused("report.not_of_thing", name=name)
    with work.desk.read() as book:
        if book.one(THING_BY_LABEL, label=label) is None:
            raise Refused("report.no_thing", label=label)
    return label


def _at(work: Work, name: str) -> time | None:
    """Return the moment of the day the report is about; None for whole days."""
    typed = str(work.args.at)
    if not typed:
        return None
    if name not in all_reports.of_one_moment() or work.args.month:
        raise Refused("report.not_of_moment", name=name)
    try:
        return time.fromisoformat(typed)
    except ValueError:
        raise Refused("report.bad_time", typed=typed) from None


def _print(tx: Transaction, desk: Desk, name: str, table: Table) -> None:
    slip = slip_of(name, table, desk.local(tx.now), f"{tx.head.seq + 1}")
    list_papers.put_on_paper(tx, slip)
    tx.record("report.printed", report=name)


def _period(work: Work) -> Period:
    if work.args.date and work.args.month:
        raise Refused("report.date_and_month")
    if work.args.month:
        first = day_typed(f"{work.args.month}-01", work.args.month)
        last = calendar.monthrange(first.year, first.month)[1]
        return Period(first, first.replace(day=last))
    if work.args.thing and not work.args.date:
        return Period(SINCE_EVER, work.desk.today())
    day = day_typed(work.args.date) if work.args.date else work.desk.today()
    return Period(day, day)
