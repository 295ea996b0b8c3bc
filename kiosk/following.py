"""What the features owe once other desks' work has come in, at every round of the line."""

from kiosk import features
from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen


class Following:
    """Has the features follow up, on the pen, when a table changed that they follow.

    It is called on the line's own thread, which waits for it; without a change it does nothing.
    """

    def __init__(self, desk: Desk, pen: Pen) -> None:
        self._desk, self._pen = desk, pen
        self._seen = dict.fromkeys(features.followed(), -1)

    def __call__(self, _line: object = None) -> int:
        """Follow up what has changed since the last time; return how many things were done.

        What these write themselves is looked at once more the next time, and then there is rest.
        """
        now = {table: self._desk.version_of(table) for table in self._seen}
        changed = frozenset(table for table, version in now.items() if version != self._seen[table])
        self._seen = now
        if not changed:
            return 0
        return self._pen.queue(features.follow_up, self._desk, changed).result()
