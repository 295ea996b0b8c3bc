"""The versions of rows, as they come from this desk and from others, and what the tables show.

It works on the writing connection, inside the transaction that adds the entry. What is kept beside
the tables (heads of forked rows, tombstones, rows set aside) is derived from the journal alone.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from functools import partial

from kiosk.desk import journal
from kiosk.desk.journal import Entry, Image
from kiosk.desk.row import Merge, Row, Stored, journalled, shape_of
from kiosk.desk.unique_places import colliding, own_name, turn_of, under_another_name
from kiosk.desk.versions import (
    ForkHead,
    Key,
    SetAside,
    Tombstone,
    Version,
    are_apart,
    default_of,
    kept_heads,
    kept_tombs,
    winner,
    written,
)


class Merging:
    """The merged tables of one book. Used on the pen, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, type[Row]] = {}
        self.reload()

    def reload(self) -> None:
        """Read what is kept beside the tables anew: at the start, and after a rollback."""
        self._forks = kept_heads(self._connection)
        self._tombs = kept_tombs(self._connection)
        self._aside = {
            str(one[0]) for one in self._connection.execute("SELECT table_name FROM set_aside")
        }
        self.changed: set[Key] = set()
        """Rows that were shown anew since the last ``reload`` or ``take_changed``."""
        self._decided: set[Key] = set()
        self._unsettled: set[str] = set()
        self.is_dirty = False

    def _kind(self, table: str) -> type[Row]:
        if table not in self._known:  # a feature's rows are known once it is imported
            self._known = journalled()
        return self._known[table]

    def take_changed(self) -> set[Key]:
        """Return the rows that were shown anew since the last time."""
        changed, self.changed = self.changed, set()
        return changed

    # This desk's own writing.

    def continued(self, kind: type[Row], row_id: str, was: str, stamps: Collection[str]) -> str:
        """Return what a new version of a row continues, for its image.

        Where nobody need be asked, one writing ends the fork.
        """
        if not (stamps or self._forks or self._tombs):
            return was
        key = str(kind.__table__.name), row_id
        also = set(stamps)
        if not was and key in self._tombs:
            was = self._tombs[key]
        if key in self._forks:
            heads = self._forks[key]
            if kind.merged is Merge.NEWEST or not are_apart(kind, heads.values()):
                also |= heads.keys()
        return ",".join([was, *sorted(also - {was})]) if also else was

    def wanted(self, kind: type[Row], stored: dict[str, Stored]) -> dict[str, Stored]:
        """Return what a row says: one shown under another name while it stands aside wants its own.

        What is changed in it meanwhile is taken in, and it stands aside as before.
        """
        key = str(kind.__table__.name), str(stored["id"])
        aside = self._set_aside(key) if kind.lends_name else None
        if aside is None:
            return stored
        own = own_name(kind, aside, stored)
        if own:
            self.decide(key)
        return stored | own

    def noted(self, entry: Entry, images: Collection[Image]) -> int:
        """Take this desk's own images in; return how many rows were written beside them."""
        if not (self._forks or self._tombs or self._aside or self._decided) and all(
            image.row is not None for image in images
        ):
            return 0  # as at nearly every tap: nothing is kept beside the tables
        before = self._connection.total_changes
        for image in images:
            self._note(entry, image)
        self.settle()
        return self._connection.total_changes - before

    def decide(self, key: Key) -> None:
        """Have the entry recorded next make the table right for this row, wherever it is now."""
        self.is_dirty = True
        self._decided.add(key)

    def _note(self, entry: Entry, image: Image) -> None:
        key, version = (image.table, image.id), Version.of(entry, image.row)
        self.is_dirty = True
        is_decided = key in self._decided
        self._decided.discard(key)
        if key in self._forks:
            self._continue(key, version, image.was)
        elif is_decided:
            self._show(self._kind(image.table), key, image.row, version.stamp)
        else:
            self._forget_aside(key)
            self._bury(key, version.stamp if image.row is None else None)
            if image.table in self._aside:
                self._unsettled.add(image.table)

    # What another desk wrote.

    def apply(self, entry: Entry, image: Image) -> None:
        """Let one image of another desk's entry have its effect, which ``settle`` completes."""
        kind = self._kind(image.table)
        self.is_dirty = True
        key, version = (image.table, image.id), Version.of(entry, image.row)
        if key in self._forks:
            self._continue(key, version, image.was)
            return
        if self._follows(kind, image):
            return
        before = self._standing(key)
        if before is None or before.stamp in image.was.split(","):
            self._show(kind, key, version.stored, version.stamp)
            return
        self._forks[key] = {before.stamp: before}
        self._keep_head(key, before)
        self._continue(key, version, image.was)

    def _follows(self, kind: type[Row], image: Image) -> bool:
        """Do the usual at once: a new row, or the next version of one; False when it is neither."""
        if image.row is None or "," in image.was or image.table in self._aside:
            return False
        key = image.table, image.id
        shape, values = shape_of(kind), self._values(kind, image.row)
        try:
            if image.was:
                done = self._connection.execute(shape.update, [*values[1:], image.id, image.was])
                if done.rowcount != 1:
                    return False
            elif key in self._tombs:
                return False
            else:
                self._connection.execute(shape.insert, values)
        except sqlite3.IntegrityError:
            return False
        self.changed.add(key)
        return True

    def _standing(self, key: Key) -> Version | None:
        """Return the version there is of a row that is not forked: shown, aside, or dropped."""
        stored = self._set_aside(key) or self._shown(key)
        if stored is not None:
            return written(self._connection, str(stored["stamp"]), stored)
        if key in self._tombs:
            return written(self._connection, self._tombs[key], None)
        return None

    def _shown(self, key: Key) -> dict[str, Stored] | None:
        row = self._connection.execute(
            f'SELECT * FROM "{key[0]}" WHERE id = ?', (key[1],)  # noqa: S608 - our own names
        )  # fmt: skip
        names = [column[0] for column in row.description]
        found = row.fetchone()
        return None if found is None else dict(zip(names, found, strict=True))

    def _set_aside(self, key: Key) -> dict[str, Stored] | None:
        if key[0] not in self._aside:
            return None
        found = self._connection.execute(
            "SELECT stored FROM set_aside WHERE id = ?", ("/".join(key),)
        ).fetchone()
        return None if found is None else dict(json.loads(found[0]))

    def _continue(self, key: Key, version: Version, was: str) -> None:
        """Let a version of a forked row follow those it continues, and show the winner."""
        heads, kind = self._forks[key], self._kind(key[0])
        for stamp in was.split(","):
            if heads.pop(stamp, None) is not None:
                self._connection.execute(
                    "DELETE FROM fork_head WHERE id = ?", ("/".join((*key, stamp)),)
                )
        heads[version.stamp] = version
        if len(heads) == 1:
            del self._forks[key]
        else:
            self._keep_head(key, version)
        standing = winner(kind, heads.values())
        self._show(kind, key, standing.stored, standing.stamp)

    def _keep_head(self, key: Key, version: Version) -> None:
        stored = "" if version.stored is None else journal.canonical(version.stored)
        head = ForkHead(
            id="/".join((*key, version.stamp)), table_name=key[0], row_id=key[1],
            stamp=version.stamp, at=version.at, by=version.by, code=version.code, stored=stored,
        )  # fmt: skip
        self._replace(head)

    def _replace(self, row: ForkHead | Tombstone | SetAside) -> None:
        shape = shape_of(type(row))
        self._connection.execute(shape.replace, shape.bind(row))

    # The tables.

    def _show(
        self, kind: type[Row], key: Key, stored: Mapping[str, Stored] | None, stamp: str
    ) -> None:
        """Make the table show this version, or ``settle`` give its place to whom it belongs."""
        self.changed.add(key)
        self._forget_aside(key)
        if stored is None:
            self._connection.execute(shape_of(kind).delete, (key[1],))
            self._bury(key, stamp)
        else:
            self._bury(key, None)
            if not self._placed(kind, key, stored):
                self._set_it_aside(key, stored)
        if key[0] in self._aside:
            self._unsettled.add(key[0])

    def _placed(self, kind: type[Row], key: Key, stored: Mapping[str, Stored]) -> bool:
        shape, values = shape_of(kind), self._values(kind, stored)
        columns = ", ".join(f'"{name}" = ?' for name in shape.columns)
        try:
            done = self._connection.execute(
                f'UPDATE "{key[0]}" SET {columns} WHERE id = ?', (*values, key[1])  # noqa: S608 - our own names
            )  # fmt: skip
            if done.rowcount == 0:
                self._connection.execute(shape.insert, values)
        except sqlite3.IntegrityError:
            return False
        return True

    def _bury(self, key: Key, stamp: str | None) -> None:
        if stamp is None:
            if self._tombs.pop(key, None) is not None:
                self._connection.execute("DELETE FROM tombstone WHERE id = ?", ("/".join(key),))
        else:
            self._tombs[key] = stamp
            self._replace(Tombstone(id="/".join(key), stamp=stamp))

    def settle(self) -> None:
        """Give the places of the tables that changed to whom they belong: once for many images."""
        for table in sorted(self._unsettled):
            self._make_room(self._kind(table), table)
        self._unsettled.clear()

    def _make_room(self, kind: type[Row], table: str) -> None:
        """Give the places of a table to whom they belong, and set the others aside.

        The heavier row comes first, then the one that was made first. All that want the places of
        those who want one are asked anew, so the answer depends on the rows alone.
        """
        pool = dict[str, dict[str, Stored]]()
        for row_id, stored in self._connection.execute(
            "SELECT row_id, stored FROM set_aside WHERE table_name = ?", (table,)
        ).fetchall():
            pool[row_id] = json.loads(stored)
        asked = list(pool.values())
        while asked:
            one = asked.pop()
            for row_id in list(colliding(self._connection, table, one)):
                other = self._shown((table, row_id))
                if row_id not in pool and other is not None:
                    pool[row_id] = other
                    asked.append(other)
        for row_id in pool:
            self._forget_aside((table, row_id))
            self._connection.execute(shape_of(kind).delete, (row_id,))
        for stored in sorted(pool.values(), key=partial(turn_of, kind)):
            key = table, str(stored["id"])
            self.changed.add(key)
            if not self._placed(kind, key, stored):
                self._set_it_aside(key, stored)
                if kind.lends_name:
                    self._placed(kind, key, under_another_name(kind, stored))
        if not self._connection.execute(
            "SELECT 1 FROM set_aside WHERE table_name = ?", (table,)
        ).fetchone():
            self._aside.discard(table)

    def _set_it_aside(self, key: Key, stored: Mapping[str, Stored]) -> None:
        self._replace(
            SetAside(
                id="/".join(key), table_name=key[0], row_id=key[1],
                stored=journal.canonical(dict(stored)),
            )
        )  # fmt: skip
        self._aside.add(key[0])

    def _forget_aside(self, key: Key) -> None:
        if key[0] in self._aside:
            self._connection.execute("DELETE FROM set_aside WHERE id = ?", ("/".join(key),))

    def _values(self, kind: type[Row], stored: Mapping[str, Stored]) -> list[Stored]:
        return [
            stored[name] if name in stored else default_of(column)
            for name, column in shape_of(kind).columns.items()
        ]
