"""An ID card laid on the reader: whose visit it is, and whether it is the one that was registered.

Of the card there stay a masked number and a keyed hash; the card itself goes back to its owner.
"""

import unicodedata
from enum import StrEnum

from kiosk.desk.desk import Desk
from kiosk.desk.id_card import IdCard
from kiosk.desk.refusal import Refused
from kiosk.desk.transaction import Transaction
from visitors import id_numbers, rules, watch_screening
from visitors.models import State, Visit
from visitors.service import id_hash, save, visit_of, write_id_number
from visitors.visit_queries import BY_ID_HASH
from visitors.watch_keys import Traits

OUTSIDE = frozenset({State.EXPECTED, State.WAITING, State.HOST_ASKED})
"""Where a visit is still to be compared with who stands there."""
_WRONG_NUMBER = "wrong_number"
_DOTS = str.maketrans("•・․‧∙．", "······")


class Likeness(StrEnum):
    """What comparing a card with a visit has shown."""

    SAME = "same"  # the number is the registered one
    DIFFERS = "differs"
    TAKEN = "taken"  # no number was registered; the name is the same, the number is noted now
    OTHER_NAME = "other_name"  # no number was registered, and the name is another


def visit_with(desk: Desk, card: IdCard) -> tuple[str, State] | None:
    """Return id and state of today's visit of the card's owner; None when nobody has its number.

    Who is waiting or inside comes before who is expected. Raises ``Refused`` like
    ``rules.id_number``.
    """
    mark = id_hash(desk, id_numbers.id_number(card.number))
    with desk.read() as book:
        found = book.all(BY_ID_HASH, id_hash=mark, day=desk.today(), now=desk.clock())
        visits = sorted((visit for visit, _ in found), key=_expected_last)
        return (visits[0].id, visits[0].state) if visits else None


def _expected_last(visit: Visit) -> bool:
    return visit.state is State.EXPECTED


def compare(desk: Desk, by: str, visit_id: str, card: IdCard) -> Likeness:
    """Compare a card with a visit that is still outside, and record what came out.

    A visit without a number gets the card's, masked and as a hash, when the name is the same.
    The card's owner is looked up on the watch list in any case: somebody else may stand there. A
    number that cannot be one is refused, after its owner was looked up by the name.
    Raises ``Refused``: those of ``rules.id_number``, ``visit.unknown``, ``visit.not_possible``.
    """
    try:
        number = id_numbers.id_number(card.number)
    except Refused:
        _look_up_by_name(desk, by, visit_id, card.name)
        raise
    with desk.write(by=by) as tx:
        visit, _ = visit_of(tx, visit_id)
        rules.refuse_unless(visit, OUTSIDE, "compare")
        result = _likeness(tx, desk, visit, number, card.name)
        if result is Likeness.TAKEN:
            write_id_number(tx, desk, visit, number)
        save(
            tx, visit, "visit.id_compared",
            number=rules.spoken(visit.number), result=result.value,
        )  # fmt: skip
        owner = Traits(names=(card.name,), id_hash=id_hash(desk, number))
        watch_screening.screen_card(tx, visit, owner)
        return result


def _look_up_by_name(desk: Desk, by: str, visit_id: str, name: str) -> None:
    """Look the owner of a card up whose number is wrong: it may be misread, or forged."""
    with desk.write(by=by) as tx:
        visit, _ = visit_of(tx, visit_id)
        rules.refuse_unless(visit, OUTSIDE, "compare")
        save(
            tx, visit, "visit.id_compared",
            number=rules.spoken(visit.number), result=_WRONG_NUMBER,
        )  # fmt: skip
        watch_screening.screen_card(tx, visit, Traits(names=(name,)))


def _likeness(tx: Transaction, desk: Desk, visit: Visit, number: str, name: str) -> Likeness:
    if visit.id_hash:
        return Likeness.SAME if visit.id_hash == id_hash(desk, number) else Likeness.DIFFERS
    same = _plain(tx.read_sealed(visit.name)) == _plain(name)
    return Likeness.TAKEN if same else Likeness.OTHER_NAME


def _plain(name: str) -> str:
    """Return a name without what is typed in several ways: width, case, spaces, the middle dot."""
    shown = unicodedata.normalize("NFKC", name.translate(_DOTS))
    return "".join(shown.split()).casefold()
