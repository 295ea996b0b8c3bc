"""A checked file is taken, whole or not at all: the same for people and for things."""

from collections.abc import Callable
from typing import TypeVar

from drivers.card_numbers import card_bytes, with_leading_zeros
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk.table_cells import ToUid
from kiosk.desk.table_plan import Plan
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _, ngettext

Wanted = TypeVar("Wanted")

_HEX = "hex"


def take(work: Work, plan: Plan[Wanted], apply: Callable[[Transaction, Plan[Wanted]], None]) -> int:
    """Name every bad row and take nothing; else take all of the plan, unless it is a dry run."""
    if plan.bad:
        for bad in plan.bad:
            work.complain(bad.text())
        n = len(plan.bad)
        told = ngettext(
            "{n} row is wrong. Nothing was taken.", "{n} rows are wrong. Nothing was taken.", n
        )
        work.complain(told.format(n=n))
        return REFUSED
    told = _("{new} new, {changed} changed, {same} as before.").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same
    )
    if work.args.dry_run:
        work.say(_("Every row is good: {told} Nothing was written (dry run).").format(told=told))
        return DONE
    work.write(apply, plan)
    work.say(told)
    return DONE


def numbers_as(card_format: str) -> ToUid:
    """Return what turns a card's number, as the file writes it, into upper-case hex.

    A spreadsheet takes a decimal number for a quantity and drops its leading zeros: they come back.
    """

    def to_uid(text: str) -> str:
        plain = text.replace(":", "").replace(" ", "") if card_format == _HEX else text
        whole = with_leading_zeros(plain, card_format)
        return card_bytes(whole, card_format).hex().upper()

    return to_uid
