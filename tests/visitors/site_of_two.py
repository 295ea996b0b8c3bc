"""Two real desks of one site, each with its own book, and the wire between them by hand."""

from dataclasses import dataclass, replace

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import absorb
from kiosk.desk.settings_hub import Hub
from kiosk.features import follow_up, hooks

_KEYS = "SELECT id, wrapped FROM subject_key"
_OF_GATE = """
SELECT gate, seq, "at", "by", code, facts, images, prev, hash
FROM journal WHERE gate = ? ORDER BY seq
"""


def at_the_hub(settings, gate, number):
    """Return the settings of one desk of a site that has a hub."""
    return replace(
        settings,
        site=replace(settings.site, gate=gate),
        hub=Hub(address="127.0.0.1:5432", desk_number=number),
    )


def hears(desk: Desk, other: Desk, *, follows: bool = True) -> int:
    """Take the other desk's own work into this one's book, and do what is owed after that."""
    with other.read() as book:
        rows = book.connection.execute(_OF_GATE, (other.gate,)).fetchall()
        keys = dict(book.connection.execute(_KEYS).fetchall())
    entries = [journal.Entry(*row) for row in rows]
    absorbed = absorb(desk, entries, keys, hooks())
    assert not absorbed.held
    return follow_up(desk, absorbed.tables) if follows else 0


@dataclass
class Site:
    """The front gate (A) and the back gate (B)."""

    a: Desk
    b: Desk

    def heal(self) -> None:
        """Carry everything both ways until nothing new comes."""
        for _ in range(3):
            hears(self.a, self.b)
            hears(self.b, self.a)
