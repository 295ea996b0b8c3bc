"""``kiosk people``: take staff from a file, give somebody a PIN."""

from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk.people_import import check
from kiosk.desk.people_file import read_people
from kiosk.desk.words import _


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    rows = read_people(name, work.file(name))
    with work.desk.read() as book:
        plan = check(book, rows, _to_uid(work.args.badge_format))
    if plan.bad:
        for bad in plan.bad:
            work.complain(bad.text())
        work.complain(_("{n} rows are wrong. Nothing was taken.").format(n=len(plan.bad)))
        return REFUSED
    told = _("{new} new, {changed} changed, {same} as before.").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same
    )
    if work.args.dry_run:
        work.say(_("Every row is good: {told} Nothing was written (dry run).").format(told=told))
        return DONE
    work.write(_apply, work.desk, plan)
    work.say(told)
    return DONE
