"""A pass with its words opened, for screens, papers and registers; and why it can do no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import BY_STAFF_NO, Person, person_by_id
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Book
from kiosk.passes.models import ITEMS, PASS, GoodsPass, PassItem, State
from kiosk.passes.rules import is_over, may_still


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One line: ``quantity`` on the pass, ``went`` out, ``back`` again, ``still`` may be moved."""

    place: int
    what: str
    serial: str
    quantity: int
    went: int
    back: int
    still: int


@dataclass(frozen=True, slots=True)
class PassShown:
    """One pass. ``carrier`` is a name, whoever carries it; moments are UTC, days the site's.

    ``state`` is ``EXPIRED`` as soon as its days are over, before that is recorded.
    """

    id: str
    number: str
    state: State
    items: Sequence[ItemShown]
    purpose: str
    asker: Person
    carrier: str
    back_on: date | None
    asked_at: datetime
    approver: str
    approved_at: datetime | None
    valid_until: date | None
    used_at: datetime | None
    used_by: str
    closed_at: datetime | None
    reason: str


def pass_by_id(book: Book, pass_id: str) -> GoodsPass:
    """Return a pass; a missing one is a bug (``LookupError``)."""
    found = book.one(PASS, id=pass_id)
    if found is None:
        raise LookupError(f"no pass {pass_id}")
    return found


def items_of(book: Book, one: GoodsPass) -> list[PassItem]:
    """Return the lines of a pass in their order."""
    return book.all(ITEMS, pass_id=one.id)


def shown(desk: Desk, book: Book, one: GoodsPass) -> PassShown:
    """Return the pass with everything opened; words that were deleted are ``-``."""
    state = State.EXPIRED if is_over(one, desk.today()) else one.state
    items = tuple(_item(book, item, state) for item in items_of(book, one))
    return PassShown(
        one.id, one.number, state, items, book.read_sealed(one.purpose),
        person_by_id(book, one.asker_id), carrier_name(book, one), one.back_on, one.asked_at,
        _name(book, one.approver_id), one.approved_at, one.valid_until, one.used_at,
        at_desk(book, one.used_by), one.closed_at, book.read_sealed(one.reason),
    )  # fmt: skip


def _item(book: Book, item: PassItem, state: State) -> ItemShown:
    return ItemShown(
        item.place, book.read_sealed(item.what), book.read_sealed(item.serial), item.quantity,
        item.went, item.back, may_still(item, state),
    )  # fmt: skip


def carrier_name(book: Book, one: GoodsPass) -> str:
    """Return the name of who carries it, of the house or from outside."""
    return _name(book, one.carrier_id) or book.read_sealed(one.carrier)


def _name(book: Book, person_id: str | None) -> str:
    return person_by_id(book, person_id).name if person_id else ""


def at_desk(book: Book, staff_no: str) -> str:
    """Return the name of who was at the desk, "" for nobody."""
    person = book.one(BY_STAFF_NO, staff_no=staff_no) if staff_no else None
    return person.name if person is not None else staff_no


def check_state(desk: Desk, book: Book, one: GoodsPass, *wanted: State) -> None:
    """Refuse what a pass cannot do in its state, and say what became of it.

    Raises ``Refused``: ``pass.waits``, ``pass.not_approved``, ``pass.is_cancelled``,
    ``pass.is_over``, ``pass.used_already`` (``at`` is the site's time, ``name`` who let it out),
    ``pass.back_already``, ``pass.still_valid`` (approved and not used yet).
    """
    over = is_over(one, desk.today())
    if one.state in wanted and not over:
        return
    code = "pass.still_valid" if one.state is State.VALID and not over else _SPENT[one.state]
    raise Refused(code, **spent_facts(desk, book, one))


def spent_facts(desk: Desk, book: Book, one: GoodsPass) -> dict[str, str]:
    """Return what the sentence about a pass that can do no more names."""
    facts = {"number": one.number, "name": at_desk(book, one.used_by)}
    until = one.valid_until.isoformat() if one.valid_until else ""
    return facts | {"until": until, "at": day_and_hour(desk, one.used_at)}


def day_and_hour(desk: Desk, at: datetime | None) -> str:
    """Return a moment as the site's ``11-23 15:32``, "" for none."""
    return f"{desk.local(at):%m-%d %H:%M}" if at else ""


def why_spent(desk: Desk, one: GoodsPass) -> str | None:
    """Return the refusal's code of a pass that lets nothing out or in any more, None for others."""
    if one.state is State.OUT or (one.state is State.VALID and not is_over(one, desk.today())):
        return None
    return _SPENT[one.state]


_SPENT = {
    State.WAITING: "pass.waits",
    State.VALID: "pass.is_over",
    State.EXPIRED: "pass.is_over",
    State.OUT: "pass.used_already",
    State.USED: "pass.used_already",
    State.STAYS_OUT: "pass.used_already",
    State.RETURNED: "pass.back_already",
    State.REFUSED: "pass.not_approved",
    State.CANCELLED: "pass.is_cancelled",
}
