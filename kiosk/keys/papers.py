"""Printing the ledger's papers on request; a second copy says 补打 on itself."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.loans import HELD_BY, Ended, Loan, Thing
from kiosk.desk.people import BY_STAFF_NO, Person, department_name, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.stock import LINES_OF, TAKE, ledger_count
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import slips
from kiosk.keys.holdings import holdings
from kiosk.keys.service import open_or_past_loan

_BACK_SINCE = (
    select(Loan)
    .where(
        col(Loan.holder_id) == bindparam("person"),
        col(Loan.returned_at) >= bindparam("since"),
        or_(col(Loan.ended) == Ended.TAG, col(Loan.ended) == Ended.BY_HAND),
    )
    .order_by(col(Loan.returned_at))
)


def print_delivery(desk: Desk, by: str, loan_ids: Sequence[str]) -> str:
    """Print the delivery sheet of loans of one holder; return its number (asks 3 to 5)."""
    with desk.write(by=by) as tx:
        lent, holder = _one_holders(tx, loan_ids)
        approvers = _approvers(tx, [loan for loan, _ in lent])
        sheet = slips.delivery_sheet(desk, tx.now, holder, _clerk(tx), lent, approvers)
        return _print(tx, sheet)


def print_return(desk: Desk, by: str, loan_ids: Sequence[str]) -> str:
    """Print the return sheet of loans of one holder that have ended; return its number.

    Raises ``Refused("keys.still_out")`` when one of them is still out.
    """
    with desk.write(by=by) as tx:
        lent, holder = _one_holders(tx, loan_ids)
        for loan, thing in lent:
            if loan.returned_at is None:
                raise Refused("keys.still_out", thing=thing.label)
        return _print(tx, slips.return_sheet(desk, tx.now, holder, _clerk(tx), lent))


def print_held(desk: Desk, by: str, person_id: str) -> str:
    """Print the delivery sheet of everything a person holds now; return its number.

    Raises ``Refused("keys.holds_nothing")``.
    """
    with desk.read() as book:
        lent = [loan.id for loan, _ in book.all(HELD_BY, person=person_id)]
        name = person_by_id(book, person_id).name
    if not lent:
        raise Refused("keys.holds_nothing", name=name)
    return print_delivery(desk, by, lent)


def print_back_today(desk: Desk, by: str, person_id: str) -> str:
    """Print the return sheet of everything a person brought back today; return its number.

    Raises ``Refused("keys.nothing_back")``.
    """
    midnight = datetime.combine(desk.today(), time(), desk.zone)
    with desk.read() as book:
        back = book.all(_BACK_SINCE, person=person_id, since=midnight)
        name = person_by_id(book, person_id).name
    if not back:
        raise Refused("keys.nothing_back", name=name)
    return print_return(desk, by, [loan.id for loan in back])


def print_leaver(tx: Transaction, desk: Desk, staff_no: str) -> None:
    """Print the sheet of everything a person holds (clause 76), also of who has left.

    Raises ``Refused("person.unknown")``.
    """
    person = tx.one(BY_STAFF_NO, staff_no=staff_no)
    if person is None:
        raise Refused("person.unknown", staff_no=staff_no)
    section = department_name(tx, person)
    _print(tx, slips.leaver_sheet(desk, tx.now, holdings(tx, person), section))


def print_leavers_sheet(desk: Desk, by: str, person: Person) -> None:
    """Do the same in one use case, for the screen."""
    with desk.write(by=by) as tx:
        print_leaver(tx, desk, person.staff_no)


def print_count(desk: Desk, by: str, take_id: str) -> str:
    """Print the sheet of a finished stock-take; return its number.

    Raises ``Refused("keys.count_open")`` for one that is not finished.
    """
    with desk.write(by=by) as tx:
        take = tx.one(TAKE, id=take_id)
        if take is None or take.finished_at is None:
            raise Refused("keys.count_open")
        lines = tx.all(LINES_OF, take=take.id)
        return _print(
            tx, slips.count_sheet(desk, take, _name(tx, take.by), ledger_count(tx), lines)
        )


def _print(tx: Transaction, sheet: Slip) -> str:
    job = tx.print(sheet, tx.new_subject())
    tx.record("sheet.printed", sheet=sheet.kind, number=sheet.number, copy=job.copy_no)
    return sheet.number


def _one_holders(book: Book, loan_ids: Sequence[str]) -> tuple[list[tuple[Loan, Thing]], str]:
    """Return the loans and their holder as papers say it; several holders are a bug."""
    found = [open_or_past_loan(book, one) for one in loan_ids]
    if len({(loan.holder_id, loan.place) for loan, _, _ in found}) != 1:
        raise ValueError("a sheet has one holder")
    loan, _, holder = found[0]
    return [one[:2] for one in found], slips.named(holder) if holder else loan.place


def _approvers(book: Book, lent: Sequence[Loan]) -> str:
    ids = dict.fromkeys(
        one for loan in lent for one in (loan.approver_id, loan.second_approver_id) if one
    )
    return " ".join(person_by_id(book, one).name for one in ids)


def _clerk(tx: Transaction) -> str:
    return _name(tx, tx.by)


def _name(book: Book, staff_no: str) -> str:
    person: Person | None = book.one(BY_STAFF_NO, staff_no=staff_no)
    return slips.named(person) if person else ""
