"""What a feature wants sent to people outside the kiosk; nobody ever waits for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.desk.desk import Desk
from kiosk.desk.transaction import Book


class Delivery(StrEnum):
    """How a notice fared."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the kiosk ended, or the other side never said
    NOT_NEEDED = "not_needed"  # what it was about was over before it could be sent


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice. ``url`` is a secret and the words are personal: neither shows in a ``repr``.

    ``ref`` is the id of the row it belongs to. One that is ``moot`` is not sent any more.
    """

    ref: str
    url: str = field(repr=False)
    title: str = field(repr=False)
    body: str = field(repr=False)
    moot: bool = False


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one feature has to send.

    ``table`` grows a new version whenever there may be something new; ``waiting`` lists the
    letters, oldest first, and ``note`` records how one fared and after how many tries.
    """

    table: str
    waiting: Callable[[Desk, Book], list[Letter]]
    note: Callable[[Desk, str, Delivery, int], None]
