"""The result of a stock-take goes to the printer, where the feature has a paper for it."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.keys.stock_take import Progress


def print_result(desk: Desk, by: str, done: Progress) -> bool:
    """Queue the paper of a finished stock-take; False when there is no such paper."""
    make = _paper()
    if make is None:
        return False
    slip = make(desk, done)
    with desk.write(by=by) as tx:
        tx.print(slip, tx.new_subject())
        tx.record("stock.printed", number=done.number)
    return True


def _paper() -> Callable[[Desk, Progress], Slip] | None:
    try:
        slips = import_module("kiosk.keys.slips")
    except ModuleNotFoundError:
        return None
    return cast("Callable[[Desk, Progress], Slip] | None", getattr(slips, "stock_slip", None))
