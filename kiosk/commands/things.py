"""``kiosk things``: take keys, access cards and everything else lent from a file."""

from kiosk.commands.table_in import counts, numbers_as, take, tell_unread
from kiosk.commands.work import Work
from kiosk.desk.words import pgettext
from kiosk.keys.things_file import read_things
from kiosk.keys.things_import import apply, check


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    table = read_things(name, work.file(name))
    tell_unread(work, table)
    with work.desk.read() as book:
        plan = check(book, table.rows, numbers_as(work.args.tag_format), work.desk.clock())
    told = pgettext("things", "{new} new, {changed} changed, {same} as before.")
    return take(work, plan, apply, told.format(**counts(plan)))
