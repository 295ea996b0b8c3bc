"""What a guard is told of a visit that two gates wrote differently while they were cut."""

from kiosk.desk import names
from kiosk.desk.desk import Desk
from kiosk.desk.fork_words import ForkTold
from kiosk.desk.forks import Fork
from kiosk.desk.outstanding import Wording
from kiosk.desk.site_desks import gate_name
from kiosk.desk.transaction import Book
from kiosk.desk.versions import gate_of
from kiosk.desk.words import N_
from visitors.gates.denied import denied_and_inside
from visitors.gates.versions import let_in_by
from visitors.models import Visit
from visitors.rules import listed
from visitors.service import visit_of

_DENIED = N_("{number} {visitor} is inside by {inside}, but {denied} has denied it")
_FIND = N_("Find the visitor at once and ask {host}; then decide here, with a signature")
_TWICE = N_(
    "{visitor} was let in at both desks: {first} at {first_gate}, {second} at {second_gate}"
)
_PARTS = N_(
    "{number} {visitor}, a party of {people}: gone by {first_gate} {first},"
    " by {second_gate} {second}"
)
_COUNT = N_("Count who is inside; decide here, then write down who else has left")
_EITHER = N_("Either slip lets the visitor out; compare and decide, with a signature")


def told(desk: Desk, book: Book, fork: Fork) -> ForkTold | None:
    """Say who is inside though denied, was let in at both, or left in part at each.

    None for what else may differ.
    """
    if fork.kind != "row":
        return None
    visit, host = visit_of(book, fork.row_id)
    if (found := denied_and_inside(fork)) is not None and visit.left_at is None:
        inside, denied_at = found
        facts = {
            "number": listed(inside.day, inside.number, desk.today()),
            "visitor": _visitor(book, inside), "inside": gate_name(desk, book, inside.gate),
            "denied": gate_name(desk, book, denied_at),
        }  # fmt: skip
        step = Wording(_FIND, {"host": names.address(host)})
        return ForkTold(Wording(_DENIED, facts), step, host.staff_no)
    if len(both := let_in_by(fork)) != len(fork.heads) or visit.left_at is not None:
        return None
    first, second = both[0], both[-1]
    if first.admitted_at != second.admitted_at or first.gate != second.gate:
        facts = {
            "visitor": _visitor(book, first),
            "first": listed(first.day, first.number, desk.today()),
            "first_gate": gate_name(desk, book, first.gate),
            "second": listed(second.day, second.number, desk.today()),
            "second_gate": gate_name(desk, book, second.gate),
        }
        return ForkTold(Wording(_TWICE, facts), Wording(_EITHER), host.staff_no)
    return _parts(desk, book, both, host.staff_no) if first.gone != second.gone else None


def _parts(desk: Desk, book: Book, both: list[Visit], owner: str) -> ForkTold:
    """Say of a party let in once how many each desk has seen leave: they may be other people."""
    first, second = both[0], both[-1]
    facts = {
        "number": listed(first.day, first.number, desk.today()),
        "visitor": _visitor(book, first), "people": first.people,
        "first_gate": gate_name(desk, book, gate_of(first.stamp)), "first": first.gone,
        "second_gate": gate_name(desk, book, gate_of(second.stamp)), "second": second.gone,
    }  # fmt: skip
    return ForkTold(Wording(_PARTS, facts), Wording(_COUNT), owner)


def _visitor(book: Book, visit: Visit) -> str:
    return names.visitor_address(
        book.read_sealed(visit.name), book.read_sealed(visit.form, erased="")
    )
