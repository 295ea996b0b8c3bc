"""The words for the ledger's state and its last stock-take, made at the edge."""

from kiosk.desk.desk import Desk
from kiosk.desk.words import _, ngettext, pgettext
from shift_handover.records import StockCount
from shift_handover.wording_parts import joined, labelled, when

_NAMED = 3
"""So many missing things are named in a line; the sheet of the stock-take names all."""


def stock_words(stock: StockCount) -> str:
    """Return how many things are where; what nothing is said of is none."""
    out = _("{n} out").format(n=stock.out)
    if stock.permanent:
        out = _("{n} out ({permanent} for good)").format(n=stock.out, permanent=stock.permanent)
    return joined(
        _("{n} on the board").format(n=stock.on_board),
        out,
        pgettext("handover", "{n} lost").format(n=stock.lost) if stock.lost else "",
        pgettext("handover", "{n} blocked").format(n=stock.blocked) if stock.blocked else "",
    )


def count_words(stock: StockCount, desk: Desk) -> str:
    """Return how the last stock-take ended, and honestly whether it was in this shift."""
    if stock.counted_at is None:
        return _("never counted")
    counted = labelled(f"{when(stock.counted_at, desk)} {stock.counted_by}", _result(stock))
    if stock.in_shift:
        return counted
    return _("not counted in this shift; last {count}").format(count=counted)


def _result(stock: StockCount) -> str:
    if stock.agrees:
        return pgettext("handover", "all {n} are there").format(n=stock.expected)
    others = stock.unknown + stock.differing
    return joined(
        _missing(stock),
        ngettext("{n} other difference", "{n} other differences", others).format(n=others)
        if others
        else "",
    )


def _missing(stock: StockCount) -> str:
    if not stock.missing:
        return ""
    names = pgettext("between listed things", ", ").join(stock.lacking[:_NAMED])
    more = len(stock.lacking) - _NAMED
    if more > 0:
        names = pgettext("handover", "{names} and {n} more").format(names=names, n=more)
    return pgettext("handover", "{n} missing ({names})").format(n=stock.missing, names=names)
