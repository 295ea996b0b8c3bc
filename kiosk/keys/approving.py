"""Whose word a hand-out still needs, who may give it, and who said no."""

from collections.abc import Sequence

from kiosk.desk.desk import Desk
from kiosk.desk.loans import Approval, Thing
from kiosk.desk.people import EVERYONE, MANAGERS, Person
from kiosk.desk.refusal import Refused
from kiosk.keys import rules
from kiosk.keys.asking import Asked

_TWO = 2


def words_needed(asked: Sequence[Asked]) -> int:
    """Return how many managers must say yes before all of it goes out on one signature."""
    wanted = {one.approval for one in asked} - {Approval.NONE}
    if not wanted:
        return 0
    return _TWO if Approval.TWO in wanted else 1


def of_another_section(asked: Sequence[Asked]) -> bool:
    """Say whether a manager of another section than the borrower's must say yes."""
    return any(one.approval is Approval.OTHER_SECTION for one in asked)


def check_word(
    asked: Sequence[Asked], borrower: Person, approver: Person, given: Sequence[Person] = ()
) -> None:
    """Refuse whose word does not do for all of it; ``given`` are those who said yes already.

    Raises ``Refused``: ``keys.two_needed``, those of ``rules.check_approver``.
    """
    if approver.id in {one.id for one in given}:
        raise Refused("keys.two_needed")
    for one in asked:
        if one.approval is not Approval.NONE:
            rules.check_approver(one.approval, borrower, approver)


def who_may_say_yes(
    desk: Desk, asked: Sequence[Asked], borrower: Person, given: Sequence[Person] = ()
) -> list[Person]:
    """Return every manager whose word would do, by staff number."""
    with desk.read() as book:
        managers = [one for one in book.all(EVERYONE) if one.rank in MANAGERS]
    return [one for one in managers if _would_do(asked, borrower, one, given)]


def _would_do(
    asked: Sequence[Asked], borrower: Person, approver: Person, given: Sequence[Person]
) -> bool:
    try:
        check_word(asked, borrower, approver, given)
    except Refused:
        return False
    return True


def said_no(
    desk: Desk, things: Sequence[Thing], borrower: Person, approver: Person, by: str
) -> None:
    """Record that a manager said no by telephone: nobody asks the next one without a trace."""
    with desk.write(by=by) as tx:
        tx.record(
            "loan.word_refused", things=[one.label for one in things], holder=borrower.staff_no,
            approver=approver.staff_no,
        )  # fmt: skip
