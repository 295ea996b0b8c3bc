"""What this desk has for the hub: its own entries, and the keys of the subjects they name."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import heads_of
from kiosk.desk.journal import Entry
from kiosk.desk.subject_keys import named_in

_KEYS = "SELECT id, wrapped FROM subject_key WHERE id IN ({marks})"
_ERASED = "SELECT rowid, id FROM erased_subject WHERE rowid > ? ORDER BY rowid LIMIT ?"
_ALL_KEYS = "SELECT id FROM subject_key WHERE id > ? ORDER BY id LIMIT ?"


def entries_after(desk: Desk, seq: int, most: int) -> list[Entry]:
    """Return this desk's own entries after number ``seq``, oldest first, ``most`` at most."""
    with desk.read() as book:
        return list(islice(journal.entries(book.connection, desk.gate, seq), most))


def keys_for(desk: Desk, entries: Iterable[Entry]) -> Mapping[str, str]:
    """Return the wrapped key of every subject that ``entries`` name, by the subject's id.

    A subject whose key is gone was erased: it is not among them.
    """
    named = [*subjects_of(entries)]
    if not named:
        return {}
    with desk.read() as book:
        asked = _KEYS.format(marks=", ".join("?" * len(named)))
        return dict(book.connection.execute(asked, named).fetchall())


def subjects_of(entries: Iterable[Entry]) -> set[str]:
    """Return the ids of the subjects under which something in ``entries`` is sealed."""
    return {subject for entry in entries for subject in named_in(entry)}


def erased_after(desk: Desk, mark: int, most: int) -> tuple[int, Sequence[str]]:
    """Return the next subjects erased here and the mark behind them, to ask again with."""
    with desk.read() as book:
        found = book.connection.execute(_ERASED, (mark, most)).fetchall()
    return (found[-1][0] if found else mark), [one[1] for one in found]


def subjects_after(desk: Desk, subject: str, most: int) -> Sequence[str]:
    """Return the next subjects whose key is here, in the order of their ids."""
    with desk.read() as book:
        return [one[0] for one in book.connection.execute(_ALL_KEYS, (subject, most))]


def heads_here(desk: Desk) -> dict[str, int]:
    """Return the newest number of every desk's chain in this book: from there it goes on."""
    return {gate: head.seq for gate, head in heads_of(desk).items()}


def newest_of_others(desk: Desk) -> list[Entry]:
    """Return the newest entry of each of the other desks' chains in this book."""
    with desk.read() as book:
        return [
            next(journal.entries(book.connection, gate, head.seq - 1))
            for gate, head in journal.heads(book.connection).items()
            if gate != desk.gate
        ]
