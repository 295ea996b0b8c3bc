"""What every screen is given: the desk, the pen, who is at the keyboard, and how to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import randbelow
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the home screen is painted before the database library is imported
    from textual.screen import Screen

    from kiosk.desk.at_desks import AllAtDesks
    from kiosk.desk.desk import Desk
    from kiosk.desk.hub_line import HubLine
    from kiosk.desk.hub_state import HubState
    from kiosk.desk.inside import AllInside, Inside, InsideOfCode, InsideOfTag
    from kiosk.desk.leaving import EndsFor, HeldBy, Holding
    from kiosk.desk.outstanding import OpenThing
    from kiosk.desk.pen import Pen
    from kiosk.desk.people import Person
    from kiosk.desk.transaction import Book, Transaction
    from kiosk.desk.where import AllWhere
    from kiosk.ui.verdict import Verdict


def _nobody_said(desk: Desk, book: Book, person: Person) -> list[Holding]:
    """Refuse to guess: a person who seems to hold nothing would lose the badge."""
    raise LookupError(f"nobody lists what {person.staff_no} holds at {desk.gate}: {book!r}")


def _nobody_ends(tx: Transaction, person: Person) -> None:
    """Refuse to guess: what is booked for who leaves would keep the others waiting."""
    raise LookupError(f"nobody ends what is booked for {person.staff_no}: {tx!r}")


def _nobody_knows(desk: Desk, book: Book) -> list[Inside]:
    """Refuse to guess: an empty roll call would say that nobody is in danger."""
    raise LookupError(f"nobody lists who is inside at {desk.gate}: {book!r}")


async def _nothing_to_lock(_why: str) -> None:
    """Leave a desk without a lock as it is."""


def _stands_alone() -> HubState:
    """Say that this desk has no hub."""
    from kiosk.desk.hub_state import ALONE  # noqa: PLC0415 - after the home screen is painted

    return ALONE


@dataclass
class Context:
    """One kiosk's working parts. ``operator`` is None while the desk is locked.

    ``show`` puts a screen in front: for a tag or a code that opens a question. ``go_to`` opens the
    screen that deals with an open thing, whichever feature has it; ``begin`` what a letter at F6
    begins. ``reader_lost`` says that no tap
    can reach the desk. ``holdings`` lists what somebody
    still has of every feature, ``ends_for`` ends what every feature keeps for who leaves.
    ``worked`` says that somebody works here without pressing a key, so that the desk does not lock
    meanwhile. ``printer_trouble`` says in a word or two why nothing is printed at this moment, ""
    when it is. ``notes`` are the few words that await a person who taps, such as how many messages;
    they stand where everybody sees them. ``inside`` lists who is in the house, of every feature,
    ``inside_of_code`` says whose slip was scanned and ``inside_of_tag`` whose card was tapped.
    ``whereabouts`` says where some are by what a feature knows, whatever their taps say.
    ``lock`` locks the desk and says why, for who goes away from it. ``draw`` returns a random
    number below the one given: which tap is asked for its PIN. ``hub_state`` says how this desk
    stands with the others of its site, ``hub`` asks them; it is None where there is no hub.
    ``at_desks`` counts what is where on the site.
    """

    desk: Desk
    pen: Pen
    outstanding: Callable[[Desk, Book], list[OpenThing]]
    answer: Callable[[Verdict], None]
    changed: Callable[[], None]
    operator: Person | None = None
    dialog_closed: Callable[[], None] = lambda: None
    tell_status: Callable[[], None] = lambda: None
    show: Callable[[Screen[Any]], object] = lambda _screen: None
    holdings: HeldBy = _nobody_said
    ends_for: EndsFor = _nobody_ends
    worked: Callable[[], None] = lambda: None
    go_to: Callable[[OpenThing], None] = lambda _thing: None
    begin: Callable[[str], None] = lambda _key: None
    lock: Callable[[str], Awaitable[None]] = _nothing_to_lock
    printer_trouble: Callable[[], str] = str
    reader_lost: Callable[[], bool] = lambda: False
    notes: Callable[[Person], tuple[str, ...]] = lambda _person: ()
    inside: AllInside = _nobody_knows
    inside_of_code: InsideOfCode = lambda _desk, _book, _text: None
    inside_of_tag: InsideOfTag = lambda _desk, _book, _thing: None
    whereabouts: Callable[[Desk, Book], AllWhere] = lambda _desk, _book: {}
    draw: Callable[[int], int] = randbelow
    at_desks: AllAtDesks = lambda _desk, _book: []
    hub_state: Callable[[], HubState] = _stands_alone
    hub: HubLine | None = None

    def on_paper(self, now: str, later: str, **facts: object) -> str:
        """Return ``now`` when the printer prints at once, else ``later`` with its ``{trouble}``."""
        trouble = self.printer_trouble()
        return later.format(trouble=trouble, **facts) if trouble else now.format(**facts)

    @property
    def by(self) -> str:
        """The staff number of who is at the keyboard. A locked desk raises ``LookupError``."""
        if self.operator is None:
            raise LookupError("the desk is locked")
        return self.operator.staff_no
