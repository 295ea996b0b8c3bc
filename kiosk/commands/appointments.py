"""``kiosk appointments``: take who is expected from a file."""

from functools import partial

from kiosk.commands.table_in import take, tell_unread
from kiosk.commands.work import Work
from kiosk.desk.words import _
from visitors.appointments_file import read_appointments
from visitors.appointments_import import apply, check
from visitors.appointments_plan import Plan, Wanted


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    table = read_appointments(name, work.file(name))
    tell_unread(work, table)
    with work.desk.read() as book:
        plan = check(work.desk, book, table.rows)
    if work.args.dry_run:
        _tell_each(work, plan)
    return take(work, plan, partial(apply, work.desk), _told(plan))


def _told(plan: Plan) -> str:
    cancelled = sum(one.cancelled for one in plan.changed)
    told = _("{new} new, {changed} changed, {cancelled} cancelled, {same} as before.")
    return told.format(
        new=len(plan.new), changed=len(plan.changed) - cancelled, cancelled=cancelled,
        same=plan.same,
    )  # fmt: skip


def _tell_each(work: Work, plan: Plan) -> None:
    """Say of every row that does something what it would do."""
    for one in sorted([*plan.new, *plan.changed], key=lambda one: one.line):
        work.say(_what(one).format(
            line=one.line, when=f"{one.times.start:%Y-%m-%d %H:%M}", visitor=one.details.name,
            host=one.host,
        ))  # fmt: skip


def _what(one: Wanted) -> str:
    if one.cancelled:
        return _("Line {line}: cancelled, {when} {visitor}, visiting {host}")
    if one.visit_id:
        return _("Line {line}: changed, {when} {visitor}, visiting {host}")
    return _("Line {line}: new, {when} {visitor}, visiting {host}")
