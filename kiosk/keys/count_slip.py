"""The sheet of a stock-take: whether board and ledger agree, and what does not."""

from collections.abc import Iterator, Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Thing
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Emphasis,
    Field,
    Heading,
    Item,
    Line,
    Notice,
    Rule,
    SignatureLine,
    Space,
    Spread,
    Text,
    Urgency,
)
from kiosk.desk.stock import LedgerCount, Seen, StockLine, StockTake
from kiosk.desk.words import N_, _, pgettext
from kiosk.keys.board import KIND_NAMES
from kiosk.keys.slips import COUNT, at, detail, head

_SEEN = {
    Seen.YET_OUT: N_("hangs here, but is lent"),
    Seen.LOST_YET_HERE: N_("hangs here, but is reported lost"),
    Seen.UNKNOWN: N_("belongs to nothing in the ledger"),
}


def count_sheet(
    desk: Desk, take: StockTake, by: str, count: LedgerCount,
    lines: Sequence[tuple[StockLine, Thing | None]],
) -> Slip:  # fmt: skip
    """Return the sheet of a finished stock-take; ``by`` is who counted, by name."""
    finished = take.finished_at or take.began_at
    agrees = not (take.missing or take.unknown or take.differing)
    return Slip(COUNT, take.number, (
        *head(desk, finished, pgettext("sheet", "Stock-take"), take.number),
        Field(pgettext("sheet", "Counted by"), by, Emphasis.STRONG),
        Field(_("Time"), pgettext("sheet", "{out} to {back}").format(
            out=at(desk, take.began_at), back=f"{desk.local(finished):%H:%M}"
        )),
        Field(pgettext("sheet", "Ledger"), _ledger(count), Emphasis.QUIET),
        Rule(),
        Spread(pgettext("sheet", "expected {n}").format(n=take.expected), "",
               pgettext("sheet", "present {n}").format(n=take.present)),
        *(_agreed() if agrees else _differences(take, lines)),
        Space(12),
        SignatureLine(pgettext("sheet", "Counted by"), _("Time")),
        SignatureLine(pgettext("sheet", "Witness"), _("Time")),
    ))  # fmt: skip


def _agreed() -> Iterator[Line]:
    yield Text(pgettext("sheet", "Board and ledger agree."), bold=True)


def _ledger(count: LedgerCount) -> str:
    words = _("{board} on the board, {out} out, {lost} lost, {blocked} blocked")
    return words.format(board=count.on_board, out=count.out, lost=count.lost, blocked=count.blocked)


def _differences(
    take: StockTake, lines: Sequence[tuple[StockLine, Thing | None]]
) -> Iterator[Line]:
    yield Notice(pgettext("sheet", "Board and ledger do not agree"))
    missing = [thing for line, thing in lines if line.seen is None and thing is not None]
    if missing:
        yield Heading(pgettext("sheet", "Missing"), str(take.missing))
        for thing in missing:
            yield Item("", thing.label, detail(_(KIND_NAMES[thing.kind]), thing.place), Urgency.NOW)
    odd = [(line, thing) for line, thing in lines if line.seen in _SEEN]
    if odd:
        yield Heading(pgettext("sheet", "Other differences"), str(len(odd)))
        for line, found in odd:
            label = found.label if found else pgettext("sheet", "Tag {tag}").format(tag=line.tag)
            yield Item("", label, _said(line), Urgency.WAITING)


def _said(line: StockLine) -> str:
    return _(_SEEN[line.seen]) if line.seen is not None else ""
