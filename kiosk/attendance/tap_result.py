"""What a tap did, as everything that answers it is told."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.attendance.honest.clock import ClockDoubt
from kiosk.attendance.rules import UNMARKED, Marks
from kiosk.desk.absence import Outing
from kiosk.desk.card_proof import CardWord
from kiosk.desk.people import Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.signing import Means


@dataclass(frozen=True, slots=True)
class TapResult:
    """What a tap did. ``at`` (UTC) is the moment of the tap that counts.

    ``shown_again`` means nothing was recorded: the last tap was too short ago. ``holds`` are the
    labels of what the person still has, ``called_back`` of what is wanted before it is due;
    ``overdue`` says that one is so late that the tap stops at it; ``tap_id`` is the tap that may
    be changed, "" for none. ``outing`` is what the person goes out on with it, or is back from;
    ``ends_at`` is when the person's work ends, None when none is due. ``pin_asked`` says that the
    tap is unproven until its PIN is given, ``doubt`` what is odd about the clock,
    ``after_closing`` that the office had closed the day, ``word`` what the card itself proved.
    """

    person: Person
    kind: Whereabouts
    at: datetime
    section: str
    marks: Marks = UNMARKED
    shown_again: bool = False
    changed: bool = False
    means: Means = Means.BADGE
    holds: tuple[str, ...] = ()
    called_back: tuple[str, ...] = ()
    overdue: bool = False
    tap_id: str = ""
    outing: Outing | None = None
    ends_at: datetime | None = None
    pin_asked: bool = False
    doubt: ClockDoubt | None = None
    after_closing: bool = False
    word: CardWord = CardWord.PLAIN
