"""``kiosk safety``: take the list of the safety check from a file."""

from kiosk.commands.table_in import counts, take, tell_unread
from kiosk.commands.work import Work
from kiosk.desk.table_plan import Plan
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import pgettext
from shift_handover.safety import item_file
from shift_handover.safety.item_file import Wanted


def bring(work: Work) -> int:
    """Check every row of the file and take the whole list, or none of it."""
    name = str(work.args.file)
    table = item_file.read_items(name, work.file(name))
    tell_unread(work, table)
    with work.desk.read() as book:
        plan = item_file.check(book, table.rows)
        retired = 0 if plan.bad else len(item_file.retired_by(book, table.rows))
    told = pgettext(
        "safety list", "{new} new, {changed} changed or moved, {same} as before, {retired} retired."
    )

    def apply(tx: Transaction, checked: Plan[Wanted]) -> None:
        item_file.apply(tx, table.rows, checked)

    return take(work, plan, apply, told.format(**counts(plan), retired=retired))
