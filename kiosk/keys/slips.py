"""The ledger's papers: delivery sheet, return sheet, the leaver's sheet.

They name things as their rings do; what a thing opens stands on none of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import Holding
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
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
)
from kiosk.desk.words import _, pgettext
from kiosk.keys.board import CONDITION_NAMES, KIND_NAMES, REASON_NAMES
from kiosk.keys.holdings import Holdings, owing

DELIVERY, RETURN, LEAVER, COUNT = "loan.delivery", "loan.return", "loan.leaver", "stock.sheet"
"""The kinds of paper, as the spool calls them."""

Lent = tuple[Loan, Thing]
"""A loan on a sheet, with its thing."""
Names = Mapping[str, str]
"""People as they are written on paper, by staff number (who works at the desk) or by id."""


def count_of(loan: Loan) -> int:
    """Return the loan's number as a number: 12 for K12, which comes after K9."""
    return int(loan.number[1:])


def numbers_of(lent: Sequence[Lent]) -> str:
    """Return what a sheet of these loans is called by: K1-K3 when none is missing, or K1, K3."""
    runs: list[list[Loan]] = []
    for loan in sorted((loan for loan, _thing in lent), key=count_of):
        if runs and count_of(loan) == count_of(runs[-1][-1]) + 1:
            runs[-1].append(loan)
        else:
            runs.append([loan])
    return ", ".join("-".join(dict.fromkeys((run[0].number, run[-1].number))) for run in runs)


def delivery_sheet(
    desk: Desk, now: datetime, holder: str, clerks: Names, lent: Sequence[Lent], approvers: Names
) -> Slip:
    """Return the sheet of what one person takes on one signature (clause 87).

    ``holder`` is as it is written on paper, ``clerks`` are who handed out, by staff number, and
    ``approvers`` who said yes, by id; ``now`` is aware.
    """
    differ = len({loan.reason for loan, _thing in lent}) > 1
    lines = (
        *head(desk, now, pgettext("sheet", "Delivery sheet"), numbers_of(lent)),
        Field(pgettext("sheet", "Taken by"), holder, Emphasis.STRONG),
        Field(_("Issued by"), _joined(clerks.values())),
        *(() if differ else (Field(_("For"), _(REASON_NAMES[lent[0][0].reason])),)),
        *_approved(lent, approvers),
        Rule(),
        *(
            _out(desk, loan, thing, _(REASON_NAMES[loan.reason]) if differ else "", _one_of(
                clerks, loan.clerk, pgettext("sheet", "issued by {name}")
            ))
            for loan, thing in lent
        ),
        *_total(len(lent)),
        Text(_(
            "Keep it safe, do not copy it and do not lend it on. To pass it on, both tap at the"
            " gatehouse. Report a loss at once."
        ), Size.SMALL),
        Space(12),
        SignatureLine(pgettext("sheet", "Taken by"), _("Time")),
        *(SignatureLine(_("Issued by"), _("Time")) for _clerk in clerks),
    )  # fmt: skip
    return Slip(DELIVERY, numbers_of(lent), lines)


def _approved(lent: Sequence[Lent], approvers: Names) -> Iterator[Line]:
    if any(loan.approved is not Approved.NOT_ASKED for loan, _thing in lent):
        yield Field(pgettext("sheet", "Approved by"), _joined(_words_given(lent, approvers)))


def _words_given(lent: Sequence[Lent], approvers: Names) -> Iterator[str]:
    owed = pgettext("sheet", "{name} (own tap owed)")
    owe = {one for loan, _thing in lent for one in owing(loan)}
    for person_id, name in approvers.items():
        yield owed.format(name=name) if person_id in owe else name
    if any(loan.owed and loan.approver_id is None for loan, _thing in lent):
        yield pgettext("sheet", "a manager's word is owed")  # an emergency: nobody was asked


def _joined(names: Iterable[str]) -> str:
    return " ".join(name for name in names if name)


def _one_of(clerks: Names, staff_no: str, words: str) -> str:
    """Return which of several clerks it was; of one alone the head of the sheet says so."""
    return words.format(name=clerks[staff_no]) if len(clerks) > 1 and clerks[staff_no] else ""


def _out(desk: Desk, loan: Loan, thing: Thing, *more: str) -> Item:
    due = (
        pgettext("sheet", "back by {at}").format(at=at(desk, loan.due_at))
        if loan.due_at
        else _("permanent")
    )
    return Item(loan.number, thing.label, detail(_(KIND_NAMES[thing.kind]), due, *more))


def return_sheet(
    desk: Desk, now: datetime, holder: str, clerks: Names, lent: Sequence[Lent]
) -> Slip:  # fmt: skip
    """Return the sheet of what came back, when and in what condition; every loan has ended.

    ``clerks`` are who received it, by staff number.
    """
    lines = (
        *head(desk, now, pgettext("sheet", "Return sheet"), numbers_of(lent)),
        Field(pgettext("sheet", "Returned by"), holder, Emphasis.STRONG),
        Field(pgettext("sheet", "Received by"), _joined(clerks.values())),
        Rule(),
        *(
            _back(desk, loan, thing, _one_of(
                clerks, loan.received_by, pgettext("sheet", "received by {name}")
            ))
            for loan, thing in lent
        ),
        *_total(len(lent)),
        Text(_(
            "What is listed here was looked at by both and is not in the holder's hands any more."
        ), Size.SMALL),
        Space(12),
        SignatureLine(pgettext("sheet", "Returned by"), _("Time")),
        *(SignatureLine(pgettext("sheet", "Received by"), _("Time")) for _clerk in clerks),
    )  # fmt: skip
    return Slip(RETURN, numbers_of(lent), lines)


def _back(desk: Desk, loan: Loan, thing: Thing, receiver: str) -> Item:
    returned = loan.returned_at
    late = loan.due_at is not None and returned is not None and returned > loan.due_at
    spell = pgettext("sheet", "{out} to {back}").format(
        out=at(desk, loan.out_at), back=at(desk, returned)
    )
    condition = _(CONDITION_NAMES[loan.condition]) if loan.condition else ""
    told = detail(spell, pgettext("sheet", "late") if late else "", receiver)
    return Item(loan.number, thing.label, told, mark=condition)


def leaver_sheet(
    desk: Desk, now: datetime, found: Holdings, held: Sequence[Holding], section: str
) -> Slip:
    """Return the sheet a leaver gives back by (clause 76), each line ticked by its keeper.

    ``held`` is what every register says the person still has, owes or has lost.
    """
    person = found.person
    rows = [
        *((one.what.text(), one.number) for one in held),
        *((pgettext("sheet", "Staff badge"), badge.uid[-6:]) for badge in found.badges),
    ]
    number = f"{person.staff_no}-{desk.local(now):%m%d}"
    lines = (
        *head(desk, now, pgettext("sheet", "Leaver's sheet"), number),
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
    columns = (pgettext("sheet", "Thing"), _("No."), pgettext("sheet", "Keeper"))
    yield Table((46, 20, 34), tuple(rows), columns, tick=True)


def named(person: Person) -> str:
    """Return a person as papers name them: name and staff number."""
    return pgettext("sheet", "{name} ({staff_no})").format(
        name=person.name, staff_no=person.staff_no
    )


def head(desk: Desk, now: datetime, title: str, number: str) -> Iterator[Line]:
    """Yield the head of every sheet: its title, the site, its number and when it was printed."""
    site = desk.settings.site
    yield Title(title, f"{site.name} {site.gate_name}".strip())
    yield Spread(number, "", desk.local(now).strftime("%Y-%m-%d %H:%M"))
    yield Rule(heavy=True)


def _total(count: int) -> Iterator[Line]:
    yield Rule()
    if count > 1:
        yield Spread(right=pgettext("sheet", "{n} in all").format(n=count))


def detail(*parts: str) -> str:
    """Return the parts that say something, with commas between them."""
    return pgettext("between parts", ", ").join(part for part in parts if part)


def at(desk: Desk, moment: datetime | None) -> str:
    """Return a moment (UTC) as day and hour of the site, "" for none."""
    return desk.local(moment).strftime("%m-%d %H:%M") if moment else ""
