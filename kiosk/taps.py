"""From a reader's event to a bearer: the same card again within two seconds is one tap."""

from dataclasses import dataclass, field

from drivers.events import CardPresented
from kiosk.desk.bearer import Bearer, whose
from kiosk.desk.desk import Desk

_MOST_REMEMBERED = 5000  # strangers' cards must not fill the memory


@dataclass(slots=True)
class Repeats:
    """Remembers when each card was last seen (monotonic seconds)."""

    within_s: float
    _seen: dict[bytes, float] = field(default_factory=dict)

    def repeated(self, uid: bytes, at: float) -> bool:
        """Say whether this presentation belongs to the tap before it."""
        before = self._seen.get(uid)
        self._seen = {card: seen for card, seen in self._seen.items() if at - seen < self.within_s}
        self._seen[uid] = at
        return before is not None and at - before < self.within_s

    def forget(self, uid: bytes) -> None:
        """Take back a presentation that was not answered: the person taps again at once."""
        self._seen.pop(uid, None)


def uid_text(event: CardPresented) -> str:
    """Return the card's number as the book writes it: upper-case hex."""
    return event.uid.hex().upper()


class Directory:
    """Whose card is it? Asked of the book once; staff tap the same card all day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._version = -1
        self._known: dict[str, Bearer] = {}

    def whose(self, uid: str) -> Bearer:
        """Return what the card ``uid`` (upper-case hex) names now."""
        version = self._desk.version_of("badge", "person", "thing")
        if version != self._version or len(self._known) > _MOST_REMEMBERED:
            self._version, self._known = version, {}
        if uid not in self._known:
            with self._desk.read() as book:
                self._known[uid] = whose(book, uid)
        return self._known[uid]
