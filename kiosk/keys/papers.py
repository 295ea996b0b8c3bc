"""Printing the ledger's papers on request; a second copy says 补打 on itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from sqlalchemy import bindparam, or_
from sqlmodel import col, select

from kiosk.desk.desk import Desk
from kiosk.desk.leaving import HeldBy
from kiosk.desk.loans import HELD_BY, Ended, Loan, Thing, place_name
from kiosk.desk.people import BY_STAFF_NO, Person, department_name, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.slip import Slip
from kiosk.desk.stock import LINES_OF, TAKE, ledger_count_at
from kiosk.desk.transaction import Book, Transaction
from kiosk.keys import count_slip, slips
from kiosk.keys.holdings import holdings
from kiosk.keys.returning import is_unattended
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
    """Print the delivery sheet of loans of one holder; return its number (asks 3 to 5).

    It names who handed out, whoever prints it.
    """
    with desk.write(by=by) as tx:
        lent, holder = _one_holders(tx, loan_ids)
        clerks = _clerks(tx, (loan.clerk for loan, _ in lent))
        approvers = _approvers(tx, [loan for loan, _ in lent])
        sheet = slips.delivery_sheet(desk, tx.now, holder, clerks, lent, approvers)
        return _print(tx, sheet, _ids(lent))


def print_return(desk: Desk, by: str, loan_ids: Sequence[str]) -> str:
    """Print the return sheet of loans of one holder that have ended; return its number.

    It names who received each, whoever prints it; for what a locked desk took while nobody held
    the post nobody signs. Raises ``Refused("keys.still_out")`` when one of them is still out.
    """
    with desk.write(by=by) as tx:
        lent, holder = _one_holders(tx, loan_ids)
        for loan, thing in lent:
            if loan.returned_at is None:
                raise Refused("keys.still_out", thing=thing.label)
        received = [loan.received_by for loan, _ in lent if not is_unattended(loan)]
        clerks = _clerks(tx, received)
        sheet = slips.return_sheet(desk, tx.now, holder, clerks, lent)
        return _print(tx, sheet, _ids(lent))


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


def print_leaver(tx: Transaction, desk: Desk, staff_no: str, held_by: HeldBy) -> None:
    """Print the sheet of everything a person holds (clause 76), also of who has left.

    ``held_by`` asks every register: the paper lists what keeps the badge from being closed. Raises
    ``Refused("person.unknown")``.
    """
    person = tx.one(BY_STAFF_NO, staff_no=staff_no)
    if person is None:
        raise Refused("person.unknown", staff_no=staff_no)
    section = department_name(tx, person)
    found, held = holdings(tx, person), held_by(desk, tx, person)
    ids = [one.id for one in found.badges] + [f"{one.kind}:{one.ref}" for one in held]
    _print(tx, slips.leaver_sheet(desk, tx.now, found, held, section), ids)


def print_leavers_sheet(desk: Desk, by: str, person: Person, held_by: HeldBy) -> None:
    """Do the same in one use case, for the screen."""
    with desk.write(by=by) as tx:
        print_leaver(tx, desk, person.staff_no, held_by)


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
            tx,
            count_slip.count_sheet(
                desk, take, _name(tx, take.by), ledger_count_at(tx, desk.gate), lines
            ),
        )


def _print(tx: Transaction, sheet: Slip, about: Iterable[str] = ()) -> str:
    job = tx.print(sheet, tx.new_subject(), " ".join(sorted(about)))
    tx.record("sheet.printed", sheet=sheet.kind, number=sheet.number, copy=job.copy_no)
    return sheet.number


def _one_holders(book: Book, loan_ids: Sequence[str]) -> tuple[list[tuple[Loan, Thing]], str]:
    """Return the loans by number, and their holder as papers say it; several are a bug."""
    found = [open_or_past_loan(book, one) for one in dict.fromkeys(loan_ids)]
    found.sort(key=lambda one: slips.count_of(one[0]))
    if len({(loan.holder_id, loan.place) for loan, _, _ in found}) != 1:
        raise ValueError("a sheet has one holder")
    loan, _, holder = found[0]
    return [one[:2] for one in found], slips.named(holder) if holder else place_name(loan)


def _ids(lent: Sequence[tuple[Loan, Thing]]) -> list[str]:
    return [loan.id for loan, _ in lent]


def _approvers(book: Book, lent: Sequence[Loan]) -> dict[str, str]:
    ids = dict.fromkeys(
        one for loan in lent for one in (loan.approver_id, loan.second_approver_id) if one
    )
    return {one: person_by_id(book, one).name for one in ids}


def _clerks(book: Book, staff_nos: Iterable[str]) -> dict[str, str]:
    return {one: _name(book, one) for one in staff_nos}


def _name(book: Book, staff_no: str) -> str:
    person: Person | None = book.one(BY_STAFF_NO, staff_no=staff_no)
    return slips.named(person) if person else ""
