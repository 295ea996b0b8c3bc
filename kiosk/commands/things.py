"""``kiosk things``: take keys, access cards and everything else lent from a file."""

from kiosk.commands.table_in import numbers_as, take
from kiosk.commands.work import Work
from kiosk.keys.things_file import read_things
from kiosk.keys.things_import import apply, check


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    rows = read_things(name, work.file(name))
    with work.desk.read() as book:
        plan = check(book, rows, numbers_as(work.args.tag_format), work.desk.clock())
    return take(work, plan, apply)
