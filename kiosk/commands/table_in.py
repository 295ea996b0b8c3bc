"""A checked file is taken, whole or not at all: the same for people and for things."""

from collections.abc import Callable
from typing import TypeVar

from drivers.card_numbers import card_bytes, with_leading_zeros
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk.table_cells import ToUid
from kiosk.desk.table_file import Table
from kiosk.desk.table_plan import Plan
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _, ngettext, pgettext

Wanted = TypeVar("Wanted")

_HEX = "hex"


def take(
    work: Work, plan: Plan[Wanted], apply: Callable[[Transaction, Plan[Wanted]], None], told: str
) -> int:
    """Name every bad row and take nothing; else take all of the plan, unless it is a dry run.

    ``told`` says what was taken; doubtful cells are named in the dry run too.
    """
    if plan.bad:
        for bad in plan.bad:
            work.complain(bad.text())
        n = plan.bad_rows
        refused = ngettext(
            "{n} row is wrong. Nothing was taken.", "{n} rows are wrong. Nothing was taken.", n
        )
        work.complain(refused.format(n=n))
        return REFUSED
    for doubtful in plan.doubtful:
        work.complain(doubtful.text())
    if work.args.dry_run:
        work.say(_("Every row is good: {told} Nothing was written (dry run).").format(told=told))
        return DONE
    work.write(apply, plan)
    work.say(told)
    return DONE


def counts(plan: Plan[Wanted]) -> dict[str, int]:
    """Return the numbers that what was taken is told with."""
    return {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same}


def tell_unread(work: Work, table: Table) -> None:
    """Name the columns that are not known: one sign wrong, and a rule would be lost unseen."""
    if table.unread:
        columns = pgettext("between listed things", ", ").join(table.unread)
        work.complain(_("These columns were not read: {columns}.").format(columns=columns))


def numbers_as(card_format: str) -> ToUid:
    """Return what turns a card's number, as the file writes it, into upper-case hex.

    A spreadsheet takes a decimal number for a quantity and drops its leading zeros: they come back.
    """

    def to_uid(text: str) -> str:
        plain = text.replace(":", "").replace(" ", "") if card_format == _HEX else text
        whole = with_leading_zeros(plain, card_format)
        return card_bytes(whole, card_format).hex().upper()

    return to_uid
