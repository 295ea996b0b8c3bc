"""Several books of one site: desks with a gate of their own, the same people, carried entries."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kiosk import features
from kiosk.desk import journal
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Absorbed, absorb
from kiosk.desk.journal import Entry
from kiosk.desk.settings import Settings
from kiosk.desk.settings_hub import Hub
from kiosk.desk.verify import verify


def settings_of(plain: Settings, folder: Path, number: int) -> Settings:
    """Return the settings of the site's desk of that number: ``gate-1`` is number 0."""
    folder.mkdir(exist_ok=True)
    return replace(
        plain,
        site=replace(
            plain.site, gate=f"gate-{number + 1}", gate_name="南东西北"[number % 4] + "门"
        ),
        desk=replace(
            plain.desk, database=folder / "kiosk.db", site_key=folder / "site.key", sounds=False
        ),
        hub=Hub(address="127.0.0.1:1", desk_number=number, keeper=number == 0),
        file=folder / "kiosk.toml",
    )


def desks_of(plain: Settings, clock, count: int, built, name: str = "people") -> list[Desk]:
    """Open ``count`` desks; the people stand in the first one's chain, and come to the others."""
    opened = []
    for number in range(count):
        settings = settings_of(plain, plain.file.parent / f"desk-{number}", number)
        built.copy(name if number == 0 else "empty", settings)
        shutil.copy(built.folder / "site.key", settings.desk.site_key)
        opened.append(Desk.open(settings, clock))
    for desk in opened[1:]:
        carry(opened[0], desk)
    return opened


def entries_after(source: Desk, target: Desk) -> list[Entry]:
    """Return what ``source`` has and ``target`` has not, of every desk, as its own book tells."""
    with target.read() as book:
        known = journal.heads(book.connection)
    with source.read() as book:
        found = []
        for gate in journal.heads(book.connection):
            since = known[gate].seq if gate in known else 0
            if gate != target.gate:
                found += journal.entries(book.connection, gate, since)
    return found


def keys_in(source: Desk) -> dict[str, str]:
    """Return every wrapped key in a book."""
    with source.read() as book:
        found = book.connection.execute("SELECT id, wrapped FROM subject_key").fetchall()
    return dict(found)


def carry(source: Desk, target: Desk, entries: Sequence[Entry] | None = None) -> Absorbed:
    """Take to ``target`` what it does not have; an entry that waits for another comes again."""
    wanted = entries_after(source, target) if entries is None else entries
    done = absorb(target, wanted, keys_in(source), features.hooks())
    if done.held and done.taken and entries is None:
        return carry(source, target)
    return done


def heal(desks: Sequence[Desk]) -> None:
    """Carry everything everywhere."""
    for _round in range(2):
        for source in desks:
            for target in desks:
                if source is not target:
                    carry(source, target)


def tables_of(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every shared table and what stands beside it, in order."""
    from kiosk.desk.row import Merge, journalled  # noqa: PLC0415 - after the features are imported

    names = [name for name, kind in journalled().items() if kind.merged is not Merge.OWN]
    with desk.read() as book:
        return {
            name: sorted(book.connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 - our own names
            for name in (*names, "fork_head", "set_aside", "tombstone")
        }


def intact(desk: Desk) -> bool:
    """Check the whole book."""
    with desk.read() as book:
        book.connection.execute("ROLLBACK")
        found = verify(book.connection, desk.gate)
        book.connection.execute("BEGIN")
    assert found.intact, found
    return True
