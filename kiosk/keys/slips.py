"""The ledger's papers: delivery and return sheet, the leaver's sheet, the sheet of a stock-take.

They name things as their rings do; what a thing opens stands on none of them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approved, Loan, Thing
from kiosk.desk.people import Person
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    BlankLines,
    Emphasis,
    Field,
    Heading,
    Item,
    Line,
    Notice,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
    Urgency,
)
from kiosk.desk.stock import LedgerCount, Seen, StockLine, StockTake
from kiosk.desk.words import N_, _, pgettext
from kiosk.keys.board import CONDITION_NAMES, KIND_NAMES, REASON_NAMES
from kiosk.keys.holdings import Holdings

DELIVERY, RETURN, LEAVER, COUNT = "loan.delivery", "loan.return", "loan.leaver", "stock.sheet"
"""The kinds of paper, as the spool calls them."""

Lent = tuple[Loan, Thing]
_SEEN = {
    Seen.YET_OUT: N_("hangs here, but is lent"),
    Seen.LOST_YET_HERE: N_("hangs here, but is reported lost"),
    Seen.UNKNOWN: N_("belongs to nothing in the ledger"),
}


def numbers_of(lent: Sequence[Lent]) -> str:
    """Return what a sheet of these loans is called by: its first and its last number."""
    first, last = lent[0][0].number, lent[-1][0].number
    return first if first == last else f"{first}-{last}"


def delivery_sheet(
    desk: Desk, now: datetime, holder: str, clerk: str, lent: Sequence[Lent], approvers: str = ""
) -> Slip:
    """Return the sheet of what one person takes on one signature (clause 87).

    ``holder`` and ``clerk`` are as they are written on paper; ``now`` is aware.
    """
    lines = (
        *_head(desk, now, pgettext("sheet", "Delivery sheet"), numbers_of(lent)),
        Field(pgettext("sheet", "Taken by"), holder, Emphasis.STRONG),
        Field(_("Issued by"), clerk),
        *_needed(lent, approvers),
        Rule(),
        *(_out(desk, loan, thing) for loan, thing in lent),
        *_total(len(lent)),
        Text(_(
            "Keep it safe, do not copy it and do not lend it on. To pass it on, both tap at the"
            " gatehouse. Report a loss at once."
        ), Size.SMALL),
        Space(12),
        SignatureLine(pgettext("sheet", "Taken by"), _("Time")),
        SignatureLine(_("Issued by"), _("Time")),
    )  # fmt: skip
    return Slip(DELIVERY, numbers_of(lent), lines)


def _needed(lent: Sequence[Lent], approvers: str) -> Iterator[Line]:
    yield Field(_("For"), _(REASON_NAMES[lent[0][0].reason]))
    if any(loan.approved is not Approved.NOT_ASKED for loan, _thing in lent):
        owed = any(loan.owed for loan, _thing in lent)
        word = (
            pgettext("sheet", "{name} (own tap owed)").format(name=approvers).strip()
            if owed
            else approvers
        )
        yield Field(pgettext("sheet", "Approved by"), word)


def _out(desk: Desk, loan: Loan, thing: Thing) -> Item:
    due = (
        pgettext("sheet", "back by {at}").format(at=_at(desk, loan.due_at))
        if loan.due_at
        else _("permanent")
    )
    return Item(loan.number, thing.label, _detail(_(KIND_NAMES[thing.kind]), due))


def return_sheet(
    desk: Desk, now: datetime, holder: str, clerk: str, lent: Sequence[Lent]
) -> Slip:  # fmt: skip
    """Return the sheet of what came back, when and in what condition; every loan has ended."""
    lines = (
        *_head(desk, now, pgettext("sheet", "Return sheet"), numbers_of(lent)),
        Field(pgettext("sheet", "Returned by"), holder, Emphasis.STRONG),
        Field(pgettext("sheet", "Received by"), clerk),
        Rule(),
        *(_back(desk, loan, thing) for loan, thing in lent),
        *_total(len(lent)),
        Text(_(
            "What is listed here was looked at by both and is not in the holder's hands any more."
        ), Size.SMALL),
        Space(12),
        SignatureLine(pgettext("sheet", "Returned by"), _("Time")),
        SignatureLine(pgettext("sheet", "Received by"), _("Time")),
    )  # fmt: skip
    return Slip(RETURN, numbers_of(lent), lines)


def _back(desk: Desk, loan: Loan, thing: Thing) -> Item:
    returned = loan.returned_at
    late = loan.due_at is not None and returned is not None and returned > loan.due_at
    spell = pgettext("sheet", "{out} to {back}").format(
        out=_at(desk, loan.out_at), back=_at(desk, returned)
    )
    condition = _(CONDITION_NAMES[loan.condition]) if loan.condition else ""
    detail = _detail(spell, pgettext("sheet", "late") if late else "")
    return Item(loan.number, thing.label, detail, mark=condition)


def leaver_sheet(desk: Desk, now: datetime, held: Holdings, section: str) -> Slip:
    """Return the sheet a leaver gives back by (clause 76), each line ticked by its keeper."""
    person = held.person
    rows = [
        *((thing.label, loan.number) for loan, thing in held.loans),
        *((pgettext("sheet", "Staff badge"), badge.uid[-6:]) for badge in held.badges),
    ]
    number = f"{person.staff_no}-{desk.local(now):%m%d}"
    lines = (
        *_head(desk, now, pgettext("sheet", "Leaver's sheet"), number),
        Field(pgettext("sheet", "Leaver"), named(person), Emphasis.STRONG),
        *([Field(_("Section"), section)] if section else ()),
        Space(6),
        *_to_give_back(rows),
        *_other_registers(),
        Text(_(
            "Each keeper ticks and signs. What is missing is paid at its original price. The badge"
            " is closed after this sheet is complete, not before."
        ), Size.SMALL),
        Space(12),
        SignatureLine(pgettext("sheet", "Leaver"), _("Time")),
        SignatureLine(pgettext("sheet", "Office"), _("Time")),
    )  # fmt: skip
    return Slip(LEAVER, number, lines)


def _other_registers() -> Iterator[Line]:
    """Yield what a leaver may owe in registers that are not the ledger's, ticked by hand."""
    yield Heading(pgettext("sheet", "Other registers"))
    yield Text("□  " + pgettext("sheet", "Goods and property out"))
    yield Text("□  " + pgettext("sheet", "Canteen meals"))
    yield Text("□  " + pgettext("sheet", "Matters in hand"))
    yield BlankLines(1)


def _to_give_back(rows: Sequence[tuple[str, str]]) -> Iterator[Line]:
    yield Heading(pgettext("sheet", "To give back"), str(len(rows)))
    if not rows:
        yield Text(pgettext("sheet", "Nothing is held."))
        return
    head = (pgettext("sheet", "Thing"), _("No."), pgettext("sheet", "Keeper"))
    yield Table((46, 20, 34), tuple(rows), head, tick=True)


def count_sheet(
    desk: Desk, take: StockTake, by: str, count: LedgerCount,
    lines: Sequence[tuple[StockLine, Thing | None]],
) -> Slip:  # fmt: skip
    """Return the sheet of a finished stock-take; ``by`` is who counted, by name."""
    finished = take.finished_at or take.began_at
    agrees = not (take.missing or take.unknown or take.differing)
    return Slip(COUNT, take.number, (
        *_head(desk, finished, pgettext("sheet", "Stock-take"), take.number),
        Field(pgettext("sheet", "Counted by"), by, Emphasis.STRONG),
        Field(_("Time"), pgettext("sheet", "{out} to {back}").format(
            out=_at(desk, take.began_at), back=f"{desk.local(finished):%H:%M}"
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
            yield Item(
                "", thing.label, _detail(_(KIND_NAMES[thing.kind]), thing.place), Urgency.NOW
            )
    odd = [(line, thing) for line, thing in lines if line.seen in _SEEN]
    if odd:
        yield Heading(pgettext("sheet", "Other differences"), str(len(odd)))
        for line, found in odd:
            label = found.label if found else pgettext("sheet", "Tag {tag}").format(tag=line.tag)
            yield Item("", label, _said(line), Urgency.WAITING)


def _said(line: StockLine) -> str:
    return _(_SEEN[line.seen]) if line.seen is not None else ""


def named(person: Person) -> str:
    """Return a person as papers name them: name and staff number."""
    return pgettext("sheet", "{name} ({staff_no})").format(
        name=person.name, staff_no=person.staff_no
    )


def _head(desk: Desk, now: datetime, title: str, number: str) -> Iterator[Line]:
    site = desk.settings.site
    yield Title(title, f"{site.name} {site.gate_name}".strip())
    yield Spread(number, "", desk.local(now).strftime("%Y-%m-%d %H:%M"))
    yield Rule(heavy=True)


def _total(count: int) -> Iterator[Line]:
    yield Rule()
    if count > 1:
        yield Spread(right=pgettext("sheet", "{n} in all").format(n=count))


def _detail(*parts: str) -> str:
    return pgettext("between parts", ", ").join(part for part in parts if part)


def _at(desk: Desk, moment: datetime | None) -> str:
    return desk.local(moment).strftime("%m-%d %H:%M") if moment else ""
